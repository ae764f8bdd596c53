"""What a page shows of a case: acts as of today, days due, buttons, readiness, passes, trips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from transport.people import Actor, Role
from transport.permits.act_letters import unserved
from transport.permits.acts import Act, allowed_steps, as_of, may_act
from transport.permits.application import Contact
from transport.permits.case import Case
from transport.permits.clocks import answer_due_on, promised_due_on, statutory_due_on
from transport.permits.consultation import is_overdue
from transport.permits.crossing import Crossing
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.readiness import MissingAct, ready_to_depart
from transport.permits.recall_runs import Finding
from transport.permits.roadside import RoadsideCheck
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState, Step
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import open_case
from transport.working_days import WorkingCalendar

_WAITING_FOR_CARRIER = frozenset({ActState.DRAFT, ActState.SUPPLEMENT_REQUESTED})
# Steps that follow from others and are no button of their own.
_NO_BUTTON = frozenset({Step.START_USE, Step.END_USE, Step.AMEND, Step.TELL, Step.SWAP_TRACTOR})
_NOBODY_ACTS = FINAL_STATES | IN_FORCE | {ActState.OVERDUE, ActState.EXPIRED}


@dataclass(frozen=True, slots=True)
class ActView:
    """An act with its days and the steps the viewer may take.

    `held_by` names who has to do something now; empty for a finished act. Due days are None where
    they do not apply or the working-day calendar does not reach that far.
    """

    act: Act
    steps: tuple[Step, ...]
    answer_due: date | None
    statutory_due: date | None
    promised_due: date | None
    overdue: bool
    held_by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the viewer may see it, on a day."""

    case: Case
    acts: tuple[ActView, ...]
    ready: bool
    missing: tuple[MissingAct, ...]
    permits: tuple[Permit, ...]
    trips: tuple[Trip, ...]
    told: tuple[Finding, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    checks: tuple[RoadsideCheck, ...] = ()

    @property
    def current_permit(self) -> Permit | None:
        """The newest pass, or None."""
        return self.permits[-1] if self.permits else None


def view_case(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    *,
    actor: Actor,
    number: str,
    today: date,
) -> CaseView:
    """Return a case with everything its page shows; raises NotFoundError for another firm's."""
    with unit_of_work(read_only=True) as work:
        case = open_case(work, number, actor)
        permits = tuple(work.permits.of_case(case.id))
        trips = tuple(work.trips.of_case(case.id))
        told = tuple(work.recalls.of_case(number))
        crossings = tuple(work.crossings.of_case(number))
        passes = dict.fromkeys(one.number for one in permits)
        checks = tuple(one for name in passes for one in work.roadside_checks.of_pass(name))
    acts = tuple(as_of(one, today, calendar) for one in case.acts)
    case = _for_viewer(replace(case, acts=acts), actor)
    ready, missing = ready_to_depart(case, today, permits)
    return CaseView(
        case=case,
        acts=view_acts(case, calendar, actor=actor, today=today),
        ready=ready,
        missing=missing,
        permits=permits,
        trips=trips,
        told=told,
        crossings=crossings,
        checks=checks,
    )


def view_acts(
    case: Case, calendar: WorkingCalendar, *, actor: Actor, today: date
) -> tuple[ActView, ...]:
    """Return the acts of a case as of today, each with its days and the viewer's steps."""
    acts = tuple(as_of(one, today, calendar) for one in case.acts)
    seen = replace(case, acts=acts)
    return tuple(_view_act(seen, one, actor, today, calendar) for one in acts)


def list_cases(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Case]:
    """Return the cases of the actor's firm or office, newest first."""
    with unit_of_work(read_only=True) as work:
        if actor.role is Role.CARRIER:
            return work.cases.of_carrier(actor.organisation_id)
        if actor.role is Role.FACTORY:
            cases = work.cases.of_factory(actor.organisation_id)
            return [_for_viewer(one, actor) for one in cases]
        return work.cases.for_office(actor.organisation_id)


def read_document(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, digest: str
) -> tuple[str, str] | None:
    """Return name and media type of a file of a case the actor may open, or None.

    Papers of the application hold personal data: the factory sees only what is on its manifests.
    """
    with unit_of_work(read_only=True) as work:
        case = open_case(work, number, actor)
        trips = work.trips.of_case(case.id)
    files = [
        (one.digest, one.filename, one.media_type)
        for trip in trips
        for _, one in trip.manifest.files()
    ]
    if actor.role is not Role.FACTORY:
        files += [(d.digest, d.filename, d.media_type) for d in case.application.documents]
    return next(((name, kind) for found, name, kind in files if found == digest), None)


def _for_viewer(case: Case, actor: Actor) -> Case:
    # Personal data only for those who need it: carrier and the offices that decide.
    if actor.role is not Role.FACTORY:
        return case
    application = replace(case.application, contact=Contact(name="", phone=""), documents=())
    return replace(case, application=application)


def _view_act(
    case: Case, act: Act, actor: Actor, today: date, calendar: WorkingCalendar
) -> ActView:
    answer = answer_due_on(act.clock, act.terms, calendar)
    statutory = statutory_due_on(act.clock, act.terms, calendar)
    decided = act.clock.decided_on is not None
    answered = decided or act.clock.accepted_on or act.clock.supplement_asked_on
    due = statutory if act.clock.accepted_on else answer
    mine = actor.role is Role.CARRIER or may_act(act, actor)
    steps = allowed_steps(act, actor.role) if mine else ()
    steps = tuple(one for one in steps if one not in _NO_BUTTON)
    if not unserved(act):
        steps = tuple(one for one in steps if one is not Step.SERVE)
    if act.state is ActState.AWAITING_ANSWER and not is_overdue(answer, today):
        steps = tuple(one for one in steps if one is not Step.RECORD_OVERDUE)
    if act.state is ActState.AWAITING_OPINION and _asked_by(case, actor) and answer:
        steps = (Step.RECORD_OVERDUE,) if today > answer else ()
        steps += (Step.SERVE,) if unserved(act) else ()
    return ActView(
        act=act,
        steps=steps,
        answer_due=None if answered else answer,
        statutory_due=statutory,
        promised_due=promised_due_on(act.clock, act.terms, calendar),
        overdue=not decided and due is not None and today > due,
        held_by=_held_by(case, act),
    )


def _asked_by(case: Case, actor: Actor) -> bool:
    highway = case.highway_permit
    return highway is not None and highway.authority.organisation_id == actor.organisation_id


def _held_by(case: Case, act: Act) -> str:
    if act.state in _WAITING_FOR_CARRIER:
        return case.organisation_name
    return "" if act.state in _NOBODY_ACTS else act.authority.name
