"""Where a restriction applies: a road and kilometres, two points, a structure, a county."""

from __future__ import annotations

import math
from typing import Any

import pytest

from road_data.restrictions import RestrictionRecord, records_from_text, records_to_text
from road_data.surveys.cells import Kind
from road_data.surveys.restricting import placed as placed_on
from road_data.surveys.rows import Bundle, Row
from tests.maps import Standing, draw, road_names
from transport.errors import InvalidInputError
from transport.network.attributes import RoadClass, StructureKind
from transport.network.graph import RoadNetwork

STEP = 1000 / (111_194.93 * math.cos(math.radians(40)))
# S301 counts from the east: D is kilometre 0, A kilometre 15.
SECTION = Row({"road_ref": "S301", "from_km": "0", "to_km": "15"}, 2, "sections.csv")
BUNDLE = Bundle({Kind.SECTIONS: (SECTION,)})


def road() -> RoadNetwork:
    facts: dict[str, dict[str, Any]] = {
        pair: {"ref": "S301", "admin_code": "150221"} for pair in ("AB", "BC", "CD")
    }
    facts["AB"]["road_class"] = RoadClass.CLASS_4
    bridge = Standing("BC", StructureKind.BRIDGE, id="B7")
    return draw("A----B----C----D", "AB BC CD", facts=facts, structures=[bridge])


def placed(direction: str = "both", bundle: Bundle = BUNDLE, **where: Any) -> set[str]:
    network = road()
    record = RestrictionRecord("R1", "closure", where, "r", "o", direction=direction)
    return set(road_names(network, placed_on(network, bundle, record).edges))


def test_kilometres_of_a_road_name_their_edges_in_both_directions() -> None:
    assert placed(road="s301", from_km=6, to_km=9) == {"BC", "CB"}
    assert placed(road="S301", from_km=4, to_km=6) == {"BC", "CB", "CD", "DC"}


def test_up_is_the_way_the_kilometres_grow() -> None:
    assert placed("up", road="S301", from_km=6, to_km=9) == {"CB"}
    assert placed("down", road="S301", from_km=6, to_km=9) == {"BC"}


def test_a_road_without_kilometres_is_meant_whole() -> None:
    assert placed(bundle=Bundle(), road="S301") == {"AB", "BA", "BC", "CB", "CD", "DC"}


def test_two_points_name_the_way_between_them() -> None:
    ends: dict[str, Any] = {"at": [110.0 + 1 * STEP, 40.0], "to_at": [110.0 + 9 * STEP, 40.0]}
    assert placed(**ends) == {"AB", "BA", "BC", "CB"}
    assert placed("up", **ends) == {"AB", "BC"}


def test_a_point_names_its_road_and_a_structure_both_directions() -> None:
    assert placed(at=[110.0 + 12 * STEP, 40.0]) == {"CD", "DC"}
    assert placed(structure="B7") == {"BC", "CB"}


def test_a_county_names_its_roads_or_those_of_a_class() -> None:
    assert len(placed(county="150221")) == 6
    assert placed(county="150221", classes=["class_4"]) == {"AB", "BA"}


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ({"road": "G9"}, "road"),
        ({"structure": "none"}, "structure"),
        ({"at": [111.0, 41.0]}, "at"),
        ({"county": "999999"}, "county"),
        ({"county": "150221", "classes": ["motorway"]}, "class"),
        ({"county": "150221", "classes": ["ferry"]}, "where"),
    ],
)
def test_a_place_that_is_no_road_is_refused_on_its_field(where: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        placed(**where)
    assert refused.value.faults[0].field == field


def test_kilometres_that_nothing_fixes_are_refused_with_the_remedy() -> None:
    with pytest.raises(InvalidInputError, match="import its sections"):
        placed(bundle=Bundle(), road="S301", from_km=1, to_km=2)


def test_a_restriction_whose_place_is_gone_stays_without_edges() -> None:
    record = RestrictionRecord("R1", "closure", {"road": "G9"}, "r", "o")
    assert placed_on(road(), BUNDLE, record, or_nowhere=True).edges == ()


def test_records_are_read_as_they_were_written() -> None:
    record = RestrictionRecord(
        "R1", "seasonal_limit", {"county": "150221", "classes": ["class_4"]}, "翻浆", "局",
        limits={"signed_mass_t": 20.0}, hard=False, yearly="03-15/05-31", weekly="Mo 08:00-12:00",
        from_at="2026-03-01T00:00:00+08:00", edges=(1, 2), spans=((0.0, 5.5), (2.0, 2.0)),
    )  # fmt: skip
    assert records_from_text(records_to_text([record])) == (record,)
    applied = record.applied()
    assert applied.yearly == ((3, 15), (5, 31))
    assert not applied.hard


def spans(direction: str = "both", **where: Any) -> dict[str, tuple[float, float]]:
    network = road()
    record = RestrictionRecord("R1", "closure", where, "r", "o", direction=direction)
    found = placed_on(network, BUNDLE, record)
    return dict(zip(road_names(network, found.edges), found.spans, strict=False))


def test_kilometres_inside_an_edge_name_the_part_of_it() -> None:
    # BC is kilometres 10 to 5 of the road.
    found = spans(road="S301", from_km=6, to_km=9)
    assert found["BC"] == pytest.approx((1000, 4000), abs=1)
    assert found["CB"] == pytest.approx((1000, 4000), abs=1)
    found = spans(road="S301", from_km=4, to_km=6)
    assert found["BC"] == pytest.approx((4000, 5000), abs=1)
    assert found["CD"] == pytest.approx((0, 1000), abs=1)
    assert found["DC"] == pytest.approx((4000, 5000), abs=1)


def test_points_and_structures_name_their_place_and_whole_roads_no_part() -> None:
    found = spans(at=[110.0 + 1 * STEP, 40.0], to_at=[110.0 + 9 * STEP, 40.0])
    assert found["AB"] == pytest.approx((1000, 5000), abs=1)
    assert found["BA"] == pytest.approx((0, 4000), abs=1)
    assert found["BC"] == pytest.approx((0, 4000), abs=1)
    assert spans(structure="B7")["BC"] == (2500.0, 2500.0)
    assert spans(at=[110.0 + 12 * STEP, 40.0])["CD"] == pytest.approx((2000, 2000), abs=1)
    assert spans(road="S301") == {}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"road": "G6", "from_km": 12.0, "to_km": 15.5}, "G6 K12–K15.5"),
        ({"road": "G6"}, "G6"),
        ({"at": [110.5, 40.25], "to_at": [110.6, 40.25]}, "110.5,40.25 – 110.6,40.25"),
        ({"structure": "B7"}, "B7"),
        ({"county": "150221", "classes": ["class_4"]}, "150221"),
    ],
)
def test_a_place_is_said_without_a_language(where: dict[str, Any], words: str) -> None:
    assert RestrictionRecord("R1", "closure", where, "r", "o").place == words
