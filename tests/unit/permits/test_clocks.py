from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import CALENDAR, MONDAY
from transport.permits.clocks import (
    ActClock,
    SuspensionReason,
    Terms,
    promised_due_on,
    resume,
    statutory_due_on,
    suspend,
)

TERMS = Terms(answer_days=5, statutory_days=5, promised_days=3)
ACCEPTED = ActClock(submitted_on=MONDAY, accepted_on=MONDAY)


def test_the_day_of_acceptance_and_holidays_do_not_count_but_a_worked_saturday_does() -> None:
    # Tue 12, Wed 13, Thu 14, (Fri 15 holiday), Sat 16 worked, (Sun), Mon 18
    assert statutory_due_on(ACCEPTED, TERMS, CALENDAR) == date(2026, 5, 18)


def test_promised_and_statutory_days_are_shown_apart() -> None:
    assert promised_due_on(ACCEPTED, TERMS, CALENDAR) == date(2026, 5, 14)


def test_no_clock_runs_before_acceptance() -> None:
    waiting = replace(ACCEPTED, accepted_on=None)
    assert statutory_due_on(waiting, TERMS, CALENDAR) is None


def test_the_time_of_strengthening_does_not_count() -> None:
    stopped = suspend(ACCEPTED, SuspensionReason.STRENGTHENING, date(2026, 5, 12), "bridge")
    running = resume(stopped, date(2026, 5, 14))
    assert statutory_due_on(running, TERMS, CALENDAR) == date(2026, 5, 20)


def test_a_stopped_clock_has_no_due_day() -> None:
    stopped = suspend(ACCEPTED, SuspensionReason.EXPERT_REVIEW, date(2026, 5, 12), "experts")
    assert stopped.is_suspended
    assert statutory_due_on(stopped, TERMS, CALENDAR) is None


def test_a_year_whose_calendar_is_not_announced_gives_no_due_day() -> None:
    late = ActClock(submitted_on=date(2026, 12, 30), accepted_on=date(2026, 12, 30))
    assert statutory_due_on(late, TERMS, CALENDAR) is None
