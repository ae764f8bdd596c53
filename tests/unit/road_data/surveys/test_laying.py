"""Official records over a drawn map: where each row goes, what it changes, what contradicts it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from road_data.surveys.cells import Kind
from road_data.surveys.laying import Report, lay_records
from road_data.surveys.rows import Bundle, Decision, Row
from tests.maps import Standing, draw, edge
from transport.network.areas import belonging
from transport.network.attributes import Certainty, LimitKind, Owner, RoadClass, StructureKind
from transport.network.graph import RoadNetwork

# 1 km a sign: A stands at the west end, and kilometre 100 of S301 (counted from the east) at D.
STEP = 1000 / (111_194.93 * math.cos(math.radians(40)))
WEST = 110.0


def road(**said: object) -> RoadNetwork:
    facts = {"ABCD"[n : n + 2]: {"ref": "S301"} for n in range(3)}
    return draw("A----B----C----D", "AB BC CD", facts=facts, **said)  # type: ignore[arg-type]


def lon(km: float) -> str:
    return f"{WEST + km * STEP:.7f}"


def structure(**cells: str) -> Row:
    return Row({"structure_id": "X", "kind": "bridge", **cells}, 2, "bridges.csv")


def section(from_km: float, to_km: float, **cells: str) -> Row:
    said = {"road_ref": "S301", "from_km": f"{from_km:g}", "to_km": f"{to_km:g}", **cells}
    return Row(said, 2, "sections.csv")


def laid(network: RoadNetwork, **rows: list[Row]) -> tuple[RoadNetwork, Report]:
    return lay_records(network, Bundle({Kind(kind): tuple(each) for kind, each in rows.items()}))


def rows_of(network: RoadNetwork, name: str) -> list[int]:
    return [row for row, other in enumerate(network.structures.ids) if other == name]


def clear_height(network: RoadNetwork, name: str) -> tuple[float, Certainty, str]:
    column, row = network.structures.limits[LimitKind.CLEAR_HEIGHT], rows_of(network, name)[0]
    source = network.sources[int(column.source[row])]
    return float(column.value[row]), Certainty(int(column.certainty[row])), source


BRIDGE = Standing("BC", StructureKind.OVERBRIDGE, id="way/7", share=0.5)


def test_a_record_with_the_id_of_a_structure_is_that_structure() -> None:
    unknown = replace(BRIDGE, limits={LimitKind.CLEAR_HEIGHT: Certainty.UNKNOWN})
    row = structure(structure_id="way/7", kind="overbridge", clear_height_m="4.7",
                    source="survey", measured_on="2026-03-02")  # fmt: skip
    network, report = laid(road(structures=[unknown]), structures=[row])
    assert [one.how for one in report.placings] == ["id"]
    assert clear_height(network, "way/7") == (4.7, Certainty.KNOWN, "survey (2026-03-02)")
    assert report.conflicts == ()


def test_a_record_near_a_structure_of_its_kind_is_matched_by_distance() -> None:
    row = structure(kind="overbridge", lon=lon(7.55), lat="40.0", clear_height_m="4.7")
    network, report = laid(road(structures=[BRIDGE]), structures=[row])
    assert [one.how for one in report.placings] == ["distance"]
    assert clear_height(network, "way/7")[0] == 4.7


def test_a_record_is_matched_by_road_and_kilometre_where_one_place_is_fixed() -> None:
    fixed = structure(structure_id="F", road_ref="S301", chainage_km="10",
                      lon=lon(5), lat="40.0")  # fmt: skip
    row = structure(kind="overbridge", road_ref="S301", chainage_km="7.4", clear_height_m="4.7")
    network, report = laid(road(structures=[BRIDGE]), structures=[fixed, row])
    # Kilometres of S301 grow westward: 7.4 lies 2.6 km east of kilometre 10.
    assert [one.how for one in report.placings] == ["added", "chainage"]
    assert clear_height(network, "way/7")[0] == 4.7


def test_a_record_of_an_unknown_structure_is_added_on_both_directions() -> None:
    row = structure(lon=lon(2), lat="40.0002", clear_width_m="7.5", name="新桥")
    network, report = laid(road(structures=[BRIDGE]), structures=[row])
    assert [one.how for one in report.placings] == ["added"]
    added = rows_of(network, "X")
    assert {int(network.structures.edge[one]) for one in added} == {
        edge(network, "AB"), edge(network, "BA"),
    }  # fmt: skip
    offsets = sorted(float(network.structures.offset_m[one]) for one in added)
    assert offsets == pytest.approx([2000, 3000], abs=2)
    rated = network.structures.limits[LimitKind.RATED_MASS]
    assert rated.certainty[added[0]] == Certainty.UNKNOWN
    assert network.surveys.structure(added[0])["name"] == "新桥"
    assert list(np.diff(network.structures.first)) == [
        sum(1 for one in network.structures.edge if one == number)
        for number in range(network.edge_count)
    ]


def test_a_record_far_from_every_road_is_kept_without_effect() -> None:
    _, report = laid(road(), structures=[structure(lon="111.0", lat="41.0")])
    assert [one.how for one in report.placings] == ["unplaced"]
    assert "no road within" in report.placings[0].note


def test_a_kilometre_that_nothing_fixes_is_not_guessed() -> None:
    _, report = laid(road(), structures=[structure(road_ref="S301", chainage_km="3")])
    assert [one.how for one in report.placings] == ["unplaced"]
    assert "no kilometre" in report.placings[0].note


def test_two_known_values_are_a_conflict_and_the_stricter_is_used() -> None:
    tagged = replace(BRIDGE, limits={LimitKind.CLEAR_HEIGHT: 4.5})
    row = structure(structure_id="way/7", kind="overbridge", clear_height_m="4.8", source="s")
    network, report = laid(road(structures=[tagged]), structures=[row])
    (conflict,) = report.conflicts
    assert (conflict.network_value, conflict.record_value, conflict.used) == (4.5, 4.8, 4.5)
    assert conflict.network_source == "drawn"
    assert conflict.count == 2
    assert clear_height(network, "way/7") == (4.5, Certainty.KNOWN, "drawn")


def test_a_decision_settles_a_conflict() -> None:
    tagged = replace(BRIDGE, limits={LimitKind.CLEAR_HEIGHT: 4.5})
    row = structure(structure_id="way/7", kind="overbridge", clear_height_m="4.8", source="s")
    _, report = laid(road(structures=[tagged]), structures=[row])
    decision = Decision(report.conflicts[0].id, "record", "office", "measured", "2026-05-01")
    bundle = Bundle({Kind.STRUCTURES: (row,)}, {}, (decision,))
    network, after = lay_records(road(structures=[tagged]), bundle)
    assert clear_height(network, "way/7")[0] == 4.8
    assert (after.conflicts[0].decided, after.conflicts[0].decided_by) == ("record", "office")


@pytest.mark.parametrize("certainty", [Certainty.ASSUMED, Certainty.DEMONSTRATION])
def test_assumed_and_invented_values_give_way_without_a_conflict(certainty: Certainty) -> None:
    said = replace(BRIDGE, limits={LimitKind.CLEAR_HEIGHT: (4.0, certainty)})
    row = structure(structure_id="way/7", kind="overbridge", clear_height_m="4.8")
    network, report = laid(road(structures=[said]), structures=[row])
    assert clear_height(network, "way/7")[:2] == (4.8, Certainty.KNOWN)
    assert not report.conflicts


def test_sections_give_class_lanes_owner_and_width_where_they_lie() -> None:
    row = section(0, 5, **{"class": "class_1"}, lanes="4", lane_width_m="3.75",
                  hard_shoulder_m="1.5", divided="yes", owner="highway",
                  design_speed_km_h="80", authority="局", police="大队")  # fmt: skip
    rest = section(5, 15, **{"class": "class_3"})
    network, report = laid(road(), sections=[row, rest])
    east, west = edge(network, "CD"), edge(network, "AB")
    assert RoadClass(int(network.road_class[east])) is RoadClass.CLASS_1
    assert RoadClass(int(network.road_class[west])) is RoadClass.CLASS_3
    assert network.lanes[east] == 2
    assert network.limits[LimitKind.CLEAR_WIDTH].value[east] == pytest.approx(9.0)
    assert belonging(network, east).authority == "局"
    assert belonging(network, east).police == "大队"
    assert belonging(network, west).police == ""
    assert "assumed" in report.placings[0].note


def test_a_section_inside_an_edge_is_kept_with_its_metres() -> None:
    network, _ = laid(road(), sections=[section(0, 2), section(2, 15, max_grade_pct="6")])
    (first, second) = network.surveys.sections(edge(network, "CD"))
    assert (first.from_m, first.to_m) == pytest.approx((0, 3000), abs=2)
    assert (second.from_m, second.to_m) == pytest.approx((3000, 5000), abs=2)
    assert first.facts["max_grade_pct"] == 6


def square(from_km: float, to_km: float) -> dict[str, object]:
    west, east = float(lon(from_km)), float(lon(to_km))
    ring = [[west, 39.9], [east, 39.9], [east, 40.1], [west, 40.1], [west, 39.9]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_sections_that_follow_one_another_on_an_edge_give_the_smaller_width_in_peace() -> None:
    wide = section(0, 2, lanes="2", lane_width_m="4", hard_shoulder_m="1")
    narrow = section(2, 15, lanes="2", lane_width_m="3")
    for rows in ([wide, narrow], [narrow, wide]):
        network, report = laid(road(), sections=rows)
        widths = network.limits[LimitKind.CLEAR_WIDTH].value
        assert widths[edge(network, "CD")] == 6.0
        assert report.conflicts == ()


def test_two_roads_that_say_different_widths_of_a_shared_stretch_are_a_conflict() -> None:
    facts = {"ABCD"[n : n + 2]: {"ref": "S301;S302"} for n in range(3)}
    shared = draw("A----B----C----D", "AB BC CD", facts=facts)
    rows = [
        section(0, 15, lanes="2", lane_width_m="4"),
        Row({**section(0, 15, lanes="2", lane_width_m="3").cells, "road_ref": "S302"}, 3, "s.csv"),
    ]
    network, report = laid(shared, sections=rows)
    assert network.limits[LimitKind.CLEAR_WIDTH].value[edge(network, "CD")] == 6.0
    (conflict,) = report.conflicts
    assert (conflict.network_value, conflict.record_value, conflict.used) == (8.0, 6.0, 6.0)


def test_an_urban_area_makes_its_streets_urban_and_municipal() -> None:
    facts = {"AB": {"owner": Owner.UNKNOWN}}
    plain = draw("A----B----C----D", "AB BC CD", facts=facts)
    row = Row({"name": "城", "authority": "市政局"}, 1, "a.geojson", square(-1, 4))
    network, _ = lay_records(plain, Bundle({Kind.URBAN_AREAS: (row,)}))
    inside, outside = edge(network, "AB"), edge(network, "BC")
    assert (network.urban[inside], network.urban[outside]) == (1, 0)
    assert network.owner[inside] == Owner.MUNICIPAL
    assert network.surveys.area_of(inside)["authority"] == "市政局"
    assert network.surveys.area_of(outside) == {}


def test_a_county_polygon_gives_its_code_known_with_league_and_region() -> None:
    row = Row({"admin_code": "150221", "name": "土默特右旗"}, 1, "a.geojson", square(-1, 4))
    network, _ = lay_records(road(), Bundle({Kind.ADMIN_AREAS: (row,)}))
    here = belonging(network, edge(network, "AB"))
    assert (here.county, here.league, here.region) == ("150221", "150200", "150000")
    assert here.names[0] == "土默特右旗"
    assert here.certainty is Certainty.KNOWN
    assert belonging(network, edge(network, "CD")).certainty is Certainty.UNKNOWN


def test_a_station_gets_its_wide_lane_and_a_junction_its_facts() -> None:
    toll = Standing("AB", StructureKind.TOLL_STATION, id="node/1", name="东站",
                    limits={LimitKind.CLEAR_WIDTH: Certainty.UNKNOWN})  # fmt: skip
    station = Row({"code": "T1", "name": "东站", "wide_lane_m": "5.5"}, 2, "s.csv")
    junction = Row({"lon": lon(5), "lat": "40.0", "corner_radius_m": "15"}, 2, "j.csv")
    network, report = laid(road(structures=[toll]), stations=[station], junctions=[junction])
    assert [one.how for one in report.placings] == ["name", "added"]
    row = rows_of(network, "node/1")[0]
    assert network.structures.limits[LimitKind.CLEAR_WIDTH].value[row] == 5.5
    added = [row for row in range(len(network.structures.kind))
             if network.structures.kind[row] == StructureKind.JUNCTION]  # fmt: skip
    assert len(added) == 2
    assert network.surveys.structure(added[0])["corner_radius_m"] == 15


def test_nothing_of_the_network_itself_is_changed() -> None:
    plain = road(structures=[BRIDGE])
    before = plain.limits[LimitKind.CLEAR_WIDTH].value.copy()
    laid(
        plain,
        sections=[section(0, 15, lanes="2", lane_width_m="3")],
        structures=[structure(structure_id="way/7", kind="overbridge", clear_height_m="4")],
    )
    np.testing.assert_array_equal(plain.limits[LimitKind.CLEAR_WIDTH].value, before)
