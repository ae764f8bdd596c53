"""Roads that cross without meeting, and bans that reach over a way: from the file to the truck."""

from __future__ import annotations

from pathlib import Path

import pytest

from road_data.building import build_network
from road_data.opening import open_network
from road_data.store import save_network
from tests.loads import RULES, load
from tests.naive_osm import read_bans_naively
from tests.osm_xml import Ban, Way, bans, write_osm
from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus
from transport.vehicles.transport import Transport

ROOT = Path(__file__).parents[2]
ROAD = {"highway": "primary", "width": "12"}
# A---X---B lies from west to east, S---N crosses it over X.
CROSS = {
    "A": (109.80, 40.60), "X": (109.82, 40.60), "B": (109.84, 40.60),
    "S": (109.821, 40.59), "N": (109.821, 40.61),
}  # fmt: skip
HIGH = load(height_m=4.5, width_m=2.5, length_m=12.0, mass_t=30.0, axle_loads_t=(8.0,) * 4)
LOW = load(height_m=3.9, width_m=2.5, length_m=12.0, mass_t=30.0, axle_loads_t=(8.0,) * 4)


def built(path: Path) -> RoadNetwork:
    return build_network(path, roads_folder=ROOT / "config" / "roads", built_at="").network


def crossed(folder: Path, over: dict[str, str], under: dict[str, str] | None = None) -> RoadNetwork:
    ways = [Way("AXB", {**ROAD, **(under or {})}), Way("SN", over)]
    return built(write_osm(folder / "cross.osm", CROSS, ways))


def overbridges(network: RoadNetwork) -> list[int]:
    structures = network.structures
    return [
        row for row, kind in enumerate(structures.kind.tolist())
        if kind == StructureKind.OVERBRIDGE
    ]  # fmt: skip


def plan(network: RoadNetwork, transport: Transport) -> RoutePlan:
    start, end = (NamedPoint(*CROSS[name], None) for name in "AB")
    return plan_routes(network, start, end, transport, RULES, travel_at="2026-05-11")


BRIDGES = [
    {"highway": "secondary", "bridge": "yes"},
    {"railway": "rail", "bridge": "yes", "layer": "1"},
    {"highway": "footway", "bridge": "yes"},
    {"waterway": "canal", "bridge": "aqueduct"},
    {"highway": "primary", "bridge": "viaduct", "layer": "3"},
]


@pytest.mark.parametrize("over", BRIDGES, ids=str)
def test_the_clearance_under_a_bridge_of_any_kind_is_a_question(
    tmp_path: Path, over: dict[str, str]
) -> None:
    network = crossed(tmp_path, over)
    rows = overbridges(network)
    assert len(rows) == 2
    clear = network.structures.limits[LimitKind.CLEAR_HEIGHT]
    assert {int(clear.certainty[row]) for row in rows} == {Certainty.UNKNOWN}
    assert {network.structures.ids[row] for row in rows} == {"way/11/over/10"}
    for row in rows:
        edge = network.structures.edge[row]
        assert network.structures.lon[row] == pytest.approx(109.821)
        share = network.structures.offset_m[row] / network.length_m[edge]
        assert share == pytest.approx(0.525 if network.node_lon[network.tail[edge]] < 109.81
                                      else 0.475, abs=0.001)  # fmt: skip


def test_a_high_load_must_ask_and_an_ordinary_one_need_not(tmp_path: Path) -> None:
    network = crossed(tmp_path, BRIDGES[0])
    answer = plan(network, HIGH)
    assert answer.status is RouteStatus.UNKNOWN
    assert "clear_height_m" in answer.routes[0].unknowns[0].missing
    assert plan(network, LOW).status is RouteStatus.FEASIBLE


@pytest.mark.parametrize("key", ["maxheight", "maxheight:physical"])
def test_a_height_on_the_road_below_answers_the_question(tmp_path: Path, key: str) -> None:
    network = crossed(tmp_path, BRIDGES[0], {key: "6"})
    assert plan(network, HIGH).status is not RouteStatus.UNKNOWN
    low = crossed(tmp_path, BRIDGES[0], {key: "4.2"})
    assert plan(low, HIGH).status is RouteStatus.INFEASIBLE
    assert len(plan(low, HIGH).blockers) == 1


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ({"highway": "secondary"}, {}),
        ({"highway": "secondary", "bridge": "yes"}, {"tunnel": "yes"}),
        ({"highway": "secondary", "bridge": "no", "layer": "1"}, {}),
        ({"highway": "footway", "bridge": "yes", "area": "yes"}, {}),
    ],
    ids=["level", "in a tunnel", "no bridge", "an area"],
)
def test_no_bridge_stands_above_where_none_is_or_the_road_is_in_a_tunnel(
    tmp_path: Path, over: dict[str, str], under: dict[str, str]
) -> None:
    assert overbridges(crossed(tmp_path, over, under)) == []


def test_of_two_bridges_the_lower_one_gets_the_question(tmp_path: Path) -> None:
    over = {"highway": "secondary", "bridge": "yes"}
    network = crossed(tmp_path, over, {"bridge": "yes", "layer": "2"})
    assert {network.structures.ids[row] for row in overbridges(network)} == {"way/10/over/11"}


def test_a_bridge_that_meets_the_road_does_not_stand_above_it(tmp_path: Path) -> None:
    ways = [Way("AXB", ROAD), Way("SXN", {"highway": "secondary", "bridge": "yes"})]
    assert overbridges(built(write_osm(tmp_path / "meet.osm", CROSS, ways))) == []


def test_a_bridge_exactly_over_a_bend_counts_once(tmp_path: Path) -> None:
    nodes = {**CROSS, "S": (109.82, 40.59), "N": (109.82, 40.61)}
    ways = [Way("AXB", ROAD), Way("SN", {"railway": "rail", "bridge": "yes"})]
    network = built(write_osm(tmp_path / "bend.osm", nodes, ways))
    assert len(overbridges(network)) == 2


# P---A---B---Q with a side road A---C---B: the ban is over the way AB.
TOWN = {
    "P": (109.78, 40.60), "A": (109.80, 40.60), "M": (109.81, 40.60), "B": (109.82, 40.60),
    "Q": (109.84, 40.60), "C": (109.81, 40.61), "R": (109.80, 40.59), "T": (109.81, 40.59),
}  # fmt: skip
WAYS = ["PA", "AMB", "BQ", "ACB", "RA", "MT"]


def town(folder: Path, *restrictions: Ban) -> RoadNetwork:
    ways = [Way(nodes, {**ROAD, "name": nodes}) for nodes in WAYS]
    return built(write_osm(folder / "town.osm", TOWN, ways, bans=restrictions))


def drives(network: RoadNetwork, start: str, end: str) -> list[str] | None:
    one, other = (NamedPoint(*TOWN[name], None) for name in (start, end))
    answer = plan_routes(network, one, other, LOW, RULES, travel_at="2026-05-11")
    return [leg.name for leg in answer.routes[0].legs] if answer.routes else None


OVER_AB = [("from", 0), ("via", 1), ("to", 2)]


def test_a_ban_over_a_way_sends_around_whom_it_concerns_and_nobody_else(tmp_path: Path) -> None:
    network = town(tmp_path, Ban(OVER_AB, {"restriction": "no_straight_on"}))
    assert network.forbidden_sequences is not None
    assert network.forbidden_sequences.shape == (1, 4)
    assert drives(network, "P", "Q") == ["PA", "ACB", "BQ"]
    assert drives(network, "R", "Q") == ["RA", "AMB", "BQ"]
    assert drives(network, "P", "T") == ["PA", "AMB", "MT"]
    assert drives(network, "Q", "P") == ["BQ", "AMB", "PA"]


def test_without_the_ban_the_short_way_is_driven(tmp_path: Path) -> None:
    for tags in (
        {"restriction": "no_straight_on", "except": "hgv"},
        {"restriction:bus": "no_exit"},
    ):
        assert drives(town(tmp_path, Ban(OVER_AB, tags)), "P", "Q") == ["PA", "AMB", "BQ"]


def test_a_mandatory_course_forbids_every_other_way_out(tmp_path: Path) -> None:
    network = town(tmp_path, Ban(OVER_AB, {"restriction": "only_straight_on"}))
    assert drives(network, "P", "Q") == ["PA", "AMB", "BQ"]
    assert drives(network, "P", "C") == ["PA", "AMB", "BQ", "ACB"]
    assert drives(network, "P", "T") == ["PA", "AMB", "BQ", "AMB", "MT"]
    assert drives(network, "R", "T") == ["RA", "AMB", "MT"]


def test_a_ban_over_several_ways_is_followed_in_either_order_of_members(tmp_path: Path) -> None:
    ways = [Way(nodes, {**ROAD, "name": nodes}) for nodes in ("PA", "AM", "MB", "BQ", "ACB", "RA")]
    for via in ((1, 2), (2, 1)):
        ban = Ban([("from", 0), *(("via", way) for way in via), ("to", 3)],
                  {"restriction": "no_straight_on"})  # fmt: skip
        network = built(write_osm(tmp_path / "town.osm", TOWN, ways, bans=[ban]))
        assert drives(network, "P", "Q") == ["PA", "ACB", "BQ"]
        assert drives(network, "R", "Q") == ["RA", "AM", "MB", "BQ"]


RULES_OVER_A_WAY = [
    {"restriction": "no_straight_on"},
    {"restriction": "only_straight_on"},
    {"restriction:hgv": "no_straight_on"},
    {"restriction": "no_straight_on", "except": "hgv"},
]


@pytest.mark.parametrize("tags", RULES_OVER_A_WAY, ids=str)
def test_bans_over_a_way_equal_those_of_a_naive_reader(
    tmp_path: Path, tags: dict[str, str]
) -> None:
    network = town(tmp_path, Ban(OVER_AB, tags))
    assert bans(network) == read_bans_naively(tmp_path / "town.osm")


def test_a_ban_whose_ways_do_not_meet_is_counted(tmp_path: Path) -> None:
    network = town(tmp_path, Ban([("from", 0), ("via", 5), ("to", 2)]))
    assert any("members do not meet" in note for note in network.notes)


def test_bans_over_ways_and_grades_outlive_saving(tmp_path: Path) -> None:
    network = town(tmp_path, Ban(OVER_AB, {"restriction": "no_straight_on"}))
    save_network(network, tmp_path / "saved")
    opened = open_network(tmp_path / "saved")
    assert opened.forbidden_sequences is not None
    assert network.forbidden_sequences is not None
    assert opened.forbidden_sequences.tolist() == network.forbidden_sequences.tolist()
    assert opened.surface is not None
    assert drives(opened, "P", "Q") == ["PA", "ACB", "BQ"]
