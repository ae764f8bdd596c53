"""Find gaps and overlaps of tariff lines: days or classes without a price, or with two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, pairwise

from transport.tariffs.lines import HIGHEST_CLASS, Bound, DayKind, LineKind, TariffLine

_DAY = timedelta(days=1)
_Scope = tuple[LineKind, str, str, str, Bound]


class LineFault(StrEnum):
    """What is wrong among lines."""

    OVERLAP = "overlap"
    GAP = "gap"
    CLASS_MISSING = "class_missing"
    FALLING = "falling"  # a larger class pays less than a smaller one


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One gap or overlap: between which lines, for which class, from which day to which."""

    fault: LineFault
    scope: str
    vehicle_class: int
    lines: tuple[str, ...]
    first: date
    last: date | None


def check_lines(lines: Iterable[TariffLine]) -> tuple[LineProblem, ...]:
    """Return every gap and overlap, in the order of scope, class and day.

    Lines of one scope (kind, road, section, structure, direction) are compared. A price of some
    days leaves no gap where a line for all days stands behind it; general rates stand behind
    distances, but nobody may rely on them unseen: a break between two lines is always told.
    """
    by_scope: dict[_Scope, list[TariffLine]] = defaultdict(list)
    for one in lines:
        by_scope[(one.kind, one.road, one.section, one.structure, one.bound)].append(one)
    problems: list[LineProblem] = []
    for scope, members in sorted(by_scope.items()):
        name = " ".join(part for part in scope if part)
        problems += _of_scope(name, members)
    return tuple(problems)


def _of_scope(name: str, members: list[TariffLine]) -> list[LineProblem]:
    problems: list[LineProblem] = []
    by_class: dict[int, list[TariffLine]] = defaultdict(list)
    for one in members:
        by_class[one.vehicle_class].append(one)
    for number, of_class in sorted(by_class.items()):
        for days in DayKind:
            same = sorted(
                (one for one in of_class if one.days is days), key=lambda one: one.valid_from
            )
            problems += _overlaps(name, number, same)
            problems += _gaps(name, number, same)
    present = {number for number in by_class if number <= HIGHEST_CLASS}
    for number in range(1, HIGHEST_CLASS + 1):
        if present and number not in present:
            first = min(one.valid_from for one in members)
            ids = tuple(one.id for one in members)
            problems.append(LineProblem(LineFault.CLASS_MISSING, name, number, ids, first, None))
    return problems + _falling(name, members)


def _overlaps(name: str, number: int, lines: list[TariffLine]) -> list[LineProblem]:
    return [
        LineProblem(
            LineFault.OVERLAP,
            name,
            number,
            (one.id, other.id),
            other.valid_from,
            min((day for day in (one.valid_to, other.valid_to) if day), default=None),
        )
        for one, other in combinations(lines, 2)
        if one.valid_to is None or one.valid_to >= other.valid_from
    ]


def _gaps(name: str, number: int, lines: list[TariffLine]) -> list[LineProblem]:
    found = []
    latest = lines[0].valid_to if lines else None
    for one, following in pairwise(lines):
        latest = None if latest is None or one.valid_to is None else max(latest, one.valid_to)
        if latest is None:
            break
        if latest + _DAY < following.valid_from:
            found.append(
                LineProblem(
                    LineFault.GAP,
                    name,
                    number,
                    (one.id, following.id),
                    latest + _DAY,
                    following.valid_from - _DAY,
                )
            )
    return found


def _falling(name: str, members: list[TariffLine]) -> list[LineProblem]:
    """Find a larger class that pays less than the next smaller one in the same days."""
    groups: dict[tuple[date, date | None, DayKind], list[TariffLine]] = defaultdict(list)
    for one in members:
        if one.vehicle_class <= HIGHEST_CLASS:
            groups[(one.valid_from, one.valid_to, one.days)].append(one)
    return [
        LineProblem(LineFault.FALLING, name, large.vehicle_class, (small.id, large.id), first, last)
        for (first, last, _), lines in groups.items()
        for small, large in pairwise(sorted(lines, key=lambda one: one.vehicle_class))
        if large.amount_yuan < small.amount_yuan
    ]
