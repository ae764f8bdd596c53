"""Replay trips under a scheme: who is relieved of how much, exactly and in whole fen.

Relief of a way is calculated once by the code that checks claims, then counted over its trips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from transport.relief.calculators import LineMoney, relieve
from transport.relief.schemes import Scheme
from transport.relief.trip_table import Flags, Ints, TripTable, Way
from transport.tariffs.lines import DayKind
from transport.tariffs.schedule import NO_CALENDAR
from transport.working_days import WorkingCalendar

_HOURS = 24


@dataclass(frozen=True, slots=True)
class Outcome:
    """What schemes do to a table of trips: relief of every trip in fen, and which scheme gave it.

    `scheme` is -1 where none did. `line_relief_fen` is the relief of every line of every way,
    summed over all trips per year; rows are lines in the order of the ways, columns `years`.
    `untold` are trips that a scheme of some days might relieve in a year whose days off are not
    announced: they count as not relieved.
    """

    toll_fen: Ints
    relief_fen: Ints
    scheme: Ints
    years: tuple[int, ...]
    line_toll_fen: Ints
    line_relief_fen: Ints
    untold: int = 0


def simulate(
    table: TripTable,
    ways: Sequence[Way],
    schemes: Sequence[Scheme],
    calendar: WorkingCalendar = NO_CALENDAR,
) -> Outcome:
    """Replay trips under schemes that are in force together; a trip gets the one that gives most.

    A scheme's own days count, its state does not: a draft may be tried. Budgets are used up in the
    order of the days, and within a day in the order of the table.
    """
    toll_of_way = np.array([one.toll_fen for one in ways], dtype=np.int64)
    toll = toll_of_way[table.way] if len(ways) else np.zeros(len(table), dtype=np.int64)
    first = np.concatenate([[0], np.cumsum([len(one.lines) for one in ways])]).astype(np.int64)
    year_of_trip = table.years()
    years, year = np.unique(year_of_trip, return_inverse=True)
    counted = _per_way(table.way, year, len(ways), len(years))
    line_toll = _spread([[line.amount_fen for line in one.lines] for one in ways], counted, first)
    line_relief = np.zeros_like(line_toll)
    best, chosen = np.zeros(len(table), dtype=np.int64), np.full(len(table), -1, dtype=np.int64)
    untold = np.zeros(len(table), dtype=np.bool_)
    per_way = [_relief_of_ways(ways, scheme) for scheme in schemes]
    for index, scheme in enumerate(schemes):
        whole = np.array([sum(one) for one in per_way[index]], dtype=np.int64)
        inside, unsure = eligible(table, scheme, ways, calendar)
        untold |= unsure
        offered = np.where(inside, whole[table.way], 0)
        better = offered > best
        chosen[better] = index
        best = np.where(better, offered, best)
    for index, scheme in enumerate(schemes):
        mine = np.flatnonzero(chosen == index)
        full, partial = _within_budget(table, best, mine, scheme)
        counted = _per_way(table.way[full], year[full], len(ways), len(years))
        line_relief += _spread(per_way[index], counted, first)
        best[mine] = np.where(np.isin(mine, full, assume_unique=True), best[mine], 0)
        if partial is not None:
            trip, left = partial
            way = int(table.way[trip])
            parts = _capped(ways[way], scheme, left)
            best[trip] = sum(parts)
            line_relief[first[way] : first[way + 1], year[trip]] += parts
    chosen[best == 0] = -1
    told = tuple(int(one) for one in years)
    count = int((untold & (best == 0)).sum())
    return Outcome(toll, best, chosen, told, line_toll, line_relief, count)


def eligible(
    table: TripTable, scheme: Scheme, ways: Sequence[Way], calendar: WorkingCalendar
) -> tuple[Flags, Flags]:
    """Return which trips are in a scheme's scope, whatever their roads, and which nobody can tell.

    The second are those in scope but for the kind of their day, in a year not announced.
    """
    covered = np.array([scheme.covers_hour(one) for one in range(_HOURS)])
    inside: Flags = (
        table.lawful
        & (table.day >= scheme.starts_on.toordinal())
        & (table.day <= scheme.ends_on.toordinal())
        & covered[table.hour]
    )
    if not scheme.without_pass:
        inside &= table.needs_pass
    for column, wanted in (
        ("material", scheme.materials),
        ("component_kind", scheme.component_kinds),
        ("producer", scheme.producers),
        ("project", scheme.projects),
        ("category", scheme.categories),
    ):
        if wanted:
            fits = np.array([word in wanted for word in table.words[column]], dtype=np.bool_)
            inside &= fits[table.columns[column]]
    if scheme.least_axles or scheme.most_axles:
        axles = np.array([one.key.axles for one in ways], dtype=np.int64)[table.way]
        inside &= (axles >= scheme.least_axles) & (
            (axles <= scheme.most_axles) | (scheme.most_axles == 0)
        )
    if scheme.days is DayKind.ANY:
        return inside, np.zeros_like(inside)
    days, place = np.unique(table.day, return_inverse=True)
    of_days = [scheme.days.fits(date.fromordinal(int(one)), calendar) for one in days]
    known = np.array([one is not None for one in of_days], dtype=np.bool_)[place]
    of_kind = np.array([bool(one) for one in of_days], dtype=np.bool_)[place]
    return inside & of_kind, inside & ~known


def relief_of_way(way: Way, scheme: Scheme, cap_fen: int | None = None) -> list[int]:
    """Return the relief of every line of a way under a scheme, in fen."""
    money = []
    for one in way.lines:
        inside = scheme.reaches(one.ownership, one.section, one.league)
        money.append(
            LineMoney(one.amount_fen, one.class_fen, one.above_six_fen) if inside else LineMoney(0)
        )
    return [one.relief_fen for one in relieve(scheme.steps, money, cap_fen)]


def _relief_of_ways(ways: Sequence[Way], scheme: Scheme) -> list[list[int]]:
    return [relief_of_way(one, scheme, scheme.cap_per_trip_fen) for one in ways]


def _capped(way: Way, scheme: Scheme, left_fen: int) -> list[int]:
    cap = scheme.cap_per_trip_fen
    return relief_of_way(way, scheme, left_fen if cap is None else min(cap, left_fen))


def _within_budget(
    table: TripTable, relief: Ints, mine: Ints, scheme: Scheme
) -> tuple[Ints, tuple[int, int] | None]:
    """Return the trips that get all of their relief, and the one that gets what is left."""
    if scheme.budget_fen is None or not len(mine):
        return mine, None
    order = mine[np.argsort(table.day[mine], kind="stable")]
    used = np.cumsum(relief[order])
    whole = int(np.searchsorted(used, scheme.budget_fen, side="right"))
    left = scheme.budget_fen - (int(used[whole - 1]) if whole else 0)
    partial = (int(order[whole]), left) if whole < len(order) and left > 0 else None
    return order[:whole], partial


def _per_way(way: Ints, year: Ints, ways: int, years: int) -> Ints:
    """Count trips of every way in every year."""
    found = np.bincount(way * years + year, minlength=ways * years)
    return found.reshape(ways, years).astype(np.int64)


def _spread(amounts: Sequence[Sequence[int]], counted: Ints, first: Ints) -> Ints:
    """Multiply the amounts of every line by the trips of its way in every year."""
    flat = np.array([one for lines in amounts for one in lines], dtype=np.int64)
    way_of_line = np.repeat(np.arange(len(amounts)), np.diff(first))
    spread: Ints = flat[:, None] * counted[way_of_line]
    return spread
