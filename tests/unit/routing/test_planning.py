"""Routes on drawn maps: statuses, limits, turns, stops, wishes."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from tests.loads import RULES, load, planned
from tests.maps import Standing, draw, edge, road_names
from transport.errors import InvalidInputError
from transport.network.attributes import (
    Access,
    Certainty,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Tolled,
)
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.answer import plan_as_json
from transport.routing.costs import Weights
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus

TOWN = """
    A---B---C
    |       |
    D-------E
"""
ROADS = "AB BC AD DE CE"
DIRECT, DETOUR = ["AB", "BC"], ["AD", "DE", "EC"]


def _town(**said: object) -> RoadNetwork:
    return draw(TOWN, ROADS, **said)  # type: ignore[arg-type]


def _way(network: RoadNetwork, transport: object, **wishes: object) -> list[str]:
    plan = planned(network, "A", "C", transport, **wishes)  # type: ignore[arg-type]
    return road_names(network, plan.routes[0].edges) if plan.routes else []


LIMITS = [
    (LimitKind.SIGNED_HEIGHT, "height_m", 3.8, 0.0),
    (LimitKind.CLEAR_HEIGHT, "height_m", 3.8, 0.10),
    (LimitKind.SIGNED_WIDTH, "width_m", 2.4, 0.0),
    (LimitKind.CLEAR_WIDTH, "width_m", 2.4, 1.0),
    (LimitKind.SIGNED_LENGTH, "length_m", 15.0, 0.0),
    (LimitKind.SIGNED_MASS, "mass_t", 40.0, 0.0),
]


@pytest.mark.parametrize(("kind", "name", "value", "gap_m"), LIMITS)
def test_a_load_equal_to_the_limit_with_its_gap_passes(
    kind: LimitKind, name: str, value: float, gap_m: float
) -> None:
    town = _town(limits={"BC": {kind: value + gap_m}})
    assert _way(town, load(**{name: value})) == DIRECT


@pytest.mark.parametrize(("kind", "name", "value", "gap_m"), LIMITS)
def test_a_load_over_the_limit_goes_round(
    kind: LimitKind, name: str, value: float, gap_m: float
) -> None:
    town = _town(limits={"BC": {kind: value + gap_m}})
    assert _way(town, load(**{name: value + gap_m + 0.01})) == DETOUR


def test_an_axle_equal_to_the_posted_axle_load_passes_and_a_heavier_one_goes_round() -> None:
    town = _town(limits={"BC": {LimitKind.SIGNED_AXLE: 9.0}})
    assert _way(town, load(axle_loads_t=(7.0, 9.0, 9.0))) == DIRECT
    assert _way(town, load(axle_loads_t=(7.0, 9.01, 9.0))) == DETOUR


@pytest.mark.parametrize(
    ("kind", "limits", "transport"),
    [
        (StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: 4.5}, {"height_m": 4.46}),
        (StructureKind.TUNNEL, {LimitKind.CLEAR_HEIGHT: 4.5}, {"height_m": 4.31}),
        (StructureKind.TUNNEL, {LimitKind.CLEAR_WIDTH: 4.5}, {"width_m": 3.51}),
        (StructureKind.BRIDGE, {LimitKind.RATED_MASS: 60.0}, {"mass_t": 60.1}),
        (StructureKind.BRIDGE, {LimitKind.SIGNED_MASS: 60.0}, {"mass_t": 60.1}),
        (StructureKind.TOLL_STATION, {LimitKind.CLEAR_WIDTH: 3.2}, {"width_m": 3.3}),
    ],
)
def test_structures_on_the_road_close_it_too(
    kind: StructureKind, limits: dict[LimitKind, float], transport: dict[str, float]
) -> None:
    town = _town(structures=[Standing("BC", kind, limits)])
    assert _way(town, load()) == DIRECT
    assert _way(town, load(**transport)) == DETOUR


def test_a_feasible_detour_comes_before_a_conditional_short_way() -> None:
    town = _town(limits={"BC": {LimitKind.CLEAR_WIDTH: (4.0, Certainty.ASSUMED)}})
    assert _way(town, load(width_m=3.0)) == DETOUR


def test_a_conditional_way_is_taken_where_no_better_one_exists_and_says_what_to_verify() -> None:
    road = draw("A---B", "AB", limits={"AB": {LimitKind.CLEAR_WIDTH: (4.0, Certainty.ASSUMED)}})
    plan = planned(road, "A", "B", load(width_m=3.0))
    assert plan.status is RouteStatus.CONDITIONAL
    assert plan.routes[0].conditions == ("verify:clear_width_m",)


def test_an_unknown_height_makes_the_route_unknown_and_asks_for_a_survey() -> None:
    road = draw("A---B", "AB", limits={"AB": {LimitKind.CLEAR_HEIGHT: Certainty.UNKNOWN}})
    plan = planned(road, "A", "B", load(height_m=4.2))
    assert plan.status is RouteStatus.UNKNOWN
    [question] = plan.routes[0].unknowns
    assert question.missing == ("clear_height_m",)
    assert "净高" in question.survey


def test_an_ordinary_truck_is_not_held_up_by_what_is_unknown() -> None:
    road = draw("A---B", "AB", otherwise=Certainty.UNKNOWN)
    assert planned(road, "A", "B", load()).status is RouteStatus.FEASIBLE


def test_places_that_no_road_connects_are_unreachable() -> None:
    islands = draw("A---B   C---D", "AB CD")
    plan = planned(islands, "A", "D", load())
    assert (plan.status, plan.routes, plan.blockers) == (RouteStatus.UNREACHABLE, (), ())


def test_places_connected_only_by_a_closed_road_are_unreachable() -> None:
    road = draw("A---B---C---D", "AB BC CD", facts={"BC": {"access": Access.CLOSED}})
    assert planned(road, "A", "D", load()).status is RouteStatus.UNREACHABLE


def test_places_connected_but_not_for_this_load_are_infeasible() -> None:
    road = draw("A---B---C", "AB BC", limits={"BC": {LimitKind.CLEAR_HEIGHT: 4.5}})
    plan = planned(road, "A", "C", load(height_m=4.6))
    assert plan.status is RouteStatus.INFEASIBLE
    [blocker] = plan.blockers
    assert (blocker.kind, blocker.hard, blocker.limit, blocker.value) == (
        "clear_height_m",
        True,
        4.5,
        4.6,
    )
    assert blocker.exceeds_by == pytest.approx(0.15)


def test_a_private_road_needs_its_owners_consent() -> None:
    road = draw("A---B", "AB", facts={"AB": {"access": Access.PRIVATE}})
    assert planned(road, "A", "B", load()).routes[0].conditions == ("owner_consent",)


def test_a_heavy_load_without_axle_loads_is_never_simply_feasible() -> None:
    plan = planned(draw("A---B", "AB"), "A", "B", load(mass_t=80.0, axle_loads_t=()))
    assert plan.status is RouteStatus.CONDITIONAL
    assert "axle_loads_missing" in plan.routes[0].conditions


def test_a_forbidden_turn_is_not_taken() -> None:
    assert _way(_town(no_turns="ABC"), load()) == DETOUR


def test_the_truck_turns_back_at_dead_ends_only() -> None:
    cross = draw("A---B---C\n    |\n    D", "AB BC BD", no_turns="ABC")
    assert _way(cross, load()) == ["AB", "BD", "DB", "BC"]


def test_a_route_may_start_and_end_in_the_middle_of_a_road() -> None:
    road = draw("A---------B", "AB")
    lon, lat = road.node_lon, road.node_lat
    start = NamedPoint(float(lon[0] + 0.2 * (lon[1] - lon[0])), float(lat[0]))
    end = NamedPoint(float(lon[0] + 0.7 * (lon[1] - lon[0])), float(lat[0]))
    there = _plan(road, start, end)
    back = _plan(road, end, start)
    assert there.routes[0].length_m == pytest.approx(5000, abs=1)
    assert back.routes[0].length_m == pytest.approx(5000, abs=1)
    assert road_names(road, there.routes[0].edges) == ["AB"]
    assert road_names(road, back.routes[0].edges) == ["BA"]


def test_a_structure_behind_the_start_does_not_matter() -> None:
    low = Standing("AB", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: 4.5}, share=0.1)
    road = draw("A---------B", "AB", structures=[low])
    middle = NamedPoint(float(road.node_lon.mean()), float(road.node_lat[0]))
    end = NamedPoint(float(road.node_lon[1]), float(road.node_lat[1]))
    assert _plan(road, middle, end, height_m=4.8).status is RouteStatus.FEASIBLE
    assert planned(road, "A", "B", load(height_m=4.8)).status is RouteStatus.INFEASIBLE


def _plan(network: RoadNetwork, start: NamedPoint, end: NamedPoint, **size: float) -> RoutePlan:

    return plan_routes(network, start, end, load(**size), RULES, travel_at="2026-05-11")


def test_a_stop_on_the_way_is_visited() -> None:
    assert _way(_town(), load(), via="E") == DETOUR


def test_a_road_number_can_be_avoided() -> None:
    assert _way(_town(facts={"BC": {"ref": "G6"}}), load(), avoid=("G6",)) == DETOUR


def test_a_structure_and_a_place_can_be_avoided() -> None:
    bridge = Standing("BC", StructureKind.BRIDGE, id="b1", name="黄河大桥")
    town = _town(structures=[bridge])
    assert _way(town, load(), avoid=("b1",)) == DETOUR
    assert _way(town, load(), avoid=("黄河大桥",)) == DETOUR
    assert _way(town, load(), avoid=("B",)) == DETOUR


def test_an_unknown_wish_to_avoid_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(InvalidInputError, match="avoid"):
        _way(_town(), load(), avoid=("Nowhere",))


def test_avoiding_the_only_way_blocks_softly() -> None:
    road = draw("A---B", "AB", facts={"AB": {"ref": "G6"}})
    plan = planned(road, "A", "B", load(), avoid=("G6",))
    assert plan.status is RouteStatus.INFEASIBLE
    assert [(b.kind, b.hard) for b in plan.blockers] == [("avoided", False)]


def test_equal_points_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="same place"):
        planned(_town(), "A", "A", load())


def test_too_many_alternatives_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="alternatives"):
        planned(_town(), "A", "C", load(), alternatives=6)


def test_alternatives_are_distinct_and_the_best_comes_first() -> None:
    town = _town(limits={"AB": {LimitKind.CLEAR_WIDTH: (4.0, Certainty.ASSUMED)}})
    plan = planned(town, "A", "C", load(width_m=3.0), alternatives=2)
    assert [route.status for route in plan.routes] == [
        RouteStatus.FEASIBLE,
        RouteStatus.CONDITIONAL,
    ]
    assert [road_names(town, route.edges) for route in plan.routes] == [DETOUR, DIRECT]


def test_a_feasible_detour_still_says_what_blocks_the_fast_road() -> None:
    town = _town(limits={"BC": {LimitKind.CLEAR_HEIGHT: 4.5}})
    plan = planned(town, "A", "C", load(height_m=4.6))
    assert plan.blockers == ()
    assert [b.kind for b in plan.fastest_blockers] == ["clear_height_m"]


def test_city_streets_are_less_welcome_by_a_weight_that_can_be_zero() -> None:
    facts = {
        "AB": {"owner": Owner.MUNICIPAL, "urban": 1},
        "BC": {"owner": Owner.MUNICIPAL, "urban": 1},
    }
    roads = draw("A---B---C\n|       |\nD-------E", ROADS, facts=facts, lengths_m={"DE": 4500})
    assert _way(roads, load()) == DETOUR
    assert _way(roads, load(), weights=Weights(municipal=0.0)) == DIRECT


LONG = {"length_m": 30.0}
CORNER = "A---B\n    |\n    C"


def test_a_sharp_turn_of_a_long_load_is_an_open_question() -> None:
    corner = draw("A---B---D\n    |\n    C", "AB BC BD")
    plan = planned(corner, "A", "C", load(**LONG))
    assert plan.status is RouteStatus.UNKNOWN
    assert [(q.kind, q.missing) for q in plan.routes[0].unknowns] == [
        ("junction", ("corner_radius_m",))
    ]
    assert planned(corner, "A", "C", load()).status is RouteStatus.FEASIBLE
    assert planned(corner, "A", "D", load(**LONG)).status is RouteStatus.FEASIBLE


@pytest.mark.parametrize(
    ("turn_length", "status"),
    [
        (30.0, RouteStatus.FEASIBLE),
        (29.9, RouteStatus.INFEASIBLE),
        ((40.0, Certainty.ASSUMED), RouteStatus.CONDITIONAL),
        ((20.0, Certainty.ASSUMED), RouteStatus.UNKNOWN),
    ],
)
def test_an_examined_junction_decides_the_turn(turn_length: object, status: RouteStatus) -> None:
    examined = Standing(
        "A>B",
        StructureKind.JUNCTION,
        {LimitKind.TURN_LENGTH: turn_length},  # type: ignore[dict-item]
        share=1.0,
    )
    corner = draw("A---B---D\n    |\n    C", "AB BC BD", structures=[examined])
    assert planned(corner, "A", "C", load(**LONG)).status is status


def test_a_bend_of_one_road_is_no_junction() -> None:
    assert planned(draw(CORNER, "AB BC"), "A", "C", load(**LONG)).status is RouteStatus.FEASIBLE


def test_structures_come_in_driving_order_with_chainage_and_margin() -> None:
    standing = [
        Standing("BC", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: 5.0}, id="o1"),
        Standing("AB", StructureKind.BRIDGE, {LimitKind.SIGNED_MASS: 55.0}, id="b1"),
    ]
    road = draw("A----B----C", "AB BC", structures=standing)
    bridge, overbridge = planned(road, "A", "C", load()).routes[0].structures
    assert (bridge.id, bridge.chainage_km, bridge.limit, bridge.margin) == ("b1", 2.5, 55.0, 7.0)
    assert (overbridge.id, overbridge.chainage_km, overbridge.outcome) == ("o1", 7.5, "pass")
    assert overbridge.clause == "T2213 4.4.2(3), 6.4.1"


def test_a_small_gap_is_a_condition_of_the_structure() -> None:
    low = Standing("AB", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: 4.5}, id="o1")
    plan = planned(draw("A----B", "AB", structures=[low]), "A", "B", load(height_m=4.42))
    [structure] = plan.routes[0].structures
    assert (structure.outcome, structure.condition) == ("conditional", "small_gap:clear_height_m")
    assert structure.margin == pytest.approx(0.08)


def test_legs_split_by_road_owner_and_county_and_name_their_authorities() -> None:
    facts: dict[str, dict[str, object]] = {
        "AB": {"ref": "G6", "road_class": RoadClass.EXPRESSWAY, "admin_code": "150203"},
        "BC": {"name": "钢铁大街", "owner": Owner.MUNICIPAL, "urban": 1, "admin_code": "150203"},
        "CD": {"ref": "G210", "admin_code": "150221"},
    }
    road = draw("A---B---C---D", "AB BC CD", facts=facts)
    route = planned(road, "A", "D", load(height_m=4.2)).routes[0]
    assert [(leg.ref or leg.name, leg.owner, leg.from_km) for leg in route.legs] == [
        ("G6", "highway", 0.0),
        ("钢铁大街", "municipal", 4.0),
        ("G210", "highway", 8.0),
    ]
    assert route.legs[1].instruction == "直行进入钢铁大街，行驶 4.0 公里"
    assert [(j.admin_code, j.authorities) for j in route.jurisdictions] == [
        ("150203", ("transport", "police", "municipal")),
        ("150221", ("transport", "police")),
    ]


def test_a_train_barred_from_expressways_is_never_led_there_silently() -> None:
    road = draw("A---B", "AB", facts={"AB": {"road_class": RoadClass.EXPRESSWAY}})
    plan = planned(road, "A", "B", load(), rules=replace(RULES, barred_from_expressways=True))
    assert plan.routes[0].conditions == ("expressway_entry",)


def test_the_length_that_rests_on_demonstration_values_is_told() -> None:
    limits = {"BC": {LimitKind.CLEAR_HEIGHT: (5.0, Certainty.DEMONSTRATION)}}
    route = planned(draw("A---B---C", "AB BC", limits=limits), "A", "C", load()).routes[0]
    assert dict(route.certainty_m) == {
        "known": pytest.approx(4000, abs=1),
        "demonstration": pytest.approx(4000, abs=1),
    }


def test_the_answer_is_the_contracts_json() -> None:
    town = _town(
        limits={"BC": {LimitKind.CLEAR_HEIGHT: 4.5}, "DE": {LimitKind.CLEAR_HEIGHT: 4.4}},
        facts={"AB": {"tolled": Tolled.YES}},
    )
    answer = json.loads(json.dumps(plan_as_json(planned(town, "A", "C", load(height_m=4.6)))))
    assert answer["status"] == "infeasible"
    assert answer["law_as_of"] == "2026-05-11"
    [blocker] = answer["blockers"]
    assert blocker["edge"] == edge(town, "BC")
    assert (blocker["unit"], blocker["source"], blocker["certainty"]) == ("m", "drawn", "known")
    assert answer["unlocking"][0]["change"] == {"height_m": -0.15}
    assert math.isclose(answer["unlocking"][0]["opens"]["length_m"], 8000, abs_tol=2)
