"""The calendar files agree, day by day, with two independent packages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from transport.regulations.reading import read_calendar

CALENDAR = read_calendar(Path(__file__).parent.parent.parent / "config")
YEARS = range(2019, 2027)


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_chinesecalendar(year: int) -> None:
    wrong = [
        day
        for day in _days(year)
        if CALENDAR.is_working_day(day) is not chinese_calendar.is_workday(day)
    ]

    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    wrong = [
        day for day in _days(year) if CALENDAR.is_working_day(day) is not china.is_working_day(day)
    ]

    assert wrong == []


def test_nothing_is_said_of_a_year_not_announced() -> None:
    assert not CALENDAR.is_announced(2027)
    assert CALENDAR.is_working_day(date(2027, 1, 4)) is None
