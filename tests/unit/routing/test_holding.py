"""A journey with an hour meets a restriction when it gets there, and waits where it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.factories import law
from tests.loads import load
from tests.maps import draw, edge, road_names
from transport.network.closures import Restriction, RestrictionKind, read_weekly
from transport.network.graph import RoadNetwork
from transport.network.places import Place
from transport.routing.answer import plan_as_json
from transport.routing.exporting import plan_as_geojson, plan_as_gpx, road_book
from transport.routing.route import RoutePlan, RouteStatus
from transport.services.planning_routes import RouteRequest, ShortPlanner, plan_request
from transport.vehicles.travel_time import TravelAt

# Roads of 4 km at 60 km/h: four minutes each.
ROAD = draw("A---B---C---D", "AB BC CD")
RING = draw(
    """
    A---B---C---D
        |   |
        E---F
    """,
    "AB BC CD BE EF FC",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-05-11T{text}+08:00")


def closed(network: RoadNetwork, road: str, hours: str, **facts: object) -> RoadNetwork:
    """Close a road in both directions at some hours of every day."""
    both = (edge(network, road), edge(network, road[::-1]))
    given = {
        "id": f"R{len(network.restrictions) + 1}", "kind": RestrictionKind.CLOSURE, "edges": both,
        "reason": "bridge repair", "issued_by": "road office", "closed": True,
        "weekly": read_weekly(hours), **facts,
    }  # fmt: skip
    one = Restriction(**given)  # type: ignore[arg-type]
    return replace(network, restrictions=(*network.restrictions, one))


def with_rest_area(network: RoadNetwork, name: str, letter: str, east_km: float) -> RoadNetwork:
    """Put a rest area some kilometres east of a junction, 100 m beside the road."""
    [start] = [place for place in network.places if place.name == letter]
    lon = start.lon + east_km * 1000 / (111_194.93 * 0.766)
    rest = Place(name, name, name, "rest_area", lon, start.lat + 0.0009, "")
    return replace(network, places=(*network.places, rest))


def plan(network: RoadNetwork, departs: str, **wishes: object) -> RoutePlan:
    request = RouteRequest("A", "D", **wishes)  # type: ignore[arg-type]
    when = TravelAt(date(2026, 5, 11), at(departs))
    return plan_request(request, network, law(), None, load(), when)


def test_what_opens_before_the_journey_gets_there_stops_nobody() -> None:
    found = plan(closed(ROAD, "CD", "07:00-08:05"), "08:00")
    assert found.status is RouteStatus.FEASIBLE
    assert found.routes[0].holds == ()
    assert found.routes[0].arrives_at == "2026-05-11T08:12+08:00"


def test_what_closes_before_the_journey_gets_there_makes_it_wait_at_the_last_rest_area() -> None:
    road = with_rest_area(with_rest_area(ROAD, "服务区一", "A", 2), "服务区二", "B", 3)
    found = plan(closed(road, "CD", "08:05-12:00"), "08:00")
    assert found.status is RouteStatus.CONDITIONAL
    [route] = found.routes
    [hold] = route.holds
    assert (hold.place, hold.restriction, hold.issued_by) == ("服务区二", "R1", "road office")
    assert abs(hold.chainage_km - 7.0) < 0.05
    assert (hold.arrive_at, hold.leave_at) == (
        "2026-05-11T08:07+08:00",
        "2026-05-11T11:59+08:00",
    )
    assert route.arrives_at == "2026-05-11T12:04+08:00"
    assert route.conditions == (f"hold:服务区二:{hold.leave_at}",)


def test_without_a_place_to_wait_the_journey_starts_later() -> None:
    [hold] = plan(closed(ROAD, "CD", "22:00-06:00"), "23:00").routes[0].holds
    assert (hold.place, hold.chainage_km) == ("", 0.0)
    assert hold.leave_at == "2026-05-12T05:52+08:00"


def test_the_carrier_may_name_a_place_to_wait() -> None:
    [hold] = plan(closed(ROAD, "CD", "08:05-12:00"), "08:00", hold=("B",)).routes[0].holds
    assert (hold.place, hold.leave_at) == ("B", "2026-05-11T11:56+08:00")


def test_nobody_waits_within_the_restricted_road() -> None:
    road = with_rest_area(ROAD, "中间", "C", 2)
    [hold] = plan(closed(road, "CD", "08:09-12:00"), "08:00").routes[0].holds
    assert hold.place == ""


def test_two_restrictions_one_after_the_other_are_both_met_in_time() -> None:
    road = closed(closed(ROAD, "BC", "08:00-09:00"), "CD", "09:02-10:00")
    found = plan(with_rest_area(road, "服务区", "A", 3.9), "08:00")
    [route] = found.routes
    assert route.arrives_at == "2026-05-11T10:04+08:00"
    assert all(hold.place == "服务区" for hold in route.holds)


def test_a_detour_is_taken_where_it_is_sooner_than_waiting() -> None:
    around = plan(closed(RING, "BC", "08:00-09:00"), "08:00").routes[0]
    assert road_names(RING, around.edges) == ["AB", "BE", "EF", "FC", "CD"]
    assert around.holds == ()
    waiting = plan(closed(RING, "BC", "08:00-08:06"), "08:00").routes[0]
    assert road_names(RING, waiting.edges) == ["AB", "BC", "CD"]
    assert waiting.holds[0].leave_at == "2026-05-11T08:02+08:00"


def test_a_closure_of_all_the_days_ahead_is_no_matter_of_waiting() -> None:
    always = closed(ROAD, "CD", "00:00-24:00")
    assert plan(always, "08:00").status is RouteStatus.INFEASIBLE


def test_waits_stand_in_legs_answer_road_book_and_exports() -> None:
    road = with_rest_area(ROAD, "服务区<二>", "B", 3)
    found = plan(closed(road, "CD", "08:05-12:00"), "08:00")
    [said] = plan_as_json(found)["routes"]
    assert said["holds"][0]["because"] == {
        "restriction": "R1", "reason": "bridge repair", "issued_by": "road office",
    }  # fmt: skip
    assert said["departs_at"] == "2026-05-11T08:00+08:00"
    assert any("停车等候至 05-11 11:59" in leg["instruction"] for leg in said["legs"])
    book = road_book(found)
    assert "服务区&lt;二&gt;" in book
    assert "08:07" in book
    assert "11:59" in book
    assert "bridge repair" in book
    assert "服务区&lt;二&gt;" in plan_as_gpx(found)
    assert "服务区<二>" in plan_as_geojson(found)


def test_many_journeys_are_judged_by_their_hour_too() -> None:
    network = closed(ROAD, "CD", "08:05-12:00")
    when = TravelAt(date(2026, 5, 11), at("08:00"))
    planner = ShortPlanner(network, law(), load(), when, 1)
    assert planner.answer(RouteRequest("A", "D")).status is RouteStatus.CONDITIONAL
    assert planner.answer(RouteRequest("A", "C")).status is RouteStatus.FEASIBLE
