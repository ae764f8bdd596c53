"""From described ways to the arrays of a network: edges, shapes, limits, structures, turns."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from road_data.osm.columns import Sources, Strings, columns, picked
from road_data.osm.describing import Described, EdgeProfile
from road_data.osm.roads import RawRoads
from road_data.osm.simplifying import Chains, simplify
from road_data.osm.standing import Standing, apply_nodes, structures
from road_data.osm.stops import find_stops, part_at, read_nodes
from road_data.osm.tags.stated import Tags, Unread
from road_data.osm.tags.structure import read_structure_name
from road_data.osm.turning import forbidden_turns, meeting
from road_data.osm.under_bridges import under_bridges
from road_data.osm.via_ways import Course, courses, forbidden_sequences
from transport.network.attributes import EDGE_LIMITS, LimitColumn, LimitKind
from transport.network.graph import Structures

Array = npt.NDArray[np.int64]
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Assembled:
    """The parts of a network that are made from roads; `arrays` are fields of RoadNetwork."""

    arrays: dict[str, Any]
    strings: tuple[str, ...]
    sources: tuple[str, ...]
    limits: dict[LimitKind, LimitColumn]
    structures: Structures


class Carried(NamedTuple):
    """What an edge carries with the names of its road; equal ones may be joined."""

    profile: EdgeProfile
    ref: str
    name: str
    name_en: str
    structure_name: str
    structure_name_en: str


@dataclass(frozen=True, slots=True)
class Edges:
    """Directed edges in the order of the network: chain, direction, ends, what they carry."""

    chain: Array
    backward: npt.NDArray[np.bool_]
    tail: Array
    head: Array
    carried: Array
    reverse: Array
    nodes: Array


def assemble(roads: RawRoads, described: list[Described], unread: Counter[Unread]) -> Assembled:
    """Join, measure and attach; tags on nodes that cannot be read are added to `unread`."""
    kinds, forward, backward = _number_carried(roads.way_tags, described)
    ids, flat = np.unique(np.array(roads.node_ids, dtype=np.int64), return_inverse=True)
    over_ways = courses(roads)
    rules = read_nodes(roads.node_tags)
    stops = find_stops(roads, rules, ids, flat)
    keep = stops.ends | np.isin(ids, np.array(_vias(roads, over_ways), dtype=np.int64))
    chains = simplify(np.array(roads.start, dtype=np.int64), flat, forward, backward, keep)
    lon, lat = np.empty(len(ids)), np.empty(len(ids))
    lon[flat], lat[flat] = roads.lon, roads.lat
    chains, stand_for = part_at(chains, stops.closing)
    ids, lon, lat = (np.concatenate([values, values[stand_for]]) for values in (ids, lon, lat))
    along = distances(chains, lon, lat)
    edges = _edges(chains)
    sources, strings = Sources(), Strings()
    table = columns(EDGE_LIMITS, [kind.profile.limits for kind in kinds], sources)
    limits = picked(table, edges.carried)
    arrays = _attributes(kinds, edges, strings)
    arrays |= _shapes(chains, edges, lon, lat)
    arrays |= _lengths(chains, edges, along, kinds)
    arrays |= _graph(edges, lon, lat)
    ends = edges_of_ways(chains, edges, roads)
    arrays["forbidden_turns"] = meeting(forbidden_turns(roads, ids, ends), ends)
    arrays["forbidden_sequences"] = meeting(forbidden_sequences(roads, over_ways, ids, ends), ends)
    standing = Standing(roads, ids, lon, lat, chains, along, edges.chain, edges.backward)
    rows, hours = apply_nodes(standing, limits, arrays["access"], sources, rules, unread)
    _add_hours(arrays["closed_hours"], hours, strings)
    rows += under_bridges(standing, kinds, edges.carried)
    on_ways = [(edge, kinds[edges.carried[edge]]) for edge in _structure_edges(kinds, edges)]
    found = structures(standing, on_ways, rows, sources)
    return Assembled(arrays, strings.all(), sources.all(), limits, found)


def _vias(roads: RawRoads, over_ways: list[Course]) -> list[int]:
    """Return the nodes that must stay ends of edges, so that restrictions can name the edges."""
    vias = [turn.via for turn in roads.turns if not turn.via_ways]
    return vias + [
        node for course in over_ways for _, piece in course.pieces for node in (piece[0], piece[-1])
    ]


def _number_carried(
    way_tags: list[Tags], described: list[Described]
) -> tuple[list[Carried], Array, Array]:
    numbers: dict[Carried, int] = {}
    pairs: dict[int, tuple[int, int]] = {}
    forward, backward = array("q"), array("q")
    for tags, way in zip(way_tags, described, strict=True):
        pair = pairs.get(id(tags))  # ways with the same tags share one object
        if pair is None:
            pair = pairs[id(tags)] = _number_pair(tags, way, numbers)
        forward.append(pair[0])
        backward.append(pair[1])
    return list(numbers), np.array(forward, np.int64), np.array(backward, np.int64)


def _number_pair(tags: Tags, way: Described, numbers: dict[Carried, int]) -> tuple[int, int]:
    names = (
        tags.get("ref", ""),
        tags.get("name:zh") or tags.get("name", ""),
        tags.get("name:en", ""),
        *read_structure_name(tags),
    )
    forward, backward = (
        -1 if profile is None else numbers.setdefault(Carried(profile, *names), len(numbers))
        for profile in (way.forward, way.backward)
    )
    return forward, backward


def _add_hours(column: Array, hours: dict[int, list[str]], strings: Strings) -> None:
    """Add the bans and limits at hours of nodes to those of the way."""
    for edge, lines in hours.items():
        before = strings.text(int(column[edge])).splitlines()
        column[edge] = strings.number("\n".join(dict.fromkeys([*before, *lines])))


def distances(
    chains: Chains, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return, for every point of the chains, the geodesic metres from the start of its chain."""
    x, y = lon[chains.nodes], lat[chains.nodes]
    steps = np.zeros(len(x))
    if len(x) > 1:
        steps[1:] = _GEOD.inv(x[:-1], y[:-1], x[1:], y[1:])[2]
    steps[chains.start[:-1]] = 0.0
    total = np.cumsum(steps)
    return total - np.repeat(total[chains.start[:-1]], np.diff(chains.start))


def _edges(chains: Chains) -> Edges:
    ends = chains.nodes[chains.start[:-1]], chains.nodes[chains.start[1:] - 1]
    along, against = np.flatnonzero(chains.forward >= 0), np.flatnonzero(chains.backward >= 0)
    chain = np.concatenate([along, against])
    backward = np.concatenate([np.zeros(len(along), bool), np.ones(len(against), bool)])
    tail = np.where(backward, ends[1][chain], ends[0][chain])
    head = np.where(backward, ends[0][chain], ends[1][chain])
    nodes = np.unique(np.concatenate([tail, head]))
    order = np.lexsort((backward, chain, head, tail))
    chain, backward = chain[order], backward[order]
    number = np.full((len(chains.forward), 2), -1, dtype=np.int64)
    number[chain, backward.astype(np.int64)] = np.arange(len(chain))
    carried = np.where(backward, chains.backward[chain], chains.forward[chain])
    return Edges(
        chain=chain,
        backward=backward,
        tail=np.searchsorted(nodes, tail[order]),
        head=np.searchsorted(nodes, head[order]),
        carried=carried,
        reverse=number[chain, 1 - backward.astype(np.int64)],
        nodes=nodes,
    )


def _graph(
    edges: Edges, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> dict[str, Any]:
    degree = np.bincount(edges.tail, minlength=len(edges.nodes))
    return {
        "node_lon": lon[edges.nodes],
        "node_lat": lat[edges.nodes],
        "first_edge": np.concatenate([[0], np.cumsum(degree)]).astype(np.int32),
        "tail": edges.tail.astype(np.int32),
        "head": edges.head.astype(np.int32),
        "reverse": edges.reverse.astype(np.int32),
    }


def _attributes(kinds: list[Carried], edges: Edges, strings: Strings) -> dict[str, Any]:
    profiles = [kind.profile for kind in kinds]

    def column(values: Sequence[float], kind: Any = np.uint8) -> Any:
        return np.array(values, dtype=kind)[edges.carried]

    return {
        "road_class": column([profile.road_class for profile in profiles]),
        "owner": column([profile.owner for profile in profiles]),
        "urban": np.zeros(len(edges.carried), dtype=np.uint8),
        "access": column([profile.access for profile in profiles]),
        "tolled": column([profile.tolled for profile in profiles]),
        "lanes": column([profile.lanes for profile in profiles]),
        "design_speed_km_h": column([profile.design_speed_km_h for profile in profiles]),
        "surface": column([profile.surface for profile in profiles]),
        "grade_pct": column([profile.grade_pct for profile in profiles], np.float64),
        "closed_hours": column([strings.number(p.closed_hours) for p in profiles], np.int32),
        "ramp": column([profile.ramp for profile in profiles]),
        "ref": column([strings.number(kind.ref) for kind in kinds], np.int32),
        "name": column([strings.number(kind.name) for kind in kinds], np.int32),
        "name_en": column([strings.number(kind.name_en) for kind in kinds], np.int32),
        "admin_code": np.zeros(len(edges.carried), dtype=np.int32),
    }


def _shapes(
    chains: Chains, edges: Edges, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> dict[str, Any]:
    count = np.diff(chains.start)[edges.chain]
    start = np.concatenate([[0], np.cumsum(count)])
    first = np.where(edges.backward, chains.start[edges.chain + 1] - 1, chains.start[edges.chain])
    step = np.where(edges.backward, -1, 1)
    within = np.arange(start[-1]) - np.repeat(start[:-1], count)
    nodes = chains.nodes[np.repeat(first, count) + np.repeat(step, count) * within]
    return {
        "shape_start": start.astype(np.int32),
        "shape_lon": lon[nodes],
        "shape_lat": lat[nodes],
    }


def _lengths(
    chains: Chains, edges: Edges, along: npt.NDArray[np.float64], kinds: list[Carried]
) -> dict[str, Any]:
    length_m = along[chains.start[1:] - 1][edges.chain]
    speed_km_h = np.array([kind.profile.truck_speed_km_h for kind in kinds])[edges.carried]
    return {"length_m": length_m, "duration_s": length_m / speed_km_h * 3.6}


def _structure_edges(kinds: list[Carried], edges: Edges) -> list[int]:
    has = np.array([kind.profile.structure is not None for kind in kinds], dtype=bool)
    return [int(edge) for edge in np.flatnonzero(has[edges.carried])]


class WayEnds(NamedTuple):
    """The way at the start and at the end of each edge, and its end nodes in the file's numbers."""

    first_way: Array
    last_way: Array
    reverse: Array
    tail: Array
    head: Array


def edges_of_ways(chains: Chains, edges: Edges, roads: RawRoads) -> WayEnds:
    """Return which ways an edge begins and ends on: turn restrictions name ways."""
    way_ids = np.array(roads.way_ids, dtype=np.int64)
    first, last = way_ids[chains.first_way[edges.chain]], way_ids[chains.last_way[edges.chain]]
    return WayEnds(
        first_way=np.where(edges.backward, last, first),
        last_way=np.where(edges.backward, first, last),
        reverse=edges.reverse,
        tail=edges.nodes[edges.tail],
        head=edges.nodes[edges.head],
    )
