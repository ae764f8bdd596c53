"""Routes honour what is in force when the transport travels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from math import inf

import numpy as np
import pytest

from tests.loads import RULES, load
from tests.maps import Limit, draw, edge, road_names
from transport.network.attributes import Certainty, LimitKind, RoadClass
from transport.network.closures import Restriction, RestrictionKind, in_force, read_weekly
from transport.network.graph import RoadNetwork
from transport.network.naming import locate
from transport.network.snapping import snap
from transport.network.surveyed import Surveys
from transport.routing.answer import plan_as_json
from transport.routing.costs import USUAL_WEIGHTS
from transport.routing.demand import Dimension, demand_of
from transport.routing.ground import ground_for
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus
from transport.routing.unlocking import largest_value

NIGHT = datetime.fromisoformat("2026-05-11T23:00+08:00")
NOON = datetime.fromisoformat("2026-05-11T12:00+08:00")
ROAD = draw("A---B---C", "AB BC")
RING = draw(
    """
    A---B---C
    |       |
    D-------E
    """,
    "AB BC AD DE CE",
)


def directed(network: RoadNetwork) -> list[str]:
    return road_names(network, range(network.edge_count))


def restricted(network: RoadNetwork, **facts: object) -> RoadNetwork:
    both = [edge(network, road) for road in ("BC", "CB") if road in directed(network)]
    given = {
        "id": "R1", "kind": RestrictionKind.CLOSURE, "edges": tuple(both), "closed": True,
        "reason": "bridge repair", "issued_by": "road office", **facts,
    }  # fmt: skip
    return replace(network, restrictions=(Restriction(**given),))  # type: ignore[arg-type]


def planned(network: RoadNetwork, instant: datetime | None, **sizes: float) -> RoutePlan:
    rules = replace(RULES, restrictions=in_force(network.restrictions, date(2026, 5, 11), instant))
    ends = locate(network, "A", field="from"), locate(network, "C", field="to")
    return plan_routes(network, *ends, load(**sizes), rules, travel_at="2026-05-11")


def test_a_closure_in_force_closes_the_road_and_is_named_with_reason_and_body() -> None:
    plan = planned(restricted(ROAD), NOON)
    assert plan.status is RouteStatus.INFEASIBLE
    (blocker,) = plan_as_json(plan)["blockers"]
    assert blocker["kind"] == "closure"
    assert blocker["source"] == "bridge repair (R1)"
    assert blocker["issued_by"] == "road office"
    assert blocker["hard"] is True


def test_a_closure_leads_around() -> None:
    plan = planned(restricted(RING), NOON)
    assert plan.status is RouteStatus.FEASIBLE
    assert road_names(RING, plan.routes[0].edges) == ["AD", "DE", "EC"]
    assert [one.kind for one in plan.fastest_blockers] == ["closure"]


def test_at_another_hour_the_road_is_open() -> None:
    nightly = restricted(ROAD, weekly=read_weekly("22:00-06:00"))
    assert planned(nightly, NOON).status is RouteStatus.FEASIBLE
    assert planned(nightly, NIGHT).status is RouteStatus.INFEASIBLE


def test_a_day_with_some_closed_hours_is_conditional_and_says_which() -> None:
    plan = planned(restricted(ROAD, weekly=read_weekly("22:00-24:00")), None)
    assert plan.status is RouteStatus.CONDITIONAL
    (condition,) = plan.routes[0].conditions
    assert condition == "not_during:2026-05-11T22:00+08:00/2026-05-12T00:00+08:00"


def test_a_closure_of_one_direction_leaves_the_other_open() -> None:
    backwards = restricted(ROAD, edges=(edge(ROAD, "CB"),))
    assert planned(backwards, NOON).status is RouteStatus.FEASIBLE


def test_a_limit_of_the_season_stops_what_is_heavier_and_can_be_soft() -> None:
    thaw = restricted(
        ROAD, kind=RestrictionKind.SEASONAL_LIMIT, closed=False, hard=False,
        limits=((LimitKind.SIGNED_MASS, 20.0),),
    )  # fmt: skip
    assert planned(thaw, NOON, mass_t=20.0).status is RouteStatus.FEASIBLE
    plan = planned(thaw, NOON, mass_t=25.0)
    assert plan.status is RouteStatus.INFEASIBLE
    (blocker,) = plan.blockers
    assert (blocker.kind, blocker.limit, blocker.exceeds_by) == ("signed_mass_t", 20.0, 5.0)
    assert not blocker.hard
    assert [dict(one.change) for one in plan.unlocking] == [{"mass_t": -5.0}]


def test_an_axle_limit_is_an_open_question_without_axle_loads() -> None:
    limited = restricted(ROAD, closed=False, limits=((LimitKind.SIGNED_AXLE, 8.0),))
    transport = replace(load(), axle_loads_t=(), axle_spacings_m=())
    rules = replace(RULES, restrictions=in_force(limited.restrictions, date(2026, 5, 11), NOON))
    ends = locate(limited, "A", field="from"), locate(limited, "C", field="to")
    plan = plan_routes(limited, *ends, transport, rules, travel_at="2026-05-11")
    assert plan.status is RouteStatus.UNKNOWN


def at(network: RoadNetwork, letters: str, share: float) -> str:
    """Return a coordinate on the road between two letters."""
    number = edge(network, letters)
    low, high = network.shape_start[number], network.shape_start[number + 1] - 1
    lon = network.shape_lon[low] + share * (network.shape_lon[high] - network.shape_lon[low])
    return f"{lon},{network.shape_lat[low]}"


def between(network: RoadNetwork, origin: str, destination: str, **sizes: float) -> RoutePlan:
    rules = replace(RULES, restrictions=in_force(network.restrictions, date(2026, 5, 11), NOON))
    ends = locate(network, origin, field="from"), locate(network, destination, field="to")
    return plan_routes(network, *ends, load(**sizes), rules, travel_at="2026-05-11")


@pytest.mark.parametrize(
    ("from_share", "to_share", "status"),
    [
        (0.0, 1.0, RouteStatus.INFEASIBLE),  # driven whole
        (0.0, 0.45, RouteStatus.FEASIBLE),  # ends before it
        (0.0, 0.55, RouteStatus.INFEASIBLE),  # ends in it
        (0.55, 0.7, RouteStatus.INFEASIBLE),  # within it
        (0.8, 1.0, RouteStatus.FEASIBLE),  # begins behind it
        (0.7, 1.0, RouteStatus.INFEASIBLE),
    ],
)
@pytest.mark.parametrize("closed", [True, False])
def test_a_restriction_of_a_part_stops_who_drives_into_that_part(
    from_share: float, to_share: float, status: RouteStatus, *, closed: bool
) -> None:
    # BC is 4 km long; 2.0 to 3.0 km of it are restricted.
    spans = ((2000.0, 3000.0), (1000.0, 2000.0))
    limits = () if closed else ((LimitKind.SIGNED_MASS, 20.0),)
    network = restricted(ROAD, spans=spans, place="G6 K2–K3", closed=closed, limits=limits)
    plan = between(network, at(ROAD, "BC", from_share), at(ROAD, "BC", to_share))
    assert plan.status is status
    if status is RouteStatus.INFEASIBLE:
        (blocker,) = plan_as_json(plan)["blockers"]
        assert blocker["place"] == "G6 K2–K3"
        begin, end = (float(at(ROAD, "BC", share).split(",")[0]) for share in (0.5, 0.75))
        assert begin <= blocker["at"][0] <= end
    else:
        assert plan.routes[0].restrictions == ()


def test_the_largest_load_of_a_trip_beside_the_restricted_part_is_not_bound_by_it() -> None:
    limits = ((LimitKind.SIGNED_MASS, 20.0),)
    spans = ((2000.0, 3000.0), (1000.0, 2000.0))
    network = restricted(ROAD, spans=spans, closed=False, limits=limits)
    rules = replace(RULES, restrictions=in_force(network.restrictions, date(2026, 5, 11), NOON))
    ground = ground_for(network, demand_of(load()), rules, USUAL_WEIGHTS)
    for share, largest in ((0.4, inf), (0.6, 20.0)):
        ends = [locate(network, at(ROAD, "BC", one), field="to") for one in (0.0, share)]
        stops = [snap(network, end.lon, end.lat, field="to") for end in ends]
        assert largest_value(ground, stops, Dimension.MASS) == pytest.approx(largest)


def test_a_route_says_where_on_its_way_it_meets_a_restriction() -> None:
    nightly = restricted(
        ROAD,
        weekly=read_weekly("22:00-24:00"),
        spans=((2000.0, 3000.0), (1000.0, 2000.0)),
        place="G6 K2–K3",
        lanes="1 closed",
    )
    (route,) = plan_as_json(planned(nightly, None))["routes"]
    (met,) = route["restrictions"]
    assert (met["id"], met["kind"], met["outcome"]) == ("R1", "closure", "conditional")
    assert met["from_km"] == pytest.approx(6, abs=0.01)
    assert met["to_km"] == pytest.approx(7, abs=0.01)
    assert (met["place"], met["lanes"]) == ("G6 K2–K3", "1 closed")
    assert met["window"] == "2026-05-11T22:00+08:00/2026-05-12T00:00+08:00"


LANES: dict[str, object] = {"kind": RestrictionKind.ROADWORKS, "closed": False}


def wide_road(lanes: int, width: Limit, recorded: dict[str, object] | None = None) -> RoadNetwork:
    drawn = draw(
        "A---B---C",
        "AB B>C",
        facts={"B>C": {"lanes": lanes}},
        limits={"B>C": {LimitKind.CLEAR_WIDTH: width}},
    )
    if recorded is None:
        return drawn
    row = {"lanes": lanes, **recorded}
    one = np.array([0], dtype=np.int32)
    section = Surveys(
        records=(json.dumps(row),),
        of_structure=np.zeros(0, dtype=np.int32),
        section_edge=one + edge(drawn, "BC"),
        section_from_m=np.array([0.0]),
        section_to_m=np.array([4000.0]),
        section_record=one,
    )
    return replace(drawn, surveys=section)


@pytest.mark.parametrize(
    ("network", "lanes", "width_m", "status"),
    [
        # Recorded: three lanes of 3.75 m, 11.25 m wide, 0.5 m of air on each side.
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "1 closed", 6.5, RouteStatus.FEASIBLE),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "1 closed", 7.0, RouteStatus.CONDITIONAL),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "1 closed", 8.0, RouteStatus.INFEASIBLE),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "2 closed", 2.5, RouteStatus.FEASIBLE),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "2 closed", 4.0, RouteStatus.INFEASIBLE),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "3 closed", 2.5, RouteStatus.INFEASIBLE),
        (wide_road(3, 11.25, {"lane_width_m": 3.75}), "1 open", 4.0, RouteStatus.INFEASIBLE),
        # The width of a lane is not recorded: what is left is assumed, so it never decides.
        (wide_road(2, 8.0), "1 closed", 2.5, RouteStatus.FEASIBLE),
        (wide_road(2, 8.0), "1 closed", 3.0, RouteStatus.CONDITIONAL),
        (wide_road(2, 8.0), "1 closed", 5.0, RouteStatus.UNKNOWN),
        (wide_road(2, 8.0), "2 closed", 2.5, RouteStatus.INFEASIBLE),
        (wide_road(2, 8.0), "all lanes closed", 2.5, RouteStatus.INFEASIBLE),
        # Nobody knows the lanes or understands the words: a question, for wide loads only.
        (wide_road(0, 8.0), "1 closed", 2.5, RouteStatus.FEASIBLE),
        (wide_road(0, 8.0), "1 closed", 3.0, RouteStatus.UNKNOWN),
        (wide_road(2, 8.0), "外侧", 3.0, RouteStatus.UNKNOWN),
        (wide_road(2, 8.0), "外侧", 2.5, RouteStatus.FEASIBLE),
        (wide_road(2, Certainty.UNKNOWN), "1 closed", 3.0, RouteStatus.UNKNOWN),
    ],
)
def test_closed_lanes_leave_less_width(
    network: RoadNetwork, lanes: str, width_m: float, status: RouteStatus
) -> None:
    works = restricted(network, lanes=lanes, **LANES)
    plan = planned(works, NOON, width_m=width_m)
    assert plan.status is status
    if status is RouteStatus.UNKNOWN:
        assert any("clear_width_m" in one.missing for one in plan.routes[0].unknowns)


def test_a_width_that_is_given_stands_for_the_lanes() -> None:
    limits = ((LimitKind.SIGNED_WIDTH, 4.0),)
    network = wide_road(0, 8.0)
    works = restricted(network, lanes="1 closed", limits=limits, **LANES)
    assert planned(works, NOON, width_m=3.5).status is RouteStatus.FEASIBLE
    assert planned(works, NOON, width_m=4.2).status is RouteStatus.INFEASIBLE


def test_closed_lanes_bind_the_largest_width() -> None:
    network = wide_road(3, 11.25, {"lane_width_m": 3.75})
    works = restricted(network, lanes="1 closed", **LANES)
    rules = replace(RULES, restrictions=in_force(works.restrictions, date(2026, 5, 11), NOON))
    ground = ground_for(works, demand_of(load()), rules, USUAL_WEIGHTS)
    ends = [locate(works, one, field="to") for one in "AC"]
    stops = [snap(works, end.lon, end.lat, field="to") for end in ends]
    gap_m = 2 * RULES.beside(RoadClass(int(works.road_class[edge(works, "BC")]))).mandatory_m
    assert largest_value(ground, stops, Dimension.WIDTH) == pytest.approx(7.5 - gap_m)
