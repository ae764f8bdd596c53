"""Legs, structures and road lists by the kilometre posts of their roads."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.factories import law
from tests.loads import load, planned
from tests.maps import Standing, draw, edge
from transport.errors import InvalidInputError
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork
from transport.network.stakes import read_stake, stake_text
from transport.network.surveyed import Surveys
from transport.routing.answer import plan_as_json
from transport.routing.checking import NamedRoad
from transport.routing.exporting import road_book
from transport.routing.route import RoutePlan
from transport.services.planning_routes import RouteRequest, check_request
from transport.vehicles.travel_time import TravelAt

# G6 counts from A, K100 to K112; S31 from E in the other direction, K20 down to K12.
PICTURE = """
    A---B---C---D
        |   |
        E---F
"""
FACTS = {"EF": {"ref": "S31"}, **{road: {"ref": "G6"} for road in ("AB", "BC", "CD")}}


def with_posts(network: RoadNetwork, posts: dict[str, tuple[float, float]]) -> RoadNetwork:
    """Say the kilometres of roads in both directions."""
    both = {
        edge(network, name): ends
        for road, (tail, head) in posts.items()
        for name, ends in ((road, (tail, head)), (road[::-1], (head, tail)))
    }
    numbers = sorted(both)
    surveys = Surveys(
        post_edge=np.array(numbers, dtype=np.int32),
        post_tail_km=np.array([both[number][0] for number in numbers]),
        post_head_km=np.array([both[number][1] for number in numbers]),
    )
    return replace(network, surveys=surveys)


ROAD = with_posts(
    draw(
        PICTURE,
        "AB BC CD BE EF FC",
        facts=FACTS,
        structures=[Standing("BC", StructureKind.BRIDGE, id="b1", name="黄河桥", share=0.25)],
    ),
    {"AB": (100.0, 104.0), "BC": (104.0, 108.0), "CD": (108.0, 112.0), "EF": (20.0, 12.0)},
)


def checked(*roads: NamedRoad, network: RoadNetwork = ROAD) -> RoutePlan:
    request = RouteRequest("A", "D")
    when = TravelAt(date(2026, 5, 11))
    return check_request(roads, request, network, law(), None, load(), when)


def test_a_leg_says_between_which_stakes_it_drives() -> None:
    [leg] = planned(ROAD, "A", "D", load()).routes[0].legs
    assert (leg.from_chainage_km, leg.to_chainage_km) == (100.0, 112.0)
    assert leg.instruction == "沿G6行驶 12.0 公里（K100+000 — K112+000）"
    assert leg.instruction_en == "Follow G6 for 12.0 km (K100+000 — K112+000)"
    [back] = planned(ROAD, "D", "A", load()).routes[0].legs
    assert (back.from_chainage_km, back.to_chainage_km) == (112.0, 100.0)


def test_a_leg_of_a_road_without_posts_says_none_and_the_others_do() -> None:
    legs = planned(ROAD, "A", "D", load(), avoid=("b1",)).routes[0].legs
    said = [(leg.ref, leg.from_chainage_km, leg.to_chainage_km) for leg in legs]
    assert said == [
        ("G6", 100.0, 104.0),
        ("", None, None),
        ("S31", 20.0, 12.0),
        ("", None, None),
        ("G6", 108.0, 112.0),
    ]


def test_a_structure_says_its_stake_in_answer_and_road_book() -> None:
    plan = planned(ROAD, "A", "D", load())
    [said] = plan_as_json(plan)["routes"][0]["structures"]
    assert (said["road_ref"], said["road_km"], said["stake"]) == ("G6", 105.0, "K105+000")
    assert said["chainage_km"] == 5.0  # from the origin, as before
    assert "黄河桥 G6 K105+000" in road_book(plan)
    assert "K100+000 — K112+000" in road_book(plan)


def test_the_road_list_of_a_pass_carries_the_stakes() -> None:
    legs = json.loads(json.dumps(plan_as_json(planned(ROAD, "A", "D", load()))))["routes"][0][
        "legs"
    ]
    assert (legs[0]["from_chainage_km"], legs[0]["to_chainage_km"]) == (100.0, 112.0)


def test_a_list_of_roads_is_looked_for_between_its_stakes() -> None:
    around = checked(NamedRoad("G6", 100.0, 104.0), NamedRoad("S31", 20.0, 12.0),
                     NamedRoad("G6", 108.0, 112.0))  # fmt: skip
    assert [leg.ref for leg in around.routes[0].legs] == ["G6", "", "S31", "", "G6"]
    straight = checked(NamedRoad("G6", 100.0, 112.0))
    assert [leg.ref for leg in straight.routes[0].legs] == ["G6"]
    assert straight.remarks == ()


def test_other_kilometres_than_those_driven_are_remarked() -> None:
    assert checked(NamedRoad("G6", 100.0, 109.0)).remarks == ("chainage:G6:K100+000-K112+000",)


def test_kilometres_that_the_road_does_not_have_are_refused_with_those_it_has() -> None:
    with pytest.raises(InvalidInputError, match=r"no K300\+000 to K310\+000.*K100\+000 to K112"):
        checked(NamedRoad("G6", 300.0, 310.0))


def test_without_posts_the_length_alone_is_compared() -> None:
    plain = replace(ROAD, surveys=Surveys())
    assert checked(NamedRoad("G6", 300.0, 312.0), network=plain).remarks == ()
    assert checked(NamedRoad("G6", 300.0, 320.0), network=plain).remarks == ("length:G6:12.0",)


@pytest.mark.parametrize(
    ("text", "km"),
    [("K123+450", 123.45), ("k7", 7.0), ("K0+000", 0.0), ("ZK12+5", 12.005), ("12.5", 12.5)],
)
def test_stakes_are_read(text: str, km: float) -> None:
    assert read_stake(text) == pytest.approx(km)


@pytest.mark.parametrize("text", ["", "K", "K1+2345", "nan", "1e9", "abc"])
def test_what_is_no_stake_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_stake(text)


def test_stakes_are_written() -> None:
    assert [stake_text(km) for km in (123.45, 0.0, 9.9996)] == ["K123+450", "K0+000", "K10+000"]


def test_a_leg_whose_count_jumps_says_no_kilometres() -> None:
    posts: dict[str, Any] = {"AB": (100.0, 104.0), "BC": (304.0, 308.0), "CD": (308.0, 312.0)}
    [leg] = planned(with_posts(ROAD, posts), "A", "D", load()).routes[0].legs
    assert leg.from_chainage_km is None
