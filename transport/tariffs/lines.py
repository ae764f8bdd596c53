"""Lines of a toll schedule: what one road, class, day and direction costs, with days of validity.

A line that says more wins over one that says less: section before road before everywhere, then a
direction, then a kind of day. Without a fitting line the schedule's general rates apply. Kinds of
days follow the announced working calendar; in a year that is not announced nobody can tell them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from transport.tariffs.money import Rounding
from transport.working_days import WorkingCalendar

ABOVE_SIX_CLASS = 17  # the toll network's pseudo-class of 本省超6轴加收
HIGHEST_CLASS = 6


class LineKind(StrEnum):
    """What a line prices: a kilometre of road, or one passage of a bridge or tunnel."""

    DISTANCE = "distance"
    BRIDGE = "bridge"
    TUNNEL = "tunnel"


class DayKind(StrEnum):
    """The days a line is for, by the working calendar; holidays are days off too."""

    ANY = "any"
    WORKDAY = "workday"
    WEEKEND = "weekend"  # every day off: weekends without make-up days, and holidays
    HOLIDAY = "holiday"  # announced holidays alone

    def fits(self, day: date, calendar: WorkingCalendar) -> bool | None:
        """Say whether a day is of this kind, None where its year is not announced."""
        if self is DayKind.ANY:
            return True
        if self is DayKind.HOLIDAY:
            return calendar.is_holiday(day)
        works = calendar.is_working_day(day)
        return None if works is None else works is (self is DayKind.WORKDAY)


def kinds_of(day: date, calendar: WorkingCalendar) -> tuple[DayKind, ...] | None:
    """Return the kinds a day is of, None where its year is not announced."""
    fits = {one: one.fits(day, calendar) for one in DayKind}
    if None in fits.values():
        return None
    return tuple(one for one, is_one in fits.items() if is_one)


_NARROWER = {DayKind.ANY: 0, DayKind.WORKDAY: 1, DayKind.WEEKEND: 1, DayKind.HOLIDAY: 2}


class Bound(StrEnum):
    """The direction a line is for: where the stretch leads, by compass."""

    ANY = "any"
    EAST = "east"
    WEST = "west"
    NORTH = "north"
    SOUTH = "south"


@dataclass(frozen=True, slots=True)
class TariffLine:
    """A price: yuan per kilometre (`distance`), else yuan per passage of `structure`.

    `road` and `section` empty mean everywhere. `vehicle_class` 1-6 after JT/T 489-2019, 17 the
    add-on of each axle above six. `valid_to` is the last day, None without end.
    """

    id: str
    kind: LineKind
    road: str
    section: str
    vehicle_class: int
    days: DayKind
    bound: Bound
    structure: str
    amount_yuan: Decimal
    valid_from: date
    valid_to: date | None
    status: str
    source: str
    version: int = 1

    def is_valid_on(self, day: date, calendar: WorkingCalendar) -> bool | None:
        """Say whether the line may be used on a day, None where nobody can tell its kind."""
        ended = self.valid_to is not None and day > self.valid_to
        if day < self.valid_from or ended:
            return False
        return self.days.fits(day, calendar)


@dataclass(frozen=True, slots=True)
class TariffTerms:
    """What applies to a whole toll: discount for electronic payment, rounding, minimum."""

    etc_discount_percent: Decimal = Decimal(0)
    total_step_fen: int = 1
    rounding: Rounding = Rounding.HALF_UP
    minimum_fen: int = 0
    most_axles_charged: int | None = None


PLAIN_TERMS = TariffTerms()


def distance_line(
    lines: Iterable[TariffLine],
    *,
    road: str,
    section: str,
    vehicle_class: int,
    bounds: frozenset[Bound],
) -> TariffLine | None:
    """Return the line that says most of a stretch among lines valid on the day, or None."""
    fitting = [
        one
        for one in lines
        if one.kind is LineKind.DISTANCE
        and one.vehicle_class == vehicle_class
        and (not one.road or one.road in road.split(";"))
        and one.section in ("", section)
        and (one.bound is Bound.ANY or one.bound in bounds)
    ]
    return max(fitting, key=_closeness, default=None)


def structure_line(
    lines: Iterable[TariffLine], structure: str, vehicle_class: int
) -> TariffLine | None:
    """Return the surcharge of a bridge or tunnel for a class, or None."""
    fitting = [
        one
        for one in lines
        if one.kind is not LineKind.DISTANCE
        and one.structure == structure
        and one.vehicle_class == vehicle_class
    ]
    return max(fitting, key=_closeness, default=None)


def _closeness(line: TariffLine) -> tuple[bool, bool, bool, int, date]:
    return (
        bool(line.section),
        bool(line.road),
        line.bound is not Bound.ANY,
        _NARROWER[line.days],
        line.valid_from,
    )
