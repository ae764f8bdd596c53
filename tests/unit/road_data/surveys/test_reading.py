"""Files that people bring: encodings, Excel, GeoJSON, every kind of fault by line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from road_data.surveys.cells import Kind
from road_data.surveys.reading import read_file
from transport.errors import InvalidInputError
from webapp.command_line.network_words import chinese

HEADER = (
    "structure_id,kind,name,lon,lat,road_ref,chainage_km,clear_height_m,spans_m,continuous,"
    "rated_on,source,measured_on"
)
GOOD = "B1,bridge,黄河桥,110.1,40.2,G6,12.5,5.2,3*20,yes,2025-01-02,book,2026-03-04"


def given(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = tmp_path / "bridges.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


# Twenty kinds of fault in a row: the row, and the field that the message names.
FAULTS = {
    "no id": (GOOD.replace("B1,", ",", 1), "structure_id"),
    "no kind": (GOOD.replace("bridge,", ",", 1), "kind"),
    "unknown kind": (GOOD.replace("bridge,", "ford,", 1), "kind"),
    "longitude is a word": (GOOD.replace("110.1", "east"), "lon"),
    "longitude beyond 180": (GOOD.replace("110.1", "210.1"), "lon"),
    "latitude beyond 90": (GOOD.replace("40.2", "140.2"), "lat"),
    "latitude without longitude": (GOOD.replace("110.1", ""), "lon"),
    "longitude without latitude": (GOOD.replace("40.2", ""), "lat"),
    "negative kilometre": (GOOD.replace("12.5", "-1"), "chainage_km"),
    "kilometre post of 1500 m": (GOOD.replace("12.5", "K12+1500"), "chainage_km"),
    "kilometre without road": (GOOD.replace("G6", ""), "road_ref"),
    "height zero": (GOOD.replace("5.2", "0"), "clear_height_m"),
    "height not a number": (GOOD.replace("5.2", "nan"), "clear_height_m"),
    "height infinite": (GOOD.replace("5.2", "inf"), "clear_height_m"),
    "height with unit": (GOOD.replace("5.2", "5.2m"), "clear_height_m"),
    "spans that repeat nothing": (GOOD.replace("3*20", "0*20"), "spans_m"),
    "spans with a word": (GOOD.replace("3*20", "20;long"), "spans_m"),
    "maybe continuous": (GOOD.replace("yes", "maybe"), "continuous"),
    "a day that does not exist": (GOOD.replace("2025-01-02", "2025-02-30"), "rated_on"),
    "a day the other way round": (GOOD.replace("2026-03-04", "04.03.2026"), "measured_on"),
    "digits with an underscore": (GOOD.replace("12.5", "1_2.5"), "chainage_km"),
    "a cell too few": (GOOD.removesuffix(",2026-03-04"), "measured_on"),
    "continuous without spans": (GOOD.replace("3*20", ""), "spans_m"),
}


@pytest.mark.parametrize("post", ["K12+500", "k12+500", "12.5", "K12 + 500", "12.50"])
def test_kilometres_are_read_as_on_the_posts(tmp_path: Path, post: str) -> None:
    row = GOOD.replace("12.5", post).replace("2026-03-04", "2026/3/4")
    (read,) = read_file(Kind.STRUCTURES, given(tmp_path, row)).rows
    assert read.cells["chainage_km"] == post
    assert read.values(Kind.STRUCTURES)["chainage_km"] == 12.5
    assert read.values(Kind.STRUCTURES)["measured_on"] == "2026-03-04"


def test_one_section_written_twice_with_other_kilometre_signs_is_one(tmp_path: Path) -> None:
    rows = ("G6,K100,110,2", "G6,100.0,K110+000,4")
    read = read_file(Kind.SECTIONS, given(tmp_path, *rows, header="road_ref,from_km,to_km,lanes"))
    (fault,) = read.faults
    assert fault.code == "twice"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_row_names_line_and_column(tmp_path: Path, fault: str) -> None:
    row, column = FAULTS[fault]
    read = read_file(Kind.STRUCTURES, given(tmp_path, GOOD, "", row.replace("B1,", "B2,", 1)))
    assert [row.line for row in read.rows] == [2]
    (found,) = read.faults
    assert found.field == f"bridges.csv:4:{column}"
    assert chinese(found.message)


def test_too_few_and_too_many_cells_name_the_line(tmp_path: Path) -> None:
    read = read_file(Kind.STRUCTURES, given(tmp_path, "B1,bridge", GOOD + ",more", GOOD))
    assert [fault.field for fault in read.faults] == ["bridges.csv:2:name", "bridges.csv:3:14"]
    assert len(read.rows) == 1


def test_the_same_id_twice_names_the_first_line(tmp_path: Path) -> None:
    read = read_file(Kind.STRUCTURES, given(tmp_path, GOOD, GOOD))
    (fault,) = read.faults
    assert fault.field == "bridges.csv:3:structure_id"
    assert "line 2" in fault.message


def test_all_faults_of_a_row_are_reported_at_once(tmp_path: Path) -> None:
    row = GOOD.replace("110.1", "x").replace("5.2", "y")
    read = read_file(Kind.STRUCTURES, given(tmp_path, row))
    assert len(read.faults) == 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        (HEADER.replace("kind", "sort"), "bridges.csv:1:sort"),
        (HEADER.replace("structure_id,", ""), "bridges.csv:1:structure_id"),
        (HEADER.replace("lat", "lon"), "bridges.csv:1:lon"),
    ],
)
def test_a_wrong_header_is_refused_by_column(tmp_path: Path, header: str, field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_file(Kind.STRUCTURES, given(tmp_path, GOOD, header=header))
    assert field in [fault.field for fault in refused.value.faults]


def test_an_empty_file_says_which_columns_it_needs(tmp_path: Path) -> None:
    (tmp_path / "bridges.csv").write_text("")
    with pytest.raises(InvalidInputError, match="structure_id, kind"):
        read_file(Kind.STRUCTURES, tmp_path / "bridges.csv")


def test_gb18030_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-8-sig"):
        read = read_file(Kind.STRUCTURES, given(tmp_path, GOOD, encoding=encoding))
        assert read.rows[0].cells["name"] == "黄河桥"
        assert read.rows[0].cells["structure_id"] == "B1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"structure_id,kind\n\xff\xff,bridge\n", "line 2"),
        (b"structure_id,kind\nB\x001,bridge\n", "zero byte in line 2"),
        (b'structure_id,kind\n"B1,bridge\n', "line 2"),
    ],
)
def test_a_file_that_is_no_text_names_the_line(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "bridges.csv").write_bytes(content)
    with pytest.raises(InvalidInputError, match=says):
        read_file(Kind.STRUCTURES, tmp_path / "bridges.csv")


def test_excel_is_read_as_the_cells_say(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["B1", "bridge", "桥", 110.1, 40.2, "G6", 12.5, 5, "3*20", True, None, "b"])
    book.active.append(["B2", "ford"])
    book.save(tmp_path / "bridges.xlsx")
    read = read_file(Kind.STRUCTURES, tmp_path / "bridges.xlsx")
    assert read.rows[0].cells["clear_height_m"] == "5"
    assert read.rows[0].values(Kind.STRUCTURES)["continuous"] is True
    assert [fault.field for fault in read.faults] == ["bridges.xlsx:3:kind"]


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bridges.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    with pytest.raises(InvalidInputError, match="no Excel workbook"):
        read_file(Kind.STRUCTURES, tmp_path / "bridges.xlsx")


def test_spans_are_read_in_every_spelling(tmp_path: Path) -> None:
    for cell, spans in (("20;30;20", [20, 30, 20]), ("2*20+30", [20, 20, 30]), ("16", [16])):
        read = read_file(Kind.STRUCTURES, given(tmp_path, GOOD.replace("3*20", cell)))
        assert read.rows[0].values(Kind.STRUCTURES)["spans_m"] == spans


def test_a_section_that_ends_before_it_begins_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "sections.csv"
    path.write_text("road_ref,from_km,to_km\nG6,12,12\n")
    (fault,) = read_file(Kind.SECTIONS, path).faults
    assert fault.field == "sections.csv:2:to_km"


def test_junction_arms_and_widths_must_be_as_many(tmp_path: Path) -> None:
    path = tmp_path / "junctions.csv"
    path.write_text("lon,lat,arm_bearings_deg,arm_widths_m\n110,40,0;90;180,9;9\n")
    (fault,) = read_file(Kind.JUNCTIONS, path).faults
    assert fault.field == "junctions.csv:2:arm_widths_m"


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "no geometry"),
        ({"type": "Point", "coordinates": [110, 40]}, "no polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]}, "crosses"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [300, 1], [0, 1], [0, 0]]]}, "degrees"),
        ({"type": "Polygon", "coordinates": "here"}, "cannot be read"),
    ],
)
def test_a_faulty_polygon_names_its_feature(tmp_path: Path, geometry: object, says: str) -> None:
    feature = {"type": "Feature", "properties": {"authority": "市政"}, "geometry": geometry}
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (fault,) = read_file(Kind.URBAN_AREAS, path).faults
    assert fault.field == "areas.geojson:1:geometry"
    assert says in fault.message


@pytest.mark.parametrize("text", ["{", "[]", '{"type": "Feature"}'])
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "areas.geojson").write_text(text)
    with pytest.raises(InvalidInputError, match="is no"):
        read_file(Kind.URBAN_AREAS, tmp_path / "areas.geojson")


@pytest.mark.parametrize("name", ["bridges.xls", "bridges.et", "bridges.ods"])
def test_a_workbook_of_another_program_is_refused_with_what_to_save(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(InvalidInputError, match=r"save it as \.xlsx or CSV"):
        read_file(Kind.STRUCTURES, tmp_path / name)


def test_merged_cells_are_named_where_a_cell_is_empty(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["structure_id", "kind"], ["B1", "bridge"], ["B2", "bridge"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    (fault,) = read_file(Kind.STRUCTURES, tmp_path / "merged.xlsx").faults
    assert fault.field == "merged.xlsx:3:structure_id"
    assert "merged" in fault.message


def test_properties_that_are_no_object_are_a_fault_of_their_feature(tmp_path: Path) -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    feature = {"properties": [1], "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "city.geojson"
    path.write_text(json.dumps({"features": [feature]}))
    (fault,) = read_file(Kind.URBAN_AREAS, path).faults
    assert fault.field == "city.geojson:1:properties"
    path.write_text(json.dumps({"features": 7}))
    with pytest.raises(InvalidInputError, match="no GeoJSON FeatureCollection"):
        read_file(Kind.URBAN_AREAS, path)
