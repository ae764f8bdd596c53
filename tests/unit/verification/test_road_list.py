from __future__ import annotations

import pytest

from transport.verification.pass_token import RoadStretch
from transport.verification.road_list import joints_along, road_list

_LINE = ((110.0, 40.0), (110.0, 41.0), (110.0, 44.0))


def test_neighbours_on_one_road_become_one_stretch() -> None:
    legs = [
        (RoadStretch("G6", 10, 20, "入口"), 10_000.0),
        (RoadStretch("G6", 20, 30, "", "出口"), 10_000.0),
        (RoadStretch("G7"), 20_000.0),
    ]
    roads, joints = road_list(legs, _LINE)
    assert roads == (RoadStretch("G6", 10, 30, "入口", "出口"), RoadStretch("G7"))
    assert [lat for _, lat in joints] == pytest.approx([40, 42, 44])
    assert {lon for lon, _ in joints} == {110.0}


def test_ramps_without_a_number_belong_to_their_neighbour() -> None:
    legs = [
        (RoadStretch(""), 300.0),
        (RoadStretch("G6"), 9_000.0),
        (RoadStretch(""), 800.0),
        (RoadStretch("G7"), 9_000.0),
    ]
    roads, joints = road_list(legs, _LINE)
    assert [stretch.road for stretch in roads] == ["G6", "G7"]
    assert len(joints) == 3


def test_a_long_road_without_a_number_stays_on_the_list() -> None:
    roads, _ = road_list([(RoadStretch("G6"), 9e3), (RoadStretch(""), 5e3)], _LINE)
    assert [stretch.road for stretch in roads] == ["G6", ""]


def test_a_line_without_length_has_no_joints() -> None:
    assert joints_along(((110.0, 40.0),), [5.0]) == ()
    assert joints_along((), []) == ()
