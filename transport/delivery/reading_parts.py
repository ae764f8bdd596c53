"""Rows of a file as parts; every fault names its line and column, and nothing is half-read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from transport.delivery.parts import Part
from transport.delivery.tables import Row, Table
from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.transport import Material

REQUIRED = (
    *("component_id", "name", "material", "length_m", "width_m", "height_m", "mass_t"),
    *("quantity", "origin", "destination", "deliver_by"),
)
OPTIONAL = (*("sequence", "kind", "may_turn", "may_stand", "most_layers", "source", "measured_on"),)
# Heads as Chinese lists write them; a unit in brackets may follow.
_HEADS = {
    "构件编号": "component_id",
    "编号": "component_id",
    "名称": "name",
    "构件名称": "name",
    "材料": "material",
    "长": "length_m",
    "长度": "length_m",
    "宽": "width_m",
    "宽度": "width_m",
    "高": "height_m",
    "高度": "height_m",
    "质量": "mass_t",
    "重量": "mass_t",
    "数量": "quantity",
    "起点": "origin",
    "构件厂": "origin",
    "终点": "destination",
    "工地": "destination",
    "需用日期": "deliver_by",
    "安装顺序": "sequence",
}
_UNIT_OF_HEAD = re.compile(r"[(（](m|米|t|吨)[)）]$")
_SUMS = {"合计", "总计", "小计", "total", "sum", "subtotal"}
_EXCEL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
_WITH_UNIT = re.compile(r"[\d.,]+ *(mm|cm|m|毫米|厘米|米|t|kg|吨|千克|公斤)", re.IGNORECASE)
_WITH_COMMA = re.compile(r"\d+(,\d+)+(\.\d+)?")
_SERIAL_DAY = re.compile(r"[34]\d{4}(\.\d+)?")
_RANGES = {
    "length_m": (0.05, 60.0),
    "width_m": (0.05, 12.0),
    "height_m": (0.05, 12.0),
    "mass_t": (0.005, 500.0),
}
_THOUSAND = 1000
_MOST_PIECES = 10_000
_LONGEST = {"component_id": 60, "name": 80, "origin": 80, "destination": 80, "source": 120}
_WORDS = {
    "precast": Material.PRECAST,
    "混凝土": Material.PRECAST,
    "预制混凝土": Material.PRECAST,
    "steel": Material.STEEL,
    "钢": Material.STEEL,
    "钢结构": Material.STEEL,
    "timber": Material.TIMBER,
    "木": Material.TIMBER,
    "木结构": Material.TIMBER,
}
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ReadParts:
    """What a file holds: the good parts, and the faults of the other lines.

    `cast_on_site` elements of a building model stay out because they never travel.
    """

    parts: tuple[Part, ...]
    faults: tuple[FieldFault, ...]
    bad_lines: tuple[int, ...]
    cast_on_site: int = 0


def read_parts(
    table: Table, kinds: Iterable[str] = (), *, skip_bad_rows: bool = False
) -> ReadParts:
    """Read a parts list; `kinds` are the pieces of the catalogue.

    Raise InvalidInputError with every fault unless bad rows are to be skipped; a wrong header
    refuses the file always, and so does a file without one good row.
    """
    numbered = iter(table)
    header = _header(next(numbered, (1, [])), table.sheet)
    reader = RowReader(header, frozenset(kinds), table.sheet)
    parts = [part for row in numbered if (part := reader.part(*row)) is not None]
    if any(one.code == "cell_empty" for one in reader.faults):
        reader.tell_formulas(table.formulas())
    return decided(parts, reader, skip_bad_rows=skip_bad_rows)


def decided(parts: Sequence[Part], reader: RowReader, *, skip_bad_rows: bool) -> ReadParts:
    """Return what was read; raises InvalidInputError where the faults refuse all of it."""
    if not parts and not reader.faults:
        reader.faults.append(FieldFault("file", "holds no row under the header", "no_rows"))
    if reader.faults and (not skip_bad_rows or not parts):
        raise InvalidInputError(reader.faults)
    return ReadParts(tuple(parts), tuple(reader.faults), tuple(sorted(reader.bad_lines)))


def _header(row: Row, sheet: str) -> dict[str, int]:
    line, cells = row
    while cells and not cells[-1]:
        cells = cells[:-1]
    heads = [_head(cell) for cell in cells]
    faults = [
        _fault(line, name, "the column is missing: add it", "column_missing", sheet=sheet)
        for name in REQUIRED
        if name not in heads
    ]
    for name in dict.fromkeys(heads):
        if name not in {*REQUIRED, *OPTIONAL}:
            known = ", ".join((*REQUIRED, *OPTIONAL))
            why = f"is no column, remove it; known: {known}"
            faults.append(_fault(line, name, why, "column_unknown", sheet=sheet))
        elif heads.count(name) > 1:
            why = "the column stands twice: keep one"
            faults.append(_fault(line, name, why, "column_twice", sheet=sheet))
    if faults:
        raise InvalidInputError(faults)
    return {name: place for place, name in enumerate(heads)}


def _head(cell: str) -> str:
    plain = _UNIT_OF_HEAD.sub("", cell).strip()
    return _HEADS.get(plain, cell)


def _fault(line: int, column: str, why: str, code: str, **more: str) -> FieldFault:
    params = (("line", str(line)), ("column", column), ("why", why), *more.items())
    sheet = f"sheet {more['sheet']}, " if more.get("sheet") else ""
    return FieldFault("file", f"{sheet}line {line}, {column}: {why}", code, params)


class RowReader:
    """Reads rows one by one and keeps the faults of all."""

    def __init__(self, header: dict[str, int], kinds: frozenset[str], sheet: str = "") -> None:
        self._places, self._kinds, self._sheet = header, kinds, sheet
        self._seen: dict[str, int] = {}
        self._cells: Sequence[str] = ()
        self._line = 0
        self.faults: list[FieldFault] = []
        self.bad_lines: set[int] = set()

    def part(self, line: int, cells: Sequence[str]) -> Part | None:
        """Read one row; None where it has a fault."""
        self._line = line
        if cells[self._places["component_id"]].lower() in _SUMS:
            self._refuse("component_id", "is a row of sums: remove it", "sum_row")
            return None
        if len(cells) < len(self._places) or any(cells[len(self._places) :]):
            why = (
                f"the row has {len(cells)} cells, the header {len(self._places)} columns: "
                "put one value under each"
            )
            self._refuse(str(min(len(cells), len(self._places)) + 1), why, "cells")
            return None
        self._cells = cells
        read = self._read()
        if line in self.bad_lines:
            return None
        self._seen[read.number] = line
        return read

    def _read(self) -> Part:
        number = self._text("component_id")
        if number in self._seen:
            why = f"'{number}' stands in line {self._seen[number]} already"
            self._refuse("component_id", why, "twice", first=str(self._seen[number]))
        length_m, width_m, height_m, mass_t = (self._number(name) for name in _RANGES)
        return Part(
            number,
            self._text("name"),
            self._word("material", _WORDS) or Material.PRECAST,
            length_m,
            width_m,
            height_m,
            mass_t,
            quantity=self._whole("quantity", _MOST_PIECES) or 1,
            origin=self._text("origin"),
            destination=self._text("destination"),
            deliver_by=self._day("deliver_by"),
            sequence=self._whole("sequence", 10**6),
            kind=self._kind(),
            may_turn=self._word("may_turn", _YES_NO),
            may_stand=self._word("may_stand", _YES_NO),
            most_layers=self._whole("most_layers", 20),
            source=self._text("source", required=False),
            measured_on=self._day("measured_on"),
            line=self._line,
        )

    def _refuse(self, column: str, why: str, code: str, **more: str) -> None:
        given = {**more, "letter": self._letter(column), "sheet": self._sheet}
        self.faults.append(_fault(self._line, column, why, code, **given))
        self.bad_lines.add(self._line)

    def _letter(self, column: str) -> str:
        """Return how a spreadsheet calls a column."""
        place = self._places.get(column)
        if place is None:
            return ""
        first, second = divmod(place, 26)
        return (chr(64 + first) if first else "") + chr(65 + second)

    def refuse_line(self, line: int, column: str, why: str, code: str) -> None:
        """Note a fault that was found outside the cells."""
        self._line = line
        self._refuse(column, why, code)

    def tell_formulas(self, formulas: frozenset[tuple[int, int]]) -> None:
        """Say of empty cells that hold a formula what is wrong with them."""
        why = "the formula has no result: open the file, let it reckon, save it"
        for number, fault in enumerate(self.faults):
            said = dict(fault.params)
            cell = int(said["line"]), self._places.get(said["column"], -1)
            if fault.code == "cell_empty" and cell in formulas:
                message = f"{fault.message.rpartition(': ')[0]}: {why}"
                self.faults[number] = replace(fault, message=message, code="cell_formula")

    def _cell(self, column: str) -> str:
        place = self._places.get(column)
        return "" if place is None else self._cells[place]

    def _text(self, column: str, *, required: bool = True) -> str:
        text = self._cell(column)
        longest = _LONGEST.get(column, 60)
        if text.upper() in _EXCEL_ERRORS and column not in {*_RANGES, "quantity", "material"}:
            self._refuse(column, f"'{text}': mend the formula", "cell_error", given=text)
        elif required and not text:
            self._refuse(column, "the cell is empty, fill it in", "cell_empty")
        elif len(text) > longest:
            why = f"has more than {longest} characters: shorten it"
            self._refuse(column, why, "cell_long", most=str(longest))
        return text

    def _number(self, column: str) -> float:
        text = self._text(column)
        least, most = _RANGES[column]
        value = self._tried(column, text, float, "number")
        if value is None:
            return 0.0
        if least <= value <= most:
            return value
        meant = value / _THOUSAND
        hint = f"; did you mean {meant:g}?" if least <= meant <= most else ""
        why = f"{value:g} is not between {least:g} and {most:g}{hint}"
        self._refuse(column, why, "cell_range", least=f"{least:g}", most=f"{most:g}", given=text)
        return 0.0

    def _whole(self, column: str, most: int) -> int | None:
        text = self._text(column, required=column in REQUIRED)
        value = self._tried(column, text, _whole, "whole number")
        if value is not None and not 1 <= value <= most:
            why = f"{value} is not between 1 and {most}"
            self._refuse(column, why, "cell_range", least="1", most=str(most), given=text)
        return value

    def _day(self, column: str) -> date | None:
        return self._tried(column, self._cell(column), _day, "day like 2026-05-01")

    def _tried(
        self, column: str, text: str, reader: Callable[[str], Value], what: str
    ) -> Value | None:
        if not text:
            return None
        try:
            return reader(text)
        except ValueError:
            code, todo = _unread(text, what)
            self._refuse(column, f"'{text}' is no {what}{todo}", code, given=text)
            return None

    def _word(self, column: str, words: dict[str, Value]) -> Value | None:
        text = self._text(column, required=column in REQUIRED).lower()
        if text and text not in words:
            if text.upper() in _EXCEL_ERRORS:
                why = f"'{text}' is no value: mend the formula of the cell"
                self._refuse(column, why, "cell_error", given=text)
                return None
            why = f"'{text}' is none of {', '.join(words)}"
            self._refuse(column, why, "cell_word", given=text, words="、".join(words))
        return words.get(text)

    def _kind(self) -> str:
        kind = self._cell("kind")
        if kind and kind not in self._kinds:
            self._refuse("kind", f"'{kind}' is no piece of the catalogue", "cell_kind", given=kind)
        return kind


def _unread(text: str, what: str) -> tuple[str, str]:
    """Return code and remedy of a text that is none of what it should be."""
    if text.upper() in _EXCEL_ERRORS:
        return "cell_error", ": mend the formula of the cell"
    if what.startswith("day"):
        is_serial = bool(_SERIAL_DAY.fullmatch(text))
        return ("cell_serial", ": format the cell as a day") if is_serial else ("cell_day", "")
    if _WITH_UNIT.fullmatch(text):
        return "cell_unit", ": write the number alone, in metres or tonnes"
    if _WITH_COMMA.fullmatch(text):
        return "cell_comma", ": write it without commas, with a point before decimals"
    return "cell_unread", ""


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
