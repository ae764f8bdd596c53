from __future__ import annotations

from itertools import pairwise

import pytest

from tests.maps import draw
from tests.passes import claims
from transport.network.graph import RoadNetwork
from transport.verification.locating import Place, is_on_route
from transport.verification.pass_token import RoadStretch
from transport.verification.surroundings import describe_route, place_on_network

_TOWN = draw(
    """
A---B---C---D
    |   |
    E---F
        |
        G
""",
    "AB BC CD BE EF CF FG",
    facts={
        "AB": {"ref": "G6"},
        "BC": {"ref": "G6;G7"},
        "CD": {"ref": "G6"},
        "CF": {"ref": "S2"},
        "FG": {"name": "通湖路"},
        "EF": {"ref": "S9"},
        "BE": {"ref": "S9"},
    },
)


@pytest.mark.parametrize(
    ("road", "km", "answer"),
    [
        ("G6", 640.0, True),
        ("g6 ", 620.2, True),
        ("G6", 660.0, False),
        ("G6", None, None),
        ("S203", 5.0, True),
        ("S203", 20.0, False),
        ("通湖路", 1.0, None),
        ("G18", 5.0, False),
        ("", None, None),
    ],
)
def test_road_number_and_post_decide(road: str, km: float | None, answer: bool | None) -> None:  # noqa: FBT001
    assert is_on_route(claims(), Place(road, km)) is answer


def test_a_stretch_without_a_number_may_be_any_road() -> None:
    unsure = claims(roads=(RoadStretch("G6", 1, 2), RoadStretch("")), joints=())
    assert is_on_route(unsure, Place("村道")) is None


def test_a_road_with_two_numbers_answers_to_both() -> None:
    shared = claims(roads=(RoadStretch("G6;G7", 600, 640),), joints=())
    assert is_on_route(shared, Place("G7", 610)) is True


def _route(network: RoadNetwork, nodes: str) -> tuple[int, ...]:
    letters = "ABCDEFG"
    found = []
    for a, b in pairwise(nodes):
        tail, head = letters.index(a), letters.index(b)
        row = range(network.first_edge[tail], network.first_edge[tail + 1])
        found.append(next(edge for edge in row if network.head[edge] == head))
    return tuple(found)


def _at(letter: str) -> tuple[float, float]:
    number = "ABCDEFG".index(letter)
    return float(_TOWN.node_lon[number]), float(_TOWN.node_lat[number])


def _between(a: str, b: str) -> tuple[float, float]:
    (lon, lat), (other_lon, other_lat) = _at(a), _at(b)
    return (lon + other_lon) / 2, (lat + other_lat) / 2


_ROADS, _JOINTS = describe_route(_TOWN, _route(_TOWN, "ABCFG"), (_at("A"), _at("G")))
_PASS = claims(roads=_ROADS, joints=_JOINTS)


def test_the_road_list_follows_the_edges() -> None:
    assert [stretch.road for stretch in _ROADS] == ["G6", "G6;G7", "S2", "通湖路"]
    assert (_at("A"), _at("B"), _at("C"), _at("F"), _at("G")) == _JOINTS


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        (_between("A", "B"), True),
        (_between("B", "C"), True),
        (_between("C", "F"), True),
        (_between("F", "G"), True),
        (_between("C", "D"), False),  # the same road, past the junction where the route turns off
        (_between("B", "E"), False),
        ((112.0, 41.0), None),  # far from every road
    ],
)
def test_a_coordinate_is_judged_between_the_joints(
    place: tuple[float, float],
    answer: bool | None,  # noqa: FBT001
) -> None:
    assert is_on_route(_PASS, place_on_network(_PASS, _TOWN, *place)) is answer


def test_without_joints_a_listed_road_cannot_be_told() -> None:
    bare = claims(roads=_ROADS, joints=())
    found = place_on_network(bare, _TOWN, *_between("A", "B"))
    assert is_on_route(bare, found) is None
