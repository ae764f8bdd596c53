"""The data files: complete, certain, and refused with the place of the fault when broken."""

from __future__ import annotations

import pytest

from road_data.built_in.counties import county_names, league_codes
from road_data.built_in.tables import Tables, points, read_tables, validate
from transport.errors import InvalidInputError

WORDS = {"known", "assumed", "demonstration", "unknown"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables()


def changed(tables: Tables, name: str, old: str, new: str) -> Tables:
    assert old in tables.texts[name]
    return Tables({**tables.texts, name: tables.texts[name].replace(old, new, 1)})


def test_every_file_has_a_schema_and_every_schema_a_file(tables: Tables) -> None:
    assert {name for name in tables.texts if name.endswith(".csv")} == set(tables.schema)


def test_every_column_says_how_its_values_are_known(tables: Tables) -> None:
    for name, table in tables.schema.items():
        for column, rule in table["columns"].items():
            certainty = rule["certainty"]
            said_by_a_column = {"row": "certainty"}.get(certainty, certainty) in table["columns"]
            assert certainty in WORDS or said_by_a_column, f"{name}: {column}"


def test_no_physical_value_pretends_to_be_known(tables: Tables) -> None:
    assert {row["certainty"] for row in tables.rows("limits.csv")} <= {"demonstration", "unknown"}
    assert {row["certainty"] for row in tables.rows("classes.csv")} == {"assumed"}
    assert {row["certainty"] for row in tables.rows("corridors.csv")} == {"demonstration"}
    assert {row["length_certainty"] for row in tables.rows("links.csv")} <= {
        "assumed",
        "demonstration",
    }


def test_bridge_ratings_off_the_corridors_are_unknown(tables: Tables) -> None:
    row = next(
        row
        for row in tables.rows("structure_kinds.csv")
        if (row["kind"], row["limit"]) == ("bridge", "rated_mass_t")
    )
    assert (row["certainty"], row["value"]) == ("unknown", "")


def test_the_region_has_its_leagues_seats_counties_and_ports(tables: Tables) -> None:
    kinds = [row["kind"] for row in tables.rows("places.csv")]
    assert kinds.count("seat") == 12
    assert kinds.count("county_seat") >= 100
    assert kinds.count("port") >= 10
    assert kinds.count("base") >= 6
    assert kinds.count("site") >= 10


def test_every_county_that_is_an_authority_has_a_place(tables: Tables) -> None:
    seated = {row["admin_code"] for row in tables.rows("places.csv")}
    authorities = {code for code in league_codes() if not code.endswith("00") and code[4] != "7"}
    assert authorities <= seated


def test_no_road_belongs_to_a_development_zone(tables: Tables) -> None:
    assert not [row for row in tables.rows("links.csv") if row["admin_code"][4] == "7"]


def test_invented_places_say_that_they_are_invented(tables: Tables) -> None:
    for row in tables.rows("places.csv"):
        invented = row["kind"] in ("base", "factory", "site")
        assert (row["certainty"] == "demonstration") == invented
        assert ("示范" in row["name"]) == invented


def test_toll_stations_have_codes_and_stand_near_the_expressway(tables: Tables) -> None:
    stations = [row for row in tables.rows("structures.csv") if row["kind"] == "toll_station"]
    assert len(stations) >= 100
    assert all(row["structure_id"].startswith("IM-") for row in stations)
    assert max(float(row["offset_km"]) for row in stations) <= 1.0


def test_no_long_road_is_a_single_straight_line(tables: Tables) -> None:
    straight = [row for row in tables.rows("links.csv") if not row["shape"]]
    assert max(float(row["length_km"]) for row in straight) <= 30


def test_every_distance_between_towns_can_be_looked_up(tables: Tables) -> None:
    rows = [row for row in tables.rows("road_distances.csv") if row["kind"] == "towns"]
    assert len(rows) >= 10
    assert all(row["address"] and row["quote"] and row["source"] for row in rows)


def test_the_yellow_river_is_crossed_where_it_is(tables: Tables) -> None:
    names = {row["name"] for row in tables.rows("structures.csv") if row["kind"] == "bridge"}
    for place in ("包头", "磴口", "乌海", "临河", "喇嘛湾"):
        assert any(name.startswith(place) and "黄河" in name for name in names), place


NATIONAL_ROADS = """
    G6 G7 G10 G12 G16 G18 G25 G2511 G45 G55 G5511 G65 G0601 S20
    S21 S22 S23 S24 S27 G1013 G59 G1015 G1611 G4513 G4515 G5516 G0616 G1816
    G1817 G109 G110 G111 G207 G208 G209 G210 G301 G302 G303 G304 G305 G306
    G307 G239 G510 G331 G332 G333 G334 G335 G336 G242 G244
"""


@pytest.mark.parametrize("ref", NATIONAL_ROADS.split())
def test_every_national_road_is_there_or_listed_with_a_reason(tables: Tables, ref: str) -> None:
    there = {number for row in tables.rows("links.csv") for number in row["ref"].split(";")}
    listed = {row["ref"] for row in tables.rows("gaps.csv") if row["reason"]}
    assert ref in there | listed


def test_county_names_come_from_the_official_list() -> None:
    names = county_names()
    assert names["150223"] == "达尔罕茂明安联合旗"
    assert names["152900"] == "阿拉善盟"
    assert league_codes()["150781"] == "150700"


def test_an_unknown_node_is_reported_with_file_line_and_column(tables: Tables) -> None:
    broken = changed(tables, "links.csv", "G6/蒙冀界", "G6/没有")
    with pytest.raises(InvalidInputError) as caught:
        validate(broken)
    assert [fault.field for fault in caught.value.faults] == ["links.csv:2:from_node"]


def test_a_word_outside_the_schema_is_reported(tables: Tables) -> None:
    broken = changed(tables, "limits.csv", "demonstration", "certain")
    with pytest.raises(InvalidInputError, match=r"limits\.csv:2:certainty"):
        validate(broken)


def test_a_negative_number_and_a_broken_shape_are_reported(tables: Tables) -> None:
    broken = changed(tables, "links.csv", "13.9", "-1")
    broken = changed(broken, "links.csv", "113.7 40.83", "113.7")
    with pytest.raises(InvalidInputError) as caught:
        validate(broken)
    fields = [fault.field for fault in caught.value.faults]
    assert fields == ["links.csv:2:length_km", "links.csv:3:shape"]


def test_a_key_that_stands_twice_and_a_missing_file_are_reported(tables: Tables) -> None:
    twice = changed(tables, "sources.csv", "gb2260,", "geo,")
    with pytest.raises(InvalidInputError, match="stands twice"):
        validate(twice)
    without = Tables({name: text for name, text in tables.texts.items() if name != "gaps.csv"})
    with pytest.raises(InvalidInputError, match=r"gaps\.csv"):
        validate(without)


def test_an_empty_file_and_other_columns_are_reported(tables: Tables) -> None:
    header = tables.texts["gaps.csv"].splitlines()[0]
    empty = Tables({**tables.texts, "gaps.csv": header + "\n"})
    with pytest.raises(InvalidInputError, match="no rows"):
        validate(empty)
    renamed = changed(tables, "gaps.csv", "ref,", "road,")
    with pytest.raises(InvalidInputError, match="the schema names"):
        validate(renamed)


def test_points_are_read_in_order() -> None:
    assert points("113.7 40.83;113.8 40.9") == [(113.7, 40.83), (113.8, 40.9)]
    assert points("") == []
