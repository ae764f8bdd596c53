"""Bans at hours and in seasons, from the tags in a file to the journey at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from road_data.building import build_network
from road_data.opening import open_network
from road_data.store import save_network
from tests.loads import ORDINARY, RULES
from tests.osm_xml import Way, write_osm
from transport.network.closures import in_force
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus

ROADS = Path(__file__).parents[2] / "config" / "roads"
SPOTS = {"A": (109.80, 40.60), "B": (109.82, 40.60), "C": (109.84, 40.60)}
ROAD = {"highway": "primary", "width": "12"}


def closed_at(folder: Path, ban: str, key: str = "hgv:conditional") -> RoadNetwork:
    ways = [Way("AB", ROAD), Way("BC", {**ROAD, key: ban})]
    path = write_osm(folder / "hours.osm", SPOTS, ways)
    save_network(build_network(path, roads_folder=ROADS, built_at="").network, folder / "saved")
    return open_network(folder / "saved")


def journey(network: RoadNetwork, at: str) -> RoutePlan:
    """Plan at an instant (with a time) or on a day (without one)."""
    instant = datetime.fromisoformat(f"{at}+08:00") if "T" in at else None
    day = date.fromisoformat(at[:10])
    rules = replace(RULES, restrictions=in_force(network.restrictions, day, instant))
    start, end = (NamedPoint(*SPOTS[name], None) for name in "AC")
    return plan_routes(network, start, end, ORDINARY, rules, travel_at=at)


@pytest.mark.parametrize(
    ("ban", "at", "status"),
    [
        ("no @ (22:00-06:00)", "2026-05-11T12:00", RouteStatus.FEASIBLE),
        ("no @ (22:00-06:00)", "2026-05-11T23:00", RouteStatus.INFEASIBLE),
        ("no @ (22:00-06:00)", "2026-05-12T05:59", RouteStatus.INFEASIBLE),
        ("no @ (22:00-06:00)", "2026-05-11", RouteStatus.CONDITIONAL),
        ("no @ (Sa,Su)", "2026-05-15T12:00", RouteStatus.FEASIBLE),
        ("no @ (Sa,Su)", "2026-05-16T12:00", RouteStatus.INFEASIBLE),
        ("no @ (Mo-Fr 07:00-09:00,16:00-18:00)", "2026-05-11T17:00", RouteStatus.INFEASIBLE),
        ("no @ (Mo-Fr 07:00-09:00,16:00-18:00)", "2026-05-11T12:00", RouteStatus.FEASIBLE),
        ("no @ (Mar 15-May 15)", "2026-05-11T12:00", RouteStatus.INFEASIBLE),
        ("no @ (Mar 15-May 15)", "2026-05-16T12:00", RouteStatus.FEASIBLE),
        ("no @ (Nov-Mar)", "2026-01-20T12:00", RouteStatus.INFEASIBLE),
        ("no @ snow", "2026-05-11T12:00", RouteStatus.UNKNOWN),
    ],
)
def test_a_ban_holds_at_its_hours_and_at_no_other(
    tmp_path: Path, ban: str, at: str, status: RouteStatus
) -> None:
    assert journey(closed_at(tmp_path, ban), at).status is status


def test_the_ban_is_named_with_its_tag(tmp_path: Path) -> None:
    network = closed_at(tmp_path, "no @ (22:00-06:00)")
    (restriction,) = network.restrictions
    assert restriction.reason == "OpenStreetMap hgv:conditional=no @ (22:00-06:00)"
    assert len(restriction.edges) == 2


@pytest.mark.parametrize(
    ("limit", "at", "status"),
    [
        ("20 @ (Mo-Fr 06:00-20:00)", "2026-05-11T12:00", RouteStatus.INFEASIBLE),
        ("20 @ (Mo-Fr 06:00-20:00)", "2026-05-11T21:00", RouteStatus.FEASIBLE),
        ("20 @ (Mo-Fr 06:00-20:00)", "2026-05-11", RouteStatus.CONDITIONAL),
        ("20 @ (Mar 15-May 15)", "2026-05-11", RouteStatus.INFEASIBLE),
        ("20 @ (Mar 15-May 15)", "2026-05-16", RouteStatus.FEASIBLE),
        ("20 @ (weight>10 AND 22:00-06:00)", "2026-05-11T12:00", RouteStatus.FEASIBLE),
        ("20 @ wet", "2026-05-11T12:00", RouteStatus.INFEASIBLE),
        ("60 @ (22:00-06:00)", "2026-05-11T23:00", RouteStatus.FEASIBLE),
    ],
)
def test_a_limit_holds_at_its_hours_and_at_no_other(
    tmp_path: Path, limit: str, at: str, status: RouteStatus
) -> None:
    plan = journey(closed_at(tmp_path, limit, "maxweight:conditional"), at)
    assert plan.status is status
    if (
        status is RouteStatus.CONDITIONAL
    ):  # without an hour of departure the limit counts, and says so
        assert plan.routes[0].conditions == (
            "not_during:2026-05-11T06:00+08:00/2026-05-11T20:00+08:00",
        )
    if status is RouteStatus.INFEASIBLE:
        (blocker,) = plan.blockers
        assert (blocker.kind, blocker.limit, blocker.hard) == ("signed_mass_t", 20.0, False)
        assert "maxweight:conditional" in blocker.source


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-05-11T23:00", RouteStatus.FEASIBLE),
        ("2026-05-12T05:59", RouteStatus.FEASIBLE),
        ("2026-05-11", RouteStatus.CONDITIONAL),
    ],
)
def test_a_closed_road_is_open_at_the_hours_that_open_it(
    tmp_path: Path, at: str, status: RouteStatus
) -> None:
    ways = [
        Way("AB", ROAD),
        Way("BC", {**ROAD, "hgv": "no", "hgv:conditional": "yes @ (22:00-06:00)"}),
    ]
    path = write_osm(tmp_path / "hours.osm", SPOTS, ways)
    network = build_network(path, roads_folder=ROADS, built_at="").network
    assert journey(network, at).status is status
    assert journey(network, "2026-05-11T12:00").status is RouteStatus.INFEASIBLE


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-05-11T23:00", RouteStatus.FEASIBLE),
        ("2026-05-11T12:00", RouteStatus.INFEASIBLE),
        ("2026-05-11", RouteStatus.CONDITIONAL),
    ],
)
@pytest.mark.parametrize(
    ("on_way", "on_node"),
    [
        ({"maxheight": "3", "maxheight:conditional": "none @ (22:00-06:00)"}, {}),
        ({"maxheight": "3", "maxheight:conditional": "5 @ (22:00-06:00)"}, {}),
        ({}, {"maxheight": "3", "maxheight:conditional": "none @ (22:00-06:00)"}),
        ({}, {"maxweight:conditional": "5 @ (06:00-22:00)"}),
        ({}, {"barrier": "gate", "access": "yes", "hgv:conditional": "no @ (06:00-22:00)"}),
        ({}, {"barrier": "gate", "access": "no", "hgv:conditional": "yes @ (22:00-06:00)"}),
    ],
)
def test_what_is_lifted_at_hours_and_what_stands_on_a_node_holds_at_its_hours_only(
    tmp_path: Path, on_way: dict[str, str], on_node: dict[str, str], at: str, status: RouteStatus
) -> None:
    ways = [Way("AB", ROAD), Way("BC", {**ROAD, **on_way})]
    path = write_osm(tmp_path / "hours.osm", SPOTS, ways, node_tags={"B": on_node})
    network = build_network(path, roads_folder=ROADS, built_at="").network
    assert journey(network, at).status is status
