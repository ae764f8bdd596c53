"""Every (act, state, step, role) through the services: taken as the table says, or refused."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date

import pytest

from tests.acts import TAKES
from tests.factories import DAYTIME, MONDAY, World, route_contract
from transport.errors import NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.clocks import ActClock, SuspensionReason, suspend
from transport.permits.decision import Decision, DecisionOutcome, Signature
from transport.permits.manifest import TripState
from transport.permits.states import NOTICES, TRANSITIONS, ActKind, ActState, Step
from transport.services import recording_trips

_ROUTE = route_contract(
    structures=[{"kind": "level_crossing"}], legs=[{"ref": "G6", "owner": "forestry"}]
)
_HEBEI = {"admin_code": "130700", "name": "张家口市", "length_m": 60_000.0, "authorities": []}
_ROUTE["jurisdictions"].append(_HEBEI)
_DECIDED = frozenset({ActState.AWAITING_CHECK, ActState.AWAITING_SIGNATURE})
_IN_FORCE = frozenset({ActState.ISSUED, ActState.IN_USE})


@pytest.fixture(scope="module")
def prepared() -> tuple[World, Case]:
    """A case with an act of every kind, and an officer of every department who may act on it."""
    world = World()
    world.league = world.person("盟市", Role.TRANSPORT, "150200", "包头市交通局")  # type: ignore[attr-defined]
    case = world.submitted(route=_ROUTE)
    opinions = {ActKind.POLICE_CONSULTATION: world.police, ActKind.LEAGUE_OPINION: world.league}  # type: ignore[attr-defined]
    with world.unit_of_work() as work:
        for kind, officer in opinions.items():
            model = case.of_kind(ActKind.HIGHWAY_PERMIT)[0]
            office = replace(model.authority, organisation_id=officer.organisation_id)
            asked = replace(model, id=work.new_id(), kind=kind, authority=office, version=1)
            work.cases.add_act(case, asked, changed_by="test", at=world.now)
        work.commit()
    return world, world.reload(case)


def officers(world: World, act: Act) -> dict[Role, Actor]:
    """Return one person of each role; those of the act's own office where it has one."""
    people = {
        Role.CARRIER: world.carrier,
        Role.TRANSPORT: world.signatory,
        Role.POLICE: world.police,
        Role.MUNICIPAL: world.municipal[2],
    }
    if act.kind is ActKind.POLICE_DESIGNATION:
        people[Role.POLICE] = world.city_police[2]
    if act.kind is ActKind.LEAGUE_OPINION:
        people[Role.TRANSPORT] = world.league  # type: ignore[attr-defined]
    return people


def put_into(world: World, case: Case, act: Act, state: ActState, step: Step) -> Act:
    """Write an act as it would be in a state, with what the step looks for."""
    by = Signature("another", "别人", world.now)
    outcome = DecisionOutcome.REFUSE if step is Step.REFUSE else DecisionOutcome.GRANT
    decision = Decision(outcome, "理由", handled_by=by, terms=DAYTIME)
    if state is ActState.AWAITING_SIGNATURE:
        decision = replace(decision, checked_by=replace(by, person_id="third"))
    clock = ActClock(submitted_on=MONDAY, accepted_on=MONDAY)
    if step is Step.RECORD_OVERDUE:
        clock = ActClock(submitted_on=date(2026, 4, 1))
    if state in {ActState.DRAFT, ActState.AWAITING_ACCEPTANCE}:
        clock = replace(clock, accepted_on=None)
    if state is ActState.SUSPENDED:
        clock = suspend(clock, SuspensionReason.EXPERT_REVIEW, MONDAY, "评审")
    kept = state in _DECIDED | _IN_FORCE | {ActState.GRANTED, ActState.AWAITING_ENTRY_CHECK}
    written = replace(act, state=state, decision=decision if kept else None, clock=clock)
    with world.unit_of_work() as work:
        saved = work.cases.save_act(case, written, changed_by="test", at=world.now)
        work.commit()
    return saved


def ready_for(world: World, case: Case, kind: ActKind, step: Step) -> World:
    """Return a copy of the world in which the other acts do not stand in the way of a step."""
    here = copy(world)
    here.unit_of_work = type(world.unit_of_work)()
    here.unit_of_work.shelves = world.unit_of_work.shelves.copy()  # type: ignore[attr-defined]
    for other in here.reload(case).acts:
        if other.kind is ActKind.MUNICIPAL_CONSENT and kind is ActKind.POLICE_DESIGNATION:
            put_into(here, case, other, ActState.ISSUED, step)
        if other.kind in {ActKind.POLICE_CONSULTATION, ActKind.LEAGUE_OPINION} and (
            kind is ActKind.HIGHWAY_PERMIT
        ):
            put_into(here, case, other, ActState.OPINION_GIVEN, step)
    if kind is ActKind.HIGHWAY_PERMIT and step in {Step.CONSULT, Step.CONSULT_LEAGUES}:
        with here.unit_of_work() as work:
            wanted = ActKind.POLICE_CONSULTATION
            if step is Step.CONSULT_LEAGUES:
                wanted = ActKind.LEAGUE_OPINION
            stored = work.cases.get(case.number)
            left = tuple(one for one in stored.acts if one.kind is not wanted)
            work._shelves.cases[case.id] = replace(stored, acts=left)  # type: ignore[attr-defined]
            work.commit()
    return here


@pytest.mark.parametrize("kind", [one for one in ActKind if one not in NOTICES])
def test_every_step_is_taken_as_the_table_says_or_refused_and_changes_nothing(
    kind: ActKind, prepared: tuple[World, Case]
) -> None:
    world, case = prepared
    taken = refused = 0
    for act in case.of_kind(kind):
        for state in ActState:
            for step, take in TAKES.items():
                for role in officers(world, act):
                    here = ready_for(world, case, kind, step)
                    before = put_into(here, case, act, state, step)
                    if step is Step.COMPLETE:
                        _deliver_something(here, case)
                    if step is Step.SWAP_TRACTOR:
                        _have_a_pass(here, case)
                    who = officers(here, act)[role]
                    asks = {Step.RECORD_OVERDUE, Step.SERVE}
                    if step in asks and kind is ActKind.LEAGUE_OPINION:
                        who = here.handler if role is Role.TRANSPORT else who
                    target = TRANSITIONS.get((kind, state, step, role))
                    if target is None:
                        with pytest.raises((StepNotAllowedError, NotFoundError)) as told:
                            take(here, here.at(before, who, case), kind)
                        assert str(told.value)
                        assert here.reload(case).act(act.id) == before
                        refused += 1
                        continue
                    take(here, here.at(before, who, case), kind)
                    assert here.reload(case).act(act.id).state is target, (state, step, role)
                    taken += 1
    rows = {key for key in TRANSITIONS if key[0] is kind and key[2] in TAKES}
    assert taken == len(rows) * len(case.of_kind(kind))
    assert refused > taken


def _have_a_pass(world: World, case: Case) -> None:
    _, issued = World().issued(cities=())
    with world.unit_of_work() as work:
        kept = replace(issued, case_id=case.id, case_number=case.number)
        work.permits.add(kept, changed_by="test", at=world.now)
        work.commit()


def _deliver_something(world: World, case: Case) -> None:
    trip = recording_trips.plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    with world.unit_of_work() as work:
        work.trips.save(replace(trip, state=TripState.DELIVERED), changed_by="t", at=world.now)
        work.commit()
