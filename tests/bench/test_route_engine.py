"""The figures of the route engine beside networkx, on networks made by `route_networks`.

DAJIAN_BENCH names the folder that holds them; without it these benchmarks are skipped. Each line
says what was measured; docs/benchmarks.md explains them.
"""

from __future__ import annotations

import lzma
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from road_data.hierarchies import offer_prepared
from road_data.opening import open_network
from tests import valhalla_truck
from tests.bench import batch_file
from tests.loads import RULES, load
from transport.errors import InvalidInputError
from transport.network.attributes import Ints, Passability
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.network.snapping import PlaceOnEdge
from transport.routing.asking import RouteWishes
from transport.routing.blockers import blockers_on, least_violating_path
from transport.routing.costs import Weights
from transport.routing.demand import demand_of
from transport.routing.engine import RouteEngine, engine_of
from transport.routing.engine_metric import EngineMetric
from transport.routing.ground import Ground, ground_for, unlimited_metric
from transport.routing.paths import Stops, cheapest_path
from transport.routing.patience import Patience
from transport.routing.planning import plan_routes
from transport.routing.route import RouteStatus
from transport.routing.unlocking import unlocking_changes
from transport.search.customising import CLOSED, customise
from transport.search.guided import Marks
from transport.search.prepared import PreparedRoads, prepare
from transport.search.querying import Workspace, cheapest_way
from transport.search.turn_graph import turn_graph

pytestmark = pytest.mark.bench
FOLDER = Path(os.environ.get("DAJIAN_BENCH", "missing"))
NAMES = [one for one in ("heidelberg", "rnv", "mosaic") if (FOLDER / one).is_dir()]
OVERSIZE = {"height_m": 4.5, "width_m": 3.5, "length_m": 25.0, "mass_t": 60.0}
AXLES = (12.0,) * 5
PAIRS = 200
REFUSALS = 40
# What issue 5 asks of the mosaic, in milliseconds: p50 and p95.
AIMS: dict[str, tuple[float | None, float | None]] = {
    "one-off vehicle, search": (15, 100),
    "customised class": (0.5, 1.5),
    "customisation of a class": (1000, None),
    "a restriction on 100": (None, 50),
    "full answer, warm class, 2": (None, 250),
    "full answer, warm class": (15, 60),
    "first blocker set": (None, 1000),
    "unlocking list": (None, 5000),
    "preparation": (60_000, None),
    "batch of 10,000": (90_000, None),
    "first answer of a fresh process": (2000, None),
}
FLORIDA = Path(__file__).parents[3] / "shared" / "data" / "topology" / "FLA.gr.xz"
Capture = pytest.CaptureFixture[str]


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


class Took(NamedTuple):
    """Milliseconds by the clock, and of processors by this process and those it started."""

    wall_ms: float
    cpu_ms: float


def _cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _took(work: Callable[[], object]) -> Took:
    started, spent = time.perf_counter(), _cpu_s()
    work()
    return Took((time.perf_counter() - started) * 1000, (_cpu_s() - spent) * 1000)


def _cuts(times: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else list(times) * 20
    return cuts[9], cuts[18]


def _say(capsys: Capture, name: str, what: str, times: Sequence[Took]) -> float:
    """Print a line and, for the mosaic, what issue 5 asks for; return the median by the clock."""
    wall = _cuts([one.wall_ms for one in times])
    cpu = _cuts([one.cpu_ms for one in times])
    said = f"{name:11} {what:44} p50 {wall[0]:9.2f}   p95 {wall[1]:9.2f} ms"
    said += f"   (CPU {cpu[0]:9.2f} / {cpu[1]:9.2f})   n {len(times)}"
    aim = next((aim for begun, aim in AIMS.items() if what.startswith(begun)), None)
    if name == "mosaic" and aim is not None:
        pairs = zip(wall, aim, strict=True)
        kept = all(most is None or taken <= most for taken, most in pairs)
        asked = " / ".join("-" if most is None else f"{most:g}" for most in aim)
        said += f"   asked {asked}: {'reached' if kept else 'MISSED'}"
    _write(capsys, said)
    return wall[0]


def _write(capsys: Capture, line: str) -> None:
    with capsys.disabled():
        sys.stdout.write("\n" + line)


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
def test_one_off_vehicles(name: str, capsys: Capture) -> None:
    bench = _bench(name)
    searching: list[Took] = []
    judging: list[Took] = []
    for ground in _one_offs(bench, 8):
        _keep_floor(bench.engine, _metric(ground))
        judging.append(_took(lambda g=ground: _metric(g)))  # type: ignore[misc]
        metric = _metric(ground)
        bench.engine._is_pocket = lambda *_: False  # type: ignore[method-assign]
        try:
            for source, target in bench.pairs[:50]:
                floor = bench.engine._floor(metric.priced)
                ends = source, target
                searching.append(
                    _took(lambda m=metric, f=floor, e=ends: _guided(bench.engine, m, f, *e))  # type: ignore[misc]
                )
        finally:
            del bench.engine._is_pocket
    _say(capsys, name, "one-off vehicle, search with path", searching)
    _say(capsys, name, "one-off vehicle, tables of its costs", judging)


def _keep_floor(engine: RouteEngine, metric: EngineMetric) -> None:
    priced = metric.priced
    engine.metrics.make(priced.floor_key, priced.floor_key, priced.floor, repairable=False)


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
def test_a_customised_class_beside_networkx(name: str, capsys: Capture) -> None:
    bench = _bench(name)
    network, metric = bench.network, _metric(bench.ground)
    metric.between(network, {bench.pairs[0][0]: 0}, {bench.pairs[0][1]: 0})
    ours = [
        _took(lambda a=a, b=b: metric.between(network, {a: 0}, {b: 0}))  # type: ignore[misc]
        for a, b in bench.pairs
    ]
    us = _say(capsys, name, "customised class, edge to edge with path", ours)
    graph: nx.DiGraph[int] = nx.DiGraph()
    cost = metric.priced.pricing.edge_ms()
    open_ = np.flatnonzero(cost != CLOSED)
    columns = (network.tail[open_], network.head[open_], cost[open_])
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in columns), strict=True))
    theirs: list[Took] = []
    for source, target in bench.pairs[: 6 if network.edge_count > 10**6 else 40]:
        ends = int(network.head[source]), int(network.tail[target])
        theirs.append(_took(lambda e=ends: _networkx(graph, *e)))  # type: ignore[misc]
    them = _say(capsys, name, "networkx, node to node without turns", theirs)
    asked = "; asked 2,000" if name == "mosaic" else ""
    _write(capsys, f"{name:11} networkx / customised class at p50: {them / us:,.0f} times{asked}")


def _networkx(graph: nx.DiGraph[int], source: int, target: int) -> object:
    try:
        return nx.dijkstra_path(graph, source, target, weight="weight")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_customising_and_restrictions(name: str, capsys: Capture) -> None:
    bench = _bench(name)
    roads, pricing = bench.engine.roads, _metric(bench.ground).priced.pricing
    made = [
        _took(lambda: customise(roads.hierarchy, pricing.all_turns_ms(roads.graph)))
        for _ in range(7)
    ]
    _say(capsys, name, "customisation of a class", made[1:])
    priced = _metric(bench.ground).priced
    chance = np.random.default_rng(4)
    applied: list[Took] = []
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
        applied.append(_took(lambda c=changed: bench.engine.customise(c)))  # type: ignore[misc]
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
def test_full_answers(name: str, capsys: Capture) -> None:
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
    p50: dict[int, float] = {}
    for alternatives, count in ((0, 150), (2, 100)):
        times: list[Took] = []
        refused: list[Took] = []
        for one in ends[:count]:
            status: list[RouteStatus | None] = []
            taken = _took(lambda o=one, a=alternatives, s=status: s.append(answer(o, a)))  # type: ignore[misc]
            if status[0] is not None:
                (refused if status[0] is RouteStatus.INFEASIBLE else times).append(taken)
        what = "full answer, warm class" + (
            f", {alternatives} alternatives" if alternatives else ""
        )
        p50[alternatives] = _say(capsys, name, what, times)
        if len(refused) > 1:
            _say(capsys, name, "refused, with blockers and changes", refused)
    _beside_valhalla(name, ends[:100], p50[0], capsys)


def _beside_valhalla(
    name: str, ends: list[tuple[NamedPoint, NamedPoint]], us: float, capsys: Capture
) -> None:
    tiles = FOLDER / f"valhalla-{name}" / "valhalla.json"
    if not tiles.is_file() or not valhalla_truck.is_there():
        return
    truck = {"height": 4.5, "width": 3.5, "length": 25.0, "weight": 60.0, "axle_load": 12.0}
    with valhalla_truck.serving(tiles) as valhalla:
        points = [((a.lon, a.lat), (b.lon, b.lat)) for a, b in ends]
        for a, b in points[:5]:
            valhalla.route(a, b, truck)
        asked = [
            {"locations": [{"lon": lon, "lat": lat} for lon, lat in pair]}
            | valhalla_truck.truck_costing(truck)
            for pair in points
        ]
        times = [_took(lambda q=q: valhalla.answer("/route", q)) for q in asked]  # type: ignore[misc]
    them = _say(capsys, name, "Valhalla's truck, its answer unread", times)
    _write(capsys, f"{name:11} Valhalla / full answer at p50: {them / us:.1f} times; asked 4")


@pytest.mark.parametrize("name", NAMES)
def test_refusals(name: str, capsys: Capture) -> None:
    """Pairs that an ordinary truck drives between and this vehicle does not."""
    bench, pairs = _bench(name), list[list[list[PlaceOnEdge]]]()
    network, ground = bench.network, bench.ground
    metric, unlimited = _metric(ground), unlimited_metric(network)
    chance = random.Random(5)  # noqa: S311 - a seed for repeatable pairs
    while len(pairs) < REFUSALS:
        edges = [chance.randrange(network.edge_count) for _ in range(2)]
        if metric.between(network, {edges[0]: 0}, {edges[1]: 0}) is None:
            stops = [[PlaceOnEdge(e, float(network.length_m[e]) / 2, 0, 0, 0)] for e in edges]
            if cheapest_path(network, unlimited, stops) is not None:
                pairs.append(stops)

    def block(stops: Stops) -> None:
        least = least_violating_path(ground, stops)
        assert least is not None
        assert blockers_on(ground, least)

    block(pairs[0])
    unlocking_changes(ground, pairs[0])
    first = [_took(lambda s=stops: block(s)) for stops in pairs]  # type: ignore[misc]
    _say(capsys, name, "first blocker set", first)
    changes = [_took(lambda s=stops: unlocking_changes(ground, s)) for stops in pairs]  # type: ignore[misc]
    _say(capsys, name, "unlocking list", changes)


@pytest.mark.parametrize("name", NAMES)
def test_preparation(name: str, capsys: Capture) -> None:
    program = (
        "import re\n"
        "from pathlib import Path\n"
        "from road_data.hierarchies import prepare_version\n"
        f"prepare_version(Path({str(FOLDER / name)!r}))\n"
        # not ru_maxrss, which remembers the process that this one was started from
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) / 1e6)\n"
    )
    said: list[str] = []
    took = _took(lambda: said.append(_run(program)))
    _say(capsys, name, f"preparation, peak {float(said[0]):.2f} GB", [took])


@pytest.mark.parametrize("name", [one for one in NAMES if one != "heidelberg"])
def test_a_batch(name: str, tmp_path: Path, capsys: Capture) -> None:
    """10,000 transports of 60 kinds, two workers."""
    rows, out = tmp_path / "rows.csv", tmp_path / "answers.jsonl"
    batch_file.main(str(FOLDER / name), str(rows))
    command = ["batch", str(rows), "--out", str(out), "--workers", "2"]
    program = f"import sys; sys.argv[1:] = {[*command, '--network', str(FOLDER / name)]!r}\n"
    program += "from webapp.app import main\nmain()\n"
    said: list[str] = []
    took = _took(lambda: said.append(_run(f"if __name__ == '__main__':\n {_in(program)}")))
    _say(capsys, name, f"batch of 10,000 ({said[0].split(';')[0]})", [took])


def _in(program: str) -> str:
    return program.replace("\n", "\n ")


def _run(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.skipif(not FLORIDA.is_file(), reason="the topology is not here")
def test_florida_with_random_weights(capsys: Capture) -> None:
    """The hierarchy on real, large topology without thin seams; costs equal scipy's Dijkstra."""
    with lzma.open(FLORIDA, "rt") as lines:
        nodes = int(next(lines).split()[2])
        pairs = np.loadtxt(lines, dtype=np.int32) - 1
    ends = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    tail, head = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    first = np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int32)
    key = tail.astype(np.int64) * nodes + head
    reverse = np.searchsorted(key, head.astype(np.int64) * nodes + tail).astype(np.int32)
    graph = turn_graph(first, head, reverse, np.empty((0, 2), dtype=np.int32))
    kept: list[PreparedRoads] = []
    took = _took(lambda: kept.append(prepare(graph, tail, head, nodes)))
    _say(capsys, "florida", f"preparation, {graph.arc_count / 1e6:.1f} million turns", [took])
    roads, chance = kept[0], np.random.default_rng(11)
    edge_ms = chance.integers(1_000, 60_000, len(head)).astype(np.int32)
    turn_ms = edge_ms[graph.edge[graph.head]]
    made = [_took(lambda: customise(roads.hierarchy, turn_ms)) for _ in range(4)]
    _say(capsys, "florida", "customisation of a class", made[1:])
    metric, space = customise(roads.hierarchy, turn_ms), Workspace.for_hierarchy(roads.hierarchy)
    asked = chance.integers(0, len(head), (PAIRS, 2)).tolist()
    times, costs = [], []
    for source, target in asked:
        found: list[tuple[int, Ints, int] | None] = []
        between = {source: 0}, {target: 0}
        times.append(
            _took(
                lambda f=found, b=between: f.append(  # type: ignore[misc]
                    cheapest_way(roads.hierarchy, metric, b[0], b[1], space)
                )
            )
        )
        costs.append(None if found[0] is None else found[0][0])
    _say(capsys, "florida", "customised class, edge to edge with path", times)
    plain = csr_matrix((turn_ms, graph.head, graph.first), shape=(len(head),) * 2)
    for (source, target), cost in list(zip(asked, costs, strict=True))[:5]:
        expected = float(dijkstra(plain, indices=source)[target])
        assert expected == (math.inf if cost is None else cost), f"seed 11: {source} -> {target}"


@pytest.mark.parametrize("name", NAMES)
def test_the_first_answer_of_a_fresh_process(name: str, capsys: Capture) -> None:
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
        _took(lambda: subprocess.run([sys.executable, "-c", program], check=True)) for _ in range(5)
    ]
    _say(capsys, name, "first answer of a fresh process", times[1:])
