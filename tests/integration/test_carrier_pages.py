"""The carrier's pages: applications in steps, vehicles, trips and relief."""

from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pypdfium2
import pytest
import zxingcpp

from tests.built_in import PDF, PNG, built_in_network
from tests.conftest import Installation
from tests.pages import Page, SteadyClock, Visitor
from transport.routing.answer import plan_as_json
from transport.routing.route import RestrictionOnRoute, RoutePlan
from webapp.app import create_app
from webapp.settings import Settings, shipped_config

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
    "tractor_kerb_mass_t": "8.8",
    "trailer_kerb_mass_t": "12",
    "height_m": "4.15",
    "width_m": "3.5",
    "length_m": "16.8",
    "mass_t": "40.8",
    "axle_loads_t": "5.8,7.5,7.5,6.7,6.7,6.6",
    "axle_spacings_m": "3.2,1.4,6.9,1.31,1.31",
}
JOURNEY = {
    "origin": "包头",
    "destination": "呼和浩特",
    "starts_on": "2026-06-01",
    "ends_on": "2026-08-20",
    "contact_name": "示范联系人",
    "contact_phone": "000-0000",
}
PAPERS = (
    "application_form",
    "transport_licence",
    "agent_identity",
    "power_of_attorney",
    "vehicle_licence",
)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of the whole demonstration over the built-in network, told once."""
    data = tmp_path_factory.mktemp("demonstration")
    made = over_built_in(data)
    made.migrations.upgrade()
    made.load_demonstration()
    made.close()
    return data


@pytest.fixture
def told(demonstration: Path, tmp_path: Path) -> Iterator[Installation]:
    """Return the services over a copy of the demonstration."""
    data = tmp_path / "told"
    shutil.copytree(demonstration, data)
    made = over_built_in(data)
    yield made
    made.close()


@pytest.fixture
def person(told: Installation) -> Callable[[str], Visitor]:
    """Return a function that signs somebody in."""
    app = create_app(told)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def signed_in(login: str) -> Visitor:
        one = Visitor(app.test_client())
        one.sign_in(login)
        return one

    return signed_in


@pytest.fixture
def carrier(person: Callable[[str], Visitor]) -> Visitor:
    """Return a dispatcher of the carrier."""
    return person("carrier")


def over_built_in(data: Path) -> Installation:
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'dajian.sqlite3'}",
        config=shipped_config(),
        demonstration=True,
        secret_key="a key for tests only, long enough to pass",
    )
    made = Installation(settings, built_in_network())
    made.__dict__["clock"] = SteadyClock()
    return made


def version(page: Page) -> str:
    """Return the version that a page's form was made from."""
    return next(one["value"] for one in page.fields if one.get("name") == "expected_version")


def number_on(page: Page) -> str:
    """Return the case number that a page shows."""
    found = re.search(r"DJ\d{6}-\d{8}-\d{4}", page.source)
    assert found is not None
    return found[0]


def save(visitor: Visitor, address: str, form: dict[str, Any], status: int = 302) -> Page:
    """Open a step, and send its form over the version it shows."""
    seen = version(visitor.open(address))
    return visitor.send(address, {**form, "expected_version": seen}, status)


def begin(carrier: Visitor) -> str:
    """Open a draft from nothing and return its address."""
    return f"/carrier/cases/{number_on(carrier.send('/carrier/cases/new', CARGO))}"


def complete(carrier: Visitor) -> str:
    """Fill a draft until nothing is missing and return its address."""
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    save(carrier, f"{case}/journey", JOURNEY)
    page = carrier.open(f"{case}/route")
    digest = next(one["value"] for one in page.fields if one.get("name") == "route")
    save(carrier, f"{case}/route", {"route": digest})
    attach(carrier, case, *PAPERS)
    return case


def attach(carrier: Visitor, case: str, *codes: str) -> Page:
    """Attach papers."""
    files = {f"file_{code}": (io.BytesIO(PDF), f"{code}.pdf") for code in codes}
    return save(carrier, f"{case}/documents", {**files, "action": "next"})


def submit(carrier: Visitor, case: str, status: int = 302) -> Page:
    """Submit a case from its check page."""
    seen = version(carrier.open(f"{case}/check"))
    return carrier.send(f"{case}/submit", {"expected_version": seen}, status)


def test_a_draft_from_nothing_is_filled_step_by_step_and_submitted(carrier: Visitor) -> None:
    case = complete(carrier)
    assert "材料齐全" in carrier.open(f"{case}/check").text
    page = submit(carrier, case)
    assert "已提交" in page.text
    assert "尚不可发车" in page.text
    assert "自治区交通运输厅" in page.text


def test_a_draft_is_resumed_from_the_overview_with_what_was_saved(carrier: Visitor) -> None:
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    assert case in carrier.open("/carrier").links
    values = {one.get("name"): one.get("value") for one in carrier.open(f"{case}/vehicle").fields}
    assert (values["tractor_plate"], values["axle_loads_t"]) == (
        "蒙K12345",
        "5.8,7.5,7.5,6.7,6.7,6.6",
    )


def test_the_check_lists_what_is_missing_with_the_step_that_mends_it(carrier: Visitor) -> None:
    case = begin(carrier)
    page = carrier.open(f"{case}/check")
    assert {f"{case}/documents", f"{case}/journey", f"{case}/vehicle"} <= set(page.links)
    assert "行驶证或临时号牌" in page.text
    refused = submit(carrier, case, 422)
    assert "轴荷" in refused.text
    assert "草稿" in carrier.open(case).text


def test_an_application_from_an_enquiry_knows_cargo_way_and_route(carrier: Visitor) -> None:
    address = next(one for one in carrier.open("/carrier").links if one.startswith("/enquiries/"))
    assert "据此提出申请" in carrier.open(address).text
    enquiry = address.rsplit("/", 1)[1]
    page = carrier.send(f"/carrier/cases/from-enquiry/{enquiry}")
    case = f"/carrier/cases/{number_on(page)}"
    overview = carrier.open(case)
    assert address in overview.links
    values = {one.get("name"): one.get("value") for one in carrier.open(f"{case}/cargo").fields}
    assert values["component_numbers"]


def test_the_catalogue_computes_axle_loads_without_saving(carrier: Visitor) -> None:
    case = begin(carrier)
    form = {"action": "compute", "tractor": "tractor_6x4", "trailer": "low_bed_3"}
    page = save(carrier, f"{case}/vehicle", form, 200)
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert len(str(values["axle_loads_t"]).split(",")) == 6
    assert values["width_m"] == "3.5"
    kept = {one.get("name"): one.get("value") for one in carrier.open(f"{case}/vehicle").fields}
    assert kept["axle_loads_t"] == ""


def test_the_notation_of_the_official_form_is_accepted(carrier: Visitor) -> None:
    case = begin(carrier)
    form = {**VEHICLE, "axle_loads_t": "", "axle_notation": "5.8+15+20", "axle_counts": "1,2,3"}
    save(carrier, f"{case}/vehicle", form)
    assert "5.8+15+20" in carrier.open(f"{case}/check").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"axle_spacings_m": "3.2,1.4"}, "axle_spacings_m"),
        ({"axle_loads_t": "5,5,5,5,5,5"}, "axle_loads_t"),
        ({"height_m": "415"}, "height_m"),
        ({"axle_loads_t": "", "axle_notation": "5+x"}, "axle_notation"),
        ({"axle_loads_t": "", "axle_notation": "5.8+35", "axle_spacings_m": ""}, "axle_notation"),
        ({"tractor_kerb_mass_t": "heavy"}, "tractor_kerb_mass_t"),
    ],
)
def test_a_wrong_vehicle_is_named_at_its_field_and_changes_nothing(
    carrier: Visitor, changes: dict[str, str], field: str
) -> None:
    case = begin(carrier)
    page = save(carrier, f"{case}/vehicle", {**VEHICLE, **changes}, 422)
    assert f'href="#{field}"' in page.source
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert values["tractor_plate"] == "蒙K12345"
    kept = {one.get("name"): one.get("value") for one in carrier.open(f"{case}/vehicle").fields}
    assert kept["tractor_plate"] == ""


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"origin": "包投"}, "origin", "包头"),
        ({"destination": "125.0,30.0"}, "destination", "道路"),
        ({"ends_on": "2026-05-01"}, "ends_on", "早于"),
        ({"starts_on": "soon"}, "starts_on", "不是日期"),
        ({"contact_phone": ""}, "contact_phone", "请填写"),
    ],
)
def test_a_wrong_way_is_named_at_its_field(
    carrier: Visitor, changes: dict[str, str], field: str, says: str
) -> None:
    case = begin(carrier)
    page = save(carrier, f"{case}/journey", {**JOURNEY, **changes}, 422)
    assert f'href="#{field}"' in page.source
    assert says in page.text


def test_two_tabs_conflict_and_the_second_loses_nothing_it_typed(carrier: Visitor) -> None:
    case = begin(carrier)
    seen = version(carrier.open(f"{case}/cargo"))
    carrier.send(f"{case}/cargo", {**CARGO, "name": "先保存", "expected_version": seen})
    second = {**CARGO, "name": "后保存", "expected_version": seen}
    page = carrier.send(f"{case}/cargo", second, 409)
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert values["name"] == "后保存"
    assert "先保存" in carrier.open(case).text
    carrier.send(f"{case}/cargo", {**second, "expected_version": version(page)})
    assert "后保存" in carrier.open(case).text


def test_a_submission_over_a_stale_check_page_is_refused(carrier: Visitor) -> None:
    case = complete(carrier)
    carrier.send(f"{case}/submit", {"expected_version": "1"}, 409)
    assert "草稿" in carrier.open(case).text


def test_another_firms_case_does_not_exist(
    carrier: Visitor, person: Callable[[str], Visitor]
) -> None:
    case = begin(carrier)
    stranger = person("carrier.hulunbuir")
    for page in ("", "/cargo", "/vehicle", "/journey", "/route", "/documents", "/check"):
        stranger.open(f"{case}{page}", 404)
    stranger.send(f"{case}/copy", status=404)
    stranger.send(f"{case}/submit", {"expected_version": "1"}, 404)


def test_the_route_step_draws_its_routes_and_avoids_what_is_asked(carrier: Visitor) -> None:
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    save(carrier, f"{case}/journey", JOURNEY)
    drawn: Any = carrier.client.get(f"{case}/route/map.json?avoid=G6").json
    assert drawn["routes"]
    usual = carrier.open(f"{case}/route")
    avoiding = carrier.open(f"{case}/route?avoid=G6")

    def digests(page: Page) -> list[str]:
        return [one["value"] for one in page.fields if one.get("name") == "route"]

    assert digests(avoiding) != digests(usual)
    save(carrier, f"{case}/route", {"route": digests(avoiding)[0], "avoid": "G6"})
    assert "G6" not in carrier.open(f"{case}/check").text


def test_a_route_for_an_hour_of_departure_is_met_by_the_clock_and_kept_so(
    carrier: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    save(carrier, f"{case}/journey", JOURNEY)
    waiting = {
        "place": "服务区二", "chainage_km": 12.4,
        "arrive_at": "2026-03-02T07:10:00+08:00", "leave_at": "2026-03-02T09:00:00+08:00",
        "because": {"restriction": "R1", "reason": "早高峰限行", "issued_by": "公安交管"},
    }  # fmt: skip

    def with_wait(plan: RoutePlan) -> dict[str, Any]:
        said = plan_as_json(plan)
        for route in said["routes"]:
            route["holds"] = [waiting] if route["departs_at"] else []
        return said

    monkeypatch.setattr("transport.services.assessing_journeys.plan_as_json", with_wait)
    assert "途中等候" not in carrier.open(f"{case}/route").text
    page = carrier.open(f"{case}/route?leave_at=06:30")
    assert "06:30 出发" in page.text
    assert "服务区二（12.4 km 处）：03-02 07:10 至 03-02 09:00，早高峰限行，公安交管" in page.text
    digest = next(one["value"] for one in page.fields if one.get("name") == "route")
    save(carrier, f"{case}/route", {"route": digest, "leave_at": "06:30"})
    again = carrier.open(f"{case}/route")  # the hour is that of the chosen route
    assert "06:30 出发" in again.text
    assert "服务区二" in carrier.open(case.removeprefix("/carrier")).text


def test_a_route_says_which_restrictions_it_meets_where_when_and_by_whom(
    carrier: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    save(carrier, f"{case}/journey", JOURNEY)
    roadworks = RestrictionOnRoute(
        id="R1", kind="roadworks", outcome="conditional", at=(109.9, 40.6), from_km=12.34,
        to_km=15.0, place="G6 K610–K613", reason="桥面铺装", issued_by="公路局", lanes="1",
        window="2026-03-02T07:00+08:00/2026-03-02T09:00+08:00",
    )  # fmt: skip

    def with_roadworks(plan: RoutePlan) -> dict[str, Any]:
        met = (roadworks, replace(roadworks, id="R2", window=""))
        return plan_as_json(
            replace(plan, routes=tuple(replace(one, restrictions=met) for one in plan.routes))
        )

    monkeypatch.setattr("transport.services.assessing_journeys.plan_as_json", with_roadworks)
    page = carrier.open(f"{case}/route")
    for said in ("施工", "桥面铺装", "12.3–15", "G6 K610–K613", "公路局",
                 "2026-03-02 07:00–09:00", "全部时间"):  # fmt: skip
        assert said in page.text, said
    digest = next(one["value"] for one in page.fields if one.get("name") == "route")
    save(carrier, f"{case}/route", {"route": digest})
    assert "G6 K610–K613" in carrier.open(case.removeprefix("/carrier")).text


def test_a_route_that_is_planned_no_more_must_be_chosen_anew(carrier: Visitor) -> None:
    case = begin(carrier)
    save(carrier, f"{case}/vehicle", VEHICLE)
    save(carrier, f"{case}/journey", JOURNEY)
    page = save(carrier, f"{case}/route", {"route": "0" * 64}, 422)
    assert 'href="#route"' in page.source


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>no pdf</html>", "licence.pdf"),
        (PNG, "licence.pdf"),
        (b"", "licence.pdf"),
        (PDF[:-8], "licence.pdf"),
        (b"MZ program", "licence.exe"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(
    carrier: Visitor, content: bytes, name: str
) -> None:
    case = begin(carrier)
    files = {"file_vehicle_licence": (io.BytesIO(content), name)}
    page = save(carrier, f"{case}/documents", files, 422)
    assert 'href="#file_vehicle_licence"' in page.source
    assert "licence" not in carrier.open(f"{case}/documents").text.replace("vehicle_licence", "")


def test_a_paper_that_ends_before_the_travel_is_found_by_the_check(carrier: Visitor) -> None:
    case = complete(carrier)
    paper = {
        "file_vehicle_licence": (io.BytesIO(PDF), "new.pdf"),
        "valid_until_vehicle_licence": "2026-05-20",
    }
    save(carrier, f"{case}/documents", paper)
    assert "材料齐全" not in carrier.open(f"{case}/check").text


def test_a_submitted_case_is_changed_no_more(carrier: Visitor) -> None:
    case = complete(carrier)
    submit(carrier, case)
    answer = carrier.client.get(f"{case}/cargo")
    assert answer.location == case
    carrier.send(f"{case}/cargo", {**CARGO, "expected_version": "9"}, 409)


def test_an_act_is_withdrawn_with_a_reason_and_the_others_run_on(carrier: Visitor) -> None:
    case = complete(carrier)
    page = submit(carrier, case)
    form = next(one for one in page.links if one.endswith("/withdraw"))
    seen = version(carrier.open(form))
    refused = carrier.send(form, {"reason": "", "expected_version": seen}, 422)
    assert 'href="#reason"' in refused.source
    stale = carrier.send(form, {"reason": "改用其他车辆", "expected_version": "99"}, 409)
    assert "改用其他车辆" in stale.source
    page = carrier.send(form, {"reason": "改用其他车辆", "expected_version": version(stale)})
    assert "申请人已撤回" in page.text
    assert "待受理" in page.text


def test_an_earlier_case_is_copied_without_its_papers(carrier: Visitor) -> None:
    case = complete(carrier)
    page = carrier.send(f"{case}/copy")
    copied = f"/carrier/cases/{number_on(page)}"
    assert copied != case
    check = carrier.open(f"{copied}/check").text
    assert "蒙K12345" in check
    assert "行驶证或临时号牌" in check


def test_official_numbers_stand_beside_ours_in_their_own_form(carrier: Visitor) -> None:
    case = complete(carrier)
    address = f"{case}/official-numbers"
    page = save(carrier, address, {"official_number": "12345"}, 422)
    assert 'href="#official_number"' in page.source
    page = save(carrier, address, {"official_number": "A1500002026112400001"})
    assert "A1500002026112400001" in page.text


def test_supplements_are_attached_and_handed_in(carrier: Visitor) -> None:
    waiting = next(
        one
        for one in carrier.open("/carrier").links
        if one.startswith("/carrier/cases/DJ")
        and "补正" in carrier.open(one).text
        and f"{one}/documents" in carrier.open(one).links
    )
    page = carrier.open(f"{waiting}/documents")
    form = next(one for one in page.links if one.endswith("/supply"))
    attach(carrier, waiting, "other")
    page = save(carrier, form, {"note": "已补"})
    assert "已提交" in page.text
    assert form not in carrier.open(f"{waiting}/documents").links


def test_a_combination_is_kept_and_taken_over_into_an_application(carrier: Visitor) -> None:
    carrier.send("/carrier/vehicles/new", {**VEHICLE, "name": "低板一号"})
    page = carrier.send("/carrier/vehicles/new", {**VEHICLE, "name": "低板一号"}, 409)
    assert 'href="#name"' in page.source
    case = begin(carrier)
    step = carrier.open(f"{case}/vehicle")
    chosen = step.source.split(">低板一号 蒙K12345<")[0].rsplit('value="', 1)[1].split('"')[0]
    form = {"action": "take_over", "library_vehicle": chosen}
    page = save(carrier, f"{case}/vehicle", form, 200)
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["tractor_plate"], values["mass_t"]) == ("蒙K12345", "40.8")


def test_a_combination_without_plate_or_with_impossible_axles_names_the_fields(
    carrier: Visitor,
) -> None:
    form = {**VEHICLE, "name": "", "tractor_plate": "", "axle_spacings_m": "1,2"}
    page = carrier.send("/carrier/vehicles/new", form, 422)
    for field in ("name", "tractor_plate", "axle_spacings_m"):
        assert f'href="#{field}"' in page.source


def test_a_combination_changed_in_two_tabs_conflicts(carrier: Visitor) -> None:
    carrier.send("/carrier/vehicles/new", {**VEHICLE, "name": "低板二号"})
    page = carrier.open("/carrier")
    address = re.search(r'href="(/carrier/vehicles/[0-9a-f]+)">低板二号', page.source)
    assert address is not None
    form = {**VEHICLE, "name": "低板二号", "expected_version": "1"}
    carrier.send(address[1], form)
    page = carrier.send(address[1], {**form, "trailer_model": "新型号"}, 409)
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["trailer_model"], values["expected_version"]) == ("新型号", "2")


def planned_trip(carrier: Visitor, case: str, *numbers: str) -> str:
    """Plan a trip and return its address."""
    page = carrier.send(f"{case}/trips/new", {"component_numbers": list(numbers)})
    found = re.search(r"/trips/[0-9a-f]+(?=/loading)", page.source)
    assert found is not None
    return found[0]


def loaded_trip(carrier: Visitor, case: str, *numbers: str) -> str:
    """Plan and load a trip and return its address."""
    trip = planned_trip(carrier, case, *numbers)
    form = {
        "certificate_number": "HGZ-1",
        "certificate": (io.BytesIO(PDF), "hgz.pdf"),
        "photos": [(io.BytesIO(PNG), "one.png"), (io.BytesIO(PNG), "two.png")],
        "weighed_t": "40.5",
        "expected_version": "1",
    }
    page = carrier.send(f"{trip}/loading", form)
    assert "hgz.pdf" in page.text
    return trip


def ready_case(carrier: Visitor) -> str:
    """Return the address of a case that is ready to depart."""
    return next(
        one
        for one in carrier.open("/carrier").links
        if one.startswith("/carrier/cases/DJ") and "各项许可今日均有效" in carrier.open(one).text
    )


def components_of(carrier: Visitor, case: str) -> list[str]:
    """Return the component numbers of a case."""
    page = carrier.open(f"{case}/trips/new")
    return [one["value"] for one in page.fields if one.get("name") == "component_numbers"]


def test_a_trip_is_loaded_departs_is_accepted_and_asks_for_relief(carrier: Visitor) -> None:
    case = ready_case(carrier)
    trip = loaded_trip(carrier, case, *components_of(carrier, case))
    carrier.send(f"{trip}/departure", {"entry_station": "包头东", "expected_version": "2"})
    form = {"accepted_by": "", "expected_version": "3"}
    assert 'href="#accepted_by"' in carrier.send(f"{trip}/acceptance", form, 422).source
    form = {"accepted_by": "工地甲", "damage_note": "边角轻微磕碰", "expected_version": "3"}
    page = carrier.send(f"{trip}/acceptance", form)
    assert "边角轻微磕碰" in page.text
    assert "合计" in page.text
    missing = carrier.send(f"{trip}/relief", {"scheme_id": "none"}, 422)
    assert 'href="#scheme_id"' in missing.source
    record = carrier.send(f"{trip}/relief", {"scheme_id": "demo-2026"})
    assert "JM-202605" in record.text
    assert "示范" in record.text
    carrier.send(f"{trip}/relief", {"scheme_id": "demo-2026"}, 409)


def test_labels_lead_to_the_chain_that_a_phone_without_signal_fills_later(
    carrier: Visitor,
) -> None:
    case = ready_case(carrier)
    numbers = components_of(carrier, case)
    trip = loaded_trip(carrier, case, *numbers)
    sheet = pypdfium2.PdfDocument(carrier.client.get(f"{trip}/labels.pdf").data)
    codes = zxingcpp.read_barcodes(sheet[0].render(scale=3).to_pil())
    paths = {urlsplit(one.text).path for one in codes}
    assert paths == {f"/trips/components/{quote(one)}" for one in numbers}
    chain = f"/trips/components/{quote(numbers[0])}"
    assert "HGZ-1" in carrier.open(chain).text
    gone: dict[str, object] = {"id": "p-1", "trip_id": trip.rsplit("/", 1)[1], "step": "departure"}
    gone |= {"at": "2026-05-11T08:50:00+08:00", "scanned": numbers}
    there = {**gone, "id": "p-2", "step": "acceptance", "at": "2026-05-11T08:59:00+08:00"}
    wrong_site = {**there, "id": "p-3", "site": "另一工地", "accepted_by": "甲"}
    there |= {"accepted_by": "工地收货员"}

    def sent(*records: dict[str, object]) -> list[str]:
        answer = carrier.client.post(
            "/trips/field-records",
            json={"records": list(records)},
            headers={"X-CSRFToken": carrier.token},
        )
        assert answer.status_code == 200, answer.text
        return [one["receipt"] for one in answer.get_json()["answers"]]

    assert sent(gone, wrong_site) == ["recorded", "refused"]
    assert sent(gone, there) == ["already", "recorded"]
    assert "工地收货员" in carrier.open(chain).text
    assert carrier.client.get("/trips/components/NOBODY").status_code == 404
    broken = {"records": [{"id": "p-4"}]}
    token = {"X-CSRFToken": carrier.token}
    refused = carrier.client.post("/trips/field-records", json=broken, headers=token)
    assert refused.status_code == 422


def test_a_phone_carries_the_trips_along_and_is_told_in_words_what_is_refused(
    carrier: Visitor,
) -> None:
    case = ready_case(carrier)
    trip = planned_trip(carrier, case, *components_of(carrier, case))
    assert "手机随车记录" in carrier.open("/field/trips").text
    carried = carrier.client.get("/field/trips/data.json").get_json()
    own = next(one for one in carried["trips"] if trip.endswith(one["id"]))
    assert own["ready"]
    assert own["state"] == "planned"
    worker = carrier.client.get("/field/trips/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/field/trips"
    loading: dict[str, object] = {"id": "q-1", "trip_id": own["id"], "step": "loading"}
    loading |= {"at": "2026-05-11T08:10:00+08:00", "scanned": own["components"]}
    paper = "data:application/pdf;base64," + base64.b64encode(PDF).decode()

    def sent(record: dict[str, object]) -> dict[str, object]:
        answer = carrier.client.post(
            "/trips/field-records",
            json={"records": [record]},
            headers={"X-CSRFToken": carried["csrf"]},
        )
        (told,) = answer.get_json()["answers"]
        return dict(told)

    refused = sent(loading)
    assert (refused["receipt"], refused["codes"]) == ("refused", ["certificate_missing"])
    assert "出厂合格证" in str(refused["why"])
    early = sent({**loading, "step": "departure"})
    assert "已计划" in str(early["why"])
    full = {**loading, "certificate_number": "HGZ-7", "certificate": paper, "weighed_t": 40.9}
    assert sent(full)["receipt"] == "recorded"
    page = carrier.open(trip)
    assert "HGZ-7" in page.text
    assert "40.9 t" in page.text
    away = {**loading, "id": "q-2", "step": "arrival", "site": "甲工地"}
    assert "工地不对" in str(sent(away)["why"])
    site = carrier.client.get(f"{trip}/site-label.pdf")
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(site.data)[0].render(scale=3).to_pil())
    assert "HGZ-7" not in carrier.open(urlsplit(code.text).path).text
    assert own["components"][0] in carrier.open(urlsplit(code.text).path).text


def test_no_truck_departs_before_every_act_is_in_force(carrier: Visitor) -> None:
    case = complete(carrier)
    submit(carrier, case)
    trip = loaded_trip(carrier, case, "MK-1")
    page = carrier.send(f"{trip}/departure", {"expected_version": "2"}, 409)
    assert "尚不可发车" in page.text
    assert "已装车" in carrier.open(trip).text


def test_nothing_is_loaded_without_the_factorys_certificate(carrier: Visitor) -> None:
    trip = planned_trip(carrier, ready_case(carrier), *components_of(carrier, ready_case(carrier)))
    form = {"certificate_number": "HGZ-2", "expected_version": "1"}
    page = carrier.send(f"{trip}/loading", form, 422)
    assert 'href="#certificate"' in page.source


def test_a_trip_carries_only_what_is_on_the_application(carrier: Visitor) -> None:
    case = ready_case(carrier)
    for numbers in ([], ["STRANGE-1"]):
        page = carrier.send(f"{case}/trips/new", {"component_numbers": numbers}, 422)
        assert 'href="#component_numbers"' in page.source


def test_the_factory_loads_the_trips_of_its_components_and_sees_no_personal_data(
    person: Callable[[str], Visitor],
) -> None:
    factory = person("factory")
    trips = [one for one in factory.open("/factory").links if one.startswith("/trips/")]
    assert trips
    page = factory.open(trips[0])
    assert "通行费减免" not in page.text
    person("carrier.hulunbuir").open(trips[0], 404)
    assert [one for one in page.links if one.startswith("/carrier")] == []


def test_a_file_of_a_manifest_is_given_to_the_firms_of_the_trip_only(
    carrier: Visitor, person: Callable[[str], Visitor]
) -> None:
    case = ready_case(carrier)
    trip = loaded_trip(carrier, case, *components_of(carrier, case))
    address = next(one for one in carrier.open(trip).links if "/files/" in one)
    answer = carrier.client.get(address)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    person("carrier.hulunbuir").open(address, 404)


def test_a_relief_record_shows_its_checks_and_lines(
    carrier: Visitor, person: Callable[[str], Visitor]
) -> None:
    records = [one for one in carrier.open("/carrier").links if one.startswith("/carrier/relief/")]
    page = carrier.open(records[0])
    assert "核验项目" in page.text
    assert "仍须缴纳" in page.text
    person("carrier.hulunbuir").open(records[0], 404)


@pytest.mark.parametrize("login", ["factory", "handler", "toll"])
def test_only_carriers_open_the_carriers_pages(
    person: Callable[[str], Visitor], login: str
) -> None:
    one = person(login)
    for address in ("/carrier", "/carrier/cases/new", "/carrier/vehicles/new"):
        one.open(address, 403)


def test_every_page_of_the_carrier_reads_in_english_too(carrier: Visitor) -> None:
    carrier.client.get("/language/en")
    case = complete(carrier)
    for page in ("", "/cargo", "/vehicle", "/journey", "/route", "/documents", "/check"):
        assert carrier.open(f"{case}{page}").language == "en"


def test_the_overview_of_a_draft_says_step_by_step_what_is_missing(carrier: Visitor) -> None:
    case = begin(carrier)
    assert "材料 缺 5 项" in carrier.open(case).text, "the five documents"
    attach(carrier, case, *PAPERS)
    assert "材料 完整" in carrier.open(case).text
