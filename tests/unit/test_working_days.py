"""Working days: weekends, holidays, make-up days, suspended clocks, unknown years."""

from __future__ import annotations

from datetime import date

from transport.working_days import (
    EnteredYear,
    Suspension,
    WorkingCalendar,
    YearOfDays,
    add_working_days,
    count_working_days,
)

CALENDAR = WorkingCalendar(
    {2026: YearOfDays(frozenset({date(2026, 5, 1)}), frozenset({date(2026, 5, 9)}))}
)
MONDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 15)


def test_the_first_day_is_the_one_after_acceptance() -> None:
    assert add_working_days(MONDAY, 1, CALENDAR) == date(2026, 5, 12)


def test_weekends_do_not_count() -> None:
    assert add_working_days(FRIDAY, 1, CALENDAR) == date(2026, 5, 18)


def test_holidays_do_not_count() -> None:
    assert add_working_days(date(2026, 4, 30), 1, CALENDAR) == date(2026, 5, 4)


def test_make_up_days_count() -> None:
    assert add_working_days(date(2026, 5, 8), 1, CALENDAR) == date(2026, 5, 9)


def test_accepted_on_a_day_off_the_clock_starts_with_the_next_working_day() -> None:
    assert add_working_days(date(2026, 5, 16), 1, CALENDAR) == date(2026, 5, 18)


def test_no_days_end_on_the_day_itself() -> None:
    assert add_working_days(MONDAY, 0, CALENDAR) == MONDAY


def test_a_suspended_clock_stands_still() -> None:
    reinforcement = Suspension(date(2026, 5, 13), date(2026, 5, 19))

    assert add_working_days(MONDAY, 3, CALENDAR, [reinforcement]) == date(2026, 5, 21)


def test_a_year_not_announced_has_no_answer() -> None:
    assert add_working_days(date(2026, 12, 31), 1, CALENDAR) is None
    assert CALENDAR.is_working_day(date(2027, 1, 4)) is None
    assert count_working_days(date(2026, 12, 30), date(2027, 1, 5), CALENDAR) is None


def test_counting_agrees_with_adding() -> None:
    pause = Suspension(date(2026, 5, 13), date(2026, 5, 14))
    due = add_working_days(MONDAY, 7, CALENDAR, [pause])

    assert due is not None
    assert count_working_days(MONDAY, due, CALENDAR, [pause]) == 7


def test_two_suspensions_stand_still_one_after_the_other() -> None:
    reinforcement = Suspension(date(2026, 5, 13), date(2026, 5, 14))
    review = Suspension(date(2026, 5, 14), date(2026, 5, 18))

    assert add_working_days(MONDAY, 2, CALENDAR, [reinforcement, review]) == date(2026, 5, 19)


def test_an_entered_year_replaces_the_files_and_leaves_the_others() -> None:
    entered = EnteredYear(2026, (date(2026, 5, 12),), (), "更正")
    corrected = CALENDAR.with_entered([entered])

    assert corrected.is_working_day(date(2026, 5, 1)) is True
    assert corrected.is_working_day(date(2026, 5, 12)) is False
    assert CALENDAR.is_working_day(date(2026, 5, 12)) is True
    assert CALENDAR.with_entered([]) is CALENDAR


def test_a_weekend_beside_an_announced_day_off_belongs_to_the_holiday() -> None:
    found = [CALENDAR.is_holiday(date(2026, 5, day)) for day in (1, 2, 3, 4, 9, 10)]
    assert found == [True, True, True, False, False, False]
    assert CALENDAR.is_holiday(date(2027, 5, 1)) is None
