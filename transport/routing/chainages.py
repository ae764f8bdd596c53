"""Kilometres of roads by their posts: for legs and structures of a route, and for road lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from transport.network.graph import RoadNetwork
from transport.network.stakes import stake_text
from transport.routing.paths import Path, Stretch
from transport.routing.route import Leg, Route, StructureOnRoute

# Where the pieces of a leg are counted by different roads, the leg has no kilometres of its own.
_JUMP_KM = 1.0


def chainage_km(network: RoadNetwork, edge: int, offset_m: float) -> float | None:
    """Return the kilometre of an edge's road at a place on it, None where no posts are known."""
    posts = network.surveys.posts(edge)
    if posts is None:
        return None
    share = offset_m / (float(network.length_m[edge]) or 1.0)
    return posts[0] + share * (posts[1] - posts[0])


def with_chainages(network: RoadNetwork, path: Path, route: Route) -> Route:
    """Return a route whose legs and structures say the kilometres of their roads, where known."""
    if not len(network.surveys.post_edge):
        return route
    begins_m = list(accumulate((piece.length_m for piece in path), initial=0.0))

    def piece_at(at_m: float) -> int:
        return min(max(bisect_right(begins_m, at_m + 1e-3) - 1, 0), len(path) - 1)

    legs = [_leg(network, path, leg, piece_at(leg.from_km * 1000), begins_m) for leg in route.legs]
    structures: list[StructureOnRoute] = []
    for one in route.structures:
        number = piece_at(one.chainage_km * 1000)
        piece = path[number]
        offset_m = piece.from_m + one.chainage_km * 1000 - begins_m[number]
        km = chainage_km(network, piece.edge, offset_m)
        road = network.text(network.ref[piece.edge]).partition(";")[0]
        structures.append(
            one
            if km is None
            else replace(one, road_ref=road, road_km=round(km, 3), stake=stake_text(km))
        )
    return replace(route, legs=tuple(legs), structures=tuple(structures))


def _leg(network: RoadNetwork, path: Path, leg: Leg, first: int, begins_m: Sequence[float]) -> Leg:
    """Return a leg with the kilometres at which it enters and leaves its road."""
    ends_m = leg.to_km * 1000
    last = first
    while last + 1 < len(path) and begins_m[last + 1] < ends_m - 1.0:
        last += 1
    pieces: Sequence[Stretch] = path[first : last + 1]
    ends = [
        (chainage_km(network, one.edge, one.from_m), chainage_km(network, one.edge, one.to_m))
        for one in pieces
    ]
    known = [km for pair in ends for km in pair if km is not None]
    if len(known) < 2 * len(ends) or _jumps(known):
        return leg
    start, end = known[0], known[-1]
    said = f"{stake_text(start)} — {stake_text(end)}"
    return replace(
        leg,
        from_chainage_km=round(start, 3),
        to_chainage_km=round(end, 3),
        instruction=f"{leg.instruction}（{said}）",
        instruction_en=f"{leg.instruction_en} ({said})",
    )


def _jumps(known: Sequence[float]) -> bool:
    """Say whether the count of one piece does not go on where that of the one before ended."""
    joints = zip(known[1::2], known[2::2], strict=False)
    return any(abs(end - start) > _JUMP_KM for end, start in joints)


def between(
    network: RoadNetwork, edges: npt.NDArray[np.bool_], from_km: float, to_km: float
) -> npt.NDArray[np.bool_] | None:
    """Return which edges of a road lie between two kilometres, None where no posts say so."""
    surveys = network.surveys
    of_road = edges[surveys.post_edge] if len(surveys.post_edge) else np.zeros(0, dtype=np.bool_)
    if not of_road.any():
        return None
    low, high = min(from_km, to_km), max(from_km, to_km)
    lowest = np.minimum(surveys.post_tail_km, surveys.post_head_km)
    highest = np.maximum(surveys.post_tail_km, surveys.post_head_km)
    inside = of_road & (lowest < high) & (highest > low)
    # Without an edge there the kilometres are not those of this network.
    result = np.zeros(network.edge_count, dtype=np.bool_)
    result[surveys.post_edge[inside]] = True
    return result
