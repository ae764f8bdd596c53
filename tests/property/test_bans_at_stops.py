"""A stop on the way forgets no turn ban that has begun: legs in a row equal one search."""

from __future__ import annotations

import heapq
import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps import draw
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing.engine import engine_of
from transport.routing.engine_metric import unlimited_metric_on
from transport.routing.ground import unlimited_metric
from transport.routing.paths import cheapest_path, edges_of
from transport.routing.patience import Patience

TOWN = """
A-B--C-D
| |  | |
E-F--G-H
"""
ROADS = "AB BC CD EF FG GH AE BF CG DH"
PLAIN = draw(TOWN, ROADS)


@st.composite
def _walks(draw_one: st.DrawFn) -> tuple[int, ...]:
    """Return a way of three or four edges that does not turn back."""
    way = [draw_one(st.integers(0, PLAIN.edge_count - 1))]
    for _ in range(draw_one(st.integers(2, 3))):
        node = int(PLAIN.head[way[-1]])
        onward = [e for e in range(PLAIN.first_edge[node], PLAIN.first_edge[node + 1])
                  if e != PLAIN.reverse[way[-1]]]  # fmt: skip
        way.append(draw_one(st.sampled_from(onward)))
    return tuple(way)


def _middles(network: RoadNetwork, edge: int) -> list[PlaceOnEdge]:
    half = float(network.length_m[edge]) / 2
    return [PlaceOnEdge(e, half, 0.0, 0.0, 0.0) for e in (edge, int(network.reverse[edge]))]


def _oracle(
    network: RoadNetwork, bans: set[tuple[int, ...]], stops: list[list[PlaceOnEdge]]
) -> float:
    """Drive over the last four edges and the number of stops passed, half an edge at a time."""
    ms = np.round(network.duration_s * 1000).tolist()
    ends = [{place.edge for place in places} for places in stops]
    heap: list[tuple[float, int, tuple[int, ...]]] = [
        (ms[e] / 2, 1, (e,)) for e in ends[0]
    ]  # the half edge to drive first
    seen = set()
    while heap:
        spent, leg, way = heapq.heappop(heap)
        if (leg, way) in seen:
            continue
        seen.add((leg, way))
        if leg == len(stops):
            return float(spent)
        node = int(network.head[way[-1]])
        for onward in range(network.first_edge[node], network.first_edge[node + 1]):
            path = (*way, onward)
            if onward == network.reverse[way[-1]] or any(
                path[i:] in bans for i in range(len(path))
            ):
                continue
            if leg == len(stops) - 1 and onward in ends[-1]:
                heapq.heappush(heap, (spent + ms[onward] / 2, leg + 1, path[-4:]))
                continue
            passed = onward in ends[leg]
            heapq.heappush(heap, (spent + ms[onward], leg + passed, path[-4:]))
            if passed:  # it may also drive on without stopping
                heapq.heappush(heap, (spent + ms[onward], leg, path[-4:]))
    return math.inf


@settings(deadline=None, max_examples=60)
@given(st.lists(_walks(), max_size=12), st.lists(st.integers(0, PLAIN.edge_count - 1), min_size=3,
       max_size=4, unique_by=lambda e: min(e, int(PLAIN.reverse[e]))))  # fmt: skip
def test_a_way_over_stops_keeps_every_ban_and_nothing_cheaper_does(
    walks: list[tuple[int, ...]], at: list[int]
) -> None:
    rows = np.full((len(walks), 4), -1, dtype=np.int32)
    for number, walk in enumerate(walks):
        rows[number, : len(walk)] = walk
    network = replace(PLAIN, forbidden_sequences=rows)
    stops = [_middles(network, edge) for edge in at]
    expected = _oracle(network, set(walks), stops)
    part = unlimited_metric(network).part
    engine = unlimited_metric_on(engine_of(network), part, Patience(None))
    for metric in (unlimited_metric(network), engine):
        found = cheapest_path(network, metric, stops)
        if expected == math.inf:
            continue  # it turned on the site of a stop, or found nothing
        assert found is not None
        assert found[0] == expected
        way = tuple(edges_of(found[1]))
        assert not any(way[i:j] in walks for i in range(len(way)) for j in range(len(way) + 1))
