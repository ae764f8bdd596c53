"""The worked cases of the routing semantics, from the tags in a file to the way a vehicle takes.

A diamond each: P---A===B---Q, where the short way A===B carries the tags and the detour over C is
free and bends gently. The vehicle is 4.5 m high, 3.5 m wide, 25 m long, 60 t, every axle 12 t.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from road_data.building import build_network
from tests.loads import RULES, load
from transport.network.closures import in_force
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.planning import plan_routes
from transport.routing.route import RoutePlan, RouteStatus

ROOT = Path(__file__).parents[2]
NODES = {
    "P": (109.78, 40.60), "A": (109.80, 40.60), "X": (109.82, 40.60), "B": (109.84, 40.60),
    "Q": (109.86, 40.60), "C": (109.82, 40.603),
}  # fmt: skip
BASE = {"highway": "primary", "width": "12"}
VEHICLE = load(
    height_m=4.5, width_m=3.5, length_m=25.0, mass_t=60.0, axle_loads_t=(12.0,) * 5
)  # fmt: skip
Tags = dict[str, str]


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def diamond(
    folder: Path, way: Tags, node: Tags | None = None, relation: Tags | None = None,
    *, detour: bool = True, at: str = "X",
) -> RoadNetwork:  # fmt: skip
    number = {name: index + 1 for index, name in enumerate(NODES)}
    ways = {"PA": {}, "AXB": way, "BQ": {}} | ({"ACB": {}} if detour else {})
    lines = ['<osm version="0.6">']
    lines += [
        f'<node id="{number[name]}" lon="{lon}" lat="{lat}">'
        f"{_tags(node or {} if name == at else {})}</node>"
        for name, (lon, lat) in NODES.items()
    ]
    for index, (name, tags) in enumerate(ways.items()):
        refs = "".join(f'<nd ref="{number[letter]}"/>' for letter in name)
        lines.append(f'<way id="{index + 10}">{refs}{_tags({**BASE, "name": name, **tags})}</way>')
    if relation:
        members = (
            '<member type="way" ref="10" role="from"/><member type="node" ref="2" role="via"/>'
            '<member type="way" ref="11" role="to"/>'
        )
        lines.append(
            f'<relation id="1">{members}{_tags({"type": "restriction", **relation})}</relation>'
        )
    path = folder / "diamond.osm"
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return build_network(path, roads_folder=ROOT / "config" / "roads", built_at="").network


def plan(network: RoadNetwork) -> RoutePlan:
    start, end = (NamedPoint(*NODES[name], None) for name in "PQ")
    rules = replace(RULES, restrictions=in_force(network.restrictions, RULES.on, None))
    return plan_routes(network, start, end, VEHICLE, rules, travel_at="2026-05-11")


def takes(network: RoadNetwork) -> str:
    names = {leg.name for leg in plan(network).routes[0].legs}
    return "detour" if "ACB" in names else "direct"


WAYS = [
    ({}, "direct"),
    ({"maxheight": "4.5"}, "direct"),
    ({"maxheight": "13'6\""}, "detour"),
    ({"maxheight": "14 ft"}, "detour"),
    ({"maxheight": "420 cm"}, "detour"),
    ({"maxheight": "4,2"}, "detour"),
    ({"maxheight": "below_default"}, "detour"),
    ({"maxheight": "default"}, "direct"),
    ({"maxheight": "none"}, "direct"),
    ({"maxheight": "low"}, "detour"),
    ({"maxheight": "5", "maxheight:physical": "4.3"}, "detour"),
    ({"maxheight:forward": "4"}, "detour"),
    ({"maxheight:backward": "4"}, "direct"),
    ({"maxwidth": "3"}, "detour"),
    ({"width": "3"}, "detour"),
    ({"maxlength": "12"}, "detour"),
    ({"maxweight": "40"}, "detour"),
    ({"maxweight": "40000 kg"}, "detour"),
    ({"maxweight": "60"}, "direct"),
    ({"maxweightrating": "40"}, "detour"),
    ({"maxgcweight": "40"}, "detour"),
    ({"maxaxleload": "10"}, "detour"),
    ({"maxbogieweight": "16"}, "detour"),
    ({"maxweight:conditional": "40 @ (00:00-24:00)"}, "detour"),
    ({"hgv:conditional": "no @ (weight>40)"}, "detour"),
    ({"access:conditional": "no @ (height>4)"}, "detour"),
    ({"hgv": "no"}, "detour"),
    ({"access": "no", "hgv": "yes"}, "direct"),
    ({"bridge": "yes", "maxweight": "40"}, "detour"),
    ({"bridge": "yes", "maxheight": "4"}, "detour"),
    ({"bridge": "yes", "maxlength": "12"}, "detour"),
    ({"tunnel": "yes", "maxheight": "4.2"}, "detour"),
    ({"tunnel": "yes"}, "detour"),
    ({"maxheight:lanes": "4.0|5.0"}, "detour"),
    ({"maxheight:lanes": "4.0|5.0", "hgv:lanes": "no|yes"}, "direct"),
    ({"maxweight:conditional": "10 @ (weight>20)"}, "detour"),
    ({"maxweight:conditional": "10 @ (weight>60)"}, "direct"),
    ({"maxweight": "80", "maxweight:conditional": "none @ agricultural"}, "direct"),
    ({"maxweight:conditional": "12 @ agricultural"}, "direct"),
    ({"maxaxleload:conditional": "6 @ (Mar 15-May 15)"}, "detour"),
    ({"maxbogieweight:hgv": "20"}, "detour"),
    ({"hgv:conditional": "no @ (weight>40 AND length>12)"}, "detour"),
    ({"hgv:conditional": "no @ (24/7)"}, "detour"),
    ({"hgv:conditional": "no @ snow"}, "detour"),
    ({"hgv": "no", "hgv:conditional": "yes @ (weight<=40)"}, "detour"),
    ({"hgv": "no", "hgv:conditional": "yes @ (weight<=70)"}, "direct"),
    ({"hgv:lanes": "no|no"}, "detour"),
    ({"traffic_sign": "DE:265[4.2]"}, "detour"),
    ({"traffic_sign": "maxweight"}, "detour"),
    ({"ford": "yes"}, "detour"),
    ({"smoothness": "impassable"}, "detour"),
    ({"location": "underground"}, "detour"),
    ({"oneway": "-1"}, "detour"),
    ({"oneway": "-1", "oneway:hgv": "no"}, "direct"),
]
NODE_TAGS = [
    ({"maxheight": "4"}, "detour"),
    ({"barrier": "toll_booth", "maxwidth": "3.0"}, "detour"),
    ({"barrier": "height_restrictor", "maxheight": "4.2"}, "detour"),
    ({"barrier": "height_restrictor"}, "detour"),
    ({"barrier": "bollard"}, "detour"),
    ({"barrier": "toll_booth", "maxweight": "40"}, "detour"),
    ({"highway": "crossing"}, "direct"),
    ({"highway": "crossing", "width": "3"}, "direct"),
    ({"traffic_sign": "DE:265[4.2]"}, "detour"),
    ({"barrier": "gate"}, "detour"),
    ({"barrier": "gate", "access": "yes"}, "direct"),
    ({"barrier": "gate", "access": "yes", "access:conditional": "no @ (weight>40)"}, "detour"),
    ({"barrier": "lift_gate", "hgv": "yes", "maxwidth": "3.2"}, "detour"),
    ({"ford": "yes"}, "detour"),
    ({"railway": "tram_level_crossing"}, "detour"),
    ({"maxbogieweight": "20"}, "detour"),
    ({"maxheight:hgv": "4"}, "detour"),
    ({"maxweight:forward": "40"}, "detour"),
    ({"maxweight:hgv:conditional": "40 @ (00:00-24:00)"}, "detour"),
]
RELATIONS = [
    ({"restriction:hgv": "no_straight_on"}, "detour"),
    ({"restriction": "no_straight_on"}, "detour"),
    ({"restriction": "no_straight_on", "except": "hgv"}, "direct"),
    ({"restriction:bus": "no_straight_on"}, "direct"),
    ({"restriction": "only_straight_on"}, "direct"),
    ({"restriction:conditional": "no_straight_on @ (weight>7.5)"}, "detour"),
    ({"restriction:conditional": "no_straight_on @ (weight<7.5)"}, "direct"),
    ({"restriction": "no_entry"}, "detour"),
]


@pytest.mark.parametrize(("tags", "way"), WAYS, ids=[str(tags) for tags, _ in WAYS])
def test_tags_of_the_way(tmp_path: Path, tags: Tags, way: str) -> None:
    assert takes(diamond(tmp_path, tags)) == way


@pytest.mark.parametrize(("tags", "way"), NODE_TAGS, ids=[str(tags) for tags, _ in NODE_TAGS])
def test_tags_of_a_node_on_the_way(tmp_path: Path, tags: Tags, way: str) -> None:
    assert takes(diamond(tmp_path, {}, tags)) == way


@pytest.mark.parametrize("barrier", ["bollard", "gate", "height_restrictor"])
def test_a_barrier_where_the_road_ends_lets_a_truck_drive_up_to_it(
    tmp_path: Path, barrier: str
) -> None:
    assert takes(diamond(tmp_path, {}, {"barrier": barrier}, at="Q")) == "direct"


@pytest.mark.parametrize(("tags", "way"), RELATIONS, ids=[str(tags) for tags, _ in RELATIONS])
def test_tags_of_a_turn_restriction(tmp_path: Path, tags: Tags, way: str) -> None:
    assert takes(diamond(tmp_path, {}, None, tags)) == way


def test_an_unrecorded_tunnel_on_the_only_way_is_a_question_not_a_closure(tmp_path: Path) -> None:
    answer = plan(diamond(tmp_path, {"tunnel": "yes"}, detour=False))
    assert answer.status is RouteStatus.UNKNOWN
    assert "clear_height_m" in answer.routes[0].unknowns[0].missing


def test_a_low_bridge_on_the_only_way_is_named_with_its_tag(tmp_path: Path) -> None:
    answer = plan(diamond(tmp_path, {"maxheight": "13'6\""}, detour=False))
    assert answer.status is RouteStatus.INFEASIBLE
    (blocker,) = answer.blockers
    assert blocker.source == "OpenStreetMap maxheight=13'6\""
    assert blocker.limit == pytest.approx(4.1148)
    assert blocker.exceeds_by == pytest.approx(0.3852)


def test_a_weak_bridge_on_the_only_way_is_named_once(tmp_path: Path) -> None:
    tags = {"bridge": "yes", "bridge:name": "旧桥", "maxweight": "40"}
    answer = plan(diamond(tmp_path, tags, detour=False))
    assert [blocker.name for blocker in answer.blockers] == ["旧桥"]
