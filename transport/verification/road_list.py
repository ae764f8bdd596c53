"""Make the road list of a pass from the legs of a route: join, absorb ramps, find the joints."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from transport.verification.pass_token import LonLat, RoadStretch

_RAMP_M = 2_000.0  # a shorter piece without a number is a ramp or an access, told by its neighbour


def road_list(
    legs: Iterable[tuple[RoadStretch, float]], geometry: Sequence[LonLat]
) -> tuple[tuple[RoadStretch, ...], tuple[LonLat, ...]]:
    """Return stretches and joints; `legs` are stretches with their lengths in metres, in order.

    Neighbours on the same road become one; joints are found along `geometry` by length.
    """
    stretches: list[RoadStretch] = []
    lengths: list[float] = []
    for leg, length_m in legs:
        last = stretches[-1] if stretches else None
        if last and (leg.road == last.road or (not leg.road and length_m < _RAMP_M)):
            stretches[-1] = _joined(last, leg)
            lengths[-1] += length_m
        elif last and not last.road and lengths[-1] < _RAMP_M:
            stretches[-1] = leg
            lengths[-1] += length_m
        else:
            stretches.append(leg)
            lengths.append(length_m)
    return tuple(stretches), joints_along(geometry, lengths)


def joints_along(geometry: Sequence[LonLat], lengths_m: Sequence[float]) -> tuple[LonLat, ...]:
    """Return the points of a line that divide it in the proportion of lengths, its ends included.

    Returns nothing for a line without length.
    """
    steps = [_apart(a, b) for a, b in itertools.pairwise(geometry)]
    total, told = sum(steps), sum(lengths_m)
    if not total or not told:
        return ()
    joints = [geometry[0]]
    step, walked, wanted = 0, 0.0, 0.0
    for length_m in lengths_m[:-1]:
        wanted += length_m / told * total
        while step < len(steps) - 1 and walked + steps[step] < wanted:
            walked += steps[step]
            step += 1
        share = min(1.0, (wanted - walked) / steps[step]) if steps[step] else 0.0
        (lon, lat), (next_lon, next_lat) = geometry[step], geometry[step + 1]
        joints.append((lon + (next_lon - lon) * share, lat + (next_lat - lat) * share))
    return (*joints, geometry[-1])


def _joined(first: RoadStretch, second: RoadStretch) -> RoadStretch:
    same = second.road == first.road
    return replace(
        first,
        to_km=second.to_km if same else first.to_km,
        entry_station=first.entry_station or second.entry_station,
        exit_station=second.exit_station or first.exit_station,
    )


def _apart(a: LonLat, b: LonLat) -> float:
    middle = math.radians((a[1] + b[1]) / 2)
    return math.hypot((b[0] - a[0]) * math.cos(middle), b[1] - a[1])
