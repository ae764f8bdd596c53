"""More load never opens a road, blockers and unlocking are minimal on small drawn maps."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.loads import RULES, load, planned
from tests.maps import draw, edge, road_names
from transport.network.attributes import Certainty, LimitKind, Passability
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.change_catalogue import PAIRS, STEPS, catalogue
from transport.routing.demand import Dimension, demand_of
from transport.routing.passability import judge_network
from transport.routing.planning import plan_routes
from transport.routing.route import RouteStatus
from transport.routing.unlocking import LEAST_SHARE
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
# Small maps on which brute force tries everything.
DRAWN_MAPS = 300


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


@st.composite
def _blocked_towns(draw_: st.DrawFn) -> tuple[RoadNetwork, Transport]:
    """Draw limits on both roads out of A, so that most loads find no way."""
    limits = draw_(_limits())
    for road in ("AB", "AD"):
        kind = draw_(st.sampled_from(KINDS[:5]))
        value = draw_(st.sampled_from(VALUES[kind.value.split("_")[1]][:2]))
        limits.setdefault(road, {})[kind] = float(value), Certainty.KNOWN
    height, width = draw_(st.sampled_from([4.1, 4.3, 4.6])), draw_(st.sampled_from([2.6, 3.1]))
    mass = draw_(st.sampled_from([55.0, 70.0]))
    transport = load(height_m=height, width_m=width, mass_t=mass, axle_loads_t=(mass / 5,) * 5)
    return draw(PICTURE, " ".join(ROADS), limits=limits), transport  # type: ignore[arg-type]


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


SIMPLE_WAYS = _simple_ways()


@settings(deadline=None, max_examples=DRAWN_MAPS)
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

    fewest = min(violations(way) for way in SIMPLE_WAYS)
    hard = sum(blocker.hard for blocker in plan.blockers)
    assert (hard, len(plan.blockers) - hard) == fewest
    assert (plan.status is RouteStatus.INFEASIBLE) == (fewest != (0, 0))


def _opens(roads: RoadNetwork, transport: Transport) -> bool:
    """Try every way by brute force."""
    failing = judge_network(roads, demand_of(transport), RULES).edges.outcome == Passability.FAIL
    closed = set(road_names(roads, failing.nonzero()[0].tolist()))
    return any(closed.isdisjoint(way) for way in SIMPLE_WAYS)


@settings(deadline=None, max_examples=DRAWN_MAPS)
@given(_blocked_towns())
def test_unlocking_changes_open_a_way_and_a_millimetre_less_does_not(
    town: tuple[RoadNetwork, Transport],
) -> None:
    roads, transport = town
    plan = planned(roads, "A", "F", transport)
    assert (plan.status is RouteStatus.INFEASIBLE) != _opens(roads, transport)
    singles = {}
    for unlocking in plan.unlocking:
        assert _opens(roads, _all_changed(transport, unlocking.change))
        if unlocking.means or len(unlocking.change) > 1:
            continue  # steps of a catalogue, judged below
        [(name, change)] = unlocking.change
        singles[name] = change
        if name != "axle_load_t":
            assert not _opens(roads, _changed(transport, name, change + 0.0011))
    if plan.status is RouteStatus.INFEASIBLE:  # and no dimension that would do is left out
        for name in ("height_m", "width_m", "mass_t"):
            half = -round(getattr(transport, name) * LEAST_SHARE - 0.0005, 3)
            if _opens(roads, _changed(transport, name, half)):
                assert name in singles


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


def _all_changed(transport: Transport, change: tuple[tuple[str, float], ...]) -> Transport:
    """Change sizes together; a mass alone shrinks the axles with it, an axle load all of them."""
    for name, by in change:
        if name == "axle_load_t":
            axles = tuple(axle + by for axle in transport.axle_loads_t)
            transport = replace(transport, axle_loads_t=axles)
        elif name == "mass_t" and "axle_load_t" in dict(change):
            transport = replace(transport, mass_t=transport.mass_t + by)
        else:
            transport = _changed(transport, name, round(by, 6))
    return transport


def _changed(transport: Transport, name: str, change: float) -> Transport:
    value = getattr(transport, name) + change
    if name != "mass_t":
        return replace(transport, **{name: value})
    share = value / transport.mass_t
    axles = tuple(axle * share for axle in transport.axle_loads_t)
    return replace(transport, mass_t=value, axle_loads_t=axles)


STEPPED = [pair for pair in PAIRS if {Dimension.AXLE, Dimension.LENGTH}.isdisjoint(pair)]


@settings(deadline=None, max_examples=DRAWN_MAPS)
@given(_blocked_towns(), st.sampled_from(STEPPED))
def test_steps_of_two_sizes_are_the_smallest_that_open_a_way(
    town: tuple[RoadNetwork, Transport], pair: tuple[Dimension, Dimension]
) -> None:
    roads, transport = town
    plan = planned(roads, "A", "F", transport)
    if plan.status is not RouteStatus.INFEASIBLE:
        return
    alone = {
        one.change[0][0]: -one.change[0][1]
        for one in plan.unlocking
        if len(one.change) == 1 and not one.means
    }
    first, second = pair
    offered = {
        tuple(-by for _, by in one.change)
        for one in plan.unlocking
        if [name for name, _ in one.change] == [first.value, second.value] and not one.means
    }
    opening = {
        (a, b)
        for a, b in itertools.product(STEPS[first], STEPS[second])
        if a < alone.get(first.value, 99) and b < alone.get(second.value, 99)
        and _opens(roads, _all_changed(transport, ((first.value, -a), (second.value, -b))))
    }  # fmt: skip
    smallest = {
        steps
        for steps in opening
        if not any(
            other != steps and other[0] <= steps[0] and other[1] <= steps[1] for other in opening
        )
    }
    assert offered == smallest


def test_the_catalogue_holds_more_than_two_dozen_changes() -> None:
    changes = list(catalogue(demand_of(load(height_m=4.5))))
    assert len(set(changes)) == len(changes) >= 25
    assert {dimension for change in changes for dimension, _ in change} == set(Dimension)


def test_of_trailers_alike_the_smallest_change_alone_is_offered() -> None:
    low = draw("A---F", "AF", limits={"AF": {LimitKind.CLEAR_HEIGHT: 4.3}})
    words = [one.means for one in planned(low, "A", "F", load(height_m=4.4)).unlocking]
    assert "low_deck_trailer" in words
    assert "extra_low_deck_trailer" not in words
