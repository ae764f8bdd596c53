"""Amend what is in force: one current revision, the old acts fall when the new ones stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import CALENDAR, DAYTIME, MONDAY, World, law, route_contract
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.permits.application import Application
from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, Proposal
from transport.permits.endings import EndingGround
from transport.permits.permit import Permit
from transport.permits.readiness import Missing, ready_to_depart
from transport.permits.states import ActKind, ActState, Step
from transport.services import (
    accepting,
    amending,
    applying,
    consulting,
    deciding,
    ending_acts,
    issuing,
    reviewing,
)


@pytest.fixture
def world() -> World:
    return World()


def other_tractor(application: Application) -> Application:
    vehicle = replace(application.vehicle, tractor_plate="蒙B99999")
    return replace(application, vehicle=vehicle)


def amend(world: World, old: Case) -> Case:
    draft = amending.begin_amendment(
        world.unit_of_work,
        law(),
        actor=world.carrier,
        number=old.number,
        because="牵引车故障",
        now=world.now,
        change=other_tractor,
    )
    return applying.submit(
        world.unit_of_work,
        actor=world.carrier,
        number=draft.number,
        expected_version=draft.version,
        now=world.now,
    )


def issue(world: World, case: Case) -> Permit:
    accepting.accept(world.unit_of_work, CALENDAR, world.request(case, world.handler))
    consulting.consult_police(
        world.unit_of_work, CALENDAR, law(), world.request(case, world.handler)
    )
    consulted = world.request(case, world.police, ActKind.POLICE_CONSULTATION)
    consulting.give_opinion(
        world.unit_of_work,
        CALENDAR,
        consulted,
        outcome=OpinionOutcome.NO_OBJECTION,
        text="",
    )
    reviewing.propose_decision(
        world.unit_of_work,
        CALENDAR,
        world.request(case, world.handler),
        Proposal(DecisionOutcome.GRANT, "同意变更", terms=DAYTIME),
    )
    deciding.check(world.unit_of_work, CALENDAR, world.request(case, world.checker))
    deciding.sign(world.unit_of_work, CALENDAR, world.request(case, world.signatory))
    request = world.request(case, world.signatory)
    return issuing.issue(world.unit_of_work, CALENDAR, world.signer, request, law=law())[1]


def revisions(world: World, number: str) -> list[tuple[int, bool]]:
    """Return (revision, still counts) of a pass."""
    with world.unit_of_work(read_only=True) as work:
        stored = work._shelves.permits.values()  # type: ignore[attr-defined]
    return [(one.revision, one.revoked_at is None) for one in stored if one.number == number]


def test_the_old_pass_counts_until_the_amended_one_is_issued(world: World) -> None:
    old, permit = world.issued(cities=())
    new = amend(world, old)
    assert revisions(world, permit.number) == [(1, True)]
    amended = issue(world, new)
    assert (amended.number, amended.revision) == (permit.number, 2)
    assert amended.tractor_plate == "蒙B99999"
    assert revisions(world, permit.number) == [(1, False), (2, True)]
    fallen = world.reload(old)
    assert fallen.of_kind(ActKind.HIGHWAY_PERMIT)[0].state is ActState.AMENDED
    _, missing = ready_to_depart(fallen, MONDAY)
    assert missing[0].reason is Missing.AMENDED


def test_of_two_amendments_the_later_one_counts_alone(world: World) -> None:
    old, permit = world.issued(cities=())
    first, second = amend(world, old), amend(world, old)
    issue(world, first)
    issue(world, second)
    assert revisions(world, permit.number) == [(1, False), (2, False), (3, True)]


def test_a_city_act_falls_when_its_successor_is_granted(world: World) -> None:
    old, _ = world.ready()
    new = amend(world, old)
    world.decide_city(new, ActKind.MUNICIPAL_CONSENT, world.municipal)
    assert world.act(old, ActKind.MUNICIPAL_CONSENT).state is ActState.AMENDED
    assert world.act(new, ActKind.MUNICIPAL_CONSENT).state is ActState.ISSUED
    assert world.act(old).state is ActState.ISSUED


def test_only_what_is_in_force_is_amended_and_only_with_a_reason(world: World) -> None:
    with pytest.raises(StepNotAllowedError, match="apply anew"):
        amend(world, world.submitted())
    old, _ = world.issued(cities=())
    with pytest.raises(InvalidInputError):
        amending.begin_amendment(
            world.unit_of_work,
            law(),
            actor=world.carrier,
            number=old.number,
            because=" ",
            now=world.now,
        )


def test_a_pass_is_in_use_while_a_truck_is_on_the_road_and_completed_after(world: World) -> None:
    case, _ = world.delivered()
    assert world.act(case).state is ActState.ISSUED
    ending_acts.complete(world.unit_of_work, CALENDAR, world.request(case, world.carrier))
    assert world.act(case).state is ActState.COMPLETED
    with world.unit_of_work(read_only=True) as work:
        assert work.permits.of_case(case.id)[0].revoked_reason == "completed"
        steps = [one.event.step for one in work.audit.of_subject(case.number)]
    assert steps.index(Step.START_USE.value) < steps.index(Step.END_USE.value)


def test_after_its_last_day_an_act_is_expired_and_can_only_be_cancelled(world: World) -> None:
    case, permit = world.issued(cities=())
    world.later(days=(permit.valid_until - MONDAY).days + 1)
    with pytest.raises(StepNotAllowedError, match="'expired'"):
        issuing.revoke(
            world.unit_of_work, CALENDAR, world.request(case, world.signatory), reason="过期"
        )
    ending_acts.end_act(
        world.unit_of_work,
        CALENDAR,
        world.request(case, world.signatory),
        Step.CANCEL,
        ground=EndingGround.NOT_RENEWED,
        reason="有效期届满",
    )
    assert world.act(case).state is ActState.CANCELLED


def test_who_is_told_of_the_trip_is_noted_at_the_issue_and_holds_nothing_up(world: World) -> None:
    route = route_contract(cities=(), structures=[{"kind": "toll_station"}])
    case = world.signed(route=route)
    request = world.request(case, world.signatory)
    case, permit = issuing.issue(world.unit_of_work, CALENDAR, world.signer, request, law=law())
    told = {one.kind: one.state for one in case.acts if one.state is ActState.TOLD}
    assert told.keys() == {ActKind.POWER_NOTICE, ActKind.OPERATOR_NOTICE}
    assert ready_to_depart(case, MONDAY, [permit])[0]
