"""Coordinates are put on the nearest open road, or refused with the distance."""

from __future__ import annotations

import pytest

from tests.maps import draw, road_names
from transport.errors import InvalidInputError
from transport.network.attributes import Access
from transport.network.snapping import snap, standing_on, usual_reach_m

ROAD = draw("A----------B", "AB")
WEST, LAT = float(ROAD.node_lon[0]), 40.0
LENGTH = float(ROAD.node_lon[1]) - WEST


def test_a_point_beside_the_road_lies_on_both_directions() -> None:
    there, back = snap(ROAD, WEST + 0.25 * LENGTH, LAT + 0.001, field="from")
    assert sorted(road_names(ROAD, [there.edge, back.edge])) == ["AB", "BA"]
    assert there.offset_m + back.offset_m == pytest.approx(11_000, abs=1)
    assert there.distance_m == pytest.approx(111.2, abs=0.1)
    assert there.lat == pytest.approx(LAT)


def test_a_point_beyond_the_end_lies_at_the_end() -> None:
    places = snap(ROAD, WEST + 1.01 * LENGTH, LAT, field="from")
    assert {round(place.lon, 6) for place in places} == {round(WEST + LENGTH, 6)}


def test_a_point_at_a_junction_lies_on_all_its_roads() -> None:
    star = draw("A---B---C\n    |\n    D", "AB BC BD")
    middle = [p for p in star.places if p.name == "B"][0]  # noqa: RUF015 - places are a sequence
    found = snap(star, middle.lon, middle.lat, field="from")
    assert len(found) == 6


def test_a_closed_road_is_no_place_to_start() -> None:
    roads = draw("A---B\n\nC---D", "AB CD", facts={"AB": {"access": Access.CLOSED}})
    near_ab = next(place for place in roads.places if place.name == "A")
    [place, *_] = snap(roads, near_ab.lon, near_ab.lat, field="from")
    assert road_names(roads, [place.edge])[0] in ("CD", "DC")


def test_a_point_in_the_sea_is_refused_with_distance_and_nearest_place() -> None:
    with pytest.raises(InvalidInputError) as refused:
        snap(ROAD, 125.0, 33.0, field="to")
    [fault] = refused.value.faults
    assert fault.field == "to"
    assert dict(fault.params)["place"] == "B"
    assert float(dict(fault.params)["distance_km"]) == pytest.approx(1537.3, abs=0.2)


def test_the_reach_follows_how_dense_the_network_is() -> None:
    assert usual_reach_m(ROAD) == 20_000
    assert usual_reach_m(draw("AB", "AB", lengths_m={"AB": 60})) == 1_000
    with pytest.raises(InvalidInputError, match=r"at most 0\.1 km"):
        snap(ROAD, WEST, LAT + 0.01, field="from", reach_m=100)


def test_a_place_on_a_junction_keeps_its_own_roads_though_they_are_closed() -> None:
    roads = draw("A---B\n\nC---D", "AB CD", facts={"AB": {"access": Access.CLOSED}})
    place = next(place for place in roads.places if place.name == "A")
    ends = standing_on(roads, place.lon, place.lat)
    assert sorted(road_names(roads, [end.edge for end in ends])) == ["AB", "BA"]
    assert {end.offset_m for end in ends} == {0.0, float(roads.length_m[ends[1].edge])}


def test_nothing_stands_where_no_junction_is() -> None:
    assert standing_on(ROAD, WEST + 0.25 * LENGTH, LAT) == []
