"""Tariff lines, stations and sections as CSV text, both ways; every fault names line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from transport.errors import FieldFault, InvalidInputError
from transport.tariffs.lines import (
    ABOVE_SIX_CLASS,
    HIGHEST_CLASS,
    Bound,
    DayKind,
    LineKind,
    TariffLine,
)
from transport.tariffs.roads import Ownership, TollRoads, TollSection, TollStation, toll_roads
from transport.tariffs.schedule import TariffStatus

LINE_COLUMNS = (
    *("line_id", "kind", "road_ref", "section_id", "vehicle_class", "days", "bound"),
    *("structure_id", "amount_yuan", "valid_from", "valid_to", "status", "source"),
)
STATION_COLUMNS = (
    *("national_code", "station_id", "name", "road_ref", "operator"),
    *("entry_wide_lanes", "exit_wide_lanes", "status", "source"),
)
SECTION_COLUMNS = (
    *("section_id", "road_ref", "admin_prefix", "name", "ownership", "operator"),
    *("status", "source"),
)
_OPTIONAL = {"section_id", "structure_id", "valid_to", "source", "road_ref", "admin_prefix"}
_CLASSES = (*range(1, HIGHEST_CLASS + 1), ABOVE_SIX_CLASS)
_MOST_YUAN = 1_000_000
_NAME = re.compile(r"[^\s/?#\\]{1,60}")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")


class Cells:
    """The cells of one row: each reader returns a value or notes a fault with line and column."""

    def __init__(self, row: Mapping[str, str | None], line: int, faults: list[FieldFault]) -> None:
        self._row = row
        self._line = line
        self.faults = faults

    def refuse(self, column: str, message: str, code: str, **given: str) -> None:
        """Note a fault of a cell; `code` names the reason, `given` what its words mention."""
        where = f"line {self._line}, {column}: {message}"
        named = {"line": str(self._line), "column": column, "why": message, "why_code": code}
        self.faults.append(FieldFault("file", where, "cell_wrong", tuple((named | given).items())))

    def text(self, column: str, *, required: bool = True) -> str:
        """Read a text without surrounding blanks."""
        value = (self._row.get(column) or "").strip()
        if required and not value:
            self.refuse(column, "is empty", "why_empty")
        return value

    def word(self, column: str, kind: type[Word], empty: Word | None = None) -> Word:
        """Read one of a few words."""
        value = self.text(column, required=empty is None)
        words = list(kind)
        if not value and empty is not None:
            return empty
        if value not in {one.value for one in words}:
            if value:
                known = ", ".join(words)
                message = f"'{value}' is none of {known}"
                self.refuse(column, message, "why_no_word", given=value, words=known)
            return words[0]
        return kind(value)

    def day(self, column: str, *, required: bool = True) -> date | None:
        """Read a day written YYYY-MM-DD, or YYYY/M/D as spreadsheets write it."""
        return self._read(column, _day, required=required)

    def money(self, column: str) -> Decimal:
        """Read an amount in yuan that is not negative."""
        amount = self._read(column, Decimal) or Decimal(0)
        if amount.is_finite() and 0 <= amount <= _MOST_YUAN:
            return amount
        self.refuse(
            column, f"must be from 0 to {_MOST_YUAN} yuan", "why_amount", most=str(_MOST_YUAN)
        )
        return Decimal(0)

    def number(self, column: str, *, required: bool = True) -> int | None:
        """Read a whole number that is not negative."""
        return self._read(column, _whole, required=required)

    def _read(
        self, column: str, reader: Callable[[str], Value], *, required: bool = True
    ) -> Value | None:
        value = self.text(column, required=required)
        if not value:
            return None
        try:
            return reader(value)
        except (ValueError, InvalidOperation):
            self.refuse(column, f"'{value}' cannot be read", "why_unread", given=value)
            return None


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ValueError(text)
    return int(text)


def read_lines(text: str) -> tuple[TariffLine, ...]:
    """Read tariff lines; raises InvalidInputError with every fault, so nothing is half-read."""
    found = _each(text, LINE_COLUMNS, "line_id", _line)
    return tuple(found)


def read_stations(text: str) -> tuple[TollStation, ...]:
    """Read toll stations; raises InvalidInputError with every fault."""
    return tuple(_each(text, STATION_COLUMNS, "national_code", _station))


def read_sections(text: str) -> tuple[TollSection, ...]:
    """Read sections of toll roads; raises InvalidInputError with every fault."""
    return tuple(_each(text, SECTION_COLUMNS, "section_id", _section))


def read_roads(stations: str, sections: str, *, demonstration: bool = True) -> TollRoads:
    """Read both files of stations and sections; rows for demonstration only where wanted."""
    both = read_stations(stations), read_sections(sections)
    if demonstration:
        return toll_roads(*both)
    made_up = TariffStatus.DEMONSTRATION.value
    return toll_roads(
        tuple(one for one in both[0] if one.status != made_up),
        tuple(one for one in both[1] if one.status != made_up),
    )


def write_lines(lines: Iterable[TariffLine]) -> str:
    """Write tariff lines as the CSV that `read_lines` reads."""
    return _written(
        LINE_COLUMNS,
        (
            (
                *(one.id, one.kind, one.road, one.section, one.vehicle_class, one.days, one.bound),
                *(one.structure, one.amount_yuan, one.valid_from, one.valid_to or ""),
                *(one.status, one.source),
            )
            for one in lines
        ),
    )


def write_stations(stations: Iterable[TollStation]) -> str:
    """Write stations as the CSV that `read_stations` reads."""
    return _written(
        STATION_COLUMNS,
        (
            (
                *(one.code, one.network_id, one.name, one.road, one.operator),
                *(_blank(one.entry_wide_lanes), _blank(one.exit_wide_lanes)),
                *(one.status, one.source),
            )
            for one in stations
        ),
    )


def write_sections(sections: Iterable[TollSection]) -> str:
    """Write sections as the CSV that `read_sections` reads."""
    return _written(
        SECTION_COLUMNS,
        (
            (
                *(one.id, one.road, one.admin_prefix, one.name, one.ownership, one.operator),
                *(one.status, one.source),
            )
            for one in sections
        ),
    )


def _blank(number: int | None) -> str:
    return "" if number is None else str(number)


def _written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return made.getvalue()


def _each(
    text: str, columns: Sequence[str], key: str, read: Callable[[Cells], Value]
) -> list[Value]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        given, rows = reader.fieldnames or [], [(reader.line_num, row) for row in reader]
    except csv.Error as wrong:
        fault = FieldFault("file", f"is no table: {wrong}", "not_a_table")
        raise InvalidInputError([fault]) from wrong
    missing = [one for one in columns if one not in given and one not in _OPTIONAL]
    if missing:
        message = f"the first line lacks the columns {', '.join(missing)}"
        params = (("columns", "、".join(missing)),)
        raise InvalidInputError([FieldFault("file", message, "columns_missing", params)])
    faults: list[FieldFault] = []
    made, seen = [], set()
    for number, row in rows:
        if not any(row.values()):
            continue  # spreadsheets leave blank rows at the end
        cells = Cells(row, number, faults)
        if None in row:
            cells.refuse(columns[-1], "the row is longer than the header", "why_long_row")
        identity = cells.text(key)
        if identity and identity in seen:
            cells.refuse(key, f"'{identity}' stands here twice", "why_twice", given=identity)
        seen.add(identity)
        made.append(read(cells))
    if faults:
        raise InvalidInputError(faults)
    return made


def _line(cells: Cells) -> TariffLine:
    kind = cells.word("kind", LineKind)
    first, last = cells.day("valid_from"), cells.day("valid_to", required=False)
    if first and last and last < first:
        days = {"last": str(last), "first": str(first)}
        cells.refuse("valid_to", f"{last} is before {first}", "why_day_order", **days)
    vehicle_class = cells.number("vehicle_class")
    if vehicle_class is not None and vehicle_class not in _CLASSES:
        message = "must be 1 to 6, or 17 for each axle above six"
        cells.refuse("vehicle_class", message, "why_no_class")
    name = cells.text("line_id", required=False)
    if name and not _NAME.fullmatch(name):
        cells.refuse("line_id", "is no name", "why_no_name")
    structure = cells.text("structure_id", required=kind is not LineKind.DISTANCE)
    return TariffLine(
        id=name,
        kind=kind,
        road=cells.text("road_ref", required=False),
        section=cells.text("section_id", required=False),
        vehicle_class=vehicle_class or 0,
        days=cells.word("days", DayKind, DayKind.ANY),
        bound=cells.word("bound", Bound, Bound.ANY),
        structure=structure,
        amount_yuan=cells.money("amount_yuan"),
        valid_from=first or date.min,
        valid_to=last,
        status=cells.word("status", TariffStatus).value,
        source=cells.text("source", required=False),
    )


def _station(cells: Cells) -> TollStation:
    return TollStation(
        code=cells.text("national_code", required=False),
        network_id=cells.text("station_id"),
        name=cells.text("name"),
        road=cells.text("road_ref", required=False),
        operator=cells.text("operator"),
        entry_wide_lanes=cells.number("entry_wide_lanes", required=False),
        exit_wide_lanes=cells.number("exit_wide_lanes", required=False),
        status=cells.word("status", TariffStatus).value,
        source=cells.text("source", required=False),
    )


def _section(cells: Cells) -> TollSection:
    return TollSection(
        id=cells.text("section_id", required=False),
        road=cells.text("road_ref"),
        admin_prefix=cells.text("admin_prefix", required=False),
        name=cells.text("name"),
        ownership=cells.word("ownership", Ownership),
        operator=cells.text("operator"),
        status=cells.word("status", TariffStatus).value,
        source=cells.text("source", required=False),
    )
