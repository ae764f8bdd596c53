"""The engine's care: a bound of memory, a stop sign, threads, and metrics that are repaired."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from tests.loads import RULES, load
from tests.maps import draw, edge
from transport.errors import InvalidInputError, SearchStoppedError
from transport.network.attributes import Certainty, Ints, LimitKind, Passability
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing import ground as ground_module
from transport.routing.costs import Weights, read_weights
from transport.routing.demand import demand_of
from transport.routing.engine import RouteEngine, engine_of
from transport.routing.engine_metric import EngineMetric
from transport.routing.ground import Ground, ground_for
from transport.routing.kindred import in_kindred_order, price_list
from transport.routing.patience import Patience
from transport.routing.planning import plan_routes
from transport.routing.preparing import prepare_roads

TOWN = "A---B---C\n|   |   |\nD---E---F"
ROADS = "AB BC AD BE CF DE EF"


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground_module, "SMALL_NETWORK_EDGES", 0)


def _metric(network: RoadNetwork, engine: RouteEngine, **sizes: float) -> EngineMetric:
    ground = _ground(network, **sizes)
    metric = ground.metric(Passability.UNKNOWN)
    assert isinstance(metric, EngineMetric)
    return EngineMetric(engine, metric.priced, metric.of_part, metric.marks, metric.patience)


def _ground(network: RoadNetwork, **sizes: float) -> Ground:
    return ground_for(network, demand_of(load(**sizes)), RULES, Weights())


def test_metrics_stay_within_the_memory_that_they_may_take() -> None:
    network = draw(TOWN, ROADS)
    engine = RouteEngine(network, prepare_roads(network), metrics_bytes=4_000)
    for number in range(40):
        engine.customise(_metric(network, engine, height_m=3.0 + number / 100).priced)
    assert 0 < engine.kept_bytes <= 4_000


def test_a_cancelled_search_says_so() -> None:
    network = draw(TOWN, ROADS)
    patience = Patience()
    patience.cancel()
    start, end = (
        NamedPoint(float(network.node_lon[v]), float(network.node_lat[v])) for v in (0, 5)
    )
    with pytest.raises(SearchStoppedError, match="cancelled"):
        plan_routes(network, start, end, load(), RULES, travel_at="2026-05-11", patience=patience)


def test_a_search_out_of_time_says_how_long_it_was_given() -> None:
    patience = Patience(0.01)
    with patience:
        patience.watch()
        while not patience.sign[0]:
            pass
        with pytest.raises(SearchStoppedError, match=r"0\.01 s"):
            patience.check()


def test_a_repaired_metric_gives_the_same_way_as_a_fresh_one() -> None:
    network = draw(TOWN, ROADS)
    engine = engine_of(network)
    pairs = [(a, b) for a in range(14) for b in range(14)]
    free = _metric(network, engine)

    def costs(metric: EngineMetric) -> list[float | None]:
        found = [metric.between(network, {a: 0}, {b: 0}) for a, b in pairs]
        return [None if one is None else one[0] for one in found]

    before = [costs(free) for _ in range(2)][1]
    priced = free.priced
    shut = edge(network, "BC")
    group = priced.pricing.group.copy()
    group[shut] = len(priced.pricing.permille)
    pricing = replace(
        priced.pricing,
        group=group,
        permille=_with(priced.pricing.permille, -1),
        added_ms=_with(priced.pricing.added_ms, 0),
    )
    closed = replace(priced, pricing=pricing, key="restricted", wider_key="restricted")
    restricted = replace(free, priced=closed)
    engine.customise(restricted.priced)
    fresh = RouteEngine(network, prepare_roads(network))
    repaired = costs(restricted)
    assert repaired == costs(replace(restricted, engine=fresh))
    assert repaired != before
    assert costs(free) == before


def _with(column: Ints, last: int) -> Ints:
    return np.append(column, last).astype(np.int32)


def test_threads_get_the_answers_that_one_gets() -> None:
    network = draw(TOWN, ROADS)
    engine = engine_of(network)
    cases = [(a, b, 3.5 + (a + b) % 4 / 10) for a in range(14) for b in range(14)]

    def cost(case: tuple[int, int, float]) -> float | None:
        metric = _metric(network, engine, height_m=case[2])
        found = metric.between(network, {case[0]: 0}, {case[1]: 0})
        return None if found is None else found[0]

    alone = [cost(case) for case in cases]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cost, cases)) == alone


def test_vehicles_to_which_every_road_costs_the_same_share_a_metric() -> None:
    network = draw(TOWN, ROADS, limits={"BE": {LimitKind.SIGNED_HEIGHT: (4.0, Certainty.KNOWN)}})
    engine = RouteEngine(network, prepare_roads(network))
    engine.customise(_metric(network, engine, height_m=3.5).priced)
    alone = engine.kept_bytes
    engine.customise(_metric(network, engine, height_m=3.6).priced)
    assert engine.kept_bytes == alone
    engine.customise(_metric(network, engine, height_m=4.6).priced)
    assert engine.kept_bytes == 2 * alone


def test_a_metric_taken_over_from_another_vehicle_answers_as_one_made_afresh() -> None:
    limits = {"BE": {LimitKind.SIGNED_HEIGHT: (4.0, Certainty.KNOWN)}}
    limits["CF"] = {LimitKind.SIGNED_WIDTH: (3.0, Certainty.KNOWN)}
    network = draw(TOWN, ROADS, limits=limits)
    engine, pairs = RouteEngine(network, prepare_roads(network)), range(14)
    sizes = [(3.5, 2.5), (4.6, 2.5), (4.6, 3.4), (3.5, 3.4), (3.5, 2.5)]
    for height_m, width_m in sizes:
        metric = _metric(network, engine, height_m=height_m, width_m=width_m)
        before = engine.kept_bytes
        engine.customise(metric.priced, taking_over=True)
        assert before in {0, engine.kept_bytes}  # one metric, made from the one before
        fresh = replace(metric, engine=RouteEngine(network, engine.roads))
        fresh.engine.customise(metric.priced)
        for a, b in ((a, b) for a in pairs for b in pairs):
            found = [one.between(network, {a: 0}, {b: 0}) for one in (metric, fresh)]
            assert found[0] == found[1], f"{height_m} m high, {width_m} m wide: {a} to {b}"


def test_transports_are_searched_beside_those_to_which_roads_cost_nearly_the_same() -> None:
    network = draw(TOWN, ROADS, limits={"BE": {LimitKind.SIGNED_HEIGHT: (4.0, Certainty.KNOWN)}})
    lists = [price_list(_ground(network, height_m=one)) for one in (3.5, 4.6, 3.6, 4.7)]
    assert in_kindred_order(lists) == [0, 2, 1, 3]
    assert lists[0].edges_apart(lists[1]) == 2  # both directions of the road with the limit
    assert in_kindred_order([]) == []


def test_threads_get_right_answers_where_metrics_take_the_memory_of_others() -> None:
    network = draw(TOWN, ROADS, limits={"BE": {LimitKind.SIGNED_HEIGHT: (4.0, Certainty.KNOWN)}})
    roads = prepare_roads(network)
    small = RouteEngine(network, roads, metrics_bytes=1)
    cases = [(a, b, h) for a in range(14) for b in range(14) for h in (3.5, 4.1, 4.6)]

    def cost(case: tuple[int, int, float], engine: RouteEngine) -> float | None:
        metric = _metric(network, engine, height_m=case[2])
        if (case[0] + case[1]) % 3 == 0:
            engine.customise(metric.priced)
        found = metric.between(network, {case[0]: 0}, {case[1]: 0})
        return None if found is None else found[0]

    ample = RouteEngine(network, roads)
    alone = [cost(case, ample) for case in cases]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cost, cases, [small] * len(cases))) == alone


def test_weights_are_read_by_name_and_bounded() -> None:
    assert read_weights({"unknown": 0}).unknown == 0.0
    with pytest.raises(InvalidInputError, match="is no weight"):
        read_weights({"speed": 1})
    for value in (float("nan"), -1.0, 1e9):
        with pytest.raises(InvalidInputError, match=r"weights\.unknown"):
            read_weights({"unknown": value})
