"""Places answer to Chinese, pinyin and English; coordinates are checked."""

from __future__ import annotations

import pytest

from tests.maps import draw
from transport.errors import InvalidInputError
from transport.network.graph import RoadNetwork
from transport.network.naming import find_place, locate
from transport.network.places import Place

PLACES = (
    Place("包头市", "baotoushi", "Baotou", "seat", 110.0, 40.0, "150200", ("鹿城",)),
    Place("达拉特旗", "dalateqi", "Dalat Banner", "county_seat", 110.04, 40.0, "150621"),
    Place("阿拉善左旗", "alashanzuoqi", "Alxa Left Banner", "county_seat", 110.02, 40.0, "152921"),
    Place("包头工厂", "baotougongchang", "Baotou works", "factory", 110.03, 40.0, "150203"),
)
ROAD = draw("A---B", "AB", places=PLACES)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("包头市", "包头市"),
        ("包头", "包头市"),
        ("鹿城", "包头市"),
        ("Baotou", "包头市"),
        ("BAOTOU", "包头市"),
        ("bao tou", "包头市"),
        ("baotoushi", "包头市"),
        ("bao tou shi", "包头市"),
        ("Baotou City", "包头市"),
        ("达拉特", "达拉特旗"),
        ("dalate qi", "达拉特旗"),
        ("dalat banner", "达拉特旗"),
        ("Dalat", "达拉特旗"),
        ("阿拉善左旗", "阿拉善左旗"),
        ("包头工厂", "包头工厂"),
    ],
)
def test_a_place_answers_to_its_spellings(said: str, name: str) -> None:
    assert find_place(ROAD, said, field="from").name == name


@pytest.mark.parametrize(("said", "offered"), [("包投", "包头市"), ("Baotuo", "包头市")])
def test_an_unknown_name_is_refused_with_the_nearest_names(said: str, offered: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        locate(ROAD, said, field="to")
    [fault] = refused.value.faults
    assert fault.field == "to"
    assert offered in fault.message


@pytest.mark.parametrize("said", ["110.01,40.0", " 110.01 , 40.0 ", "110.01，40.0"])
def test_a_coordinate_is_read_as_longitude_and_latitude(said: str) -> None:
    point = locate(ROAD, said, field="from")
    assert (point.lon, point.lat, point.place) == (110.01, 40.0, None)


@pytest.mark.parametrize("said", ["40.0,110.01", "95,110"])
def test_swapped_coordinates_are_noticed(said: str) -> None:
    with pytest.raises(InvalidInputError, match="LAT,LON"):
        locate(ROAD, said, field="from")


def test_swapped_coordinates_are_noticed_where_both_would_be_latitudes() -> None:
    heidelberg: RoadNetwork = draw("A---B", "AB")
    heidelberg.node_lon[:] = [8.6, 8.7]
    heidelberg.node_lat[:] = [49.4, 49.4]
    with pytest.raises(InvalidInputError, match=r"write LON,LAT: 8\.65,49\.4"):
        locate(heidelberg, "49.4,8.65", field="from")


@pytest.mark.parametrize("said", ["nan,40", "inf,40", "1e9,40", "200,40", "1.2.3,40"])
def test_numbers_that_are_no_coordinate_are_refused(said: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        locate(ROAD, said, field="from")
    assert refused.value.faults[0].field == "from"
