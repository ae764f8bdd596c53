"""Kilometre stakes as they stand on Chinese roads: K123+450."""

from __future__ import annotations

import re

_STAKE = re.compile(
    r"\s*[A-Za-z]{0,2}?K\s*(\d{1,5})\s*(?:\+\s*(\d{1,3}(?:\.\d+)?))?\s*", re.IGNORECASE
)
_LONGEST_KM = 20_000.0


def stake_text(km: float) -> str:
    """Return a kilometre as on the stake: 123.45 is K123+450."""
    metres = round(km * 1000)
    whole, rest = divmod(abs(metres), 1000)
    return f"{'-' if metres < 0 else ''}K{whole}+{rest:03d}"


def read_stake(text: str) -> float:
    """Read `K123+450`, `K123` or `123.45` as kilometres; raises ValueError."""
    match = _STAKE.fullmatch(text)
    km = float(text) if match is None else int(match[1]) + float(match[2] or 0) / 1000
    if not -_LONGEST_KM <= km <= _LONGEST_KM:
        raise ValueError(f"'{text}' is no kilometre of a road; write K123+450 or 123.45")
    return km
