"""The later life of an act through its pages: leagues, entry check, amendment, endings."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from tests.factories import route_contract
from tests.offices import Offices
from transport.people import Actor, Role
from transport.permits.acts import Act
from transport.permits.states import ActKind, ActState
from transport.services.viewing_cases import view_case
from webapp.demonstration.papers import photo

_CROSSING = {
    "id": "c1",
    "kind": "level_crossing",
    "name": "包西线道口",
    "at": [110.0, 40.6],
    "chainage_km": 12.0,
    "outcome": "pass",
    "limit": None,
    "value": None,
    "margin": None,
    "clause": "",
    "condition": None,
}
_HIGHWAY = {
    "outcome": "grant",
    "text": "符合条件",
    "windows": "09:00-16:00",
    "top_speed_km_h": "60",
}


def test_leagues_on_the_route_are_asked_and_the_decision_waits_for_them(offices: Offices) -> None:
    world = offices.world
    league = world.person("盟市", Role.TRANSPORT, "150200", "包头市交通运输局")
    case = world.consulted(cities=())
    offices.step(case, world.handler, "consult-leagues", {"question": "沿线桥梁"})
    refused = offices.step(case, world.handler, "handle", _HIGHWAY, status=409)
    assert "包头市交通运输局" in refused.text
    opinion = {"outcome": "conditions", "text": "昆都仑桥限速通过"}
    kind = ActKind.LEAGUE_OPINION
    asked = world.act(case, kind)
    letter = f"/cases/{case.number}/acts/{asked.id}/letters/consultation.pdf"
    assert offices.person(league).client.get(letter).data.startswith(b"%PDF")
    offices.step(case, league, "give-league-opinion", opinion, kind=kind)
    page = offices.step(case, world.handler, "handle", _HIGHWAY)
    assert "昆都仑桥限速通过" in page.text


def test_a_pass_waits_for_the_entry_check_and_is_not_issued_over_an_excess(
    offices: Offices,
) -> None:
    world = offices.world
    case = world.signed(cities=())
    offices.step(case, world.handler, "require-entry-check", {"station": "包头东"})
    too_high = {"station": "包头东", "height_m": "4.7", "plates_match": "1", "result": "pass"}
    page = offices.step(case, world.handler, "record-entry-check", too_high, status=422)
    assert "核查不能通过" in page.text
    offices.step(case, world.handler, "record-entry-check", {**too_high, "result": "fail"})
    assert world.act(case).state is ActState.GRANTED
    offices.step(case, world.handler, "require-entry-check", {"station": "包头东"})
    front = (BytesIO(photo()), "front.png")
    fits = {**too_high, "height_m": "4.6", "photo_front": front}
    page = offices.step(case, world.handler, "record-entry-check", fits)
    check = world.act(case).entry_check
    assert world.act(case).state is ActState.ISSUED
    assert check is not None
    assert dict(check.photos).keys() == {"front"}
    assert "包头东" in page.text


def test_an_amended_pass_keeps_its_number_and_ends_the_old_revision(offices: Offices) -> None:
    world = offices.world
    old, permit = world.issued(cities=())
    carrier = offices.person(world.carrier)
    page = carrier.open(f"/carrier/cases/{old.number}")
    assert f"/carrier/cases/{old.number}/amend" in page.links
    carrier.send(f"/carrier/cases/{old.number}/amend", {"because": ""}, status=422)
    with world.unit_of_work(read_only=True) as work:
        assert work.permits.by_number(permit.number) == permit


def test_an_annulled_act_says_why_and_a_ground_of_another_list_is_refused(
    offices: Offices,
) -> None:
    world = offices.world
    case, _ = world.issued(cities=())
    wrong = {"ground": "holder_asked", "reason": "材料虚假"}
    offices.step(case, world.signatory, "annul", wrong, status=422)
    page = offices.step(
        case, world.signatory, "annul", {"ground": "obtained_by_deceit", "reason": "材料虚假"}
    )
    assert "已撤销" in page.text
    assert "以欺骗、贿赂等不正当手段取得" in page.text


def test_the_truck_waits_for_the_railway_but_the_pass_does_not(offices: Offices) -> None:
    world = offices.world
    route = route_contract(cities=(), structures=[_CROSSING])
    case, _ = world.issued(route=route)
    kind = ActKind.RAILWAY_CONSENT

    def ready() -> bool:
        view = view_case(
            world.unit_of_work,
            offices.installation.calendar,
            actor=world.carrier,
            number=case.number,
            today=world.now.date(),
        )
        return view.ready

    assert not ready()
    page = offices.person(world.carrier).open(f"/carrier/cases/{case.number}")
    assert "铁路道口通过" in page.text
    offices.step(case, world.carrier, "ask-consent", {"whom": "呼和浩特铁路局"}, kind=kind)
    without = {"answer": "record_consent", "text": "03:00 通过"}
    offices.step(case, world.carrier, "record-answer", without, kind=kind, status=422)
    paper = (BytesIO(b"%PDF-1.4\n%%EOF\n"), "复函.pdf")
    offices.step(case, world.carrier, "record-answer", {**without, "paper": paper}, kind=kind)
    assert ready()
    annex = offices.person(world.carrier).client.get(f"/cases/{case.number}/passes/1/annex.pdf")
    assert annex.data.startswith(b"%PDF")


def test_the_origin_forwards_to_other_provinces_and_the_truck_waits_for_their_permits(
    offices: Offices,
) -> None:
    world = offices.world
    route = route_contract(cities=())
    for code, name in (("130700", "张家口市"), ("140200", "大同市"), ("130100", "石家庄市")):
        part = {"admin_code": code, "name": name, "length_m": 9e4, "authorities": ["transport"]}
        route["jurisdictions"].append(part)
    case, _ = world.issued(route=route)
    kind = ActKind.PROVINCE_PERMIT
    acts = world.reload(case).of_kind(kind)
    assert [one.area for one in acts] == ["130000", "140000"]
    assert all(one.terms.answer_days == 15 for one in acts)

    def missing() -> list[str]:
        view = view_case(
            world.unit_of_work,
            offices.installation.calendar,
            actor=world.carrier,
            number=case.number,
            today=world.now.date(),
        )
        return [one.authority for one in view.missing]

    assert len(missing()) == 2
    assert missing()[0].startswith("河北省")
    assert "途经省份许可" in offices.person(world.carrier).open(f"/cases/{case.number}").text
    offices.step(case, world.carrier, "ask-consent", {"whom": "河北"}, kind=kind, status=409)

    def step(act: Act, name: str, form: dict[str, Any], status: int = 302) -> None:
        now = next(one for one in world.reload(case).acts if one.id == act.id)
        address = f"/cases/{case.number}/acts/{act.id}/{name}"
        offices.person(world.handler).send(
            address, {"expected_version": now.version, **form}, status
        )

    for act in acts:
        sent = {"whom": act.authority.name, "reference": "内交转〔2026〕7号"}
        step(act, "ask-consent", sent)
        answer: dict[str, Any] = {"answer": "record_consent", "text": "准予"}
        step(act, "record-answer", answer, 422)
        answer["paper"] = (BytesIO(b"%PDF-1.4\n%%EOF\n"), "通行证.pdf")
        step(act, "record-answer", answer)
    assert missing() == []


def test_an_act_is_claimed_taken_over_with_a_reason_and_stood_back_from(offices: Offices) -> None:
    world = offices.world
    case = world.accepted(cities=())

    def send(who: Actor, step: str, **form: str) -> str:
        version = world.act(case).version
        address = offices.address(case, step)
        sent = {"expected_version": version, **form}
        return offices.person(who).send(address, sent).text

    assert "已由您认领" in send(world.handler, "claim")
    assert "代办须说明原因" in send(world.checker, "claim")
    assert "已由您认领" in send(world.checker, "claim", because="经办休假")
    assert "回避已登记" in send(world.checker, "recusal", reason="与申请人有亲属关系")
    offices.step(case, world.checker, "consult-leagues", {}, status=409)
    world.consulted(cities=())
    queue = offices.person(world.handler).open("/transport")
    assert "各经办人在办件数" in queue.text
    assert case.number in queue.text
    nothing = offices.person(world.handler).open("/transport?q=没有这样的企业")
    assert case.number not in nothing.text
    assert (
        case.number in offices.person(world.handler).open("/transport?show=unclaimed&page=1").text
    )


def test_who_is_recused_decides_nothing(offices: Offices) -> None:
    world = offices.world
    case = world.handled(cities=())
    form = {"expected_version": world.act(case).version, "reason": "利害关系"}
    offices.person(world.checker).send(offices.address(case, "recusal"), form)
    page = offices.step(case, world.checker, "check", {}, status=409)
    assert "已回避" in page.text
    offices.step(case, world.signatory, "check", {})


def test_the_complete_case_file_is_one_click_and_the_same_bytes(offices: Offices) -> None:
    world = offices.world
    case, permit = world.issued(cities=())
    officer = offices.person(world.handler)
    assert f"/cases/{case.number}/file.zip" in officer.open(f"/cases/{case.number}").links
    first = officer.client.get(f"/cases/{case.number}/file.zip")
    assert first.mimetype == "application/zip"
    assert first.data == officer.client.get(f"/cases/{case.number}/file.zip").data
    with ZipFile(BytesIO(first.data)) as archive:
        names = archive.namelist()
        history = json.loads(archive.read("5-history/events.json"))
    assert f"4-passes/{permit.number}-1.pdf" in names
    assert any(name.startswith("3-letters/") for name in names)
    assert [one["event"]["step"] for one in history][:2] == ["make_application", "submit"]
    assert all(len(one["hash"]) == 64 for one in history)
    rival = offices.person(world.rival).client.get(f"/cases/{case.number}/file.zip")
    assert rival.status_code == 404
