"""How long before a trip its pass has to be applied for."""

from __future__ import annotations

from datetime import date, timedelta

from transport.working_days import WorkingCalendar, add_working_days

_SEARCHED_DAYS = 120


def first_day_in_force(apply_on: date, days: int, calendar: WorkingCalendar) -> date | None:
    """Return the first day of a pass applied for on a day, decided on the last of its days."""
    due = add_working_days(apply_on, days, calendar)
    return None if due is None else due + timedelta(days=1)


def last_day_to_apply(starts_on: date, days: int, calendar: WorkingCalendar) -> date | None:
    """Return the last day on which to apply for a pass that holds from a day; None if unknown."""
    for before in range(1, _SEARCHED_DAYS):
        apply_on = starts_on - timedelta(days=before)
        ready = first_day_in_force(apply_on, days, calendar)
        if ready is None:
            return None
        if ready <= starts_on:
            return apply_on
    return None
