"""The moment of travel: a day, or an instant with its offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from transport.errors import FieldFault, InvalidInputError

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")  # one zone, no summer time since 1991


@dataclass(frozen=True, slots=True)
class TravelAt:
    """When a transport travels: its day in China and, where given, the instant."""

    day: date
    instant: datetime | None = None

    def __str__(self) -> str:
        return (self.instant or self.day).isoformat()


def read_travel_at(text: str | None, now: datetime, field: str = "travel_at") -> TravelAt:
    """Read a day or an instant; the day of `now` in China where nothing is given.

    Raise InvalidInputError for anything else, also for a time without an offset.
    """
    if not text:
        return TravelAt(now.astimezone(CHINA_TIME).date())
    try:
        return TravelAt(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None:
        message = f"'{text}' is no day or time: write 2026-05-11 or 2026-05-11T08:00+08:00"
        raise InvalidInputError([FieldFault(field, message, "travel_at", (("given", text),))])
    if instant.tzinfo is None:
        message = f"'{text}' has no offset: write {text}+08:00 for the time in China"
        raise InvalidInputError([FieldFault(field, message, "no_offset", (("given", text),))])
    return TravelAt(instant.astimezone(CHINA_TIME).date(), instant)
