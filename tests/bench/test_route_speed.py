"""How long a whole route answer takes, beside networkx's bare shortest path in the same run."""

from __future__ import annotations

import random
import statistics
import sys
import time
from functools import cache

import networkx as nx
import pytest

from road_data.built_in.loading import build_built_in
from tests.loads import RULES, load
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.planning import plan_routes

PAIRS = 60
P95_MS = 1500.0
WIDE = load(height_m=4.2, width_m=3.6, length_m=17.0, mass_t=45.0)


def _graph(network: RoadNetwork) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    columns = (network.tail, network.head, network.duration_s)
    for tail, head, seconds in zip(*(column.tolist() for column in columns), strict=True):
        graph.add_edge(tail, head, weight=seconds)
    return graph


@cache
def _main_part(graph: nx.DiGraph[int]) -> set[int]:
    return max(nx.strongly_connected_components(graph), key=len)


@pytest.mark.bench
def test_a_route_answer_beside_a_bare_shortest_path(capsys: pytest.CaptureFixture[str]) -> None:
    network = build_built_in()
    graph = _graph(network)
    chance = random.Random(15)  # noqa: S311 - a seed for repeatable pairs
    seats = [place for place in network.places if place.kind in ("seat", "county_seat")]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(PAIRS):
        points = [NamedPoint(p.lon, p.lat, p) for p in chance.sample(seats, 2)]
        ours.append(_answer_ms(network, points))
        source, target = chance.sample(sorted(_main_part(graph)), 2)
        started = time.perf_counter()
        nx.shortest_path(graph, source, target, weight="weight")
        theirs.append((time.perf_counter() - started) * 1000)
    us, them = (statistics.quantiles(times, n=20) for times in (ours, theirs))
    with capsys.disabled():
        sys.stdout.write(
            f"\nroute answer: p50 {us[9]:.1f} ms, p95 {us[18]:.1f} ms; networkx path alone: "
            f"p50 {them[9]:.1f} ms, p95 {them[18]:.1f} ms; "
            f"ratio p50 {us[9] / them[9]:.1f}, p95 {us[18] / them[18]:.1f}\n"
        )
    assert us[18] < P95_MS


def _answer_ms(network: RoadNetwork, points: list[NamedPoint]) -> float:
    started = time.perf_counter()
    plan_routes(network, points[0], points[1], WIDE, RULES, travel_at="2026-05-11")
    return (time.perf_counter() - started) * 1000
