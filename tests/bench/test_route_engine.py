"""The figures of the route engine beside networkx, on networks made by `route_networks`.

DAJIAN_BENCH names the folder that holds them; without it these benchmarks are skipped. Each line
says what was measured; docs/benchmarks.md explains them.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from road_data.hierarchies import offer_prepared
from road_data.opening import open_network
from tests.loads import RULES, load
from transport.errors import InvalidInputError
from transport.network.attributes import Passability
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.costs import Weights
from transport.routing.demand import demand_of
from transport.routing.engine import EngineMetric, RouteEngine, engine_of
from transport.routing.ground import Ground, ground_for
from transport.routing.patience import Patience
from transport.routing.planning import RouteWishes, plan_routes
from transport.routing.route import RouteStatus
from transport.search.customising import CLOSED, customise
from transport.search.guided import Marks

pytestmark = pytest.mark.bench
FOLDER = Path(os.environ.get("DAJIAN_BENCH", "missing"))
NAMES = [one for one in ("heidelberg", "rnv", "mosaic") if (FOLDER / one).is_dir()]
OVERSIZE = {"height_m": 4.5, "width_m": 3.5, "length_m": 25.0, "mass_t": 60.0}
AXLES = (12.0,) * 5
PAIRS = 200


@dataclass(frozen=True)
class Bench:
    """A network with its engine, a vehicle's ground, and pairs that it can drive between."""

    name: str
    network: RoadNetwork
    engine: RouteEngine
    ground: Ground
    pairs: list[tuple[int, int]]


@cache
def _bench(name: str) -> Bench:
    network = open_network(FOLDER / name)
    offer_prepared(network, FOLDER / name)
    engine = engine_of(network)
    engine.learns = False
    ground = _ground(network, OVERSIZE)
    metric = _metric(ground)
    engine.customise(metric.priced)
    chance = random.Random(15)  # noqa: S311 - a seed for repeatable pairs
    edges = range(network.edge_count)
    pairs: list[tuple[int, int]] = []
    while len(pairs) < PAIRS:
        pair = chance.choice(edges), chance.choice(edges)
        if metric.between(network, {pair[0]: 0}, {pair[1]: 0}) is not None:
            pairs.append(pair)
    return Bench(name, network, engine, ground, pairs)


def _ground(network: RoadNetwork, sizes: dict[str, float]) -> Ground:
    demand = demand_of(load(**sizes, axle_loads_t=AXLES))
    return ground_for(network, demand, RULES, Weights(), patience=Patience(None))


def _metric(ground: Ground) -> EngineMetric:
    metric = ground.metric(Passability.UNKNOWN)
    assert isinstance(metric, EngineMetric)
    return metric


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _say(capsys: pytest.CaptureFixture[str], name: str, what: str, times: list[float]) -> float:
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 20
    said = f"{name:11} {what:44} p50 {cuts[9]:9.2f} ms   p95 {cuts[18]:9.2f} ms   n {len(times)}"
    with capsys.disabled():
        sys.stdout.write("\n" + said)
    return cuts[9]


def _one_offs(bench: Bench, count: int) -> Iterator[Ground]:
    chance = random.Random(3)  # noqa: S311 - a seed for repeatable vehicles
    for _ in range(count):
        yield _ground(
            bench.network,
            {
                "height_m": round(chance.uniform(4.2, 4.8), 2),
                "width_m": round(chance.uniform(2.8, 3.8), 2),
                "length_m": round(chance.uniform(19, 30), 1),
                "mass_t": round(chance.uniform(52, 75), 1),
            },
        )


@pytest.mark.parametrize("name", NAMES)
def test_one_off_vehicles(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    bench = _bench(name)
    searching: list[float] = []
    judging: list[float] = []
    for ground in _one_offs(bench, 8):
        _keep_floor(bench.engine, _metric(ground))
        judging.append(_milliseconds(lambda g=ground: _metric(g)))  # type: ignore[misc]
        metric = _metric(ground)
        bench.engine._is_pocket = lambda *_: False  # type: ignore[method-assign]
        try:
            for source, target in bench.pairs[:50]:
                floor = bench.engine._floor(metric.priced)
                started = time.perf_counter()
                _guided(bench.engine, metric, floor, source, target)
                searching.append((time.perf_counter() - started) * 1000)
        finally:
            del bench.engine._is_pocket
    _say(capsys, name, "one-off vehicle, search with path", searching)
    _say(capsys, name, "one-off vehicle, tables of its costs", judging)


def _keep_floor(engine: RouteEngine, metric: EngineMetric) -> None:
    priced = metric.priced
    engine._customised(priced.floor_key, priced.floor_key, priced.floor, repairable=False)


def _guided(
    engine: RouteEngine, metric: EngineMetric, floor: object, source: int, target: int
) -> None:
    roads, pricing = engine.roads, metric.priced.pricing
    arcs = roads.arcs_into(target)
    ends = {
        int(roads.tails[a]): 0 for a in arcs if pricing.turn_ms[pricing.turn_group[a]] != CLOSED
    }
    engine._guided(metric.priced, floor, {source: 0}, ends, Marks(), metric.patience)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_a_customised_class_beside_networkx(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    bench = _bench(name)
    network, metric = bench.network, _metric(bench.ground)
    metric.between(network, {bench.pairs[0][0]: 0}, {bench.pairs[0][1]: 0})
    ours = [
        _milliseconds(lambda a=a, b=b: metric.between(network, {a: 0}, {b: 0}))  # type: ignore[misc]
        for a, b in bench.pairs
    ]
    us = _say(capsys, name, "customised class, edge to edge with path", ours)
    graph: nx.DiGraph[int] = nx.DiGraph()
    cost = metric.priced.pricing.edge_ms()
    open_ = np.flatnonzero(cost != CLOSED)
    columns = (network.tail[open_], network.head[open_], cost[open_])
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in columns), strict=True))
    theirs: list[float] = []
    for source, target in bench.pairs[: 6 if network.edge_count > 10**6 else 40]:
        ends = int(network.head[source]), int(network.tail[target])
        theirs.append(_milliseconds(lambda e=ends: _networkx(graph, *e)))  # type: ignore[misc]
    them = _say(capsys, name, "networkx, node to node without turns", theirs)
    with capsys.disabled():
        sys.stdout.write(f"\n{name:11} networkx / customised class at p50: {them / us:,.0f} times")


def _networkx(graph: nx.DiGraph[int], source: int, target: int) -> object:
    try:
        return nx.dijkstra_path(graph, source, target, weight="weight")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_customising_and_restrictions(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    bench = _bench(name)
    roads, pricing = bench.engine.roads, _metric(bench.ground).priced.pricing
    made = [
        _milliseconds(lambda: customise(roads.hierarchy, pricing.all_turns_ms(roads.graph)))
        for _ in range(5)
    ]
    _say(capsys, name, "customisation of a class", made)
    priced = _metric(bench.ground).priced
    chance = np.random.default_rng(4)
    applied: list[float] = []
    for number in range(12):
        edges = chance.integers(0, bench.network.edge_count, 100)
        group = pricing.group.copy()
        group[edges] = len(pricing.permille)
        restricted = replace(
            pricing,
            group=group,
            permille=np.append(pricing.permille, -1).astype(np.int32),
            added_ms=np.append(pricing.added_ms, 0).astype(np.int32),
        )
        changed = replace(priced, pricing=restricted, key=("restricted", number))
        applied.append(_milliseconds(lambda c=changed: bench.engine.customise(c)))  # type: ignore[misc]
        bench.engine.customise(priced)  # and lifted again
    _say(capsys, name, "a restriction on 100 random edges", applied[1:])


def _points(bench: Bench) -> Iterator[tuple[NamedPoint, NamedPoint]]:
    network = bench.network
    for source, target in bench.pairs:
        ends = network.head[source], network.tail[target]
        yield tuple(  # type: ignore[misc]
            NamedPoint(float(network.node_lon[v]), float(network.node_lat[v])) for v in ends
        )


@pytest.mark.parametrize("name", NAMES)
def test_full_answers(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    bench = _bench(name)
    for worst in (Passability.PASS, Passability.CONDITIONAL, Passability.UNKNOWN):
        metric = bench.ground.metric(worst)
        assert isinstance(metric, EngineMetric)
        bench.engine.customise(metric.priced)
    transport = load(**OVERSIZE, axle_loads_t=AXLES)

    def answer(ends: tuple[NamedPoint, NamedPoint], alternatives: int) -> RouteStatus | None:
        try:
            plan = plan_routes(
                bench.network,
                *ends,
                transport,
                RULES,
                travel_at="2026-05-11",
                wishes=RouteWishes(alternatives=alternatives),
            )
        except InvalidInputError:
            return None  # two ends on one junction
        return plan.status

    ends = list(_points(bench))
    for one in ends[:5]:
        answer(one, 0)
    for alternatives, count in ((0, 150), (2, 40)):
        times: list[float] = []
        refused: list[float] = []
        for one in ends[:count]:
            started = time.perf_counter()
            status = answer(one, alternatives)
            taken = (time.perf_counter() - started) * 1000
            if status is not None:
                (refused if status is RouteStatus.INFEASIBLE else times).append(taken)
        what = "full answer, warm class" + (
            f", {alternatives} alternatives" if alternatives else ""
        )
        _say(capsys, name, what, times)
        if len(refused) > 1:
            _say(capsys, name, "refused, with blockers and changes", refused)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_answer_of_a_fresh_process(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = _bench(name).pairs[0]
    program = (
        "from pathlib import Path\n"
        "from road_data.opening import open_network\n"
        "from road_data.hierarchies import offer_prepared\n"
        "from tests.loads import RULES, load\n"
        "from transport.network.naming import NamedPoint\n"
        "from transport.routing.planning import plan_routes\n"
        f"folder = Path({str(FOLDER / name)!r})\n"
        "network = open_network(folder)\n"
        "offer_prepared(network, folder)\n"
        f"ends = [int(network.head[{source}]), int(network.tail[{target}])]\n"
        "points = [NamedPoint(float(network.node_lon[v]), float(network.node_lat[v]))"
        " for v in ends]\n"
        f"transport = load(**{OVERSIZE!r}, axle_loads_t={AXLES!r})\n"
        "plan_routes(network, *points, transport, RULES, travel_at='2026-05-11')\n"
    )
    times = [
        _milliseconds(lambda: subprocess.run([sys.executable, "-c", program], check=True))
        for _ in range(3)
    ]
    _say(capsys, name, "first answer of a fresh process", times[1:])
