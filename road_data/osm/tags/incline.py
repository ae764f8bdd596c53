"""Incline: the grade of a road in the direction of travel."""

from __future__ import annotations

import math
import re

from road_data.osm.tags.stated import NAN, Direction, Tags, Unread

_PERCENT = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*%?")
_DEGREES = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*°")
_RATIO = re.compile(r"([+-]?)1\s*(?::|in)\s*(\d+(?:[.,]\d+)?)")
_WORDS = frozenset({"up", "down", "yes", "steep", "up/down"})
_LEVEL = frozenset({"no", "none", "flat"})
# Steeper is no road that trucks drive: the number means something else.
_STEEPEST_PCT = 40.0


def read_grade_pct(tags: Tags, direction: Direction) -> tuple[float, list[Unread]]:
    """Return the grade in per cent, above zero uphill; nan where it is not recorded as a number.

    Of a list or range the steepest counts.
    """
    text = tags.get("incline", "")
    word = text.strip().lower()
    if word in _LEVEL:
        return 0.0, []
    if not word or word in _WORDS:
        return NAN, []
    grades = [_grade(part.strip()) for part in re.split(r";|(?<=[\d%°])\s*-\s*(?=\d)", word)]
    read = [grade for grade in grades if grade is not None and abs(grade) <= _STEEPEST_PCT]
    if len(read) < len(grades):
        return NAN, [Unread("incline", text)]
    steepest = max(read, key=abs)
    return (steepest if direction is Direction.FORWARD else -steepest) + 0.0, []


def _grade(text: str) -> float | None:
    if ratio := _RATIO.fullmatch(text):
        run = float(ratio[2].replace(",", "."))
        return None if run == 0 else (-100.0 if ratio[1] == "-" else 100.0) / run
    if degrees := _DEGREES.fullmatch(text):
        return 100.0 * math.tan(math.radians(float(degrees[1].replace(",", "."))))
    percent = _PERCENT.fullmatch(text)
    return float(percent[1].replace(",", ".")) if percent else None
