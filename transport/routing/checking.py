"""Match a way that somebody brings: a drawn line or track, or a list of road numbers.

The matched way is judged as if it had been found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import inf

import numpy as np
import numpy.typing as npt

from transport.errors import FieldFault, InvalidInputError
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge, distance_m, snap
from transport.network.stakes import stake_text
from transport.routing.chainages import between, chainage_km
from transport.routing.ground import unlimited_metric
from transport.routing.paths import Path, Stops, cheapest_path, length_m
from transport.routing.patience import Patience
from transport.routing.regions import road_edges
from transport.routing.route import LonLat

_LEAST_SPACING_M, _MOST_STOPS = 150.0, 1_000
# A point of a track farther from any road than this was not driven on one.
OFF_THE_ROAD_M = 200.0
_LEAST_SHARE_MATCHED = 0.5
# Roads that are not on the list cost this many times more.
_OFF_THE_LIST_PERMILLE = 30_000
# Roads with neither number nor name cannot stand on a list: they join what does.
_NAMELESS_PERMILLE = 3_000
_LENGTH_TOLERANCE_KM = 1.0
_LENGTH_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class NamedRoad:
    """A road of a list: its number or name, with the chainages of the journey where given.

    Where posts of the road are known, the way is looked for between these kilometres; elsewhere
    only the length is compared.
    """

    ref: str
    from_km: float | None = None
    to_km: float | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """A matched way, and what of the given one does not fit it."""

    path: Path
    remarks: tuple[str, ...]


def match_line(network: RoadNetwork, points: Sequence[LonLat], patience: Patience) -> Matched:
    """Return the way along a line or track.

    Raises InvalidInputError on `line` where most of it is on no road or its parts do not connect.
    """
    _refuse_bad_points(points)
    stops: list[list[PlaceOnEdge]] = []
    off: list[float] = []
    for lon, lat in _spaced(points):
        try:
            places = snap(network, lon, lat, field="line", reach_m=OFF_THE_ROAD_M)
        except InvalidInputError:
            off.append(1.0)
            continue
        if not stops or _apart_m(stops[-1][0], places[0]) >= 1:
            stops.append(places)
    looked_at = len(stops) + len(off)
    if len(stops) < 2 or len(stops) < _LEAST_SHARE_MATCHED * looked_at:  # noqa: PLR2004 - two ends
        raise _wrong_line(
            f"{len(off)} of {looked_at} points are more than {OFF_THE_ROAD_M:g} m from any road"
        )
    found = cheapest_path(network, unlimited_metric(network, patience), stops)
    if found is None:
        raise _wrong_line("no roads of this network connect its points in this order")
    remarks = []
    if off:
        remarks.append(f"points_off_the_road:{len(off)}")
    drawn_m = sum(distance_m(*a, *b) for a, b in pairwise(points))
    if abs(length_m(found[1]) - drawn_m) > max(500.0, 2 * _LENGTH_TOLERANCE * drawn_m):
        remarks.append(f"line_km:{drawn_m / 1000:.1f}")
    return Matched(found[1], tuple(remarks))


def match_roads(
    network: RoadNetwork, roads: Sequence[NamedRoad], stops: Stops, patience: Patience
) -> Matched:
    """Return the way between stops that keeps to the listed roads; remarks say where it cannot.

    Raises InvalidInputError on `roads` for a road that the network does not have.
    """
    others = np.flatnonzero(~_listed_edges(network, roads))
    nameless = (network.ref[others] == 0) & (network.name[others] == 0)
    dearer = np.where(nameless, _NAMELESS_PERMILLE, _OFF_THE_LIST_PERMILLE)
    metric = unlimited_metric(network, patience).dearer(
        dict(zip(others.tolist(), dearer.tolist(), strict=True))
    )
    found = cheapest_path(network, metric, stops)
    if found is None:
        raise InvalidInputError([FieldFault("roads", "no roads connect the points", "roads")])
    return Matched(found[1], tuple(_differences(network, found[1], roads)))


def _listed_edges(network: RoadNetwork, roads: Sequence[NamedRoad]) -> npt.NDArray[np.bool_]:
    """Return the edges of the listed roads, between their kilometres where posts are known."""
    chosen = np.zeros(network.edge_count, dtype=np.bool_)
    faults: list[FieldFault] = []
    for road in roads:
        edges = road_edges(network, road.ref.strip())
        if not edges.any():
            message = f"no road '{road.ref}' in this network"
            faults.append(FieldFault("roads", message, "unknown_road", (("ref", road.ref),)))
            continue
        if road.from_km is not None and road.to_km is not None:
            part = between(network, edges, road.from_km, road.to_km)
            if part is not None and not part.any():
                faults.append(_no_such_kilometres(network, road, edges))
            edges = edges if part is None else part
        chosen |= edges
    if not roads:
        faults.append(FieldFault("roads", "names no road", "required"))
    if faults:
        raise InvalidInputError(faults)
    return chosen


def _no_such_kilometres(
    network: RoadNetwork, road: NamedRoad, edges: npt.NDArray[np.bool_]
) -> FieldFault:
    surveys = network.surveys
    of_road = edges[surveys.post_edge]
    ends = np.concatenate([surveys.post_tail_km[of_road], surveys.post_head_km[of_road]])
    first, last = stake_text(float(ends.min())), stake_text(float(ends.max()))
    asked = f"{stake_text(road.from_km or 0.0)} to {stake_text(road.to_km or 0.0)}"
    message = f"{road.ref} has no {asked} in this network; its posts reach from {first} to {last}"
    params = (("ref", road.ref), ("asked", asked), ("first", first), ("last", last))
    return FieldFault("roads", message, "unknown_chainage", params)


def _differences(network: RoadNetwork, path: Path, roads: Sequence[NamedRoad]) -> list[str]:
    """Say which roads are driven beside the list, and where a listed length is another."""

    def title(edge: int) -> str:
        return network.text(network.ref[edge]) or network.text(network.name[edge])

    driven = [
        (ref, sum(piece.length_m for piece in pieces))
        for ref, pieces in groupby(path, key=lambda piece: title(piece.edge))
    ]
    listed = [road.ref.strip() for road in roads]
    remarks = [
        f"not_on_the_list:{ref or '?'}"
        for ref, metres in driven
        if metres > 1000 and not _is_listed(ref, listed)  # noqa: PLR2004 - a junction is no road
    ]
    for road in roads:
        driven_km = sum(m for ref, m in driven if _is_listed(ref, [road.ref.strip()])) / 1000
        if not driven_km:
            remarks.append(f"not_driven:{road.ref}")
        if road.from_km is None or road.to_km is None or listed.count(road.ref.strip()) > 1:
            continue
        posts = _driven_posts(network, path, road.ref.strip())
        if posts is not None:
            given = sorted((road.from_km, road.to_km))
            apart_km = max(abs(one - other) for one, other in zip(given, posts, strict=True))
            if apart_km > _LENGTH_TOLERANCE_KM:
                remarks.append(f"chainage:{road.ref}:{stake_text(posts[0])}-{stake_text(posts[1])}")
            continue
        listed_km = abs(road.to_km - road.from_km)
        if abs(driven_km - listed_km) > max(_LENGTH_TOLERANCE_KM, _LENGTH_TOLERANCE * listed_km):
            remarks.append(f"length:{road.ref}:{driven_km:.1f}")
    return list(dict.fromkeys(remarks))


def _driven_posts(network: RoadNetwork, path: Path, ref: str) -> tuple[float, float] | None:
    """Return the lowest and highest kilometre that is driven of a road, where posts are known."""
    found = [
        chainage_km(network, piece.edge, offset_m)
        for piece in path
        if _is_listed(network.text(network.ref[piece.edge]), [ref])
        for offset_m in (piece.from_m, piece.to_m)
    ]
    known = [km for km in found if km is not None]
    return (min(known), max(known)) if known and len(known) == len(found) else None


def _is_listed(ref: str, listed: Sequence[str]) -> bool:
    parts = {part.strip().casefold() for part in ref.split(";")}
    return any(one.casefold() in parts for one in listed)


def _refuse_bad_points(points: Sequence[LonLat]) -> None:
    for lon, lat in points:
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
            raise _wrong_line(f"{lon}, {lat} is no place in WGS 84")
    if len(points) < 2:  # noqa: PLR2004 - two ends
        raise _wrong_line("it has fewer than two points")
    if all(point == points[0] for point in points):
        raise _wrong_line("all its points are one place")


def _spaced(points: Sequence[LonLat]) -> list[LonLat]:
    """Return points along the line that lie evenly apart, its ends among them."""
    steps = [distance_m(*a, *b) for a, b in pairwise(points)]
    whole_m = sum(steps)
    spacing_m = max(_LEAST_SPACING_M, whole_m / _MOST_STOPS)
    result = [points[0]]
    next_m, driven_m = spacing_m, 0.0
    for (start, end), step in zip(pairwise(points), steps, strict=True):
        while step > 0 and next_m <= driven_m + step:
            share = (next_m - driven_m) / step
            result.append(
                (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
            )
            next_m += spacing_m
        driven_m += step
    if distance_m(*result[-1], *points[-1]) < spacing_m / 2 and len(result) > 1:
        result.pop()
    return [*result, points[-1]]


def _apart_m(one: PlaceOnEdge, other: PlaceOnEdge) -> float:
    found = distance_m(one.lon, one.lat, other.lon, other.lat)
    return found if math.isfinite(found) else inf


def _wrong_line(why: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("line", f"the line cannot be matched: {why}", "line")])
