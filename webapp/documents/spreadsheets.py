"""Excel files with the same bytes for the same content, and no cell that a program would run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | float | None
_RUN_BY_EXCEL = ("=", "+", "-", "@", "\t", "\r")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: name, heads, rows and column widths in characters."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...]
    notes: tuple[str, ...] = ()


def harmless(value: Value) -> Value:
    """Put a quote before a text that a spreadsheet would take for a formula."""
    if isinstance(value, str):
        kept = "".join(c for c in value if c in "\n\t\r" or ord(c) >= ord(" "))
        return f"'{kept}" if kept.startswith(_RUN_BY_EXCEL) else kept
    return value


def write_workbook(sheets: Sequence[Sheet], on: date) -> bytes:
    """Write sheets as an .xlsx file dated `on`."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(workbook, sheet)
    moment = datetime.combine(on, time())
    workbook.properties.creator = "dajian"
    workbook.properties.created = moment
    content = io.BytesIO()
    workbook.save(content)
    return _without_clock(content.getvalue(), moment)


def _write_sheet(workbook: Workbook, sheet: Sheet) -> None:
    page = workbook.create_sheet(sheet.name)
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{len(sheet.notes) + 2}"
    for note in sheet.notes:
        page.append([_cell(page, note)])
    heads = [_cell(page, head) for head in sheet.heads]
    for head in heads:
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="E8EDF4")
    page.append(heads)
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: object, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, harmless(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _without_clock(content: bytes, moment: datetime) -> bytes:
    """Write the archive again with fixed times: the library stamps the moment of writing."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _stamped(part, stamp)
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, part)
    return made.getvalue()


def _stamped(properties: bytes, stamp: str) -> bytes:
    opening, _, rest = properties.partition(b"<dcterms:modified")
    tag, _, rest = rest.partition(b">")
    _old, _, rest = rest.partition(b"<")
    return opening + b"<dcterms:modified" + tag + b">" + stamp.encode() + b"<" + rest
