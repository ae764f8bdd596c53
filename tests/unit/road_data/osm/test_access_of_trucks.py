"""Who may drive, which way, and what stands in the way."""

from __future__ import annotations

import pytest

from road_data.osm.tags.access import read_access
from road_data.osm.tags.access_words import worse
from road_data.osm.tags.barrier import missing_on_node, read_node_access, read_node_structure
from road_data.osm.tags.conditions import read_clauses
from road_data.osm.tags.hours import Hours
from road_data.osm.tags.lanes import LaneCount, read_lanes
from road_data.osm.tags.oneway import read_directions
from road_data.osm.tags.owner import read_owner
from road_data.osm.tags.speed import read_max_speed_km_h
from road_data.osm.tags.stated import Direction
from road_data.osm.tags.structure import read_structure, read_structure_name
from road_data.osm.tags.toll import read_toll
from road_data.osm.tags.turns import TurnRule, read_turn_rule
from transport.network.attributes import Access, LimitKind, Owner, StructureKind, Tolled

FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ({}, Access.OPEN),
        ({"access": "no"}, Access.CLOSED),
        ({"access": "private"}, Access.PRIVATE),
        ({"access": "destination"}, Access.PRIVATE),
        ({"access": "permissive"}, Access.OPEN),
        ({"access": "no", "hgv": "yes"}, Access.OPEN),
        ({"access": "no", "motor_vehicle": "yes"}, Access.OPEN),
        ({"hgv": "no"}, Access.CLOSED),
        ({"hgv": "delivery"}, Access.PRIVATE),
        ({"hgv": "designated", "motor_vehicle": "no"}, Access.OPEN),
        ({"motor_vehicle": "agricultural"}, Access.CLOSED),
        ({"motor_vehicle": "agricultural;forestry"}, Access.CLOSED),
        ({"motor_vehicle": "agricultural;delivery"}, Access.PRIVATE),
        ({"bicycle": "no", "foot": "no"}, Access.OPEN),
        ({"vehicle": "no"}, Access.CLOSED),
        ({"hgv": "maybe"}, Access.UNKNOWN),
        ({"access": "unknown"}, Access.UNKNOWN),
        ({"hgv:forward": "no"}, Access.CLOSED),
        ({"hgv:backward": "no"}, Access.OPEN),
        ({"hgv": "yes", "hgv_articulated": "no"}, Access.CLOSED),
        ({"hgv:conditional": "no @ (22:00-06:00)"}, Access.OPEN),
        ({"hgv:conditional": "no @ (sunset-sunrise)"}, Access.UNKNOWN),
        ({"hgv:conditional": "destination @ (weight>7.5)"}, Access.PRIVATE),
        ({"hgv:conditional": "no @ (weight>7.5 AND length>12)"}, Access.UNKNOWN),
        ({"access:conditional": "no @ hazmat"}, Access.OPEN),
        ({"access": "no", "access:conditional": "yes @ (06:00-22:00)"}, Access.OPEN),
        ({"hgv:conditional": "gibberish"}, Access.UNKNOWN),
    ],
)
def test_the_most_specific_tag_decides_what_trucks_may(
    tags: dict[str, str], access: Access
) -> None:
    assert read_access(tags, FORWARD).access is access


def test_unknown_stands_between_private_and_closed() -> None:
    assert worse(Access.PRIVATE, Access.UNKNOWN) is Access.UNKNOWN
    assert worse(Access.CLOSED, Access.UNKNOWN) is Access.CLOSED
    assert worse(Access.OPEN, Access.PRIVATE) is Access.PRIVATE


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ({"barrier": "bollard"}, Access.CLOSED),
        ({"barrier": "block"}, Access.CLOSED),
        ({"barrier": "bollard", "bollard": "removable"}, Access.UNKNOWN),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, Access.OPEN),
        ({"barrier": "gate"}, Access.UNKNOWN),
        ({"barrier": "gate", "access": "yes"}, Access.OPEN),
        ({"barrier": "gate", "access": "private"}, Access.PRIVATE),
        ({"barrier": "lift_gate", "hgv": "no"}, Access.CLOSED),
        ({"barrier": "toll_booth"}, Access.OPEN),
        ({"barrier": "border_control"}, Access.OPEN),
        ({"barrier": "cattle_grid"}, Access.OPEN),
        ({"barrier": "height_restrictor"}, Access.OPEN),
        ({"highway": "crossing", "access": "no"}, Access.OPEN),
    ],
)
def test_a_barrier_on_the_road_opens_closes_or_leaves_open_questions(
    tags: dict[str, str], access: Access
) -> None:
    assert read_node_access(tags) is access


@pytest.mark.parametrize(
    ("tags", "kind", "missing"),
    [
        ({"barrier": "toll_booth"}, StructureKind.TOLL_STATION, LimitKind.CLEAR_WIDTH),
        ({"railway": "level_crossing"}, StructureKind.LEVEL_CROSSING, LimitKind.CLEAR_HEIGHT),
        ({"barrier": "height_restrictor"}, None, LimitKind.CLEAR_HEIGHT),
    ],
)
def test_a_thing_on_a_node_says_what_must_be_measured(
    tags: dict[str, str], kind: StructureKind | None, missing: LimitKind
) -> None:
    assert read_node_structure(tags) is kind
    assert list(missing_on_node(tags)) == [missing]


@pytest.mark.parametrize(
    ("tags", "both"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "true"}, (True, False)),
        ({"oneway": "1"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "no"}, (True, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway", "oneway": "no"}, (True, True)),
        ({"highway": "motorway_link"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "circular"}, (True, False)),
        ({"oneway": "yes", "oneway:hgv": "no"}, (True, True)),
        ({"oneway": "reversible"}, (True, True)),
    ],
)
def test_the_directions_of_travel(tags: dict[str, str], both: tuple[bool, bool]) -> None:
    assert read_directions(tags)[:2] == both


def test_a_road_whose_direction_changes_in_time_is_marked() -> None:
    assert read_directions({"oneway": "alternating"}).changing


@pytest.mark.parametrize(
    ("tags", "oneway", "lanes"),
    [
        ({}, False, (0, 0)),
        ({"lanes": "2"}, False, (2, 1)),
        ({"lanes": "3"}, False, (3, 1)),
        ({"lanes": "3", "lanes:backward": "1"}, False, (3, 2)),
        ({"lanes": "3", "lanes:forward": "2"}, False, (3, 2)),
        ({"lanes:forward": "2", "lanes:backward": "1"}, False, (3, 2)),
        ({"lanes": "1"}, False, (1, 1)),
        ({"lanes": "2"}, True, (2, 2)),
        ({"lanes": "2;3"}, True, (2, 2)),
        ({"lanes": "many"}, True, (0, 0)),
    ],
)
def test_lanes_are_counted_in_all_and_in_one_direction(
    tags: dict[str, str],
    oneway: bool,  # noqa: FBT001 - a column of the table
    lanes: tuple[int, int],
) -> None:
    assert read_lanes(tags, FORWARD, oneway=oneway) == LaneCount(*lanes)


@pytest.mark.parametrize(
    ("tags", "owner"),
    [
        ({}, Owner.HIGHWAY),
        ({"ownership": "municipal"}, Owner.MUNICIPAL),
        ({"ownership": "private"}, Owner.PRIVATE),
        ({"operator": "阿尔山林业局"}, Owner.FORESTRY),
        ({"operator": "内蒙古高速公路集团"}, Owner.HIGHWAY),
        ({"operator": "包头市市政管理处"}, Owner.MUNICIPAL),
        ({"access": "private"}, Owner.PRIVATE),
        ({"access": "forestry"}, Owner.FORESTRY),
    ],
)
def test_the_owner_is_named_by_tags_else_assumed(tags: dict[str, str], owner: Owner) -> None:
    assert read_owner(tags, Owner.HIGHWAY) is owner


@pytest.mark.parametrize(
    ("tags", "tolled"),
    [
        ({"highway": "primary"}, Tolled.NO),
        ({"highway": "motorway"}, Tolled.UNKNOWN),
        ({"highway": "motorway", "toll": "yes"}, Tolled.YES),
        ({"highway": "motorway", "toll": "no"}, Tolled.NO),
        ({"highway": "primary", "toll:hgv": "yes", "toll": "no"}, Tolled.YES),
        ({"highway": "primary", "toll": "seasonal"}, Tolled.UNKNOWN),
    ],
)
def test_a_fast_road_nobody_tagged_may_be_tolled(tags: dict[str, str], tolled: Tolled) -> None:
    assert read_toll(tags) is tolled


@pytest.mark.parametrize(
    ("tags", "speed"),
    [
        ({}, None),
        ({"maxspeed": "60"}, 60.0),
        ({"maxspeed": "40 mph"}, 64.37376),
        ({"maxspeed": "80", "maxspeed:hgv": "60"}, 60.0),
        ({"maxspeed": "80", "maxspeed:forward": "50"}, 50.0),
        ({"maxspeed": "80", "maxspeed:backward": "50"}, 80.0),
        ({"maxspeed": "none"}, None),
        ({"maxspeed": "CN:urban"}, None),
    ],
)
def test_the_smallest_posted_speed_for_trucks(tags: dict[str, str], speed: float | None) -> None:
    read, _ = read_max_speed_km_h(tags, FORWARD, {})
    assert read == (None if speed is None else pytest.approx(speed))


@pytest.mark.parametrize(
    ("tags", "rule"),
    [
        ({"restriction": "no_left_turn"}, TurnRule(only=False, u_turn=False)),
        ({"restriction": "only_straight_on"}, TurnRule(only=True, u_turn=False)),
        ({"restriction": "no_u_turn"}, TurnRule(only=False, u_turn=True)),
        ({"restriction:hgv": "no_straight_on"}, TurnRule(only=False, u_turn=False)),
        ({"restriction:bus": "no_left_turn"}, None),
        ({"restriction": "no_left_turn", "except": "psv"}, TurnRule(only=False, u_turn=False)),
        ({"restriction": "no_left_turn", "except": "psv;hgv"}, None),
        ({"restriction": "no_left_turn", "except": "motor_vehicle"}, None),
        (
            {"restriction:conditional": "no_left_turn @ (07:00-09:00)"},
            TurnRule(only=False, u_turn=False),
        ),
        ({"restriction": "give_way"}, None),
    ],
)
def test_a_turn_restriction_concerns_trucks_or_not(
    tags: dict[str, str], rule: TurnRule | None
) -> None:
    assert read_turn_rule(tags) == rule


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"bridge": "yes"}, StructureKind.BRIDGE),
        ({"bridge": "viaduct"}, StructureKind.BRIDGE),
        ({"bridge": "no"}, None),
        ({"tunnel": "yes"}, StructureKind.TUNNEL),
        ({"tunnel": "building_passage"}, StructureKind.TUNNEL),
        ({"tunnel": "culvert"}, None),
        ({"covered": "yes"}, StructureKind.OVERBRIDGE),
        ({}, None),
    ],
)
def test_structures_of_a_way(tags: dict[str, str], kind: StructureKind | None) -> None:
    assert read_structure(tags) is kind


def test_a_bridge_has_its_own_name() -> None:
    tags = {"name": "国道110", "bridge:name": "包头黄河大桥"}
    assert read_structure_name(tags) == ("包头黄河大桥", "")


def test_conditions_follow_the_grammar_or_are_refused() -> None:
    clauses = read_clauses("no @ (weight>7.5 AND Mo-Fr 06:00-20:00); 30 @ wet")
    assert clauses is not None
    assert [clause.value for clause in clauses] == ["no", "30"]
    assert clauses[0].comparisons[0].bound == "7.5"
    assert clauses[0].hours is Hours.AT_TIMES
    assert clauses[1].words == ("wet",)
    assert read_clauses("no (22:00-06:00)") is None
