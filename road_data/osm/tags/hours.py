"""Hours: when a condition in the opening-hours grammar of OpenStreetMap holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from opening_hours import OpeningHours, validate

# Any day will do to ask an expression that never changes whether it holds.
_ANY_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - a place on the calendar, in no zone


class Hours(StrEnum):
    """When a condition holds."""

    ALWAYS = "always"
    AT_TIMES = "at times"
    NEVER = "never"


@lru_cache(maxsize=4096)
def read_hours(text: str) -> Hours | None:
    """Return when the expression holds, None where it does not follow the grammar."""
    if not validate(text):
        return None
    hours = OpeningHours(text, auto_country=False, auto_timezone=False)
    if hours.next_change(_ANY_MOMENT) is not None:
        return Hours.AT_TIMES
    if "PH" in text or "SH" in text:  # holidays are not known here, so they never come
        return Hours.ALWAYS if hours.is_open(_ANY_MOMENT) else Hours.AT_TIMES
    return Hours.ALWAYS if hours.is_open(_ANY_MOMENT) else Hours.NEVER
