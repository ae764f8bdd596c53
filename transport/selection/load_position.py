"""The place of a load that uses the worst limit least, found exactly.

Every axle and coupling load is a straight line over the place of the load, so the largest of their
shares of the limits is convex and its least value lies at an end of the range or where a rising
and a falling line cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_EQUAL = 1e-12


@dataclass(frozen=True, slots=True)
class Line:
    """A value over the place of the load: `start` where the range begins, `slope` per metre."""

    start: float
    slope: float

    def at(self, moved_m: float) -> float:
        """Return the value a distance behind the beginning of the range."""
        return self.start + self.slope * moved_m


def keep_positive(
    lines: Iterable[Line], first_m: float, last_m: float, least: float = 0.0
) -> tuple[float, float] | None:
    """Return the part of a range where every line is at least `least`, None where nothing is."""
    for line in lines:
        if line.slope:
            zero_m = (least - line.start) / line.slope
            if line.slope > 0:
                first_m = max(first_m, zero_m)
            else:
                last_m = min(last_m, zero_m)
        elif line.start < least:
            return None
        if first_m > last_m:
            return None
    return first_m, last_m


def lowest_peak(shares: Sequence[Line], first_m: float, last_m: float, wished_m: float) -> float:
    """Return where the largest share is least; `wished_m` where the place makes no difference.

    Between a falling line that is largest in front and a rising one that is largest behind, their
    crossing bounds the least value from below; the line above it there replaces one of the two.
    """
    moving = [line for line in shares if line.slope]
    if not moving or first_m >= last_m:
        return min(max(wished_m, first_m), last_m)
    front = _largest(moving, first_m)
    if front.slope >= 0:
        return first_m
    behind = _largest(moving, last_m)
    if behind.slope <= 0:
        return last_m
    while True:
        cross_m = (front.start - behind.start) / (behind.slope - front.slope)
        above = _largest(moving, cross_m)
        if above.at(cross_m) <= front.at(cross_m) + _EQUAL:
            return cross_m
        if above.slope < 0:
            front = above
        else:
            behind = above


def _largest(lines: Sequence[Line], place_m: float) -> Line:
    best, peak = lines[0], lines[0].start + lines[0].slope * place_m
    for line in lines:
        value = line.start + line.slope * place_m
        if value > peak:
            best, peak = line, value
    return best
