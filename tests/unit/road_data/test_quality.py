"""Coverage by class, county and structure, and which unknown structures to survey first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from road_data.quality import county_coverage, coverage, structure_coverage
from road_data.ranking import survey_ranking
from tests.built_in import built_in_network
from tests.maps import Standing, draw
from transport.network.attributes import Certainty, LimitKind, RoadClass, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.places import Place

UNRATED = {LimitKind.RATED_MASS: Certainty.UNKNOWN}
# Everybody from the west to the east crosses S; N is a detour that nobody needs.
TOWN = """
    A---B---C---D
        |   |
        E---F
"""


def bridge(road: str, name: str, rated: object = Certainty.UNKNOWN) -> Standing:
    return Standing(road, StructureKind.BRIDGE, {LimitKind.RATED_MASS: rated}, id=name)  # type: ignore[dict-item]


def town(*bridges: Standing) -> RoadNetwork:
    network = draw(TOWN, "AB BC CD BE EF CF", structures=bridges)
    lon, lat = network.node_lon, network.node_lat
    ends = tuple(Place(name, name, name, "seat", float(lon[node]), float(lat[node]), "")
                 for name, node in (("A", 0), ("D", 3)))  # fmt: skip
    return replace(network, places=ends)


def test_kilometres_stand_under_what_they_are() -> None:
    network = draw(
        "A----B----C", "AB BC",
        facts={"AB": {"road_class": RoadClass.CLASS_1, "admin_code": "150221"}},
        limits={"AB": {LimitKind.CLEAR_WIDTH: Certainty.UNKNOWN},
                "BC": {LimitKind.CLEAR_WIDTH: (7.0, Certainty.ASSUMED)}},
    )  # fmt: skip
    rows = {row.road_class: row for row in coverage(network) if row.attribute == "clear_width_m"}
    assert rows["class_1"].unknown_km == pytest.approx(10, abs=0.01)
    assert rows["class_2"].assumed_km == pytest.approx(10, abs=0.01)
    by_county = {
        row.admin_code: row
        for row in county_coverage(network, {"150221": "旗"})
        if row.attribute == "clear_width_m"
    }
    assert (by_county["150221"].name, by_county[""].name) == ("旗", "")
    assert by_county["150221"].unknown_km == pytest.approx(10, abs=0.01)
    assert by_county[""].assumed_km == pytest.approx(10, abs=0.01)


def test_every_kilometre_of_every_attribute_is_counted_once_per_county() -> None:
    network = built_in_network()
    rows = county_coverage(network, {})
    for attribute in ("clear_width_m", "access", "county"):
        total = sum(
            row.known_km + row.assumed_km + row.demonstration_km + row.unknown_km
            for row in rows
            if row.attribute == attribute
        )
        assert total == pytest.approx(float(network.length_m.sum()) / 1000)


def test_a_structure_on_both_directions_counts_once() -> None:
    network = town(bridge("BC", "S"), bridge("EF", "N", 100.0))
    row = next(one for one in structure_coverage(network)
               if (one.kind, one.attribute) == ("bridge", "rated_mass_t"))  # fmt: skip
    assert (row.known, row.unknown) == (1, 1)


def test_the_bridge_that_journeys_cross_stands_first_and_decides_them() -> None:
    ranking = survey_ranking(town(bridge("BC", "S"), bridge("EF", "N")))
    assert [one.structure for one in ranking.priorities] == ["S"]
    assert ranking.decided_now_pct == 0.0
    assert ranking.gain_pct == 100.0
    assert ranking.priorities[0].missing == ("rated_mass_t",)
    assert ranking.priorities[0].journeys == ranking.journeys


def test_a_journey_with_an_unknown_road_is_not_decided_by_a_bridge() -> None:
    network = town(bridge("BC", "S"))
    width = network.limits[LimitKind.CLEAR_WIDTH]
    unknown = replace(width, certainty=width.certainty * 0 + Certainty.UNKNOWN)
    ranking = survey_ranking(
        replace(network, limits={**network.limits, LimitKind.CLEAR_WIDTH: unknown})
    )
    assert (ranking.gain_pct, ranking.road_questions_pct, ranking.crossing_pct) == (
        0.0,
        100.0,
        100.0,
    )


def test_the_same_network_gives_the_same_list() -> None:
    network = built_in_network()
    assert survey_ranking(network) == survey_ranking(replace(network))


def test_without_places_junctions_are_the_ends() -> None:
    ranking = survey_ranking(replace(town(bridge("BC", "S")), places=()))
    assert ranking.journeys > 0
