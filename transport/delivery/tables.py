"""Files of tables as numbered rows of text: CSV in UTF-8 or GB18030, Excel workbooks."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from transport.errors import FieldFault, InvalidInputError

_WORKBOOKS, _OTHER_WORKBOOKS = (".xlsx", ".xlsm"), (".xls", ".xlsb", ".ods", ".et", ".numbers")

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """The filled rows of a file; `sheet` names the one that was read, empty for CSV."""

    rows: Iterator[Row]
    sheet: str = ""
    content: bytes = b""

    def __iter__(self) -> Iterator[Row]:
        for line, cells in self.rows:
            given = [cell.strip() for cell in cells]
            if any(given):
                yield line, given

    def formulas(self) -> frozenset[tuple[int, int]]:
        """Return line and place (from 0) of every cell with a formula; reads the file again."""
        if not self.sheet:
            return frozenset()
        book = load_workbook(io.BytesIO(self.content), read_only=True)
        try:
            return frozenset(
                (line, place)
                for line, cells in enumerate(book[self.sheet].iter_rows(values_only=True), start=1)
                for place, cell in enumerate(cells)
                if isinstance(cell, str) and cell.startswith("=")
            )
        finally:
            book.close()


def read_table(filename: str, content: bytes) -> Table:
    """Return a file as a table: of a workbook its first sheet that holds anything.

    Raise InvalidInputError where the file is no table, perhaps only while its rows are read.
    """
    if not content:
        raise _no_table("is empty", "file_empty")
    name = filename.lower()
    if name.endswith(_OTHER_WORKBOOKS):
        raise _no_table("is a workbook of another kind: save it as .xlsx or CSV", "other_workbook")
    return _workbook(content) if name.endswith(_WORKBOOKS) else Table(_csv(content))


def _no_table(message: str, code: str, line: int = 0) -> InvalidInputError:
    where = f"line {line}: {message}" if line else message
    return InvalidInputError([FieldFault("file", where, code, (("line", str(line)),))])


def _csv(content: bytes) -> Iterator[Row]:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _no_table("is a workbook, not CSV: name it .xlsx", "other_workbook")
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise _no_table(f"is no CSV ({wrong})", "not_csv", line) from wrong
        yield line, cells


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as wrong:
            line = content.count(b"\n", 0, wrong.start) + 1
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise _no_table("holds a zero byte", "zero_byte", line)
        return text
    raise _no_table("is neither UTF-8 nor GB18030", "not_text", line)


def _workbook(content: bytes) -> Table:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        filled = (one for one in book.worksheets if any(_sheet_rows(one)))
        sheet = next(filled, None)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as wrong:
        raise _no_table("is no Excel workbook", "not_workbook") from wrong
    if sheet is None:
        raise _no_table("is empty", "file_empty")
    return Table(_sheet_rows(sheet), str(sheet.title), content)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None for cell in cells):
            yield line, [_as_text(cell) for cell in cells]


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
