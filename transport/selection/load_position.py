"""The place of a load that uses the worst limit least, found exactly.

Every axle and coupling load is a straight line over the place of the load, so the largest of their
shares of the limits is convex and its least value lies at an end of the range or where a rising
and a falling line cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
    """Return where the largest share is least; of equal places the nearest to `wished_m`."""
    moving = [line for line in shares if line.slope]
    wished_m = min(max(wished_m, first_m), last_m)
    if not moving or first_m >= last_m:
        return wished_m
    places = {first_m, last_m, wished_m}
    rising = [line for line in moving if line.slope > 0]
    falling = [line for line in moving if line.slope < 0]
    for up in rising:
        for down in falling:
            cross_m = (down.start - up.start) / (up.slope - down.slope)
            if first_m < cross_m < last_m:
                places.add(cross_m)
    peaks = [(max(line.at(place) for line in moving), place) for place in places]
    least = min(peaks)[0]
    return min(
        (place for peak, place in peaks if peak <= least + 1e-9),
        key=lambda place: abs(place - wished_m),
    )
