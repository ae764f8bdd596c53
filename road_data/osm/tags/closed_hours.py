"""Closed hours: bans at plain hours or seasons, which a journey can keep clear of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from road_data.osm.tags.conditions import Clause
from road_data.osm.tags.hours import Hours, read_hours
from transport.network.closures import read_weekly

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = "|".join(_MONTHS)
_SEASON = re.compile(rf"({_MONTH})(?: (\d\d?))?\s*-\s*({_MONTH})(?: (\d\d?))?")
_DAYS = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIMES = r"\d\d?:\d\d-\d\d?:\d\d"
_WEEKLY = re.compile(
    rf"(?:({_DAYS}(?:[-,]{_DAYS})*)\s+)?({_TIMES}(?:,\s*{_TIMES})*)|({_DAYS}(?:[-,]{_DAYS})*)"
)
SEASON = "season "
_DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEK_DAYS, _DAY_MIN = 7, 24 * 60


def hours_of_clause(clause: Clause) -> str | None:
    """Return the plain hours at which a clause holds; None where anything else decides when."""
    if clause.unread or len(clause.times) != 1:
        return None
    return plain_hours(clause.times[0])


@lru_cache(maxsize=4096)
def plain_hours(text: str) -> str | None:
    """Return weekly hours (`Mo-Fr 22:00-06:00; …`) or `season MM-DD/MM-DD`, None for other hours.

    Holidays, weather, sunset and weeks of a month are no plain hours.
    """
    if read_hours(text) is not Hours.AT_TIMES:
        return None
    if season := _SEASON.fullmatch(text.strip()):
        first, last = _MONTHS.index(season[1]), _MONTHS.index(season[3])
        from_day, to_day = int(season[2] or 1), int(season[4] or _LAST_DAYS[last])
        return f"{SEASON}{first + 1:02}-{from_day:02}/{last + 1:02}-{to_day:02}"
    rules: list[str] = []
    for part in text.split(";"):
        found = _WEEKLY.fullmatch(part.strip())
        if found is None:
            return None
        days = found[1] or found[3] or "Mo-Su"
        times = (found[2] or "00:00-24:00").replace(" ", "").split(",")
        rules += [f"{days} {hours}" for hours in times]
    if len(text.split(";")) > 1 and not _days_apart(rules):
        return None  # a later rule replaces an earlier one of the same day
    return "; ".join(rules)


def other_hours(hours: str) -> str | None:
    """Return the weekly hours that these leave; empty where none is left, None for a season."""
    if hours.startswith(SEASON):
        return None
    free = [True] * (_WEEK_DAYS * _DAY_MIN)
    for rule in read_weekly(hours):
        for day in rule.days:
            for minute in range(rule.from_min, rule.to_min):
                free[(day * _DAY_MIN + minute) % len(free)] = False
    by_span: dict[str, list[str]] = {}
    for day, name in enumerate(_DAY_NAMES):
        spans = ",".join(_spans(free[day * _DAY_MIN : (day + 1) * _DAY_MIN]))
        by_span.setdefault(spans, []).append(name)
    return "; ".join(
        f"{','.join(days) if len(days) < _WEEK_DAYS else 'Mo-Su'} {span}"
        for spans, days in by_span.items()
        for span in spans.split(",")
        if span
    )


def _spans(free: list[bool]) -> Iterator[str]:
    begin = 0
    for is_free, minutes in groupby(free):
        end = begin + sum(1 for _ in minutes)
        if is_free:
            yield f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"
        begin = end


def _days_apart(rules: list[str]) -> bool:
    """Say whether every day is named in one run of rules only, without ranges to compare."""
    named = dict.fromkeys(rule.partition(" ")[0] for rule in rules)
    single = [day for days in named for day in days.split(",")]
    return len(single) == len(set(single)) and not any("-" in day for day in single)
