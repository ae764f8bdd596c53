"""What a way violates as one whole number that compares in order.

Hard violations first, then soft ones, parts per million of exceeded / limit, milliseconds: each
field is wide enough for any sum on a path.
"""

from __future__ import annotations

MILLISECONDS = 10**11
PARTS = 10**13
SOFT = 10**7


def encoded(hard: int, soft: int, ratio: float, milliseconds: int) -> int:
    """Return counts, ratio and time as one number."""
    return ((hard * SOFT + soft) * PARTS + millionths(ratio)) * MILLISECONDS + milliseconds


def millionths(ratio: float) -> int:
    """Return a ratio of exceeded to limit in parts per million, bounded."""
    return min(round(ratio * 1e6), PARTS // 1000)
