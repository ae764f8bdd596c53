"""Routes honour what is in force when the transport travels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.loads import RULES, load
from tests.maps import draw, edge, road_names
from transport.network.attributes import LimitKind
from transport.network.closures import Restriction, RestrictionKind, in_force, read_weekly
from transport.network.graph import RoadNetwork
from transport.network.naming import locate
from transport.routing.answer import plan_as_json
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus

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


def restricted(network: RoadNetwork, **facts: object) -> RoadNetwork:
    both = (edge(network, "BC"), edge(network, "CB"))
    given = {
        "id": "R1", "kind": RestrictionKind.CLOSURE, "edges": both, "closed": True,
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
