"""What stands at a point of a road stops who passes that point, not who stays before it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from road_data.building import build_network
from tests.loads import ORDINARY, RULES
from tests.osm_xml import Ban, Way, write_osm
from transport.network.attributes import Access
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.planning import plan_routes
from transport.routing.route import RouteStatus

ROADS = Path(__file__).parents[2] / "config" / "roads"
SPOTS = {
    "A": (109.80, 40.60), "B": (109.81, 40.60), "C": (109.8101, 40.60), "X": (109.82, 40.60),
    "D": (109.8299, 40.60), "E": (109.83, 40.60), "F": (109.84, 40.60), "G": (109.82, 40.61),
}  # fmt: skip
STREET = Way("BCXDE", {"highway": "residential", "width": "12"})
BEFORE, BEHIND = (109.81005, 40.60), (109.82995, 40.60)


def street(folder: Path, barrier: dict[str, str], *, bans: tuple[Ban, ...] = ()) -> RoadNetwork:
    """Build one street between two main roads, with something at X in the middle of it."""
    road = {"highway": "primary", "width": "12"}
    ways = [Way("AB", road), STREET, Way("EF", road), Way("XG", road)][: 4 if bans else 3]
    path = write_osm(folder / "street.osm", SPOTS, ways, node_tags={"X": barrier}, bans=bans)
    return build_network(path, roads_folder=ROADS, built_at="").network


def status(network: RoadNetwork, start: tuple[float, float], end: tuple[float, float]) -> str:
    points = (NamedPoint(*start, None), NamedPoint(*end, None))
    return plan_routes(network, *points, ORDINARY, RULES, travel_at="2026-05-11").status


@pytest.mark.parametrize(
    ("barrier", "through"),
    [
        ({"barrier": "bollard"}, RouteStatus.UNREACHABLE),
        ({"barrier": "gate", "access": "no"}, RouteStatus.UNREACHABLE),
        ({"barrier": "gate"}, RouteStatus.UNKNOWN),
        ({"barrier": "height_restrictor", "maxheight": "2.2"}, RouteStatus.INFEASIBLE),
        ({"barrier": "gate", "access": "yes"}, RouteStatus.FEASIBLE),
    ],
)
def test_both_parts_of_a_street_with_a_barrier_are_reached_from_their_side(
    tmp_path: Path, barrier: dict[str, str], through: RouteStatus
) -> None:
    network = street(tmp_path, barrier)
    assert status(network, SPOTS["A"], BEFORE) is RouteStatus.FEASIBLE
    assert status(network, SPOTS["F"], BEHIND) is RouteStatus.FEASIBLE
    assert status(network, SPOTS["A"], BEHIND) is through
    assert status(network, SPOTS["A"], SPOTS["F"]) is through


def test_a_turn_ban_at_a_bollard_is_no_turn_any_more(tmp_path: Path) -> None:
    ban = Ban([("from", 1), ("via", "X"), ("to", 3)])
    assert len(street(tmp_path, {}, bans=(ban,)).forbidden_turns)
    network = street(tmp_path, {"barrier": "bollard"}, bans=(ban,))
    assert not len(network.forbidden_turns)
    at_x = np.isclose(network.node_lon, SPOTS["X"][0]) & np.isclose(network.node_lat, SPOTS["X"][1])
    assert at_x.sum() == 3
    assert (network.access == Access.OPEN).all()
