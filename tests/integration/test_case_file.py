"""The case file: what each viewer finds on it, and what can be downloaded from it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest

from tests.factories import application, document, law
from tests.offices import DESIGNATION, Offices
from transport.permits.case import Case
from transport.permits.states import ActKind
from transport.services import applying

PDF = b"%PDF-1.4\nscan\n%%EOF\n"


def _text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def _with_scan(offices: Offices) -> tuple[Case, str]:
    stored = offices.installation.documents.put(PDF, "licence.pdf")
    licence = replace(document("transport_licence"), digest=stored.digest)
    papers = tuple(one for one in application().documents if one.code != licence.code)
    case = applying.make_application(
        offices.world.unit_of_work,
        law(),
        actor=offices.world.carrier,
        application=application(documents=(*papers, licence)),
        now=offices.world.now,
    )
    case = applying.submit(
        offices.world.unit_of_work,
        actor=offices.world.carrier,
        number=case.number,
        expected_version=case.version,
        now=offices.world.now,
    )
    return case, stored.digest


def test_the_case_file_tells_everything_that_happened(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    offices.step(case, world.handler, "accept")
    offices.step(case, world.handler, "consult")
    opinion = {"outcome": "no_objection", "text": "照此办理"}
    offices.step(case, world.police, "give-opinion", opinion, kind=ActKind.POLICE_CONSULTATION)
    offices.step(case, world.handler, "handle", DESIGNATION)
    page = offices.person(world.carrier).open(f"/cases/{case.number}")
    for words in ("提交", "受理", "征求", "照此办理", "符合条件", world.handler.name):
        assert words in page.text
    assert "尚不可发车" in page.text


def test_a_file_of_the_case_is_given_to_its_parties_only(offices: Offices) -> None:
    world = offices.world
    case, digest = _with_scan(offices)
    address = f"/cases/{case.number}/documents/{digest}"
    answer = offices.person(world.handler).client.get(address)
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.content_type == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    offices.person(world.rival).open(address, status=404)
    offices.person(world.toll_office).open(address, status=403)
    offices.person(world.handler).open(f"/cases/{case.number}/documents/{'0' * 64}", status=404)


def test_the_factory_sees_its_case_without_personal_data_and_papers(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    with world.unit_of_work() as work:
        owned = replace(work.cases.get(case.number), factory_id=world.factory.organisation_id)
        work.cases.save(owned, changed_by="test", at=world.now)
        work.commit()
    factory = offices.person(world.factory)
    page = factory.open(f"/cases/{case.number}")
    contact = case.application.contact
    assert contact.phone not in page.text
    assert contact.name not in page.text
    assert world.carrier.name not in page.text
    assert "XL-001" in page.text
    factory.open(f"/cases/{case.number}/application.pdf", status=403)


def test_the_application_form_reads_the_same_as_pdf_excel_and_json(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    client = offices.person(world.carrier).client
    pdf, xlsx, read = (
        client.get(f"/cases/{case.number}/application.{form}").data
        for form in ("pdf", "xlsx", "json")
    )
    assert "蒙B12345" in _text_of(pdf)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx)).active
    fields = {row[1]: row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert fields["目的地"] == json.loads(read)["基础信息"]["目的地"] == "呼和浩特市赛罕区"
    assert json.loads(read)["基础信息"]["轴距"] == "3.2-1.4-7-1.3-1.3"
    assert client.get(f"/cases/{case.number}/application.pdf").data == pdf
    assert client.get(f"/cases/{case.number}/application.docx").status_code == 404


def test_every_act_has_the_letters_of_its_state(offices: Offices) -> None:
    world = offices.world
    case = world.signed(cities=())
    act = world.act(case)
    client = offices.person(world.carrier).client
    address = f"/cases/{case.number}/acts/{act.id}/letters"
    assert "受理通知书" in _text_of(client.get(f"{address}/acceptance.pdf").data)
    grant = _text_of(client.get(f"{address}/grant.pdf").data)
    for words in ("准予", "60日内", "6个月内", "人民政府", "行政复议法"):
        assert words in grant.replace("\r\n", "")
    assert client.get(f"{address}/refusal.pdf").status_code == 404
    asked = world.act(case, ActKind.POLICE_CONSULTATION)
    letter = client.get(f"/cases/{case.number}/acts/{asked.id}/letters/consultation.pdf").data
    assert "征求意见函" in _text_of(letter)


def test_the_annex_of_the_pass_is_the_same_file_each_time_and_holds_the_terms(
    offices: Offices,
) -> None:
    world = offices.world
    case, permit = world.issued()
    client = offices.person(world.carrier).client
    address = f"/cases/{case.number}/passes/1/annex.pdf"
    pdf = client.get(address).data
    text = _text_of(pdf)
    for words in (permit.number, "蒙B12345", "09:00", "60公里/小时", "XL-001"):
        assert words in text
    assert client.get(address).data == pdf
    assert client.get(f"/cases/{case.number}/passes/1/code.svg").mimetype == "image/svg+xml"
    assert client.get(f"/cases/{case.number}/passes/2/annex.pdf").status_code == 404


def test_the_map_of_a_case_names_both_ends(offices: Offices) -> None:
    case = offices.world.submitted()
    answer = offices.person(offices.world.carrier).client.get(f"/cases/{case.number}/map.json")
    found = json.loads(answer.text)
    assert [one["kind"] for one in found["points"]] == ["origin", "destination"]
    assert found["routes"][0]["status"] == "feasible"


def test_a_draft_says_what_the_precheck_misses(offices: Offices) -> None:
    world = offices.world
    case = world.draft(documents=())
    page = offices.person(world.carrier).open(f"/cases/{case.number}")
    assert "预检" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_case_file_reads_in_both_languages(offices: Offices, language: str) -> None:
    world = offices.world
    case, _ = world.issued()
    visitor = offices.person(world.handler)
    visitor.client.get(f"/language/{language}")
    page = visitor.open(f"/cases/{case.number}")
    assert ("Not ready to depart yet" in page.text) is (language == "en")


def test_the_page_of_another_days_pass_says_that_it_has_ended(offices: Offices) -> None:
    world = offices.world
    case, permit = world.issued(cities=())
    assert permit.valid_until == date(2026, 8, 31)
    offices.installation.steady_clock.move(days=200)
    page = offices.person(world.handler).open(f"/cases/{case.number}")
    assert "已过期" in page.text
