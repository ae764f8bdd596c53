"""Many trips as columns, and the priced ways they took: what a simulation replays.

A way is one pair of toll stations for one number of axles under one schedule, with its toll lines.
Trips that took the same way pay the same, so a scheme is calculated once per way.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from transport.errors import FieldFault, InvalidInputError
from transport.relief.trip_facts import TollLine

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

WORD_COLUMNS = ("material", "component_kind", "producer", "project", "league", "category")
COLUMNS = (
    *("trip_id", "day", "hour", "entry", "exit", "axles"),
    *WORD_COLUMNS,
    *("mass_t", "needs_pass", "lawful"),
)
_MOST_FAULTS = 50
_HOURS = 24
_YES = {"yes": 1, "true": 1, "1": 1, "": 1, "no": 0, "false": 0, "0": 0}
_MAY_BE_EMPTY = {"hour", "needs_pass", "lawful"}
# What a cell must hold, asked only of rows that could not be taken.
_FITS: Mapping[str, Callable[[str], bool]] = {
    "day": lambda text: bool(date.fromisoformat(text)),
    "hour": lambda text: 0 <= int(text or 12) < _HOURS,
    "entry": bool,
    "exit": bool,
    "axles": lambda text: int(text) >= 2,  # noqa: PLR2004 - no vehicle has fewer
    "mass_t": lambda text: float(text) >= 0,
    "needs_pass": lambda text: text.strip().lower() in _YES,
    "lawful": lambda text: text.strip().lower() in _YES,
}


@dataclass(frozen=True, slots=True)
class WayKey:
    """The stations of entry and exit, the axles, and the first day of the schedule that prices."""

    entry: str
    exit: str
    axles: int


@dataclass(frozen=True, slots=True)
class Way:
    """A priced way; the free way beside it, where there is one, in kilometres and hours."""

    key: WayKey
    lines: tuple[TollLine, ...]
    length_km: float = 0.0
    hours: float = 0.0
    free_km: float | None = None
    free_hours: float | None = None
    status: str = "demonstration"

    @property
    def toll_fen(self) -> int:
        """The toll in fen."""
        return sum(one.amount_fen for one in self.lines)


@dataclass(frozen=True, slots=True)
class TripTable:
    """Trips as columns of equal length; words are numbers into `words[column]`.

    `keys` are the ways before they are priced; `way` numbers them. `synthetic` says that nobody
    drove these trips.
    """

    way: Ints
    day: Ints
    hour: Ints
    mass_t: Floats
    needs_pass: Flags
    lawful: Flags
    columns: Mapping[str, Ints]
    words: Mapping[str, tuple[str, ...]]
    keys: tuple[WayKey, ...]
    synthetic: bool = False
    source: str = ""

    def __len__(self) -> int:
        return len(self.way)

    def years(self) -> Ints:
        """Return the calendar year of every trip."""
        return self.dates().astype("datetime64[Y]").astype(np.int64) + 1970

    def months(self) -> Ints:
        """Return the month of every trip as year x 12 + month - 1."""
        return self.dates().astype("datetime64[M]").astype(np.int64) + 1970 * 12

    def dates(self) -> npt.NDArray[np.datetime64]:
        """Return the day of every trip."""
        return (self.day - date(1970, 1, 1).toordinal()).astype("datetime64[D]")

    def period(self) -> tuple[str, str]:
        """Return the first and last day, empty without trips."""
        if not len(self):
            return "", ""
        first, last = int(self.day.min()), int(self.day.max())
        return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


@dataclass(slots=True)
class _Numbered:
    """Gives every new word the next number."""

    numbers: dict[object, int] = field(default_factory=dict)

    def __call__(self, word: object) -> int:
        return self.numbers.setdefault(word, len(self.numbers))


def read_trips(lines: Iterable[str], source: str = "") -> TripTable:
    """Read trips from the lines of a CSV file; raises InvalidInputError naming lines and columns.

    `needs_pass` and `lawful` are yes where they are left empty. A first line that begins with `#`
    and says `synthetic` marks the trips as made up.
    """
    rows = iter(lines)
    first = next(rows, "").removeprefix("\ufeff")
    synthetic = first.startswith("#") and "synthetic" in first
    heads = _heads(next(rows, "") if first.startswith("#") else first)
    missing = [one for one in COLUMNS if one not in heads]
    if missing:
        message = f"the first line lacks the columns {', '.join(missing)}"
        params = (("columns", "、".join(missing)),)
        raise InvalidInputError([FieldFault("trips", message, "columns_missing", params)])
    start = 3 if first.startswith("#") else 2
    made = _Reader([heads.index(one) for one in COLUMNS], start).read(csv.reader(rows))
    return made.table(synthetic=synthetic, source=source)


def _heads(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error as wrong:
        raise InvalidInputError([_no_table(wrong)]) from wrong


def _no_table(wrong: csv.Error) -> FieldFault:
    return FieldFault("trips", f"is no table: {wrong}", "not_a_table")


class _Reader:
    """Reads rows into typed arrays, which need a tenth of the room of lists."""

    def __init__(self, places: Sequence[int], start: int) -> None:
        self._places = places
        self._line = start
        self.faults: list[FieldFault] = []
        self.ways, self.words = _Numbered(), {one: _Numbered() for one in WORD_COLUMNS}
        self.way, self.day, self.hour = array("q"), array("q"), array("b")
        self.mass, self.needs_pass, self.lawful = array("d"), array("b"), array("b")
        self.columns = {one: array("i") for one in WORD_COLUMNS}
        self._days: dict[str, int] = {}

    def read(self, rows: Iterator[list[str]]) -> _Reader:
        """Read every row; raises InvalidInputError after the first fifty faults."""
        try:
            self._read(rows)
        except csv.Error as wrong:
            self.faults.append(_no_table(wrong))
        if self.faults:
            raise InvalidInputError(self.faults)
        return self

    def _read(self, rows: Iterator[list[str]]) -> None:
        for row in rows:
            if not any(row):
                self._line += 1
                continue  # spreadsheets leave blank rows at the end
            try:
                self._take([row[place] for place in self._places])
            except (ValueError, KeyError, IndexError):
                self.faults += _faults_of(row, self._places, self._line)
                if len(self.faults) >= _MOST_FAULTS:
                    break
            self._line += 1

    def _take(self, row: list[str]) -> None:
        _, day, hour, entry, exit_, axles = row[:6]
        ordinal = self._days.get(day)
        if ordinal is None:
            ordinal = self._days[day] = date.fromisoformat(day).toordinal()
        number, mass_t, at = int(axles), float(row[12]), int(hour or 12)
        if not entry or not exit_ or not mass_t >= 0 or not 0 <= at < _HOURS or number < 2:  # noqa: PLR2004
            raise ValueError(f"{entry!r} {exit_!r} {axles} {hour} {row[12]}")
        needs_pass, lawful = _YES[row[13].strip().lower()], _YES[row[14].strip().lower()]
        self.way.append(self.ways((entry, exit_, number)))
        self.day.append(ordinal)
        self.hour.append(at)
        self.mass.append(mass_t)
        self.needs_pass.append(needs_pass)
        self.lawful.append(lawful)
        for name, word in zip(WORD_COLUMNS, row[6:12], strict=True):
            self.columns[name].append(self.words[name](word))

    def table(self, *, synthetic: bool, source: str) -> TripTable:
        """Return what was read as a table."""
        return TripTable(
            way=np.array(self.way, dtype=np.int64),
            day=np.array(self.day, dtype=np.int64),
            hour=np.array(self.hour, dtype=np.int64),
            mass_t=np.array(self.mass, dtype=np.float64),
            needs_pass=np.array(self.needs_pass, dtype=np.bool_),
            lawful=np.array(self.lawful, dtype=np.bool_),
            columns={one: np.array(self.columns[one], dtype=np.int64) for one in WORD_COLUMNS},
            words={
                one: tuple(str(word) for word in self.words[one].numbers) for one in WORD_COLUMNS
            },
            keys=tuple(WayKey(*key) for key in self.ways.numbers),  # type: ignore[misc]
            synthetic=synthetic,
            source=source,
        )


def _faults_of(row: Sequence[str], places: Sequence[int], line: int) -> list[FieldFault]:
    """Say of every cell of a row that cannot be taken why."""
    if len(row) <= max(places):
        return [_fault(line, "", "the row is not as long as the header", "why_row")]
    cells = dict(zip(COLUMNS, (row[place] for place in places), strict=True))
    faults = []
    for column, fits in _FITS.items():
        given = cells[column]
        if not given.strip() and column not in _MAY_BE_EMPTY:
            faults.append(_fault(line, column, "is empty", "why_empty"))
        elif not _holds(fits, given):
            faults.append(_fault(line, column, f"'{given}' cannot be read", "why_unread", given))
    return faults


def _fault(line: int, column: str, why: str, code: str, given: str = "") -> FieldFault:
    params = {"line": str(line), "column": column, "why": why, "why_code": code, "given": given}
    return FieldFault("trips", f"line {line}, {column}: {why}", "cell_wrong", tuple(params.items()))


def _holds(fits: Callable[[str], bool], given: str) -> bool:
    try:
        return fits(given)
    except ValueError:
        return False


def write_trips(table: TripTable) -> Iterator[str]:
    """Yield the lines of the CSV that `read_trips` reads."""
    if table.synthetic:
        yield "# synthetic trips, made up by a generator: nobody drove them\n"
    yield ",".join(COLUMNS) + "\n"
    words = [table.words[one] for one in WORD_COLUMNS]
    columns = [table.columns[one].tolist() for one in WORD_COLUMNS]
    plain = (table.way, table.day, table.hour, table.mass_t, table.needs_pass, table.lawful)
    for number, (way, day, hour, mass, needs, lawful) in enumerate(
        zip(*(one.tolist() for one in plain), strict=True), start=1
    ):
        key = table.keys[way]
        said = [
            _quoted(word[column[number - 1]]) for word, column in zip(words, columns, strict=True)
        ]
        yield (
            ",".join(
                (
                    *(f"T{number:07d}", date.fromordinal(day).isoformat(), str(hour)),
                    *(_quoted(key.entry), _quoted(key.exit), str(key.axles), *said),
                    *(f"{mass:g}", "yes" if needs else "no", "yes" if lawful else "no"),
                )
            )
            + "\n"
        )


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if set(word) & set(',"\n') else word
