"""Rows of a file as parts; every fault names its line and column, and nothing is half-read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from transport.delivery.parts import Part
from transport.delivery.tables import Row
from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.transport import Material

REQUIRED = (
    *("component_id", "name", "material", "length_m", "width_m", "height_m", "mass_t"),
    *("quantity", "origin", "destination", "deliver_by"),
)
OPTIONAL = (*("sequence", "kind", "may_turn", "may_stand", "most_layers", "source", "measured_on"),)
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
    """What a file holds: the good parts, and the faults of the other lines."""

    parts: tuple[Part, ...]
    faults: tuple[FieldFault, ...]
    bad_lines: tuple[int, ...]


def read_parts(
    rows: Iterable[Row], kinds: Iterable[str] = (), *, skip_bad_rows: bool = False
) -> ReadParts:
    """Read a parts list; `kinds` are the pieces of the catalogue.

    Raise InvalidInputError with every fault unless bad rows are to be skipped; a wrong header
    refuses the file always, and so does a file without one good row.
    """
    numbered = iter(rows)
    header = _header(next(numbered, (1, [])))
    reader = _Reader(header, frozenset(kinds))
    parts = [part for row in numbered if (part := reader.part(*row)) is not None]
    if not parts and not reader.faults:
        reader.faults.append(FieldFault("file", "holds no row under the header", "no_rows"))
    if reader.faults and (not skip_bad_rows or not parts):
        raise InvalidInputError(reader.faults)
    return ReadParts(tuple(parts), tuple(reader.faults), tuple(sorted(reader.bad_lines)))


def _header(row: Row) -> dict[str, int]:
    line, cells = row
    while cells and not cells[-1]:
        cells = cells[:-1]
    faults = [
        _fault(line, name, "the column is missing", "column_missing")
        for name in REQUIRED
        if name not in cells
    ]
    for name in dict.fromkeys(cells):
        if name not in {*REQUIRED, *OPTIONAL}:
            known = ", ".join((*REQUIRED, *OPTIONAL))
            faults.append(_fault(line, name, f"is no column; known: {known}", "column_unknown"))
        elif cells.count(name) > 1:
            faults.append(_fault(line, name, "the column stands twice", "column_twice"))
    if faults:
        raise InvalidInputError(faults)
    return {name: place for place, name in enumerate(cells)}


def _fault(line: int, column: str, why: str, code: str, **more: str) -> FieldFault:
    params = (("line", str(line)), ("column", column), ("why", why), *more.items())
    return FieldFault("file", f"line {line}, {column}: {why}", code, params)


class _Reader:
    """Reads rows one by one and keeps the faults of all."""

    def __init__(self, header: dict[str, int], kinds: frozenset[str]) -> None:
        self._places, self._kinds = header, kinds
        self._seen: dict[str, int] = {}
        self._cells: Sequence[str] = ()
        self._line = 0
        self.faults: list[FieldFault] = []
        self.bad_lines: set[int] = set()

    def part(self, line: int, cells: Sequence[str]) -> Part | None:
        """Read one row; None where it has a fault."""
        self._line = line
        if len(cells) < len(self._places) or any(cells[len(self._places) :]):
            why = f"the row has {len(cells)} cells, the header {len(self._places)} columns"
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
        self.faults.append(_fault(self._line, column, why, code, **more))
        self.bad_lines.add(self._line)

    def _cell(self, column: str) -> str:
        place = self._places.get(column)
        return "" if place is None else self._cells[place]

    def _text(self, column: str, *, required: bool = True) -> str:
        text = self._cell(column)
        longest = _LONGEST.get(column, 60)
        if required and not text:
            self._refuse(column, "the cell is empty", "cell_empty")
        elif len(text) > longest:
            self._refuse(column, f"has more than {longest} characters", "cell_long")
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
            self._refuse(column, f"'{text}' is no {what}", "cell_unread", given=text)
            return None

    def _word(self, column: str, words: dict[str, Value]) -> Value | None:
        text = self._text(column, required=column in REQUIRED).lower()
        if text and text not in words:
            why = f"'{text}' is none of {', '.join(words)}"
            self._refuse(column, why, "cell_word", given=text, words="、".join(words))
        return words.get(text)

    def _kind(self) -> str:
        kind = self._cell("kind")
        if kind and kind not in self._kinds:
            self._refuse("kind", f"'{kind}' is no piece of the catalogue", "cell_kind", given=kind)
        return kind


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
