"""The built-in network answers the questions of the demonstration: each route status occurs."""

from __future__ import annotations

from typing import Any

import pytest

from road_data.built_in.counties import county_names
from road_data.built_in.loading import build_built_in
from tests.loads import RULES, load
from transport.network.graph import RoadNetwork
from transport.network.naming import locate
from transport.routing.asking import RouteWishes
from transport.routing.planning import RouteContext, plan_routes
from transport.routing.route import RoutePlan, RouteStatus

BASE = "包头示范钢构件基地"
WIDE = {"height_m": 4.2, "width_m": 3.6, "length_m": 17.0, "mass_t": 45.0}


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return build_built_in()


def plan(network: RoadNetwork, origin: str, destination: str, **load_values: Any) -> RoutePlan:
    avoid = load_values.pop("avoid", ())
    return plan_routes(
        network,
        locate(network, origin, field="from"),
        locate(network, destination, field="to"),
        load(**load_values),
        RULES,
        travel_at="2026-05-11",
        wishes=RouteWishes(avoid=avoid),
        context=RouteContext(admin_names=county_names()),
    )


def test_a_surveyed_corridor_is_feasible_through_two_cities(network: RoadNetwork) -> None:
    found = plan(network, BASE, "呼和浩特东部新城示范工地", **{**WIDE, "width_m": 3.0})
    assert found.status is RouteStatus.FEASIBLE
    owners = {leg.owner for leg in found.routes[0].legs}
    assert {"highway", "municipal"} <= owners
    assert 180_000 < found.routes[0].length_m < 230_000


def test_baotou_to_manzhouli_is_conditional_and_avoids_the_weak_bridge(
    network: RoadNetwork,
) -> None:
    found = plan(network, "包头", "满洲里", **WIDE)
    assert found.status is RouteStatus.CONDITIONAL
    assert 1_700_000 < found.routes[0].length_m < 2_500_000
    assert "乌力吉木仁河老桥" not in {s.name for s in found.routes[0].structures}


def test_a_one_lane_village_road_is_an_open_question(network: RoadNetwork) -> None:
    found = plan(network, "海拉尔", "室韦示范木刻楞工地", **WIDE)
    assert found.status is RouteStatus.UNKNOWN
    assert found.routes[0].unknowns


def test_the_narrow_street_of_the_old_town_stops_a_wide_load(network: RoadNetwork) -> None:
    found = plan(network, BASE, "呼和浩特旧城示范工地", **WIDE)
    assert found.status is RouteStatus.INFEASIBLE
    assert "大南街" in {blocker.name for blocker in found.blockers}


def test_avoiding_its_only_road_cuts_a_port_off(network: RoadNetwork) -> None:
    usual = plan(network, "额济纳旗", "策克口岸")
    assert usual.routes
    edge = usual.routes[0].edges[-1]
    cut = plan(network, "额济纳旗", "策克口岸", avoid=(f"edge:{edge}",))
    assert cut.status in (RouteStatus.INFEASIBLE, RouteStatus.UNREACHABLE)
    assert not cut.routes


def test_a_site_whose_only_road_is_under_construction_is_unreachable(
    network: RoadNetwork,
) -> None:
    small = {"height_m": 3.0, "width_m": 2.4, "length_m": 12.0, "mass_t": 20.0}
    assert plan(network, "包头", "达拉特旗", **small).routes
    found = plan(network, "包头", "达拉特示范产业园工地", **small)
    assert found.status is RouteStatus.UNREACHABLE
    assert not found.routes
    assert plan(network, "达拉特示范产业园工地", "包头").status is RouteStatus.UNREACHABLE


def test_every_port_is_reached_from_baotou_by_an_ordinary_truck(network: RoadNetwork) -> None:
    for place in network.places:
        if place.kind == "port":
            assert plan(network, "包头市", place.name).routes, place.name


def test_jurisdictions_carry_the_names_of_counties(network: RoadNetwork) -> None:
    found = plan(network, BASE, "呼和浩特东部新城示范工地", **{**WIDE, "width_m": 3.0})
    names = {jurisdiction.name for jurisdiction in found.routes[0].jurisdictions}
    assert {"昆都仑区", "土默特右旗", "土默特左旗"} <= names
