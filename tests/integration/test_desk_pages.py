"""The desks through their pages, over a real database."""

from __future__ import annotations

import pytest

from tests.factories import CALENDAR
from tests.offices import DESIGNATION, Offices
from transport.people import Actor
from transport.permits.case import Case
from transport.permits.states import ActKind, ActState
from transport.services import accepting, claiming_acts
from webapp.case_file import queueing

CONSULTATION = ActKind.POLICE_CONSULTATION
CONSENT = ActKind.MUNICIPAL_CONSENT
CITY_POLICE = ActKind.POLICE_DESIGNATION


def _state(offices: Offices, case: Case, kind: ActKind = ActKind.HIGHWAY_PERMIT) -> ActState:
    return offices.world.act(case, kind).state


def _decide_city(
    offices: Offices, case: Case, kind: ActKind, people: list[Actor], propose: str
) -> None:
    first, second, third = people
    offices.step(case, first, "accept", kind=kind)
    offices.step(case, first, propose, DESIGNATION, kind=kind)
    offices.step(case, second, "check", kind=kind)
    offices.step(case, third, "sign", kind=kind)


def test_a_case_goes_through_every_desk_until_the_truck_may_leave(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    assert case.number in offices.person(world.handler).open("/transport").text
    page = offices.step(case, world.handler, "accept")
    assert "已受理" in page.text
    offices.step(case, world.handler, "consult", {"question": "通行时间"})
    assert case.number in offices.person(world.police).open("/police").text
    opinion = {"outcome": "conditions", "text": "避开高峰", "windows": "09:00-16:00"}
    offices.step(case, world.police, "give-opinion", opinion, kind=CONSULTATION)
    proposal = offices.person(world.handler).open(offices.address(case, "handle"))
    assert "避开高峰" in proposal.text
    assert "09:00-16:00" in proposal.source, "the police opinion fills the form"
    offices.step(case, world.handler, "handle", DESIGNATION)
    offices.step(case, world.checker, "check", {"note": "无误"})
    offices.step(case, world.signatory, "sign")
    page = offices.step(case, world.signatory, "issue", {"official_pass_number": "蒙0001"})
    assert "尚不可发车" in page.text
    assert "包头市政" in page.text
    assert _state(offices, case) is ActState.ISSUED
    assert case.number in offices.person(world.municipal[0]).open("/municipal").text
    _decide_city(offices, case, CONSENT, world.municipal, "consent")
    _decide_city(offices, case, CITY_POLICE, world.city_police, "designate")
    page = offices.person(world.carrier).open(f"/cases/{case.number}")
    assert "可发车" in page.text
    assert "尚不可发车" not in page.text
    assert "蒙0001" in page.text


def test_a_step_that_the_state_does_not_allow_says_so_and_changes_nothing(
    offices: Offices,
) -> None:
    world = offices.world
    case = world.submitted()
    page = offices.person(world.handler).open(offices.address(case, "check"), status=409)
    assert "待受理" in page.text
    page = offices.step(case, world.handler, "handle", DESIGNATION, status=409)
    assert "现在不能办理这一步" in page.text
    assert _state(offices, case) is ActState.AWAITING_ACCEPTANCE


def test_another_office_finds_no_such_case(offices: Offices) -> None:
    world = offices.world
    case = world.submitted(cities=())
    page = offices.person(world.municipal[0]).open(f"/cases/{case.number}", status=404)
    assert case.application.contact.name not in page.text
    offices.person(world.rival).open(f"/cases/{case.number}", status=404)
    offices.step(case, world.municipal[0], "accept", status=404)
    assert _state(offices, case) is ActState.AWAITING_ACCEPTANCE


def test_an_office_on_the_case_cannot_take_the_step_of_another(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    page = offices.step(case, world.municipal[0], "accept", status=409)
    assert "不由您的部门办理" in page.text
    assert _state(offices, case) is ActState.AWAITING_ACCEPTANCE


def test_the_second_of_two_people_learns_who_was_first_and_loses_nothing_typed(
    offices: Offices,
) -> None:
    world = offices.world
    case = world.consulted()
    seen = world.act(case).version
    other = {**DESIGNATION, "text": "先到的意见"}
    offices.step(case, world.handler, "handle", other)
    mine = {**DESIGNATION, "text": "后到的意见，写了很久"}
    page = offices.step(case, world.checker, "handle", mine, status=409, version=seen)
    assert world.handler.name in page.text
    assert "2026-05-11 09:00" in page.text
    assert "后到的意见，写了很久" in page.source
    decision = world.act(case).decision
    assert decision is not None
    assert decision.text == "先到的意见"


def test_who_handled_a_decision_can_neither_check_nor_sign_it(offices: Offices) -> None:
    world = offices.world
    case = world.handled()
    page = offices.step(case, world.handler, "check", status=409)
    assert world.handler.name in page.text
    assert "须由他人" in page.text
    assert _state(offices, case) is ActState.AWAITING_CHECK
    page = offices.person(world.handler).open(f"/cases/{case.number}")
    assert offices.address(case, "check") not in page.links
    assert (
        offices.address(case, "check")
        in offices.person(world.checker).open(f"/cases/{case.number}").links
    )


def test_supplements_are_asked_for_once_with_everything_on_one_list(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    page = offices.step(case, world.handler, "ask-supplement", {"wanted": " \n"}, status=422)
    assert "wanted" in page.source
    offices.step(case, world.handler, "ask-supplement", {"wanted": "轮廓图\n护送方案"})
    assert world.act(case).supplement_list == ("轮廓图", "护送方案")
    page = offices.person(world.carrier).open(f"/cases/{case.number}")
    assert "护送方案" in page.text
    offices.step(case, world.handler, "ask-supplement", {"wanted": "还有"}, status=409)


def test_a_non_acceptance_needs_a_ground_of_the_closed_list(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    wrong = {"ground": "too_ugly", "text": "理由"}
    offices.step(case, world.handler, "decline", wrong, status=422)
    form = {"ground": "divisible_load", "text": "可以分开运输"}
    page = offices.step(case, world.handler, "decline", form)
    assert "可以分开运输" in page.text
    assert _state(offices, case) is ActState.NOT_ACCEPTED


def test_a_refusal_needs_ground_and_reasons(offices: Offices) -> None:
    world = offices.world
    case = world.consulted()
    page = offices.step(case, world.handler, "handle", {"outcome": "refuse"}, status=422)
    assert page.source.count("field-error") >= 2
    refusal = {"outcome": "refuse", "grounds": "flatbed_axle_load", "text": "轴荷超过上限"}
    offices.step(case, world.handler, "handle", refusal)
    offices.step(case, world.checker, "check")
    page = offices.step(case, world.signatory, "sign")
    assert "轴荷超过上限" in page.text
    assert _state(offices, case) is ActState.REFUSED


def test_hours_of_travel_that_are_no_hours_are_named_at_their_field(offices: Offices) -> None:
    world = offices.world
    case = world.consulted()
    wrong = {**DESIGNATION, "windows": "9 to 25"}
    page = offices.step(case, world.handler, "handle", wrong, status=422)
    assert "windows-error" in page.ids
    assert "9 to 25" in page.source


def test_the_city_police_wait_for_the_municipal_consent(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    first = world.city_police[0]
    offices.step(case, first, "accept", kind=CITY_POLICE)
    page = offices.step(case, first, "designate", DESIGNATION, kind=CITY_POLICE, status=409)
    assert "包头市政" in page.text
    empty = {"outcome": "grant"}
    _decide_city(offices, case, CONSENT, world.municipal, "consent")
    page = offices.step(case, first, "designate", empty, kind=CITY_POLICE, status=422)
    assert {"windows-error", "route_note-error"} <= set(page.ids)


def test_the_clock_stands_still_with_a_reason_and_runs_again(offices: Offices) -> None:
    world = offices.world
    case = world.accepted()
    form = {"reason": "strengthening", "note": "加固黄河支流桥，约十日"}
    page = offices.step(case, world.handler, "suspend", form)
    assert "加固黄河支流桥" in page.text
    offices.step(case, world.handler, "resume")
    assert _state(offices, case) is ActState.ACCEPTED


def test_silence_of_the_police_is_recorded_only_after_the_limit(offices: Offices) -> None:
    world = offices.world
    case = world.accepted()
    offices.step(case, world.handler, "consult")
    offices.step(case, world.handler, "record-overdue", kind=CONSULTATION, status=409)
    offices.installation.steady_clock.move(days=10)
    page = offices.step(case, world.handler, "record-overdue", kind=CONSULTATION)
    assert "逾期未复" in page.text


def test_the_official_number_is_recorded_beside_ours(offices: Offices) -> None:
    world = offices.world
    case = world.submitted()
    address = f"/cases/{case.number}/official-number"
    handler = offices.person(world.handler)
    wrong = {"official_number": "12", "expected_version": case.version}
    handler.send(address, wrong, status=422)
    right = {"official_number": "A1500002026051100001", "expected_version": case.version}
    assert "A1500002026051100001" in handler.send(address, right).text
    assert "changed" not in handler.send(address, right, status=409).text


def test_overdue_acts_stand_first_in_the_queue(offices: Offices) -> None:
    world = offices.world
    old = world.accepted(cities=())
    offices.installation.steady_clock.move(days=60)
    world.now = offices.installation.clock.now()
    new = world.submitted(cities=())
    page = offices.person(world.handler).open("/transport")
    assert page.source.index(old.number) < page.source.index(new.number)
    assert "逾期" in page.text


def test_an_act_accepted_by_law_can_be_handled_at_once(offices: Offices) -> None:
    world = offices.world
    case = world.submitted(category="II", cities=())
    offices.installation.steady_clock.move(days=20)
    page = offices.person(world.handler).open(f"/cases/{case.number}")
    assert offices.address(case, "handle") in page.links
    offices.step(case, world.handler, "handle", DESIGNATION)
    assert _state(offices, case) is ActState.AWAITING_CHECK


@pytest.mark.parametrize("address", ["/transport", "/police", "/municipal", "/toll-office"])
def test_a_queue_is_for_its_own_desk(offices: Offices, address: str) -> None:
    offices.person(offices.world.carrier).open(address, status=403)


def test_revoking_needs_a_reason_and_ends_the_pass(offices: Offices) -> None:
    world = offices.world
    case, permit = world.issued(cities=())
    offices.step(
        case, world.signatory, "revoke", {"ground": "law_changed", "reason": ""}, status=422
    )
    page = offices.step(
        case, world.signatory, "revoke", {"ground": "circumstances_changed", "reason": "桥梁受损"}
    )
    assert "桥梁受损" in page.text
    assert "尚不可发车" in page.text
    shown = offices.person(world.police).open(f"/V/{permit.token.rpartition('/')[2]}")
    assert "已撤销" in shown.text


def test_the_roadside_check_compares_measured_and_permitted(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    officer = offices.person(world.police)
    page = officer.open(f"/gate?number={permit.number}&height_m=4.6&width_m=3.7&axle_count=7")
    assert "与许可不符" in page.text
    assert "+0.1" in page.text
    fits = officer.open(f"/gate?number={permit.number.lower()}&height_m=4.5")
    assert "与许可相符" in fits.text
    officer.open("/gate?number=DJ0-1", status=422)
    officer.open("/gate?number=&height_m=high", status=422)


def test_accepting_through_service_and_page_leads_to_the_same_state(offices: Offices) -> None:
    world = offices.world
    by_page, by_service = world.submitted(cities=()), world.submitted(cities=())
    offices.step(by_page, world.handler, "accept")
    accepting.accept(world.unit_of_work, CALENDAR, world.request(by_service, world.handler))
    assert world.act(by_page).clock == world.act(by_service).clock


def test_every_office_reads_its_own_statistics_and_takes_them_away_as_a_table(
    offices: Offices,
) -> None:
    world = offices.world
    world.signed()
    desk, city = offices.person(world.handler), offices.person(world.municipal[0])
    page = desk.open("/statistics")
    assert "受理至决定" in page.text
    assert "统计截止" in page.text
    told = desk.client.get("/statistics.csv").text
    assert "times,highway_permit,decide,1,0.0,0,15,0" in told
    assert "municipal_consent" not in told
    assert "municipal_consent" in city.client.get("/statistics.csv").text
    assert desk.open("/statistics?first=2026-05-11&last=2026-01-01", 422).text
    assert offices.person(world.carrier).open("/statistics", 403).text


def test_the_queue_is_paged_filtered_and_tells_who_works_on_how_much(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = offices.world
    monkeypatch.setattr(queueing, "PAGE_SIZE", 3)
    cases = [world.submitted(cities=()) for _ in range(5)]
    claiming_acts.claim_act(world.unit_of_work, world.request(cases[0], world.handler))
    claiming_acts.claim_act(world.unit_of_work, world.request(cases[1], world.checker))
    claiming_acts.recuse(
        world.unit_of_work, world.request(cases[2], world.handler), reason="亲属为申请人"
    )
    desk = offices.person(world.handler)
    shown = [
        {one.number for one in cases if one.number in desk.open(f"/transport?page={page}").text}
        for page in (1, 2)
    ]
    assert [len(one) for one in shown] == [3, 2]
    assert shown[0] | shown[1] == {one.number for one in cases}
    first = desk.open("/transport").text
    assert "尚无人认领 3" in " ".join(first.split())
    mine = desk.open("/transport?show=mine").text
    assert [one.number for one in cases if one.number in mine] == [cases[0].number]
    unclaimed = desk.open(f"/transport?show=unclaimed&q={cases[1].number}").text
    assert "没有符合条件的事项" in unclaimed
