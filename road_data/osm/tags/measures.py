"""Read lengths and masses as people write them; never round up, never guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

_NUMBER = r"(\d+(?:[.,]\d+)?|[.,]\d+)"
_PLAIN = re.compile(_NUMBER)
_FEET = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:'|ft|feet|foot)\s*(?:-?\s*(\d+(?:\.\d+)?)\s*(?:\"|in|inch|inches)?)?"
)
_INCHES = re.compile(r'(\d+(?:\.\d+)?)\s*(?:"|in|inch|inches)')
_METRES_AND_PART = re.compile(r"(\d+)\s*(?:m|米)\s*(\d{1,2})")
_WITH_UNIT = re.compile(_NUMBER + r"\s*([^\d\s.,;][^\d;]*)?")
_RANGE = re.compile(r"(.+?)\s*[-–—]\s*(.+)")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")

_METRES = {
    unit: Decimal(factor)
    for factor, units in {
        "1": ("", "m", "meter", "metre", "meters", "metres", "米", "公尺"),
        "0.01": ("cm", "厘米", "公分"),
        "0.001": ("mm", "毫米"),
    }.items()
    for unit in units
}
_TONNES = {
    unit: Decimal(factor)
    for factor, units in {
        "1": ("", "t", "tonne", "tonnes", "吨", "mt"),
        "0.001": ("kg", "公斤", "千克"),
        "0.00045359237": ("lb", "lbs", "pound", "pounds"),
        # "ton" without a word more is read as the smaller one, so that nothing is rounded up.
        "0.90718474": ("st", "ton", "tons", "short ton", "short tons"),
        "1.0160469088": ("lt", "long ton", "long tons"),
    }.items()
    for unit in units
}
_SMALL_UNITS = {"kg", "公斤", "千克", "lb", "lbs", "pound", "pounds"}
_FOOT = Decimal("0.3048")
_INCH = Decimal("0.0254")

Measure = Callable[[str], float | None]


def read_length_m(text: str) -> float | None:
    """Return metres, or None where the text cannot be read; lists and ranges give the smallest."""
    return _smallest(text, _one_length)


def read_mass_t(text: str) -> float | None:
    """Return tonnes, or None where the text cannot be read; lists and ranges give the smallest."""
    return _smallest(text, _one_mass)


def _smallest(text: str, one: Measure) -> float | None:
    parts = [part for part in re.split(r"[;|]", _tidy(text)) if part.strip()]
    values = [_one_or_range(part.strip(), one) for part in parts]
    read = [value for value in values if value is not None]
    # A list with an unreadable entry might hide a smaller limit: it cannot be trusted.
    return min(read) if read and len(read) == len(values) else None


def _one_or_range(text: str, one: Measure) -> float | None:
    value = one(text)
    if value is not None:
        return value
    ends = _RANGE.fullmatch(text)
    if ends is None:
        return None
    low, high = ends.groups()
    if _PLAIN.fullmatch(low):
        low += " " + _PLAIN.sub("", high, count=1).strip()
    both = one(low.strip()), one(high)
    return None if both[0] is None or both[1] is None else min(both[0], both[1])


def _tidy(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    for old, new in (("''", '"'), ("′′", '"'), ("′", "'"), ("’", "'"), ("‘", "'"), ("”", '"')):
        plain = plain.replace(old, new)
    return plain.replace("“", '"')


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _one_length(text: str) -> float | None:
    if feet := _FEET.fullmatch(text):
        return float(Decimal(feet[1]) * _FOOT + Decimal(feet[2] or 0) * _INCH)
    if inches := _INCHES.fullmatch(text):
        return float(Decimal(inches[1]) * _INCH)
    if mixed := _METRES_AND_PART.fullmatch(text):
        return float(Decimal(f"{mixed[1]}.{mixed[2]}"))
    return _with_unit(text, _METRES)


def _one_mass(text: str) -> float | None:
    return _with_unit(text, _TONNES)


def _with_unit(text: str, factors: dict[str, Decimal]) -> float | None:
    parts = _WITH_UNIT.fullmatch(text)
    if parts is None:
        return None
    unit = (parts[2] or "").strip().rstrip(".")
    if unit not in factors:
        return None
    number = parts[1]
    if unit in _SMALL_UNITS and _THOUSANDS.fullmatch(number):
        number = re.sub(r"[.,]", "", number)
    return float(_decimal(number) * factors[unit])
