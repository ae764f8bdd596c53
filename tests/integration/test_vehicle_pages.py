"""A carrier's vehicles, their papers and the combinations made of them; the outline drawing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import Installation
from tests.pages import Page, Visitor

SignedIn = Callable[[str], Visitor]
CARGO = {
    "name": "模块化箱体",
    "component_numbers": "MK-1，MK-2",
    "material": "precast",
    "length_m": "9",
    "width_m": "3.5",
    "height_m": "3.2",
    "mass_t": "20",
}
VEHICLE = {
    "action": "save",
    "tractor_plate": "蒙K12345",
    "trailer_plate": "蒙K1234挂",
    "height_m": "4.15",
    "width_m": "3.5",
    "length_m": "16.8",
    "mass_t": "40.8",
    "axle_notation": "5.8+15+20",
    "axle_spacings_m": "3.2-1.4-6.9-1.31*2",
}
TRACTOR = {"plate": "蒙K 98765", "vin": "LZZ5ELND8AW123456", "name": "新牵引车"}


@pytest.fixture
def carrier(signed_in: SignedIn) -> Visitor:
    """Return a clerk of the carrier."""
    return signed_in("carrier")


def values_of(page: Page) -> dict[str, str]:
    """Return the values of the page's text fields."""
    return {one.get("name", ""): one.get("value", "") for one in page.fields}


def enter(carrier: Visitor, like: str, changes: dict[str, str], status: int = 302) -> Page:
    """Enter a vehicle as the catalogue fills it, with changes."""
    filled = values_of(carrier.open(f"/carrier/units/new?like={like}"))
    del filled["csrf_token"]
    return carrier.send("/carrier/units/new", {**filled, **changes}, status)


def unit_id(carrier: Visitor, name: str) -> str:
    """Return the id of a vehicle of the list."""
    source = carrier.open("/carrier").source.split(f">{name}</a>")[0]
    return source.rsplit("/carrier/units/", 1)[1].split('"')[0]


def test_a_vehicle_starts_from_the_catalogue_and_stands_in_the_list(carrier: Visitor) -> None:
    filled = values_of(carrier.open("/carrier/units/new?like=tractor_6x4"))
    assert filled["spacings_m"] == "3.2-1.4"
    page = enter(carrier, "tractor_6x4", TRACTOR)
    assert "新牵引车" in page.text
    assert "蒙K98765" in page.text


def test_spacings_are_entered_as_on_the_form(carrier: Visitor) -> None:
    enter(carrier, "tractor_6x4", {**TRACTOR, "spacings_m": "1.8-2.6-1.4"})
    kept = values_of(carrier.open(f"/carrier/units/{unit_id(carrier, '新牵引车')}"))
    assert kept["spacings_m"] == "1.8-2.6-1.4"


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("plate", "ABC", "号牌"),
        ("vin", "LZZ5ELND8AO123456", "不含 I、O、Q"),
        ("spacings_m", "3.2-x", "第 5 个字符"),
        ("width_m", "25", "请"),
        ("temporary_plate_issued_on", "2026-05-01", "起止日期"),
    ],
)
def test_faults_of_a_vehicle_are_named_at_their_fields(
    carrier: Visitor, field: str, given: str, says: str
) -> None:
    page = enter(carrier, "tractor_6x4", {**TRACTOR, field: given}, 422)
    place = "temporary_plate_valid_until" if field.startswith("temporary") else field
    assert f'href="#{place}"' in page.source
    assert says in page.text


def test_a_temporary_plate_of_more_than_ninety_days_is_refused(carrier: Visitor) -> None:
    days = {
        "temporary_plate_issued_on": "2026-05-01",
        "temporary_plate_valid_until": "2026-07-30",
    }
    page = enter(carrier, "low_bed_3", {"plate": "蒙K1234挂", **days}, 422)
    assert "最长 90 天" in page.text
    days["temporary_plate_valid_until"] = "2026-07-29"
    assert "蒙K1234挂" in enter(carrier, "low_bed_3", {"plate": "蒙K1234挂", **days}).text


def test_papers_that_soon_expire_are_warned_of(
    carrier: Visitor, installation: Installation
) -> None:
    today = installation.clock.now().date()
    soon = (today + timedelta(days=20)).isoformat()
    page = enter(carrier, "tractor_6x4", {**TRACTOR, "insurance_valid_until": soon})
    assert "已到期或即将到期的证件" in page.text
    assert "交强险" in page.text


def test_a_unit_changed_in_two_tabs_is_not_overwritten(carrier: Visitor) -> None:
    enter(carrier, "tractor_6x4", TRACTOR)
    address = f"/carrier/units/{unit_id(carrier, '新牵引车')}"
    form = values_of(carrier.open(address))
    del form["csrf_token"]
    carrier.send(address, form)
    carrier.send(address, form, 409)


def test_another_firms_vehicle_does_not_exist(carrier: Visitor, signed_in: SignedIn) -> None:
    enter(carrier, "tractor_6x4", TRACTOR)
    address = f"/carrier/units/{unit_id(carrier, '新牵引车')}"
    signed_in("carrier.hulunbuir").open(address, 404)


def combination(carrier: Visitor, **papers: str) -> tuple[Page, dict[str, str]]:
    """Couple a tractor and a three-metre low-bed; return the filled form and its values."""
    enter(carrier, "tractor_6x4", {**TRACTOR, **papers})
    enter(carrier, "low_bed_3", {"plate": "蒙K1234挂", "name": "三米低平板"})
    chosen = {
        "tractor_id": unit_id(carrier, "新牵引车"),
        "trailer_id": unit_id(carrier, "三米低平板"),
    }
    page = carrier.send(
        "/carrier/vehicles/new", {"name": "新车组", "action": "take_over", **chosen}, 200
    )
    return page, {**values_of(page), **chosen}


def test_units_are_coupled_and_the_empty_way_back_is_judged(carrier: Visitor) -> None:
    page, values = combination(carrier)
    assert values["tractor_plate"] == "蒙K98765"
    assert values["trailer_plate"] == "蒙K1234挂"
    assert (values["tractor_axles"], values["trailer_axles"]) == ("3", "3")
    assert values["deck_height_m"] == "0.95"
    # 3.0 m wide: over the ordinary width even without a load.
    assert "空驶也超限" in page.text


def test_the_papers_of_the_units_are_those_of_the_combination(
    carrier: Visitor, installation: Installation
) -> None:
    ends = installation.clock.now().date() + timedelta(days=40)
    _, values = combination(carrier, insurance_valid_until=ends.isoformat())
    del values["csrf_token"]
    carrier.send("/carrier/vehicles/new", {**values, "action": "save"})
    source = carrier.open("/carrier").source.split(">新车组</a>")[0]
    page = carrier.open(
        "/carrier/vehicles/" + source.rsplit("/carrier/vehicles/", 1)[1].split('"')[0]
    )
    assert "交强险 蒙K98765" in page.text


def draft(carrier: Visitor) -> str:
    """Return the number of a draft with its vehicle."""
    page = carrier.send("/carrier/cases/new", CARGO)
    found = re.search(r"DJ\d{6}-\d{8}-\d{4}", page.source)
    assert found is not None
    address = f"/carrier/cases/{found[0]}/vehicle"
    seen = values_of(carrier.open(address))["expected_version"]
    carrier.send(address, {**VEHICLE, "expected_version": seen})
    return found[0]


def test_a_draft_takes_the_papers_along_and_its_pass_ends_with_them(
    carrier: Visitor, installation: Installation
) -> None:
    ends = installation.clock.now().date() + timedelta(days=5)
    _, values = combination(carrier, insurance_valid_until=ends.isoformat())
    del values["csrf_token"]
    carrier.send("/carrier/vehicles/new", {**values, "action": "save"})
    number = draft(carrier)
    page = carrier.open(f"/carrier/cases/{number}/vehicle")
    library = page.source.split(">新车组 蒙K98765<")[0].rsplit('value="', 1)[1].split('"')[0]
    address = f"/carrier/cases/{number}/vehicle"
    chosen = {"library_vehicle": library, "action": "take_over"}
    filled = {
        name: value
        for name, value in values_of(carrier.send(address, chosen, 200)).items()
        if value
    }
    filled["expected_version"] = values_of(page)["expected_version"]
    carrier.send(address, {**VEHICLE, **filled, "library_vehicle": library, "action": "save"})
    assert "交强险 蒙K98765" in carrier.open(address).text
    with installation.unit_of_work(read_only=True) as work:
        kept = work.cases.get(number).application.vehicle
    assert [one.valid_until for one in kept.papers] == [ends]


def test_the_outline_of_an_application_is_shown_and_attached(
    carrier: Visitor, installation: Installation
) -> None:
    number = draft(carrier)
    page = carrier.open(f"/carrier/cases/{number}/outline")
    assert "<svg" in page.source
    assert "由系统按填报数据生成" in page.source
    version = values_of(page)["expected_version"]
    carrier.send(f"/carrier/cases/{number}/outline", {"expected_version": version})
    with installation.unit_of_work(read_only=True) as work:
        papers = work.cases.get(number).application.documents
    drawing = next(one for one in papers if one.code == "outline_drawing")
    assert drawing.media_type == "application/pdf"
    assert installation.documents.get(drawing.digest).startswith(b"%PDF")


def test_the_outline_is_downloaded_as_pdf_and_svg_and_stands_in_the_application(
    carrier: Visitor,
) -> None:
    number = draft(carrier)
    pdf = carrier.client.get(f"/cases/{number}/outline.pdf")
    svg = carrier.client.get(f"/cases/{number}/outline.svg")
    assert pdf.data.startswith(b"%PDF")
    assert svg.data.startswith(b"<svg")
    assert b"style=" not in svg.data
    carrier.open(f"/cases/{number}/outline.dwg", 404)
    assert carrier.client.get(f"/cases/{number}/application.pdf").data.startswith(b"%PDF")
    form: Any = carrier.client.get(f"/cases/{number}/application.json").json
    assert form["牵引车"]["车辆类型"] == "36 牵引车"
    assert (form["挂车"]["车辆类型"], form["挂车"]["轴线数"]) == ("37 普通平板挂车", "0")
    assert form["基础信息"]["轴距"] == "3.2-1.4-6.9-1.31-1.31"


def test_days_of_papers_are_days(carrier: Visitor) -> None:
    page = enter(carrier, "tractor_6x4", {**TRACTOR, "inspection_valid_until": "2026-13-01"}, 422)
    assert 'href="#inspection_valid_until"' in page.source


def test_a_load_computed_from_the_catalogue_fills_the_measures_of_the_drawing(
    carrier: Visitor,
) -> None:
    number = draft(carrier)
    address = f"/carrier/cases/{number}/vehicle"
    chosen = {"action": "compute", "tractor": "tractor_6x4", "trailer": "low_bed_3"}
    filled = values_of(carrier.send(address, chosen, 200))
    assert (filled["nose_m"], filled["deck_height_m"]) == ("1.5", "0.95")
    assert float(filled["load_front_m"]) > 4
    carrier.send(address, {**VEHICLE, **filled, "action": "save"})
    assert "部分尺寸为推定值" not in carrier.open(f"/carrier/cases/{number}/outline").text
