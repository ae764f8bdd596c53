"""Who of an office works on an act: claim it, take it over, give it back, stand back (回避)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import ConflictError, FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor
from transport.permits.acts import Act, Recusal, may_act, may_decide
from transport.permits.case import Case
from transport.permits.decision import signature_of
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_case, with_act

CLAIM, RELEASE, RECUSE = "claim_act", "release_act", "recuse"
STANDING_DEPUTY = "standing deputy"


def claim_act(
    unit_of_work: UnitOfWorkFactory, request: StepRequest, *, take_over_because: str = ""
) -> Case:
    """Take an act off the queue; from a colleague who is away only with a reason."""
    with unit_of_work() as work:
        case, act = _open(work, request)
        holder = act.claimed_by
        if not may_decide(act, request.actor.user_id):
            raise StepNotAllowedError(
                f"{request.actor.name} is recused from this act", "recused", name=request.actor.name
            )
        if holder is not None and holder.person_id == request.actor.user_id:
            return case
        if holder is not None and is_deputy_of(work, request, holder.person_id):
            take_over_because = take_over_because.strip() or STANDING_DEPUTY
        if holder is not None and not take_over_because.strip():
            raise StepNotAllowedError(
                f"{holder.name} works on this act; taking it over needs a reason",
                "claimed_already",
                name=holder.name,
            )
        claimed = replace(act, claimed_by=signature_of(request.actor, request.now))
        return _write(work, case, act, claimed, request, CLAIM, take_over_because)


def is_deputy_of(work: UnitOfWork, request: StepRequest, person_id: str) -> bool:
    """Say whether the actor stands in for a person on the day of the request."""
    person = work.people.find(person_id)
    return (
        person is not None
        and person.deputy_id == request.actor.user_id
        and person.is_away(request.today)
    )


def stood_in_for(unit_of_work: UnitOfWorkFactory, *, actor: Actor, day: date) -> frozenset[str]:
    """Return the ids of the colleagues the actor stands in for on a day."""
    with unit_of_work(read_only=True) as work:
        colleagues = work.people.of_organisation(actor.organisation_id)
    return frozenset(
        one.id for one in colleagues if one.deputy_id == actor.user_id and one.is_away(day)
    )


def set_deputy(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    deputy_id: str,
    away_from: date,
    away_until: date | None,
    now: datetime,
) -> None:
    """Name the colleague who stands in for the actor, and the days; nobody ends it.

    Raises InvalidInputError for somebody of another office, oneself, or days the wrong way round.
    """
    with unit_of_work() as work:
        me = work.people.get(actor.user_id)
        deputy = work.people.find(deputy_id) if deputy_id else None
        faults = []
        if deputy_id and (
            deputy is None
            or deputy.id == me.id
            or not deputy.active
            or deputy.organisation_id != me.organisation_id
        ):
            message = "must be another person of your office"
            faults.append(FieldFault("deputy_id", message, "deputy_not_here"))
        if away_until is not None and away_until < away_from:
            faults.append(
                FieldFault("away_until", "lies before the first day", "ends_before_start")
            )
        if faults:
            raise InvalidInputError(faults)
        changed = replace(
            me,
            deputy_id=deputy_id,
            away_from=away_from if deputy_id else None,
            away_until=away_until if deputy_id else None,
        )
        work.people.save(changed, changed_by=actor.name, at=now)
        details = {"deputy": deputy.name if deputy else "", "from": away_from.isoformat()}
        work.audit.append(
            event_by(actor, now, subject=me.login, step="set_deputy", details=details)
        )
        work.commit()


def release_act(unit_of_work: UnitOfWorkFactory, request: StepRequest) -> Case:
    """Give an act back to the queue."""
    with unit_of_work() as work:
        case, act = _open(work, request)
        return _write(work, case, act, replace(act, claimed_by=None), request, RELEASE, "")


def recuse(unit_of_work: UnitOfWorkFactory, request: StepRequest, *, reason: str) -> Case:
    """Stand back from an act, with the reason; from now on others decide it."""
    if not reason.strip():
        raise InvalidInputError([FieldFault("reason", "must be given", "reason_missing")])
    with unit_of_work() as work:
        case, act = _open(work, request)
        me = signature_of(request.actor, request.now)
        mine = act.claimed_by is not None and act.claimed_by.person_id == request.actor.user_id
        changed = replace(
            act,
            recused=(*act.recused, Recusal(me, reason.strip())),
            claimed_by=None if mine else act.claimed_by,
        )
        return _write(work, case, act, changed, request, RECUSE, reason.strip())


def _open(work: UnitOfWork, request: StepRequest) -> tuple[Case, Act]:
    case = open_case(work, request.case_number, request.actor)
    act = case.act(request.act_id)
    if not may_act(act, request.actor):
        office = act.authority.name or "another office"
        raise StepNotAllowedError(f"this act belongs to {office}", "other_office", office=office)
    if act.version != request.expected_version:
        raise ConflictError(f"the act was changed meanwhile and is now '{act.state.value}'")
    return case, act


def _write(
    work: UnitOfWork,
    case: Case,
    before: Act,
    after: Act,
    request: StepRequest,
    step: str,
    reason: str,
) -> Case:
    saved = work.cases.save_act(case, after, changed_by=request.actor.name, at=request.now)
    event = event_by(
        request.actor,
        request.now,
        subject=case.number,
        step=step,
        reason=reason,
        law_day=case.application.law_day,
    )
    work.audit.append(
        replace(event, act_id=before.id, act_kind=before.kind.value, area=before.area)
    )
    work.commit()
    return with_act(case, saved)
