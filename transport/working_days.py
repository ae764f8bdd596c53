"""The Chinese working calendar and suspended clocks; the day is always an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """What the State Council announced for one year: days off, and weekend days worked."""

    holidays: frozenset[date]
    make_up_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The announced years; of other years nothing can be said."""

    years: Mapping[int, YearOfDays]

    def is_announced(self, year: int) -> bool:
        """Whether the working days of that year are known."""
        return year in self.years

    def is_working_day(self, day: date) -> bool | None:
        """Whether offices work on that day, None where its year is not announced."""
        year = self.years.get(day.year)
        if year is None:
            return None
        if day in year.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in year.holidays

    def is_holiday(self, day: date) -> bool | None:
        """Whether the day lies in an announced holiday, None where its year is not announced.

        A weekend that no working day parts from an announced day off belongs to that holiday.
        """
        if self.is_working_day(day) is not False:
            return None if day.year not in self.years else False
        return any(self._meets_holiday(day, step) for step in (_ONE_DAY, -_ONE_DAY))

    def _meets_holiday(self, day: date, step: timedelta) -> bool:
        while self.is_working_day(day) is False:
            if day in self.years[day.year].holidays:
                return True
            day += step
        return False

    def with_entered(self, entered: Iterable[EnteredYear]) -> WorkingCalendar:
        """Return the calendar with entered years; an entered year replaces a file's."""
        years = {one.year: one.days for one in entered}
        return WorkingCalendar({**self.years, **years}) if years else self


@dataclass(frozen=True, slots=True)
class EnteredYear:
    """A year's days as an administrator entered them; `source` names the announcement."""

    year: int
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    source: str
    version: int = 1

    @property
    def id(self) -> str:
        """The year in figures; there is one entry a year."""
        return str(self.year)

    @property
    def days(self) -> YearOfDays:
        """The days in the form that the calendar counts with."""
        return YearOfDays(frozenset(self.holidays), frozenset(self.make_up_days))


@dataclass(frozen=True, slots=True)
class Suspension:
    """A period in which the clock stands still, both days included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on that day."""
        return self.first <= day <= self.last


def add_working_days(
    start: date,
    days: int,
    calendar: WorkingCalendar,
    suspended: Iterable[Suspension] = (),
) -> date | None:
    """Return the last day of a period of working days; the first is the day after `start`.

    None where the period reaches into a year whose calendar is not announced. An endless
    suspension cannot be given: its last day is always a date.
    """
    pauses = tuple(suspended)
    day, left = start, days
    while left > 0:
        day += timedelta(days=1)
        works = calendar.is_working_day(day)
        if works is None:
            return None
        if works and not any(pause.covers(day) for pause in pauses):
            left -= 1
    return day


def count_working_days(
    start: date,
    end: date,
    calendar: WorkingCalendar,
    suspended: Iterable[Suspension] = (),
) -> int | None:
    """Count the working days after `start` up to and including `end`; None where unknown."""
    pauses = tuple(suspended)
    used, day = 0, start
    while day < end:
        day += timedelta(days=1)
        works = calendar.is_working_day(day)
        if works is None:
            return None
        used += bool(works) and not any(pause.covers(day) for pause in pauses)
    return used
