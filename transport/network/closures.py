"""Roadworks, closures, temporary and seasonal limits: what applies at a moment or on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from transport.network.attributes import LimitKind

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(
    r"(?:(?P<days>[A-Za-z,\- ]+?)\s+)?(?P<from>\d{1,2}:\d{2})\s*-\s*(?P<to>\d{1,2}:\d{2})"
)
_YEARLY = re.compile(r"(\d{2})-(\d{2})/(\d{2})-(\d{2})")
_DAY_MINUTES = 24 * 60
# Driving up to where a restriction begins is not driving into it.
_SHORTEST_M = 0.5
# A leap year, so that 02-29 is a day.
_ANY_YEAR = 2000

Window = tuple[datetime, datetime]


class RestrictionKind(StrEnum):
    """Why a road is restricted for a time."""

    ROADWORKS = "roadworks"
    CLOSURE = "closure"
    TEMPORARY_LIMIT = "temporary_limit"
    SEASONAL_LIMIT = "seasonal_limit"


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Hours on some days of the week (0 is Monday), in minutes; past 24:00 into the next day."""

    days: tuple[int, ...]
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction on some directed edges.

    Without `from_at` or `to_at` it is open on that side; `yearly` holds (month, day) of its first
    and last day of every year. `closed` stops everybody, `limits` stop what is larger, `lanes` what
    does not fit beside the closed ones (`lane_closures`). A `hard` one is lifted by nobody; a soft
    one by consent of `issued_by`. `spans` holds for each edge from where to where it applies, in
    metres from the tail; without spans it applies to whole edges. `place` says in words where.
    """

    id: str
    kind: RestrictionKind
    edges: tuple[int, ...]
    reason: str
    issued_by: str
    closed: bool = False
    limits: tuple[tuple[LimitKind, float], ...] = ()
    hard: bool = True
    from_at: datetime | None = None
    to_at: datetime | None = None
    yearly: tuple[tuple[int, int], tuple[int, int]] | None = None
    weekly: tuple[WeeklyHours, ...] = ()
    direction: str = "both"
    lanes: str = ""
    spans: tuple[tuple[float, float], ...] = ()
    place: str = ""

    def span_on(self, edge: int) -> tuple[float, float] | None:
        """Return the part of an edge that it applies to; None where that is the whole edge."""
        if not self.spans or edge not in self.edges:
            return None
        return self.spans[self.edges.index(edge)]


def touches(span: tuple[float, float], driven: tuple[float, float]) -> bool:
    """Say whether a driven part of an edge comes into a restricted one; a point counts as such."""
    overlap_m = min(span[1], driven[1]) - max(span[0], driven[0])
    at_a_point = span[0] == span[1]
    return overlap_m >= 0 if at_a_point else overlap_m > _SHORTEST_M


@dataclass(frozen=True, slots=True)
class InForce:
    """A restriction (its number in the network) that concerns a journey.

    Empty `windows` means at the moment asked for, or the whole day; otherwise only between these
    times (ISO 8601, start and end) of the day.
    """

    number: int
    windows: tuple[tuple[str, str], ...] = ()


def in_force(
    restrictions: Sequence[Restriction], day: date, instant: datetime | None
) -> tuple[InForce, ...]:
    """Return the restrictions that concern a journey at an instant, or on a day in China."""
    return tuple(_concerning(restrictions, day, instant))


def _concerning(
    restrictions: Sequence[Restriction], day: date, instant: datetime | None
) -> Iterator[InForce]:
    for number, restriction in enumerate(restrictions):
        windows = windows_on(restriction, day)
        if instant is not None:
            if any(start <= instant < end for start, end in windows):
                yield InForce(number)
        elif windows == [_whole(day)]:
            yield InForce(number)
        elif windows:
            said = ((s.isoformat(timespec="minutes"), e.isoformat(timespec="minutes"))
                    for s, e in windows)  # fmt: skip
            yield InForce(number, tuple(said))


def windows_on(restriction: Restriction, day: date) -> list[Window]:
    """Return the times of a day (in China) when a restriction applies, in order, merged."""
    start, end = _whole(day)
    start = max(start, restriction.from_at or start)
    end = min(end, restriction.to_at or end)
    if start >= end:
        return []
    if not restriction.weekly:
        return [(start, end)] if _in_season(restriction, day) else []
    found = []
    for of_day in (day - timedelta(days=1), day):  # the night before reaches into this day
        if not _in_season(restriction, of_day):
            continue
        midnight = _whole(of_day)[0]
        for hours in restriction.weekly:
            if of_day.weekday() in hours.days:
                opens = max(start, midnight + timedelta(minutes=hours.from_min))
                closes = min(end, midnight + timedelta(minutes=hours.to_min))
                if opens < closes:
                    found.append((opens, closes))
    return _merged(found)


def _in_season(restriction: Restriction, day: date) -> bool:
    if restriction.yearly is None:
        return True
    first, last = restriction.yearly
    here = day.month, day.day
    return first <= here <= last if first <= last else here >= first or here <= last


def _whole(day: date) -> Window:
    midnight = datetime.combine(day, time(), CHINA_TIME)
    return midnight, midnight + timedelta(days=1)


def _merged(windows: list[Window]) -> list[Window]:
    merged: list[Window] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def read_weekly(text: str) -> tuple[WeeklyHours, ...]:
    """Read weekly hours such as `Mo-Fr 22:00-06:00; Sa,Su 08:00-12:00`; raises ValueError.

    Without days every day is meant; an end before the start lies on the next day.
    """
    return tuple(_read_rule(part.strip()) for part in text.split(";") if part.strip())


def _read_rule(text: str) -> WeeklyHours:
    match = _RULE.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' are no weekly hours; write e.g. 'Mo-Fr 22:00-06:00'")
    from_min, to_min = (_minutes(match[name]) for name in ("from", "to"))
    if to_min <= from_min:
        to_min += _DAY_MINUTES
    return WeeklyHours(_days(match["days"] or "Mo-Su"), from_min, to_min)


def _minutes(text: str) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    total = hour * 60 + minute
    if minute >= 60 or total > _DAY_MINUTES:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"'{text}' is no time of day; write 00:00 to 24:00")
    return total


def _days(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        try:
            low, high = _DAYS.index(first.title()), _DAYS.index((last or first).title())
        except ValueError:
            message = f"'{part}' are no days; write Mo, Tu, We, Th, Fr, Sa, Su or Mo-Fr"
            raise ValueError(message) from None
        days.update(range(low, high + 1) if low <= high else {*range(low, 7), *range(high + 1)})
    return tuple(sorted(days))


def read_yearly(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Read the first and last day of a season, `03-15/05-31`; raises ValueError."""
    match = _YEARLY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no season; write MM-DD/MM-DD, e.g. 03-15/05-31")
    first, last = ((int(match[n]), int(match[n + 1])) for n in (1, 3))
    for month, day in (first, last):
        date(_ANY_YEAR, month, day)
    return first, last
