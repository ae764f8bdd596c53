"""Routes on a real extract: feasible, an open question, and infeasible by a posted limit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from road_data.building import build_network
from tests.loads import RULES, load
from transport.network.graph import RoadNetwork
from transport.network.naming import locate
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus
from transport.vehicles.transport import Transport

ROOT = Path(__file__).parents[2]
EXTRACT = ROOT.parent / "shared" / "data" / "osm" / "rnv.osm.pbf"
STATION, CITY = "8.676,49.404", "8.469,49.487"
IN_A_STREET_THAT_ENDS_AT_A_BOLLARD = "8.49701,49.52484"
BEHIND_A_LOW_BRIDGE = "8.66378,49.40228"
OVERSIZE = load(
    height_m=4.3, width_m=3.0, length_m=22.0, mass_t=61.0, axle_loads_t=(7, 9, 9, 12, 12, 12)
)
pytestmark = pytest.mark.real_data


@cache
def _network() -> RoadNetwork:
    return build_network(EXTRACT, roads_folder=ROOT / "config" / "roads", built_at="").network


def _plan(destination: str, transport: Transport) -> RoutePlan:
    if not EXTRACT.is_file():
        pytest.skip("the OpenStreetMap extracts are not beside the project (../shared/data)")
    network = _network()
    start, end = (locate(network, text, field="test") for text in (STATION, destination))
    return plan_routes(network, start, end, transport, RULES, travel_at="2026-05-11")


def test_an_ordinary_truck_crosses_the_region() -> None:
    plan = _plan(CITY, load())
    assert plan.status is RouteStatus.FEASIBLE
    assert 17_000 < plan.routes[0].length_m < 22_000
    assert "A 656" in {leg.ref for leg in plan.routes[0].legs}


def test_a_bollard_at_the_end_of_a_street_keeps_nobody_from_its_addresses() -> None:
    plan = _plan(IN_A_STREET_THAT_ENDS_AT_A_BOLLARD, load())
    assert plan.status is RouteStatus.FEASIBLE
    assert plan.routes[0].legs[-1].name == "Kronberger Straße"


def test_an_oversize_load_gets_the_surveys_that_would_decide() -> None:
    plan = _plan(CITY, OVERSIZE)
    assert plan.status is RouteStatus.UNKNOWN
    assert {"rated_mass_t"} <= {kind for q in plan.routes[0].unknowns for kind in q.missing}
    assert all(s.outcome != "fail" for route in plan.routes for s in route.structures)


def test_a_posted_height_blocks_softly_and_names_what_would_open_the_way() -> None:
    plan = _plan(BEHIND_A_LOW_BRIDGE, OVERSIZE)
    assert plan.status is RouteStatus.INFEASIBLE
    [blocker] = plan.blockers
    assert (blocker.kind, blocker.limit, blocker.hard) == ("signed_height_m", 4.1, False)
    assert dict(plan.unlocking[0].change) == {"height_m": -0.2}
    assert _plan(BEHIND_A_LOW_BRIDGE, load()).routes
