"""The whole way of a project: entered, its parts list brought, answered and planned, given out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.building_models import ModelWriter
from tests.built_in import built_in_network
from tests.commands import Dajian
from tests.conftest import Installation
from tests.pages import Page, Visitor
from tests.parts_lists import as_csv, building
from transport.delivery.reading_parts import REQUIRED

SignedIn = Callable[[str], Visitor]

PROJECT = {
    "name": "青城花园二期",
    "site": "呼和浩特",
    "admin_code": "150100",
    "structure": "precast",
    "floor_area_m2": "32000",
    "prefabricated_pct": "45",
    "starts_on": "2026-06-08",
    "ends_on": "2026-08-30",
    "demonstration": "1",
}


@pytest.fixture
def factory(installation: Installation, signed_in: SignedIn) -> Visitor:
    """Return a planner of the factory in front of the built-in network."""
    installation.in_use = built_in_network()
    return signed_in("factory")


def enter(person: Visitor, **changes: str) -> str:
    """Enter a project and return its address."""
    form = {**PROJECT, **changes}
    person.send("/projects/new", form)
    page = person.open("/projects")
    assert form["name"] in page.text
    return next(
        one
        for one in page.links
        if one.startswith("/projects/") and len(one) > 40 and "edit" not in one
    )


def bring(person: Visitor, address: str, content: bytes, status: int = 302, **more: Any) -> Page:
    """Upload a parts list."""
    file = io.BytesIO(content), more.pop("filename", "parts.csv")
    return person.send(f"{address}/parts", {"file": file, **more}, status)


def small_list() -> bytes:
    return as_csv(building(45, days=20)).encode("gb18030")


def test_a_parts_list_becomes_answers_loads_and_passes(factory: Visitor) -> None:
    address = enter(factory)
    page = bring(factory, address, small_list())
    assert "45" in page.text
    page = factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "0"})
    for words in ("无需通行证", "凭通行证", "装车计划", "需申请的通行证", "无需通行证的车次"):
        assert words in page.text, words


def test_every_load_and_family_has_a_page_with_its_drawing(factory: Visitor) -> None:
    address = enter(factory)
    bring(factory, address, small_list())
    factory.open(f"{address}/loads/1", 404)
    page = factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "0"})
    assert f"{address}/families/F01" in page.links
    family = factory.open(f"{address}/families/F01")
    assert "清单所列" in family.text
    assert "<svg" in family.source
    load = factory.open(f"{address}/loads/1")
    assert "叠放与卸车顺序" in load.text
    sheet = factory.client.get(f"{address}/loads/1.pdf").data
    assert sheet.startswith(b"%PDF")


def test_the_plan_can_be_taken_along_as_a_file(factory: Visitor) -> None:
    address = enter(factory)
    bring(factory, address, small_list())
    factory.open(f"{address}/loads.csv", 404)
    factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "1"})
    text = factory.client.get(f"{address}/loads.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(int(one["pieces"]) for one in rows) == 45


def test_a_wrong_file_is_refused_whole_with_every_line(factory: Visitor) -> None:
    address = enter(factory)
    wrong = ",".join(REQUIRED) + "\nA-1,墙,precast,6000,3,0.3,9,1,包头,呼和浩特,2026-06-01\n"
    page = bring(factory, address, wrong.encode(), 422)
    assert "第 2 行" in page.text
    assert "length_m" in page.text
    assert "答复与计划" not in page.text, "nothing was kept"


def test_bad_rows_are_left_out_when_asked(factory: Visitor) -> None:
    address = enter(factory)
    rows = [
        ",".join(REQUIRED),
        "A-1,墙,precast,4,2.4,0.3,3,2,包头,呼和浩特,2026-06-01",
        "A-2,墙,precast,x,2.4,0.3,3,2,包头,呼和浩特,2026-06-01",
    ]
    page = bring(factory, address, "\n".join(rows).encode(), skip_bad_rows="1")
    assert "1 行有错" in page.text


def test_a_building_model_becomes_a_parts_list_with_its_assumptions_marked(
    factory: Visitor,
) -> None:
    model = ModelWriter("millimetre")
    model.element("IfcBeam", "B-1", (8400.0, 400.0, 700.0), turned_deg=37, weight=5900.0)
    model.element("IfcBeam", "B-2", (8400.0, 400.0, 700.0), turned_deg=12)
    address = enter(factory)
    page = bring(factory, address, model.content(), 422, filename="tower.ifc")
    assert "建筑模型不含此项" in page.text, "the factory must be given"
    page = bring(factory, address, model.content(), filename="tower.IFC", model_origin="包头")
    assert "1 个构件的质量为推定值" in page.text
    page = factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "0"})
    assert "质量为推定" in page.text
    half = model.content()[:900]
    broken = bring(factory, address, half, 422, filename="tower.ifc", model_origin="包头")
    assert "重新导出" in broken.text


def test_a_fault_of_a_workbook_is_told_with_its_sheet_in_chinese(factory: Visitor) -> None:
    book = Workbook()
    sheet = book.create_sheet("构件清单", 0)
    sheet.append(REQUIRED)
    sheet.append(["A-1", "墙", "precast", "300 mm", 3, 0.3, 9, 1, "包头", "呼和浩特", "2026-06-01"])
    made = io.BytesIO()
    book.save(made)
    page = bring(factory, enter(factory), made.getvalue(), 422, filename="list.xlsx")
    assert "工作表“构件清单”：第 2 行，length_m" in page.text


def test_the_command_reads_a_model_and_marks_every_value(dajian: Dajian, tmp_path: Path) -> None:
    model = ModelWriter("foot")
    model.element("IfcBeam", "B-1", (40.0, 2.0, 4.0), turned_deg=20, weight=48_000.0)
    model.element("IfcBeam", "B-2", (40.0, 2.0, 4.0))
    model.element("IfcBeam", "B-3", None)
    file = tmp_path / "tower.ifc"
    file.write_bytes(model.content())
    way = "--origin", "包头", "--destination", "呼和浩特"
    refused = dajian("parts", file, *way)
    assert refused.status == 2
    assert "B-3, length_m" in refused.stderr
    told = dajian("parts", file, *way, "--skip-bad-rows", "--json").answer()
    assert [(one["size_from"], one["mass_from"]) for one in told["parts"]] == [
        ("geometry", "quantities"),
        ("geometry", "volume"),
    ]
    assert told["skipped"]
    assert dajian("parts", file).status == 2, "neither factory nor site"


def test_a_second_list_is_a_second_version(factory: Visitor) -> None:
    address = enter(factory)
    bring(factory, address, small_list())
    page = bring(factory, address, small_list())
    assert "第 2 版" in page.text


def test_another_factory_does_not_see_it_and_the_housing_department_does(
    factory: Visitor, signed_in: SignedIn
) -> None:
    address = enter(factory)
    bring(factory, address, small_list())
    signed_in("factory.ordos").open(address, 404)
    housing = signed_in("housing")
    assert PROJECT["name"] in housing.open("/projects").text
    assert "上传" not in housing.open(address).text
    assert "45" in housing.open("/housing/producers").text


def test_faults_of_the_form_stand_at_their_fields(factory: Visitor) -> None:
    page = factory.send("/projects/new", {**PROJECT, "name": "", "ends_on": "2026-01-01"}, 422)
    assert 'href="#name"' in page.source


def test_a_project_changed_in_two_tabs_keeps_what_was_typed_second(factory: Visitor) -> None:
    address = enter(factory)
    factory.send(f"{address}/edit", {**PROJECT, "expected_version": "1", "name": "改名一"})
    page = factory.send(
        f"{address}/edit", {**PROJECT, "expected_version": "1", "name": "改名二"}, 409
    )
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["name"], values["expected_version"]) == ("改名二", "2")


def test_the_empty_list_has_the_columns_that_are_read(factory: Visitor) -> None:
    address = enter(factory)
    content = factory.client.get("/projects/parts-list.csv").data
    assert "1" in bring(factory, address, content).text


def test_the_page_speaks_english_too(factory: Visitor) -> None:
    address = enter(factory)
    bring(factory, address, small_list())
    factory.client.get("/language/en")
    page = factory.open(address)
    assert "Answer and plan" in page.text


def test_departments_see_the_regional_picture_and_take_it_along(
    factory: Visitor, signed_in: SignedIn
) -> None:
    address = enter(factory)
    high = small_list().decode("gb18030").replace("9.0,3.5,3.2,20.0", "30.0,4.2,4.6,95.0")
    bring(factory, address, high.encode("gb18030"))
    factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "0"})
    for login in ("handler", "housing"):
        page = signed_in(login).open("/region")
        assert "包头 → 呼和浩特" in page.text
        text = signed_in(login).client.get("/region/weeks.csv").data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert sum(int(one["loads"]) for one in rows) > 10
        assert signed_in(login).client.get("/region/places.csv").status_code == 200
    factory.open("/region", 403)
