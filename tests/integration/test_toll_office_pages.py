"""The toll office: relief records, the monthly list, tolls and schemes."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.factories import relief_basis, scheme, toll_lines
from tests.offices import Offices
from transport.relief.claims import Claim
from transport.relief.schemes import SchemeRegister
from transport.services.claiming_relief import open_claim
from transport.tariffs.line_files import LINE_COLUMNS


def _claim(offices: Offices, *, weighed_t: float | None = None) -> Claim:
    world = offices.world
    _, trip = world.delivered(weighed_t=weighed_t)
    return open_claim(
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


def test_a_record_is_approved_by_one_person_paid_by_another_and_stands_on_the_list(
    offices: Offices,
) -> None:
    world = offices.world
    claim = _claim(offices)
    first, second = offices.person(world.toll_office), offices.person(world.toll_payer)
    assert claim.number in first.open("/toll-office").text
    address = f"/toll-office/records/{claim.number}"
    page = first.open(address)
    assert "示范" in page.text
    assert "未登记 4" in first.open("/toll-office").text
    page = first.send(address, {"step": "verify", "expected_version": 1})
    assert "45.00" in page.text
    page = first.send(address, {"step": "pay", "expected_version": 2}, status=409)
    assert world.toll_office.name in page.text
    second.send(address, {"step": "pay", "expected_version": 2})
    listed = first.open("/toll-office/monthly?month=2026-05")
    assert claim.number in listed.text
    assert "45.00" in listed.text


def test_the_monthly_list_as_excel_holds_every_record_and_the_sums(offices: Offices) -> None:
    claim = _claim(offices)
    visitor = offices.person(offices.world.toll_office)
    visitor.send(f"/toll-office/records/{claim.number}", {"step": "verify", "expected_version": 1})
    content = visitor.client.get("/toll-office/monthly/2026-05.xlsx").data
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    cells = [cell for row in rows for cell in row]
    assert claim.number in cells
    assert "XL-001" in cells
    total = next(row for row in rows if row[0] == "合计")
    assert {150.0, 45.0, 105.0} <= set(total)
    assert any("演示" in str(cell) for cell in cells)


def test_a_load_heavier_than_permitted_is_rejected_with_a_reason(offices: Offices) -> None:
    claim = _claim(offices, weighed_t=60.0)
    visitor = offices.person(offices.world.toll_office)
    address = f"/toll-office/records/{claim.number}"
    visitor.send(address, {"step": "verify", "expected_version": 1}, status=409)
    page = visitor.send(address, {"step": "reject", "expected_version": 1}, status=422)
    assert "reason-error" in page.ids
    page = visitor.send(
        address, {"step": "reject", "expected_version": 1, "reason": "超过许可质量"}
    )
    assert "超过许可质量" in page.text


def test_a_decision_on_an_older_version_changes_nothing_and_keeps_what_was_typed(
    offices: Offices,
) -> None:
    world = offices.world
    claim = _claim(offices)
    address = f"/toll-office/records/{claim.number}"
    offices.person(world.toll_office).send(address, {"step": "verify", "expected_version": 1})
    late = {"step": "reject", "expected_version": 1, "reason": "写了很久的理由"}
    page = offices.person(world.toll_colleague).send(address, late, status=409)
    assert "写了很久的理由" in page.source
    assert "他人已先更改" in page.text


def test_the_toll_office_opens_no_case(offices: Offices) -> None:
    case = offices.world.submitted()
    offices.person(offices.world.toll_office).open(f"/cases/{case.number}", status=404)


@pytest.mark.parametrize("month", ["2026-13", "May"])
def test_a_month_that_is_none_is_named_at_its_field(offices: Offices, month: str) -> None:
    visitor = offices.person(offices.world.toll_office)
    assert "month-error" in visitor.open(f"/toll-office/monthly?month={month}", 422).ids
    assert visitor.client.get(f"/toll-office/monthly/{month}.xlsx").status_code == 422


def test_rates_say_how_sure_they_are_and_without_a_scheme_there_is_no_relief(
    offices: Offices,
) -> None:
    visitor = offices.person(offices.world.toll_office)
    page = visitor.open("/tolls")
    assert "示范" in page.text
    assert "没有登记减免方案" in page.text
    offices.installation.__dict__["_shipped_schemes"] = SchemeRegister(
        (replace(scheme(), name="示范方案"),)
    )
    assert "示范方案" in visitor.open("/tolls").text


def test_every_faulty_cell_of_a_tariff_file_is_told_in_chinese(offices: Offices) -> None:
    visitor = offices.person(offices.world.toll_office)
    visitor.open("/toll-office/tariff")
    file = ",".join(LINE_COLUMNS) + "\n" + "A,road,G6,,六,any,any,,-1,2026-13-01,,,\n" * 2
    page = visitor.send(
        "/toll-office/tariff/file", {"file": (io.BytesIO(file.encode("gb18030")), "a.csv")}, 422
    )
    for said in (
        "第 2 行，kind 列：“road”不在可选值之内：distance, bridge, tunnel",
        "第 2 行，vehicle_class 列：“六”无法识别",
        "第 2 行，amount_yuan 列：应在 0 至 1000000 元之间",
        "第 2 行，valid_from 列：“2026-13-01”无法识别",
        "第 3 行，line_id 列：“A”重复出现",
        "第 3 行，status 列：单元格为空",
    ):
        assert said in page.text
