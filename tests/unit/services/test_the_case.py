"""The rules of how acts relate (practice.md 2), through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import (
    CALENDAR,
    DAYTIME,
    MONDAY,
    World,
    application,
    law,
    route_contract,
    with_papers,
)
from transport.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.people import Role
from transport.permits.clocks import SuspensionReason
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, NonAcceptanceGround, Proposal
from transport.permits.permit import PermitState
from transport.permits.readiness import Missing, ready_to_depart
from transport.permits.states import ActKind, ActState, Step
from transport.services import (
    accepting,
    applying,
    consulting,
    deciding,
    designating,
    issuing,
    reviewing,
)
from transport.services.viewing_cases import ActView, CaseView, list_cases, view_case

CITY = (ActKind.MUNICIPAL_CONSENT, ActKind.POLICE_DESIGNATION)


@pytest.fixture
def world() -> World:
    return World()


def missing(view: CaseView) -> set[tuple[ActKind, Missing]]:
    return {(one.kind, one.reason) for one in view.missing}


def seen(world: World, view_of: str, *, by: str = "carrier") -> CaseView:
    return view_case(
        world.unit_of_work,
        CALENDAR,
        actor=getattr(world, by),
        number=view_of,
        today=world.now.date(),
    )


def act_of(view: CaseView, kind: ActKind = ActKind.HIGHWAY_PERMIT) -> ActView:
    return next(one for one in view.acts if one.act.kind is kind)


def test_an_application_gets_a_number_of_its_own_and_the_acts_its_route_needs(
    world: World,
) -> None:
    first, second = world.draft(), world.draft()
    assert (first.number, second.number) == ("DJ150000-20260511-0001", "DJ150000-20260511-0002")
    assert [act.kind for act in first.acts] == [ActKind.HIGHWAY_PERMIT, *CITY]
    assert [act.authority.name for act in first.acts] == [
        "自治区交通运输厅",
        "包头市政",
        "包头交管支队",
    ]


def test_submitting_sends_each_act_to_its_own_office(world: World) -> None:
    case = world.submitted()
    assert {act.state for act in case.acts} == {ActState.AWAITING_ACCEPTANCE}
    assert [one.number for one in list_cases(world.unit_of_work, actor=world.municipal[0])] == [
        case.number
    ]


def test_an_incomplete_application_is_not_submitted_and_everything_missing_is_named(
    world: World,
) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        world.submitted(documents=(), contact=replace(application().contact, name=""))
    assert len(wrong.value.faults) == 8
    assert list_cases(world.unit_of_work, actor=world.handler) == []


def test_a_submitted_application_is_not_changed(world: World) -> None:
    case = world.submitted()
    with pytest.raises(StepNotAllowedError, match="is submitted"):
        applying.change_application(
            world.unit_of_work,
            law(),
            actor=world.carrier,
            number=case.number,
            application=application(),
            expected_version=case.version,
            now=world.now,
        )


def test_the_acts_of_a_draft_follow_its_route(world: World) -> None:
    case = world.draft()
    changed = applying.change_application(
        world.unit_of_work,
        law(),
        actor=world.carrier,
        number=case.number,
        application=application(route=route_contract(cities=())),
        expected_version=case.version,
        now=world.now,
    )
    assert [act.kind for act in world.reload(changed).acts] == [ActKind.HIGHWAY_PERMIT]


def test_a_city_whose_office_is_not_registered_does_not_hold_up_the_highway_pass(
    world: World,
) -> None:
    case = world.submitted(cities=("150902",))
    states = {act.kind: act.state for act in case.acts}
    assert states[ActKind.HIGHWAY_PERMIT] is ActState.AWAITING_ACCEPTANCE
    assert states[ActKind.MUNICIPAL_CONSENT] is ActState.DRAFT
    view = seen(world, case.number)
    assert (ActKind.MUNICIPAL_CONSENT, Missing.NOT_DECIDED) in missing(view)


def test_the_highway_pass_is_issued_while_the_city_has_not_even_accepted(world: World) -> None:
    case, permit = world.issued()
    states = {act.kind: act.state for act in world.reload(case).acts}
    assert states[ActKind.HIGHWAY_PERMIT] is ActState.ISSUED
    assert states[ActKind.MUNICIPAL_CONSENT] is ActState.AWAITING_ACCEPTANCE
    assert permit.is_valid_on(MONDAY)
    view = seen(world, case.number)
    assert not view.ready
    assert missing(view) == {(kind, Missing.NOT_DECIDED) for kind in CITY}


def test_ready_to_depart_when_every_act_the_route_needs_is_in_force(world: World) -> None:
    case, _ = world.ready()
    view = seen(world, case.number)
    assert view.ready
    assert view.missing == ()


def test_not_ready_before_the_first_nor_after_the_last_day(world: World) -> None:
    case, permit = world.ready()
    early, late = date(2026, 5, 10), date(2026, 9, 1)
    for day, reason in ((early, Missing.NOT_YET_VALID), (late, Missing.EXPIRED)):
        ready, found = ready_to_depart(case, day, [permit])
        assert not ready
        assert {one.reason for one in found} == {reason}
    assert ready_to_depart(case, date(2026, 8, 31), [permit]) == (True, ())


def test_in_the_city_the_police_follow_the_municipal_consent(world: World) -> None:
    case = world.submitted()
    first = world.city_police[0]
    accepting.accept(
        world.unit_of_work, CALENDAR, world.request(case, first, ActKind.POLICE_DESIGNATION)
    )
    with pytest.raises(StepNotAllowedError, match="consent of 包头市政 comes first"):
        designating.propose_designation(
            world.unit_of_work,
            CALENDAR,
            world.request(case, first, ActKind.POLICE_DESIGNATION),
            Proposal(DecisionOutcome.GRANT, terms=DAYTIME),
        )


def test_a_designation_sets_time_route_and_speed(world: World) -> None:
    case = world.submitted()
    world.decide_city(case, ActKind.MUNICIPAL_CONSENT, world.municipal)
    first = world.city_police[0]
    accepting.accept(
        world.unit_of_work, CALENDAR, world.request(case, first, ActKind.POLICE_DESIGNATION)
    )
    with pytest.raises(InvalidInputError) as wrong:
        designating.propose_designation(
            world.unit_of_work,
            CALENDAR,
            world.request(case, first, ActKind.POLICE_DESIGNATION),
            Proposal(DecisionOutcome.GRANT),
        )
    assert [one.field for one in wrong.value.faults] == [
        "windows",
        "top_speed_km_h",
        "route_note",
    ]


def test_supplements_are_asked_once_and_the_case_waits_for_the_carrier(world: World) -> None:
    case = world.submitted()
    case = accepting.ask_supplement(
        world.unit_of_work, CALENDAR, world.request(case, world.handler), wanted=["轮廓图", "照片"]
    )
    assert act_of(seen(world, case.number)).held_by == "包头大件物流"
    case = applying.attach_document(
        world.unit_of_work,
        world.documents,
        actor=world.carrier,
        number=case.number,
        code="outline_drawing",
        filename="new.pdf",
        content=b"drawing",
        expected_version=case.version,
        now=world.now,
    )
    applying.supply(world.unit_of_work, CALENDAR, world.request(case, world.carrier))
    with pytest.raises(StepNotAllowedError, match="possible for transport now: accept, decline"):
        accepting.ask_supplement(
            world.unit_of_work, CALENDAR, world.request(case, world.handler), wanted=["more"]
        )
    case = accepting.accept(world.unit_of_work, CALENDAR, world.request(case, world.handler))
    assert world.act(case).supplement_list == ("轮廓图", "照片")


def test_a_case_nobody_answers_in_five_working_days_counts_as_accepted_on_receipt(
    world: World,
) -> None:
    case = world.submitted()
    world.later(days=7)  # Monday 18 May: the fifth working day, see CALENDAR
    assert act_of(seen(world, case.number)).act.state is ActState.AWAITING_ACCEPTANCE
    world.later(days=1)
    act = act_of(seen(world, case.number)).act
    assert act.state is ActState.ACCEPTED
    assert act.clock.accepted_by_law
    assert act.clock.accepted_on == MONDAY


def test_an_acceptance_by_law_is_written_with_the_next_step_and_stands_in_the_history(
    world: World,
) -> None:
    case = world.submitted()
    world.later(days=8)
    with pytest.raises(StepNotAllowedError, match="'accepted'"):
        accepting.ask_supplement(
            world.unit_of_work, CALENDAR, world.request(case, world.handler), wanted=["late"]
        )
    consulting.consult_police(
        world.unit_of_work, CALENDAR, law(), world.request(case, world.handler)
    )
    with world.unit_of_work(read_only=True) as work:
        steps = [one.event.step for one in work.audit.of_subject(case.number)]
    assert steps[-2:] == [Step.DEEM_ACCEPTED, Step.CONSULT]
    assert world.act(case).clock.accepted_on == MONDAY


def test_a_case_is_not_accepted_only_on_a_lawful_ground_with_reasons(world: World) -> None:
    case = world.submitted()
    request = world.request(case, world.handler)
    with pytest.raises(InvalidInputError, match="reasons"):
        accepting.decline(
            world.unit_of_work,
            CALENDAR,
            request,
            ground=NonAcceptanceGround.DIVISIBLE_LOAD,
            text="",
        )
    case = accepting.decline(
        world.unit_of_work,
        CALENDAR,
        request,
        ground=NonAcceptanceGround.DIVISIBLE_LOAD,
        text="叠装构件可分载",
    )
    assert world.act(case).state is ActState.NOT_ACCEPTED
    assert world.act(case, ActKind.MUNICIPAL_CONSENT).state is ActState.AWAITING_ACCEPTANCE


def test_promised_statutory_and_overdue_days_are_shown_per_act(world: World) -> None:
    case = world.accepted()
    view = act_of(seen(world, case.number))
    assert view.promised_due == date(2026, 5, 18)  # 5 working days, see CALENDAR
    assert view.statutory_due == date(2026, 6, 1)  # 15 working days after 11 May
    assert not view.overdue
    world.now = world.now.replace(month=6, day=2)
    assert act_of(seen(world, case.number)).overdue


def test_beyond_class_two_sizes_the_police_are_consulted_first(world: World) -> None:
    case = world.accepted()
    with pytest.raises(StepNotAllowedError, match="must be consulted first"):
        reviewing.propose_decision(
            world.unit_of_work,
            CALENDAR,
            world.request(case, world.handler),
            Proposal(DecisionOutcome.GRANT),
        )


def test_a_class_two_load_is_decided_without_consultation(world: World) -> None:
    case = world.accepted(category="II")
    case = reviewing.propose_decision(
        world.unit_of_work,
        CALENDAR,
        world.request(case, world.handler),
        Proposal(DecisionOutcome.GRANT),
    )
    assert world.act(case).state is ActState.AWAITING_CHECK


def test_silence_is_recorded_as_overdue_and_never_as_consent(world: World) -> None:
    case = world.accepted()
    consulting.consult_police(
        world.unit_of_work, CALENDAR, law(), world.request(case, world.handler)
    )
    early = world.request(case, world.handler, ActKind.POLICE_CONSULTATION)
    with pytest.raises(StepNotAllowedError, match="is due on 2026-05-14"):
        consulting.record_overdue(world.unit_of_work, CALENDAR, early)
    world.later(days=4)
    view = act_of(seen(world, case.number, by="handler"), ActKind.POLICE_CONSULTATION)
    assert view.steps[0] is Step.RECORD_OVERDUE
    overdue = world.request(case, world.handler, ActKind.POLICE_CONSULTATION)
    case = consulting.record_overdue(world.unit_of_work, CALENDAR, overdue)
    consultation = world.act(case, ActKind.POLICE_CONSULTATION)
    assert consultation.state is ActState.OVERDUE
    assert consultation.opinion is None
    case = reviewing.propose_decision(
        world.unit_of_work,
        CALENDAR,
        world.request(case, world.handler),
        Proposal(DecisionOutcome.GRANT, "逾期未复，依职权决定"),
    )
    assert world.act(case).state is ActState.AWAITING_CHECK


def test_a_late_opinion_is_welcome_until_the_decision_and_marked_late(world: World) -> None:
    case = world.accepted()
    consulting.consult_police(
        world.unit_of_work, CALENDAR, law(), world.request(case, world.handler)
    )
    world.later(days=4)
    request = world.request(case, world.police, ActKind.POLICE_CONSULTATION)
    case = consulting.give_opinion(
        world.unit_of_work, CALENDAR, request, outcome=OpinionOutcome.CONDITIONS, text="夜间不行"
    )
    opinion = world.act(case, ActKind.POLICE_CONSULTATION).opinion
    assert opinion is not None
    assert opinion.was_late


def test_handling_checking_and_signing_take_three_people(world: World) -> None:
    case = world.handled()
    with pytest.raises(StepNotAllowedError, match="a different person checks"):
        deciding.check(world.unit_of_work, CALENDAR, world.request(case, world.handler))
    case = deciding.check(world.unit_of_work, CALENDAR, world.request(case, world.checker))
    with pytest.raises(StepNotAllowedError, match="a different person signs"):
        deciding.sign(world.unit_of_work, CALENDAR, world.request(case, world.checker))
    case = deciding.sign(world.unit_of_work, CALENDAR, world.request(case, world.signatory))
    decision = world.act(case).decision
    assert decision is not None
    assert decision.signed_by is not None
    assert decision.signed_by.name == "签发"


def test_a_proposal_sent_back_starts_again_without_signatures(world: World) -> None:
    case = world.handled()
    case = deciding.send_back(
        world.unit_of_work, CALENDAR, world.request(case, world.checker), reason="速度过高"
    )
    assert world.act(case).state is ActState.ACCEPTED
    assert world.act(case).decision is None


def test_a_signed_refusal_ends_the_act_and_gives_no_pass(world: World) -> None:
    case = world.signed(outcome=DecisionOutcome.REFUSE)
    assert world.act(case).state is ActState.REFUSED
    with pytest.raises(StepNotAllowedError):
        issuing.issue(
            world.unit_of_work, CALENDAR, world.signer, world.request(case, world.signatory)
        )
    view = seen(world, case.number)
    assert (ActKind.HIGHWAY_PERMIT, Missing.REFUSED) in missing(view)


def test_granting_over_an_open_survey_needs_an_explicit_reason(world: World) -> None:
    case = world.consulted(route=route_contract(status="unknown"))
    request = world.request(case, world.handler)
    with pytest.raises(InvalidInputError, match="route_unknown needs an explicit reason"):
        reviewing.propose_decision(
            world.unit_of_work, CALENDAR, request, Proposal(DecisionOutcome.GRANT, "同意")
        )
    case = reviewing.propose_decision(
        world.unit_of_work,
        CALENDAR,
        request,
        Proposal(DecisionOutcome.GRANT, "同意", open_violation_reason="已现场踏勘"),
    )
    with world.unit_of_work(read_only=True) as work:
        last = work.audit.of_subject(case.number)[-1].event
    assert last.details["confirmed_because"] == "已现场踏勘"


@pytest.mark.parametrize("kind", [ActKind.MUNICIPAL_CONSENT, ActKind.POLICE_DESIGNATION])
def test_the_city_grants_over_an_open_survey_only_with_a_reason(
    world: World, kind: ActKind
) -> None:
    case = world.submitted(route=route_contract(status="unknown"))
    municipal, police = world.municipal, world.city_police
    if kind is ActKind.POLICE_DESIGNATION:
        case = world.decide_city(case, ActKind.MUNICIPAL_CONSENT, municipal, because="已勘查")
    desk = municipal if kind is ActKind.MUNICIPAL_CONSENT else police
    with pytest.raises(InvalidInputError, match="route_unknown needs an explicit reason"):
        world.decide_city(case, kind, desk)
    case = world.decide_city(world.reload(case), kind, desk, because="净空已实测")
    decision = world.act(case, kind).decision
    assert decision is not None
    assert decision.open_violation_reason == "净空已实测"


def test_the_clock_stops_for_strengthening(world: World) -> None:
    case = world.accepted()
    case = reviewing.suspend_clock(
        world.unit_of_work,
        CALENDAR,
        world.request(case, world.handler),
        reason=SuspensionReason.STRENGTHENING,
        note="加固K12桥",
    )
    assert act_of(seen(world, case.number)).statutory_due is None
    world.later(days=2)
    case = reviewing.resume_clock(world.unit_of_work, CALENDAR, world.request(case, world.handler))
    # 11 and 12 May did not count; of these only the 12th would have.
    assert act_of(seen(world, case.number)).statutory_due == date(2026, 6, 2)


def test_the_issued_pass_ends_with_the_shortest_paper_and_says_so(world: World) -> None:
    end = date(2026, 6, 30)
    papers = with_papers(application(), vehicle_licence=end).documents
    case, permit = world.issued(documents=papers)
    assert (permit.valid_until, permit.shortest_paper) == (end, "vehicle_licence")
    assert permit.state_on(date(2026, 7, 1)) is PermitState.EXPIRED
    claims = world.signer.signed[0]
    assert claims.valid_until.isoformat() == "2026-06-30T23:59:59+08:00"
    assert claims.number == permit.number == f"{case.number}-T"
    assert claims.document_digest.hex() == permit.content_digest[:32]
    assert [one.road for one in claims.roads] == ["G6", "钢铁大街"]


def test_a_revoked_pass_stops_the_truck_but_the_city_acts_stand(world: World) -> None:
    case, permit = world.ready()
    case = issuing.revoke(
        world.unit_of_work, CALENDAR, world.request(case, world.signatory), reason="桥梁封闭"
    )
    with world.unit_of_work(read_only=True) as work:
        revoked = work.permits.by_number(permit.number)
    assert revoked is not None
    assert revoked.state_on(MONDAY) is PermitState.REVOKED
    view = seen(world, case.number)
    assert missing(view) == {(ActKind.HIGHWAY_PERMIT, Missing.REVOKED)}


def test_a_carrier_withdraws_one_act_and_the_others_run_on(world: World) -> None:
    case = world.submitted()
    request = world.request(case, world.carrier, ActKind.MUNICIPAL_CONSENT)
    case = applying.withdraw(world.unit_of_work, CALENDAR, request, reason="改线")
    assert world.act(case, ActKind.MUNICIPAL_CONSENT).state is ActState.WITHDRAWN
    assert world.act(case).state is ActState.AWAITING_ACCEPTANCE


def test_two_officers_at_once_the_second_is_told_who_was_first_and_nothing_is_lost(
    world: World,
) -> None:
    case = world.submitted()
    as_seen_by_both = world.request(case, world.handler)
    accepting.accept(world.unit_of_work, CALENDAR, as_seen_by_both)
    with pytest.raises(ConflictError, match="changed by 经办 at 2026-05-11 12:00"):
        accepting.ask_supplement(
            world.unit_of_work,
            CALENDAR,
            replace(as_seen_by_both, actor=world.checker),
            wanted=["x"],
        )
    act = world.act(case)
    assert act.state is ActState.ACCEPTED
    assert act.supplement_list == ()


def test_departments_that_work_at_once_do_not_disturb_each_other(world: World) -> None:
    case = world.submitted()
    city = world.request(case, world.municipal[0], ActKind.MUNICIPAL_CONSENT)
    highway = world.request(case, world.handler)
    accepting.accept(world.unit_of_work, CALENDAR, city)
    accepting.accept(world.unit_of_work, CALENDAR, highway)
    assert world.act(case).state is ActState.ACCEPTED
    assert world.act(case, ActKind.MUNICIPAL_CONSENT).state is ActState.ACCEPTED


def test_another_firms_case_number_does_not_exist(world: World) -> None:
    case = world.submitted()
    with pytest.raises(NotFoundError):
        seen(world, case.number, by="rival")
    with pytest.raises(NotFoundError):
        applying.withdraw(
            world.unit_of_work, CALENDAR, world.request(case, world.rival), reason="steal"
        )
    assert list_cases(world.unit_of_work, actor=world.rival) == []


def test_an_office_that_has_no_act_on_a_case_does_not_see_it(world: World) -> None:
    case = world.submitted()
    stranger = world.person("外市", Role.MUNICIPAL, "150400", "赤峰市政")
    with pytest.raises(NotFoundError):
        accepting.accept(
            world.unit_of_work,
            CALENDAR,
            world.request(case, stranger, ActKind.MUNICIPAL_CONSENT),
        )


def test_an_office_does_not_act_on_the_act_of_another_office(world: World) -> None:
    case = world.submitted(cities=("150202", "150402"))
    chifeng = world.person("外市", Role.MUNICIPAL, "150400", "赤峰市政")
    late = world.submitted(cities=("150202", "150402"))
    request = world.request(late, chifeng, ActKind.MUNICIPAL_CONSENT)
    with pytest.raises(StepNotAllowedError, match="belongs to 包头市政, not to 赤峰市政"):
        accepting.accept(world.unit_of_work, CALENDAR, request)
    assert world.act(case, ActKind.MUNICIPAL_CONSENT).state is ActState.AWAITING_ACCEPTANCE


def test_buttons_are_the_steps_of_the_table_for_the_office_of_the_act(world: World) -> None:
    case = world.submitted()
    officer = seen(world, case.number, by="handler")
    assert act_of(officer).steps == (Step.ASK_SUPPLEMENT, Step.ACCEPT, Step.DECLINE)
    assert act_of(officer, ActKind.MUNICIPAL_CONSENT).steps == ()
    assert act_of(seen(world, case.number)).steps == (Step.WITHDRAW,)


def test_an_official_number_is_stored_beside_ours(world: World) -> None:
    case = world.submitted()
    case = applying.record_official_numbers(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        official_number="A1500002026051100001",
        expected_version=case.version,
        now=world.now,
    )
    assert world.reload(case).official_number == "A1500002026051100001"
    assert case.number.startswith("DJ")
