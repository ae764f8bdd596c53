"""The clock of an act: when it must be accepted, when decided, and what does not count.

All limits are working days. The day of receipt or acceptance itself is not counted; suspended days
(strengthening, expert review) are not counted (R62 15, ALL 45).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from transport import working_days
from transport.working_days import WorkingCalendar, add_working_days


class SuspensionReason(StrEnum):
    """Why a clock stands still; announced to the applicant."""

    STRENGTHENING = "strengthening"  # R62 13, 15
    EXPERT_REVIEW = "expert_review"  # ALL 45


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, from `from_day` until the day before `until_day`."""

    reason: SuspensionReason
    from_day: date
    until_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Limits of one act in working days, with the clause they come from.

    `answer_days`: to ask for supplements, else the act counts as accepted on receipt.
    `statutory_days`: to decide, None where the law sets none; `promised_days`: what the office
    promises, never more than the statutory limit.
    """

    answer_days: int
    statutory_days: int | None
    promised_days: int | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ActClock:
    """Days of one act; `accepted_by_law` marks an acceptance nobody declared."""

    submitted_on: date | None = None
    supplement_asked_on: date | None = None
    supplied_on: date | None = None
    accepted_on: date | None = None
    accepted_by_law: bool = False
    decided_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()

    @property
    def is_suspended(self) -> bool:
        """Say whether a suspension is open."""
        return any(one.until_day is None for one in self.suspensions)


NOT_STARTED = ActClock()


def day_after_working_days(
    start: date,
    days: int,
    calendar: WorkingCalendar,
    suspensions: tuple[Suspension, ...] = (),
) -> date | None:
    """Return the last day of a limit that starts after `start`.

    None where a suspension is still open or the calendar of the year is not announced yet.
    """
    pauses = []
    for one in suspensions:
        if one.until_day is None:
            return None
        last = one.until_day - timedelta(days=1)
        pauses.append(working_days.Suspension(one.from_day, last))
    return add_working_days(start, days, calendar, pauses)


def answer_due_on(clock: ActClock, terms: Terms, calendar: WorkingCalendar) -> date | None:
    """Return the last day to ask for supplements, None before submission."""
    if clock.submitted_on is None:
        return None
    return day_after_working_days(clock.submitted_on, terms.answer_days, calendar)


def statutory_due_on(clock: ActClock, terms: Terms, calendar: WorkingCalendar) -> date | None:
    """Return the last day the law allows for the decision, None where it cannot be told."""
    if clock.accepted_on is None or terms.statutory_days is None:
        return None
    return day_after_working_days(
        clock.accepted_on, terms.statutory_days, calendar, clock.suspensions
    )


def promised_due_on(clock: ActClock, terms: Terms, calendar: WorkingCalendar) -> date | None:
    """Return the last day the office promises for the decision, None where it promises none."""
    if clock.accepted_on is None or terms.promised_days is None:
        return None
    return day_after_working_days(
        clock.accepted_on, terms.promised_days, calendar, clock.suspensions
    )


def suspend(clock: ActClock, reason: SuspensionReason, day: date, note: str) -> ActClock:
    """Stop the clock from this day on."""
    opened = Suspension(reason=reason, from_day=day, note=note)
    return replace(clock, suspensions=(*clock.suspensions, opened))


def resume(clock: ActClock, day: date) -> ActClock:
    """Let the clock run again from this day on."""
    ended = tuple(
        replace(one, until_day=day) if one.until_day is None else one for one in clock.suspensions
    )
    return replace(clock, suspensions=ended)
