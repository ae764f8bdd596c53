"""Is this place on the pass's route? Answered from the road list alone: on, off, cannot tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transport.verification.pass_token import PassClaims, RoadStretch

_TOLERANCE_KM = 0.5  # kilometre posts are a reading, and broken chainage shifts them
_BETWEEN_NUMBERS = re.compile(r"[;,/、；，]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by road number and chainage, as an officer reads them from the post.

    `km` is None where only the road is known; `road` is empty where not even that is. `on_stretch`
    may be set by who has a network: does the place lie between the ends of this route on its road?
    """

    road: str
    km: float | None = None
    on_stretch: bool | None = None


def is_on_route(claims: PassClaims, place: Place) -> bool | None:
    """Tell whether a place lies on the route of a pass; None where the list does not say."""
    if not place.road:
        return None
    road = road_numbers(place.road)
    stretches = [stretch for stretch in claims.roads if road_numbers(stretch.road) & road]
    if not stretches:
        # A stretch without a number could be the road asked about under another name.
        return None if any(not stretch.road for stretch in claims.roads) else False
    if place.on_stretch is not None:
        return place.on_stretch
    answers = [_holds(stretch, place.km) for stretch in stretches]
    if True in answers:
        return True
    return None if None in answers else False


def _holds(stretch: RoadStretch, km: float | None) -> bool | None:
    if km is None or stretch.from_km is None or stretch.to_km is None:
        return None
    low, high = sorted((stretch.from_km, stretch.to_km))
    return low - _TOLERANCE_KM <= km <= high + _TOLERANCE_KM


def road_numbers(road: str) -> frozenset[str]:
    """Take apart the numbers of a road that carries several: `G6;G7`, `G6/G7`."""
    parts = (part.strip().upper() for part in _BETWEEN_NUMBERS.split(road))
    return frozenset(part for part in parts if part)
