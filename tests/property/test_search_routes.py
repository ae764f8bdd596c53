"""More load never opens a road, blockers and unlocking are minimal on small drawn maps."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.loads import RULES, load, planned
from tests.maps import draw, edge
from transport.network.attributes import Certainty, LimitKind
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.change_catalogue import STEPS
from transport.routing.demand import Dimension, demand_of
from transport.routing.passability import judge_network
from transport.routing.planning import plan_routes
from transport.routing.route import RouteStatus
from transport.vehicles.transport import Transport

PICTURE = """
    A---B---C
    |   |   |
    D---E---F
"""
ROADS = ["AB", "BC", "AD", "BE", "CF", "DE", "EF"]
KINDS = [
    LimitKind.SIGNED_HEIGHT,
    LimitKind.CLEAR_HEIGHT,
    LimitKind.SIGNED_WIDTH,
    LimitKind.CLEAR_WIDTH,
    LimitKind.SIGNED_MASS,
    LimitKind.SIGNED_AXLE,
]
VALUES = {
    "height": (3.9, 4.2, 4.5),
    "width": (2.5, 3.0, 3.6),
    "mass": (30, 50, 80),
    "axle": (8, 12),
}
RANK = list(RouteStatus)


@st.composite
def _limits(draw_: st.DrawFn) -> dict[str, dict[LimitKind, object]]:
    limits: dict[str, dict[LimitKind, object]] = {}
    for road in ROADS:
        for kind in draw_(st.sets(st.sampled_from(KINDS), max_size=2)):
            certainty = draw_(st.sampled_from(list(Certainty)))
            value = draw_(st.sampled_from(VALUES[kind.value.split("_")[1]]))
            unknown = certainty is Certainty.UNKNOWN
            limits.setdefault(road, {})[kind] = certainty if unknown else (float(value), certainty)
    return limits


_LOADS = st.builds(
    lambda height, width, mass: load(
        height_m=height, width_m=width, mass_t=mass, axle_loads_t=(mass / 5,) * 5
    ),
    st.sampled_from([3.8, 4.0, 4.1, 4.15, 4.45, 4.6]),
    st.sampled_from([2.4, 2.55, 2.9, 3.1, 3.6]),
    st.sampled_from([30.0, 45.0, 49.0, 55.0, 90.0]),
)


@settings(deadline=None, max_examples=150)
@given(_limits(), _LOADS, st.floats(0.001, 2), st.sampled_from(["height", "width", "mass"]))
def test_more_load_never_opens_a_road(
    limits: dict[str, dict[LimitKind, object]], small: Transport, more: float, what: str
) -> None:
    roads = draw(PICTURE, " ".join(ROADS), limits=limits)  # type: ignore[arg-type]
    if what == "mass":
        factor = 1 + more
        loads = tuple(axle * factor for axle in small.axle_loads_t)
        large = replace(small, mass_t=small.mass_t * factor, axle_loads_t=loads)
    else:
        large = replace(small, **{f"{what}_m": getattr(small, f"{what}_m") + more})
    before = judge_network(roads, demand_of(small), RULES).edges.outcome
    after = judge_network(roads, demand_of(large), RULES).edges.outcome
    assert (after >= before).all()
    for_small, for_large = (planned(roads, "A", "F", one).status for one in (small, large))
    assert RANK.index(for_large) >= RANK.index(for_small)


def _simple_ways() -> list[list[str]]:
    """Every way from A to F without passing a place twice."""
    ways = [
        ["A", *middle, "F"]
        for size in range(1, 5)
        for middle in itertools.permutations("BCDE", size)
    ]
    return [
        [a + b for a, b in itertools.pairwise(way)]
        for way in ways
        if all(a + b in ROADS or b + a in ROADS for a, b in itertools.pairwise(way))
    ]


@settings(deadline=None, max_examples=150)
@given(_limits(), _LOADS)
def test_no_other_way_has_fewer_hard_and_soft_blockers(
    limits: dict[str, dict[LimitKind, object]], transport: Transport
) -> None:
    roads = draw(PICTURE, " ".join(ROADS), limits=limits)  # type: ignore[arg-type]
    plan = planned(roads, "A", "F", transport)
    judged = judge_network(roads, demand_of(transport), RULES).edges
    letters = [place.name for place in roads.places]
    number = {
        letters[a] + letters[b]: e
        for e, (a, b) in enumerate(zip(roads.tail, roads.head, strict=True))
    }

    def violations(way: list[str]) -> tuple[int, int]:
        edges = [number[road] for road in way]
        return int(judged.hard[edges].sum()), int(judged.soft[edges].sum())

    fewest = min(violations(way) for way in _simple_ways())
    hard = sum(blocker.hard for blocker in plan.blockers)
    assert (hard, len(plan.blockers) - hard) == fewest
    assert (plan.status is RouteStatus.INFEASIBLE) == (fewest != (0, 0))


@settings(deadline=None, max_examples=100)
@given(_limits(), _LOADS)
def test_unlocking_changes_open_a_way_and_a_millimetre_less_does_not(
    limits: dict[str, dict[LimitKind, object]], transport: Transport
) -> None:
    roads = draw(PICTURE, " ".join(ROADS), limits=limits)  # type: ignore[arg-type]
    for unlocking in planned(roads, "A", "F", transport).unlocking:
        if unlocking.means or len(unlocking.change) > 1:
            continue  # steps of a catalogue, not smallest changes
        [(name, change)] = unlocking.change
        if name == "axle_load_t":
            continue
        assert planned(roads, "A", "F", _changed(transport, name, change)).routes
        assert not planned(roads, "A", "F", _changed(transport, name, change + 0.0011)).routes


_POINTS = st.tuples(st.sampled_from(ROADS), st.integers(5, 95))


@settings(deadline=None, max_examples=200)
@given(_POINTS, _POINTS)
def test_ways_between_points_on_roads_are_as_short_as_on_the_divided_graph(
    start: tuple[str, int], end: tuple[str, int]
) -> None:
    assume(start != end)
    roads = draw(PICTURE, " ".join(ROADS))
    plan = plan_routes(
        roads, _on(roads, start), _on(roads, end), load(), RULES, travel_at="2026-05-11"
    )
    graph: nx.Graph[str] = nx.Graph()
    spots = {"start": start, "end": end}
    for road in ROADS:
        metres = float(roads.length_m[edge(roads, road)])
        stops = sorted((share, name) for name, (on, share) in spots.items() if on == road)
        chain = [(0, road[0]), *stops, (100, road[1])]
        for (low, one), (high, other) in itertools.pairwise(chain):
            graph.add_edge(one, other, weight=metres * (high - low) / 100)
    expected = nx.shortest_path_length(graph, "start", "end", weight="weight")
    assert plan.routes[0].length_m == pytest.approx(expected, abs=2)
    assert plan.routes[0].length_m == pytest.approx(
        sum(leg.length_m for leg in plan.routes[0].legs), abs=1
    )


def _on(roads: RoadNetwork, spot: tuple[str, int]) -> NamedPoint:
    number, share = edge(roads, spot[0]), spot[1] / 100
    lon, lat = (
        (v[roads.tail[number]], v[roads.head[number]]) for v in (roads.node_lon, roads.node_lat)
    )
    return NamedPoint(
        float(lon[0] + share * (lon[1] - lon[0])), float(lat[0] + share * (lat[1] - lat[0]))
    )


def _changed(transport: Transport, name: str, change: float) -> Transport:
    value = getattr(transport, name) + change
    if name != "mass_t":
        return replace(transport, **{name: value})
    share = value / transport.mass_t
    axles = tuple(axle * share for axle in transport.axle_loads_t)
    return replace(transport, mass_t=value, axle_loads_t=axles)


_TWO_SIZES = st.tuples(
    st.sampled_from([4.1, 4.3, 4.6]), st.sampled_from([2.6, 3.1]), st.sampled_from([55.0, 70.0])
)


@settings(deadline=None, max_examples=50)
@given(_limits(), _TWO_SIZES)
def test_steps_of_two_sizes_are_the_smallest_that_open_a_way(
    limits: dict[str, dict[LimitKind, object]], sizes: tuple[float, float, float]
) -> None:
    roads = draw(PICTURE, " ".join(ROADS), limits=limits)  # type: ignore[arg-type]
    height, width, mass = sizes
    transport = load(height_m=height, width_m=width, mass_t=mass, axle_loads_t=(mass / 5,) * 5)
    plan = planned(roads, "A", "F", transport)
    if plan.status is not RouteStatus.INFEASIBLE:
        return
    alone = {
        one.change[0][0]: -one.change[0][1]
        for one in plan.unlocking
        if len(one.change) == 1 and not one.means
    }
    first, second = Dimension.HEIGHT, Dimension.WIDTH
    given_pairs = {
        tuple(-by for _, by in one.change)
        for one in plan.unlocking
        if [name for name, _ in one.change] == [first.value, second.value] and not one.means
    }
    opening = {
        (a, b)
        for a, b in itertools.product(STEPS[first], STEPS[second])
        if a < alone.get(first.value, 99) and b < alone.get(second.value, 99)
        and planned(
            roads, "A", "F", replace(transport, height_m=height - a, width_m=width - b)
        ).routes
    }  # fmt: skip
    smallest = {
        pair
        for pair in opening
        if not any(
            other != pair and other[0] <= pair[0] and other[1] <= pair[1] for other in opening
        )
    }
    assert given_pairs == smallest
