"""Parts lists as factories bring them: encodings, workbooks, faults with line and column."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from tests.parts_lists import as_csv, building
from transport.delivery.families import families_of
from transport.delivery.parts import Part, part_as_row, part_from_row
from transport.delivery.reading_parts import REQUIRED, ReadParts, read_parts
from transport.delivery.tables import read_table
from transport.errors import InvalidInputError
from transport.vehicles.transport import Material

GOOD = ("W-1", "外墙板", "precast", "6", "3", "0.3", "9", "2", "包头", "呼和浩特", "2026-06-01")


def row(**changes: str) -> list[str]:
    return list({**dict(zip(REQUIRED, GOOD, strict=True)), **changes}.values())


def csv_of(*rows: list[str], header: tuple[str, ...] = REQUIRED) -> bytes:
    return "\n".join(",".join(one) for one in (list(header), *rows)).encode()


def excel_of(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "构件"
    for one in rows:
        sheet.append(one)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(content: bytes, filename: str = "parts.csv", **more: bool) -> ReadParts:
    return read_parts(read_table(filename, content), {"internal_wall_panel"}, **more)


def faults_of(content: bytes, filename: str = "parts.csv") -> list[str]:
    with pytest.raises(InvalidInputError) as refused:
        read(content, filename)
    return [fault.message for fault in refused.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_in_the_encodings_of_chinese_offices(encoding: str) -> None:
    part = read(csv_of(row()).decode().encode(encoding)).parts[0]
    assert (part.name, part.origin, part.quantity) == ("外墙板", "包头", 2)
    assert part.deliver_by == date(2026, 6, 1)


def test_a_workbook_says_the_same_as_the_csv() -> None:
    cells = [*GOOD[:3], 6, 3.0, 0.3, 9, 2, *GOOD[8:10], date(2026, 6, 1)]
    assert read(excel_of(list(REQUIRED), cells), "清单.xlsx") == read(csv_of(row()))


def test_chinese_words_for_material_are_understood() -> None:
    assert read(csv_of(row(material="钢结构"))).parts[0].material is Material.STEEL


WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "is empty"),
    "another encoding": (lambda: b"\xff\xfe\x00\x81\x20", "neither UTF-8 nor GB18030"),
    "missing column": (
        lambda: csv_of(header=REQUIRED[:-1]),
        "line 1, deliver_by: the column is missing",
    ),
    "unknown column": (
        lambda: csv_of(header=(*REQUIRED, "colour")),
        "line 1, colour: is no column",
    ),
    "column twice": (
        lambda: csv_of(header=(*REQUIRED, "name")),
        "line 1, name: the column stands twice",
    ),
    "no rows": (csv_of, "no row under the header"),
    "short row": (lambda: csv_of(row()[:9]), "line 2, 10: the row has 9 cells"),
    "empty number": (
        lambda: csv_of(row(component_id="")),
        "line 2, component_id: the cell is empty",
    ),
    "number twice": (lambda: csv_of(row(), row()), "line 3, component_id: 'W-1' stands in line 2"),
    "millimetres": (lambda: csv_of(row(length_m="6000")), "line 2, length_m: 6000 is not between"),
    "kilograms": (lambda: csv_of(row(mass_t="9000")), "did you mean 9?"),
    "negative": (lambda: csv_of(row(height_m="-3")), "line 2, height_m: -3 is not between"),
    "words for a number": (lambda: csv_of(row(width_m="wide")), "'wide' is no number"),
    "not a number": (lambda: csv_of(row(width_m="nan")), "line 2, width_m: nan is not between"),
    "half a piece": (lambda: csv_of(row(quantity="1.5")), "line 2, quantity: '1.5' is no whole"),
    "no piece": (lambda: csv_of(row(quantity="0")), "line 2, quantity: 0 is not between"),
    "wrong material": (lambda: csv_of(row(material="glass")), "line 2, material: 'glass' is none"),
    "no such day": (
        lambda: csv_of(row(deliver_by="2026-02-30")),
        "line 2, deliver_by: '2026-02-30'",
    ),
    "open quote": (lambda: csv_of(row(name='"x')), "is no CSV"),
    "zero byte": (lambda: csv_of(row(name="a\0b")), "line 2: holds a zero byte"),
    "workbook as CSV": (lambda: excel_of(list(REQUIRED)), "is a workbook, not CSV"),
}


@pytest.mark.parametrize("what", WRONG)
def test_every_fault_names_line_and_column(what: str) -> None:
    made, says = WRONG[what]
    assert any(says in message for message in faults_of(made())), faults_of(made())


# Cell, its fault, and the remedy that the message must name.
EXCEL_FAULTS: dict[str, tuple[str, Any, str]] = {
    "formula that cannot be reckoned": ("length_m", "#REF!", "mend the formula"),
    "formula whose result was never saved": ("width_m", "=1+2", "let it reckon, save it"),
    "error in a text": ("origin", "#N/A", "mend the formula"),
    "error in the material": ("material", "#NAME?", "mend the formula"),
    "day as text": ("deliver_by", "1 June", "no day like 2026-05-01"),
    "day as a bare number": ("deliver_by", 46174, "format the cell as a day"),
    "merged cell": ("origin", None, "fill it in"),
    "unit in the cell": ("height_m", "300 mm", "write the number alone"),
    "thousands parted by a comma": ("mass_t", "9,000", "without commas"),
    "millimetres": ("length_m", 6000, "did you mean 6?"),
    "kilograms": ("mass_t", 9000, "did you mean 9?"),
    "half a piece": ("quantity", 1.5, "no whole number"),
    "no piece": ("quantity", 0, "not between 1 and"),
    "unknown material": ("material", "玻璃", "none of precast"),
    "unknown kind of piece": ("kind", "castle", "no piece of the catalogue"),
    "number that stands twice": ("component_id", "W-1", "stands in line 2"),
    "row of sums": ("component_id", "合计", "remove it"),
    "name without end": ("name", "墙" * 90, "shorten it"),
}


@pytest.mark.parametrize("what", EXCEL_FAULTS)
def test_a_fault_of_a_workbook_names_sheet_line_column_and_remedy_and_nothing_else(
    what: str,
) -> None:
    column, value, remedy = EXCEL_FAULTS[what]
    heads = (*REQUIRED, "kind")
    good = {**dict(zip(heads, (*GOOD, ""), strict=True)), "deliver_by": date(2026, 6, 1)}
    wrong = {**good, "component_id": "W-2", column: value}
    after = {**good, "component_id": "W-3"}
    rows = [list(one.values()) for one in (good, wrong, after)]
    told = faults_of(excel_of(list(heads), *rows), "清单.xlsx")
    assert len(told) == 1, told
    assert told[0].startswith(f"sheet 构件, line 3, {column}:")
    assert remedy in told[0]


def test_a_workbook_may_begin_with_an_empty_sheet_and_have_chinese_heads() -> None:
    book = Workbook()
    sheet = book.create_sheet("构件清单")
    heads = "构件编号 构件名称 材料 长度(m) 宽度(m) 高度(m) 重量(t) 数量 构件厂 工地 需用日期"
    sheet.append(heads.split())
    sheet.append([*GOOD[:3], 6, 3.0, 0.3, 9, 2, *GOOD[8:10], date(2026, 6, 1)])
    made = io.BytesIO()
    book.save(made)
    assert read(made.getvalue(), "清单.xlsx") == read(csv_of(row()))


def test_a_broken_workbook_and_an_old_one_are_refused() -> None:
    assert faults_of(b"PK\x03\x04 broken", "a.xlsx") == ["is no Excel workbook"]
    assert "save it as .xlsx" in faults_of(b"\xd0\xcf\x11\xe0", "a.xls")[0]


def test_all_faults_are_told_at_once_and_nothing_is_half_read() -> None:
    wrong = row(component_id="W-2", length_m="x", quantity="0")
    assert len(faults_of(csv_of(row(), wrong))) == 2


def test_bad_rows_are_skipped_only_when_asked() -> None:
    read_some = read(csv_of(row(), row(component_id="W-2", mass_t="")), skip_bad_rows=True)
    assert [one.number for one in read_some.parts] == ["W-1"]
    assert read_some.bad_lines == (3,)
    assert len(read_some.faults) == 1


def test_a_part_survives_being_kept() -> None:
    for part in building(40):
        assert part_from_row(part_as_row(part)) == part


def test_parts_of_equal_size_are_one_family() -> None:
    families = families_of(building(2000), {})
    assert len(families) == 15
    assert sum(one.pieces for one in families) == 2000


def test_what_nobody_allows_is_not_done_with_a_piece() -> None:
    plain = Part("X", "x", Material.PRECAST, 6.0, 2.4, 0.2, 3.0, 1, "包头", "呼和浩特")
    piece = families_of([plain], {})[0].piece
    assert (piece.may_turn, piece.may_stand, piece.most_layers) == (False, False, 1)


def test_the_generators_list_is_read_back() -> None:
    parts = building(60)
    kinds = {one.kind for one in parts}
    back = read_parts(read_table("a.csv", as_csv(parts).encode()), kinds).parts
    assert back == parts
