"""Tariff lines, schemes, ledger, operators' files, simulation and reports, as people use them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.factories import relief_basis, scheme, toll_lines
from tests.maps import Standing, draw
from tests.offices import Offices
from tests.relief_records import Record
from transport.network.attributes import StructureKind, Tolled
from transport.relief.claims import Claim, ClaimStep
from transport.relief.records import FIELDS
from transport.relief.schemes import SchemeRegister
from transport.services.claiming_relief import decide_claim, open_claim

LINE = {
    "line_id": "G6-demo-6",
    "kind": "distance",
    "road_ref": "G6",
    "vehicle_class": "6",
    "days": "any",
    "bound": "any",
    "amount_yuan": "1.80",
    "valid_from": "2026-01-01",
    "status": "demonstration",
}
DRAFT = {
    "id": "draft-1",
    "name": "试行方案",
    "issuing_body": "示范机关",
    "payer": "示范财政",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "ownership": ["government_loan", "unknown"],
    "materials": ["precast", "steel"],
    "days": "any",
    "step_1": "waived_add_on",
    "step_2": "percentage",
    "value_2": "40",
}
TOLL_ROAD = draw(
    "A---B---C",
    "AB BC",
    facts={
        name: {"ref": "G6", "tolled": Tolled.YES, "admin_code": "150200"} for name in ("AB", "BC")
    },
    structures=[
        Standing("AB", StructureKind.TOLL_STATION, share=0.0, id="S1", name="西站"),
        Standing("BC", StructureKind.TOLL_STATION, share=0.5, id="S2", name="东站"),
    ],
)


def granted(offices: Offices, *, decide: bool = True) -> Claim:
    world = offices.world
    _, trip = world.delivered(weighed_t=47.0)
    claim = open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00", "50.00"),
        toll_status="demonstration",
        now=world.now,
        basis=relief_basis(),
    )
    if not decide:
        return claim
    address = f"/toll-office/records/{claim.number}"
    offices.person(world.toll_office).send(address, {"step": "verify", "expected_version": 1})
    offices.person(world.toll_payer).send(address, {"step": "pay", "expected_version": 2})
    return claim


def test_the_scope_of_a_scheme_is_written_by_names_and_what_is_not_on_file_refused(
    offices: Offices,
) -> None:
    office = offices.person(offices.world.toll_office)
    office.open("/toll-office/schemes")
    scope = {
        "component_kinds": "夹心保温外墙板",
        "leagues": "包头市",
        "from_hour": "22",
        "to_hour": "6",
    }
    page = office.send("/toll-office/schemes", DRAFT | scope)
    (made,) = offices.installation.schemes.schemes
    assert made.component_kinds == {"sandwich_wall"}
    assert made.leagues == {"1502"}
    assert "夹心保温外墙板" in page.text
    assert "包头市" in page.text
    wrong = {"id": "a/b", "leagues": "火星", "component_kinds": "气球", "from_hour": "1.5"}
    page = office.send("/toll-office/schemes", DRAFT | wrong, status=422)
    assert {"id-error", "leagues-error", "component_kinds-error", "from_hour-error"} <= set(
        page.ids
    )
    page = office.send("/toll-office/schemes", DRAFT | {"value_2": "140"}, status=422)
    assert "step_1-error" not in page.ids


@pytest.mark.parametrize("address", ["tariff/file", "imports", "simulation"])
def test_a_file_that_is_no_table_is_refused_on_every_page(offices: Offices, address: str) -> None:
    office = offices.person(offices.world.toll_office)
    office.open("/toll-office/tariff")
    more = {"month": "2026-05", "name": "x", "schemes": ["none"]}
    for content in (b"x" * 200_000, b"a\0b", b"PK\x03\x04\xff\xfe"):
        form = more | {"file": (io.BytesIO(content), "a.csv")}
        page = office.send(f"/toll-office/{address}", form, status=422)
        assert "file-error" in page.ids


def test_a_line_is_typed_in_checked_given_out_and_ended(offices: Offices) -> None:
    office = offices.person(offices.world.toll_office)
    page = office.send("/toll-office/tariff", LINE)
    assert "G6-demo-6" in page.text
    assert "车型缺少费率" in page.text
    assert "示范" in page.text
    csv = office.client.get("/toll-office/tariff/lines.csv").data.decode("utf-8-sig")
    assert "G6-demo-6,distance,G6" in csv
    office.send("/toll-office/tariff", LINE, status=409)
    wrong = office.send("/toll-office/tariff", {**LINE, "amount_yuan": "-1"}, status=422)
    assert "amount_yuan-error" in wrong.ids
    ended = {"last_day": "2026-06-30", "expected_version": 1}
    page = office.send("/toll-office/tariff/G6-demo-6/end", ended)
    assert offices.installation.tariff.lines[0].valid_to is not None


def test_lines_come_from_a_file_all_or_none(offices: Offices) -> None:
    office = offices.person(offices.world.toll_office)
    head = office.client.get("/toll-office/tariff/lines.csv").data.decode("utf-8-sig")
    good = head + "L1,distance,G6,,5,any,any,,1.6,2026-01-01,,demonstration,示范\n"
    bad = good + "L2,distance,G6,,9,any,any,,1.6,2026-01-01,,demonstration,示范\n"
    page = office.send(
        "/toll-office/tariff/file", {"file": (io.BytesIO(bad.encode()), "lines.csv")}, status=422
    )
    assert "vehicle_class" in page.text
    assert not offices.installation.tariff.lines
    office.send(
        "/toll-office/tariff/file", {"file": (io.BytesIO(good.encode("gb18030")), "lines.csv")}
    )
    assert [one.id for one in offices.installation.tariff.lines] == ["L1"]


def test_a_scheme_begins_as_a_draft_and_needs_its_basis_to_come_into_force(
    offices: Offices,
) -> None:
    office = offices.person(offices.world.toll_office)
    page = office.send("/toll-office/schemes", DRAFT)
    assert "试行方案" in page.text
    assert "草案" in page.text
    move = {"to": "in_force", "expected_version": 1}
    refused = office.send("/toll-office/schemes/draft-1/state", move, status=409)
    assert "法律依据" in refused.text
    office.send("/toll-office/schemes", DRAFT, status=422)
    complete = {**DRAFT, "id": "draft-2", "document_number": "示1号", "legal_basis": "TRR 15"}
    office.send("/toll-office/schemes", complete)
    office.send("/toll-office/schemes/draft-2/state", move)
    in_force = offices.installation.schemes.on(offices.world.now.date())
    assert [one.id for one in in_force] == ["draft-2"]
    empty = office.send("/toll-office/schemes", {"id": "x"}, status=422)
    assert {"ownership", "step_1"} <= set(empty.ids)


def test_what_was_paid_stands_in_the_ledger_the_settlement_file_and_the_report(
    offices: Offices,
) -> None:
    world = offices.world
    claim = granted(offices)
    office = offices.person(world.toll_office)
    ledger = office.open("/finance/ledger?first=2026-01&last=2026-12")
    assert "150.00" in ledger.text
    statement = next(link for link in ledger.links if "account?name=bearer" in link)
    assert claim.number in office.open(statement).text
    file = next(link for link in ledger.links if "settlement.csv" in link)
    assert claim.number in office.client.get(file).data.decode("utf-8-sig")
    report = office.open("/toll-office/report?first=2026-01&last=2026-12")
    assert "45.00" in report.text
    pdf = office.client.get("/toll-office/report.pdf?first=2026-01&last=2026-12").data
    assert pdf.startswith(b"%PDF")
    xlsx = office.client.get("/toll-office/report.xlsx?first=2026-01&last=2026-12").data
    assert "盟市" in openpyxl.load_workbook(io.BytesIO(xlsx)).sheetnames
    own = offices.person(world.carrier).open("/carrier/statement?first=2026-01&last=2026-12")
    assert claim.number in own.text
    assert "¥ 0.00" in own.text
    assert "没有异常" in office.open("/toll-office/signals?first=2026-01&last=2026-12").text


def test_a_month_that_is_not_over_stays_open(offices: Offices) -> None:
    office = offices.person(offices.world.toll_payer)
    month = f"{offices.installation.clock.now():%Y-%m}"
    page = office.send("/finance/ledger/close", {"month": month}, status=422)
    assert "month-error" in page.ids
    office.send("/finance/ledger/close", {"month": "2026-01"})
    office.send("/finance/ledger/close", {"month": "2026-01"}, status=409)


def test_a_booking_is_taken_back_once_with_a_reason(offices: Offices) -> None:
    claim = granted(offices)
    office = offices.person(offices.world.toll_payer)
    with offices.installation.unit_of_work(read_only=True) as work:
        booking = work.ledger.of_claim(claim.number)[-1]
    address = f"/finance/ledger/bookings/{booking.id}/reverse"
    form = {"name": "bearer:示范财政", "first": "2026-01", "last": "2026-12"}
    office.send(address, form, status=422)
    office.send(address, {**form, "reason": "金额有误"})
    office.send(address, {**form, "reason": "再次"}, status=409)


def test_an_operators_file_is_read_once_and_says_what_does_not_match(offices: Offices) -> None:
    office = offices.person(offices.world.toll_office)
    text = "\n".join(",".join(row) for row in ([*FIELDS], Record(1).row())) + "\n"
    form = {"month": "2026-05", "file": (io.BytesIO(text.encode()), "may.csv")}
    page = office.send("/toll-office/imports", form)
    assert "通行证未登记" in page.text
    mismatches = next(link for link in page.links if link.endswith("mismatches.csv"))
    assert "pass_unknown" in office.client.get(mismatches).data.decode("utf-8-sig")
    again = {"month": "2026-05", "file": (io.BytesIO(text.encode()), "may.csv")}
    office.send("/toll-office/imports", again, status=409)
    empty = office.send("/toll-office/imports", {"month": "2026-05"}, status=422)
    assert "file-error" in empty.ids


def test_schemes_are_compared_on_made_up_trips_and_kept(offices: Offices) -> None:
    offices.installation.in_use = TOLL_ROAD
    office = offices.person(offices.world.toll_office)
    office.send("/toll-office/schemes", DRAFT)
    form = {
        "name": "对比一",
        "schemes": ["none", "draft-1"],
        "seed": "7",
        "count": "200",
        "year": "2026",
    }
    page = office.send("/toll-office/simulation", form)
    assert "合成运次" in page.text
    assert "试行方案" in page.text
    csv = next(link for link in page.links if link.endswith("export.csv"))
    assert "component_kind" in office.client.get(csv).data.decode("utf-8-sig")
    json = next(link for link in page.links if link.endswith("export.json"))
    result = office.client.get(json).get_json()
    none, draft = result["schemes"]
    assert none["loss_yuan"] == "0.00"
    assert float(draft["loss_yuan"]) > 0
    assert "对比一" in office.open("/toll-office/simulation").text
    office.send("/toll-office/simulation", {**form, "schemes": []}, status=422)


def test_a_carrier_appeals_and_another_person_answers(offices: Offices) -> None:
    world = offices.world
    _, trip = world.delivered(weighed_t=60.0)
    claim = open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00"),
        toll_status="demonstration",
        now=world.now,
        basis=relief_basis(),
    )
    address = f"/toll-office/records/{claim.number}"
    reject = {"step": "reject", "expected_version": 1, "reason": "超重"}
    offices.person(world.toll_office).send(address, reject)
    carrier = offices.person(world.carrier)
    own = f"/carrier/relief/{claim.number}"
    carrier.send(f"{own}/appeal", {"reason": ""}, status=422)
    page = carrier.send(f"{own}/appeal", {"reason": "地磅有误"})
    assert "申诉中" in page.text
    answer = {"step": "uphold", "expected_version": 3, "reason": "复核无误"}
    offices.person(world.toll_office).send(address, answer, status=409)
    page = offices.person(world.toll_colleague).send(address, answer)
    assert "维持不予减免" in page.text


def test_a_toll_is_quoted_between_stations_line_by_line(offices: Offices) -> None:
    offices.installation.in_use = TOLL_ROAD
    office = offices.person(offices.world.toll_office)
    page = office.open("/tolls?entry=S1&exit=东站&axles=7&at=2026-05-11")
    # Six kilometres at 2.10 and one axle above six at 0.20.
    assert "13.80" in page.text
    assert "示范" in page.text
    wrong = office.open("/tolls?entry=S1&exit=S9&axles=1", 422)
    assert "axles-error" in wrong.ids
    assert "exit-error" in office.open("/tolls?entry=S1&exit=S9&axles=6", 422).ids


@pytest.mark.parametrize(
    "address",
    [
        "/toll-office/tariff",
        "/toll-office/schemes",
        "/finance/ledger",
        "/toll-office/imports",
        "/toll-office/simulation",
        "/toll-office/report",
        "/toll-office/signals",
    ],
)
def test_pages_of_the_toll_office_open_in_both_languages_and_to_nobody_else(
    offices: Offices, address: str
) -> None:
    world = offices.world
    offices.person(world.toll_office).open(address)
    offices.person(world.carrier).open(address, status=403)


@pytest.mark.parametrize("page", ["/finance/ledger", "/toll-office/report", "/toll-office/signals"])
def test_a_month_that_is_none_is_named_at_its_field_on_every_page(
    offices: Offices, page: str
) -> None:
    office = offices.person(offices.world.toll_office)
    assert "first-error" in office.open(f"{page}?first=May", 422).ids


def test_finance_closes_and_approves_and_the_operator_answers_for_itself(offices: Offices) -> None:
    world = offices.world
    claim = granted(offices, decide=False)
    for version, (step, who) in enumerate(
        [(ClaimStep.VERIFY, world.toll_office), (ClaimStep.PAY, world.toll_payer)], start=1
    ):
        decide_claim(
            world.unit_of_work,
            actor=who,
            number=claim.number,
            step=step,
            expected_version=version,
            now=world.now,
        )
    offices.installation.steady_clock.move(days=40)
    closer, checker = offices.person(world.toll_payer), offices.person(world.finance_checker)
    month = f"{world.now:%Y-%m}"
    with world.unit_of_work(read_only=True) as work:
        booking = work.ledger.of_month(month)[0]
    assert month in closer.open("/finance").text
    offices.person(world.toll_office).send("/finance/ledger/close", {"month": month}, status=403)
    offices.person(world.toll_office).send(
        f"/finance/ledger/bookings/{booking.id}/reverse", {"reason": "x"}, status=403
    )
    closer.send("/finance/ledger/close", {"month": month})
    page = closer.open("/finance/settlements")
    assert "待复核" in page.text
    with world.unit_of_work(read_only=True) as work:
        (settlement,) = work.settlements.listed()
    address = f"/finance/settlements/{settlement.id}"
    approve = {"step": "approve", "expected_version": 1}
    assert "须由另一人复核" in closer.send(address, approve, status=409).text
    assert "财务已复核" in checker.send(address, approve).text
    operator = offices.person(world.operator)
    assert settlement.operator not in operator.open("/operator/settlements").text
    confirm = {"step": "confirm", "expected_version": 2}
    operator.send(f"/operator/settlements/{settlement.id}", confirm, status=404)
    assert operator.client.get("/operator/settlement.csv").status_code == 200
    for address in ("/operator", "/operator/records"):
        operator.open(address)
        closer.open(address, status=403)
    for address in ("/finance", "/finance/settlements", "/finance/ledger", "/toll-office"):
        operator.open(address, status=403)


def test_a_truck_is_put_on_a_project_list_and_taken_off_from_today(offices: Offices) -> None:
    office = offices.person(offices.world.toll_office)
    today = f"{offices.installation.clock.now():%Y-%m-%d}"
    form = {
        "project": "示范项目",
        "tractor_plate": "蒙B12345",
        "basis": "示范名单1号",
        "first_day": "2026-01-01",
        "last_day": "2099-12-31",
    }
    assert "蒙B12345" in office.send("/toll-office/lists", form).text
    wrong = office.send("/toll-office/lists", {**form, "last_day": "2025-01-01"}, status=422)
    assert "last_day-error" in wrong.ids
    with offices.world.unit_of_work(read_only=True) as work:
        (entry,) = work.project_lists.listed()
    end = {"last_day": today, "expected_version": 1}
    office.send(f"/toll-office/lists/{entry.id}/end", end)
    office.send(f"/toll-office/lists/{entry.id}/end", end, status=409)
