"""Find the place of a survey or a decision again in another version of the road network.

Edges and junctions are numbered anew with every build, so a row keeps where its stretch runs or its
junction lies. A stretch is found on edges of the same road that run along the old line in the same
direction; a junction at a node beside the old one whose arms leave the same way. What is not found
counts nowhere. A row that names no network is trusted where the network was built before its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

import numpy as np

from transport.evaluation.passage.decisions import Decision
from transport.evaluation.passage.facts import LonLat, Measurement, RoadPlace
from transport.evaluation.passage.stretches import arms_at
from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork

Row = TypeVar("Row", Measurement, Decision)

_STRETCH, _JUNCTION = "stretch", "junction"
_ASIDE_M = 15.0  # two drawings of one road; opposite carriageways are told apart by direction
_NODE_M = 20.0
_BEARING_DEG = 20.0
_LONGER = 0.05  # an edge may be this much longer than the line beside it, a loop is
_LONGER_M = 10.0
_SIMPLER_M = 2.0
_DEGREE_M = 111_194.93
_LEAST_ARMS = 3


def stretch_place(network: RoadNetwork, edges: Sequence[int]) -> RoadPlace:
    """Return where edges driven one after another lie."""
    line: list[LonLat] = []
    for edge in edges:
        shape = _shape(network, edge)
        line += shape if not line or line[-1] != shape[0] else shape[1:]
    return RoadPlace(network.id, _road(network, edges[0]), _simpler(line))


def junction_place(network: RoadNetwork, node: int) -> RoadPlace:
    """Return where a junction lies and how its arms leave."""
    at = (round(float(network.node_lon[node]), 7), round(float(network.node_lat[node]), 7))
    bearings = sorted(round(one, 1) for one in arms_at(network, node).values())
    return RoadPlace(network.id, "", (at,), tuple(bearings))


def place_on(network: RoadNetwork, element: str, edges: Sequence[int]) -> RoadPlace | None:
    """Return where a stretch or a junction lies; None for what keeps its name in every version."""
    kind, _, name = element.partition(":")
    if kind == _STRETCH and edges:
        return stretch_place(network, edges)
    if kind == _JUNCTION and name.isdigit() and int(name) < network.node_count:
        return junction_place(network, int(name))
    return None


def rows_on(network: RoadNetwork, rows: Iterable[Row]) -> list[Row]:
    """Return rows as they hold on a network, without those whose place it does not have."""
    found: dict[tuple[str, RoadPlace], tuple[str, tuple[int, ...]] | None] = {}
    kept = []
    for row in rows:
        bound = _bound(network, row, found)
        if bound is not None:
            kept.append(bound)
    return kept


def _bound(
    network: RoadNetwork,
    row: Row,
    found: dict[tuple[str, RoadPlace], tuple[str, tuple[int, ...]] | None],
) -> Row | None:
    kind = row.element.partition(":")[0]
    if kind not in {_STRETCH, _JUNCTION}:
        return row
    place = row.place
    if place is None:
        day = row.measured_on if isinstance(row, Measurement) else row.decided_on
        return row if _built_by(network, day) else None
    if place.network == network.id:
        return row
    key = (row.element, place)
    if key not in found:
        found[key] = _again(network, kind, *key)
    again = found[key]
    if again is None:
        return None
    element, edges = again
    moved = replace(place, network=network.id)
    if isinstance(row, Measurement):
        return replace(row, element=element, edges=edges, place=moved)
    return replace(row, element=element, place=moved)


def _again(
    network: RoadNetwork, kind: str, element: str, place: RoadPlace
) -> tuple[str, tuple[int, ...]] | None:
    if not place.line:
        return None
    if kind == _JUNCTION:
        node = _node(network, place)
        return None if node is None else (f"{_JUNCTION}:{node}", ())
    edges, whole = _edges(network, place)
    if not edges:
        return None
    if whole:
        return f"{_STRETCH}:{place.road}:{edges[0]}-{edges[-1]}", edges
    # Only a part was found: the value holds on its edges, a decision on the whole does not.
    return f"{element}@{place.network}", edges


def _built_by(network: RoadNetwork, day: date) -> bool:
    try:
        return date.fromisoformat(network.built_at[:10]) <= day
    except ValueError:
        return False


def _node(network: RoadNetwork, place: RoadPlace) -> int | None:
    x, y = _metres(np.asarray(network.node_lon), np.asarray(network.node_lat), place.line[0])
    away = np.hypot(x, y)
    near = np.flatnonzero(away <= _NODE_M)
    for node in near[np.argsort(away[near])].tolist():
        arms = sorted(arms_at(network, node).values())
        if place.bearings and _alike(arms, place.bearings):
            return int(node)
        if not place.bearings and len(arms) >= _LEAST_ARMS:
            return int(node)
    return None


def _alike(arms: Sequence[float], others: Sequence[float]) -> bool:
    """Say whether as many arms leave the same way, in whatever order they are told."""
    if len(arms) != len(others):
        return False
    one, other = np.array(sorted(arms)), np.array(sorted(others))
    return any(
        bool(np.all(np.abs((np.roll(one, turn) - other + 180.0) % 360.0 - 180.0) <= _BEARING_DEG))
        for turn in range(len(one))
    )


def _edges(network: RoadNetwork, place: RoadPlace) -> tuple[tuple[int, ...], bool]:
    """Return the edges that lie on a line in its direction, and whether they are all of it."""
    origin = place.line[0]
    line = np.array(place.line)
    lx, ly = _metres(line[:, 0], line[:, 1], origin)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(lx), np.diff(ly)))))
    found = []
    for edge in _around(network, line):
        if place.road and _road(network, edge) != place.road:
            continue
        span = _span(network, edge, origin, (lx, ly, along))
        if span is not None:
            found.append((*span, edge))
    found.sort()
    edges = tuple(edge for _, _, edge in found)
    joined = all(
        int(network.head[one]) == int(network.tail[other]) for one, other in pairwise(edges)
    )
    ends = joined and bool(found) and found[0][0] <= _ASIDE_M
    return edges, ends and found[-1][1] >= along[-1] - _ASIDE_M


def _around(network: RoadNetwork, line: Floats) -> list[int]:
    """Return the edges that start and end in the box of a line."""
    margin = 2.0 * _ASIDE_M / _DEGREE_M / max(float(np.cos(np.radians(line[0, 1]))), 0.1)
    west, south = line.min(axis=0) - margin
    east, north = line.max(axis=0) + margin
    lon, lat = np.asarray(network.node_lon), np.asarray(network.node_lat)
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    both = inside[np.asarray(network.tail)] & inside[np.asarray(network.head)]
    return [int(edge) for edge in np.flatnonzero(both)]


def _span(
    network: RoadNetwork, edge: int, origin: LonLat, line: tuple[Floats, Floats, Floats]
) -> tuple[float, float] | None:
    """Return from where to where along a line an edge runs beside it, None where it does not."""
    shape = np.array(_shape(network, edge))
    x, y = _metres(shape[:, 0], shape[:, 1], origin)
    middle_x, middle_y = (x[1:] + x[:-1]) / 2.0, (y[1:] + y[:-1]) / 2.0
    aside, place = _beside(np.concatenate((x, middle_x)), np.concatenate((y, middle_y)), line)
    if float(aside.max()) > _ASIDE_M:
        return None
    start, end = float(place[0]), float(place[len(x) - 1])
    length = float(np.hypot(np.diff(x), np.diff(y)).sum())
    if abs(end - start - length) > _LONGER * length + _LONGER_M or end <= start:
        return None
    return start, end


def _beside(x: Floats, y: Floats, line: tuple[Floats, Floats, Floats]) -> tuple[Floats, Floats]:
    """Return how far points lie from a line and how far along it they stand."""
    lx, ly, along = line
    dx, dy = np.diff(lx), np.diff(ly)
    square = np.maximum(dx * dx + dy * dy, 1e-9)
    share = ((x[:, None] - lx[:-1]) * dx + (y[:, None] - ly[:-1]) * dy) / square
    share = np.clip(share, 0.0, 1.0)
    away = np.hypot(x[:, None] - lx[:-1] - share * dx, y[:, None] - ly[:-1] - share * dy)
    nearest = away.argmin(axis=1)
    rows = np.arange(len(x))
    place = along[nearest] + share[rows, nearest] * np.sqrt(square[nearest])
    return away[rows, nearest], place


def _metres(lon: Floats, lat: Floats, origin: LonLat) -> tuple[Floats, Floats]:
    east = (lon - origin[0]) * _DEGREE_M * float(np.cos(np.radians(origin[1])))
    return east, (lat - origin[1]) * _DEGREE_M


def _road(network: RoadNetwork, edge: int) -> str:
    return network.text(network.ref[edge]) or network.text(network.name[edge])


def _shape(network: RoadNetwork, edge: int) -> list[LonLat]:
    low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
    return [
        (round(float(network.shape_lon[at]), 7), round(float(network.shape_lat[at]), 7))
        for at in range(low, high)
    ]


def _simpler(line: Sequence[LonLat]) -> tuple[LonLat, ...]:
    """Return a line without points that lie on the straight between their neighbours.

    A list of ranges stands for the recursion of Douglas and Peucker.
    """
    points = np.array(line)
    x, y = _metres(points[:, 0], points[:, 1], line[0])
    keep, open_ = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:  # noqa: PLR2004
            continue
        ends = np.array([first, last])
        chord = (x[ends], y[ends], np.array([0.0, 1.0]))
        aside, _ = _beside(x[first + 1 : last], y[first + 1 : last], chord)
        worst = int(aside.argmax())
        if aside[worst] > _SIMPLER_M:
            middle = first + 1 + worst
            keep.add(middle)
            open_ += [(first, middle), (middle, last)]
    return tuple(line[at] for at in sorted(keep))
