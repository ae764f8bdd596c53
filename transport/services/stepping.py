"""What every step on an act shares: open the case, obey law and versions, write and audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from transport.errors import ConflictError, NotFoundError, StepNotAllowedError
from transport.people import FIRM_ROLES, Actor
from transport.permits.acts import (
    Act,
    deem_accepted,
    expire,
    is_deemed_accepted,
    is_expired,
    may_act,
    may_decide,
    take_step,
)
from transport.permits.case import Case, may_see
from transport.permits.states import Step, next_state
from transport.services.audit_trail import BY_LAW_ACTOR, event_by
from transport.services.days import CHINA_TIME, day_of
from transport.services.notifying import notify_of_step
from transport.services.numbering_letters import number_new_letters
from transport.services.ports import UnitOfWork
from transport.working_days import WorkingCalendar

__all__ = ["CHINA_TIME", "StepRequest", "day_of", "open_act", "open_case", "with_act", "write_step"]


_DECIDING = frozenset({Step.HANDLE, Step.CHECK, Step.GRANT, Step.REFUSE, Step.ISSUE})


@dataclass(frozen=True, slots=True)
class StepRequest:
    """Who wants to do something to which act, as they saw it (`expected_version` of the act)."""

    actor: Actor
    case_number: str
    act_id: str
    expected_version: int
    now: datetime

    @property
    def today(self) -> date:
        """The day of the request in China."""
        return day_of(self.now)


def open_case(work: UnitOfWork, number: str, actor: Actor) -> Case:
    """Return a case the actor may see; another firm's case does not exist for them."""
    case = work.cases.get(number)
    if not may_see(case, actor):
        raise NotFoundError(f"there is no case {number} for {actor.organisation_name}")
    return case


def open_act(
    work: UnitOfWork, request: StepRequest, step: Step, calendar: WorkingCalendar
) -> tuple[Case, Act]:
    """Return case and act, ready for a step: right office, right state, right version.

    What the law did meanwhile (acceptance, expiry) is written first, so that no step is judged by a
    stale state.
    """
    case = open_case(work, request.case_number, request.actor)
    act = case.act(request.act_id)
    _refuse_stale(case, act, request.expected_version)
    if is_deemed_accepted(act, request.today, calendar):
        act = _accept_by_law(work, case, act, request.now)
        case = with_act(case, act)
    elif is_expired(act, request.today):
        act = _expire_by_law(work, case, act, request.now)
        case = with_act(case, act)
    next_state(act.kind, act.state, step, request.actor.role)
    if request.actor.role not in FIRM_ROLES and not may_act(act, request.actor):
        office = act.authority.name or "another office"
        raise StepNotAllowedError(
            f"{act.kind.value} of {act.area} belongs to {office}, not to "
            f"{request.actor.organisation_name}",
            "other_office",
            office=office,
        )
    if step in _DECIDING and not may_decide(act, request.actor.user_id):
        raise StepNotAllowedError(
            f"{request.actor.name} is recused from this act; another person decides it",
            "recused",
            name=request.actor.name,
        )
    return case, act


def write_step(
    work: UnitOfWork,
    case: Case,
    before: Act,
    request: StepRequest,
    step: Step,
    *,
    changed: Act | None = None,
    reason: str = "",
    details: Mapping[str, str] | None = None,
) -> Case:
    """Take the step, write the act, add the audit event; return the case as it is now.

    `changed` is the act with its other changes; its state is still the one before.
    """
    after = take_step(changed or before, step, request.actor.role)
    after = number_new_letters(work, before, after, request.today)
    saved = work.cases.save_act(case, after, changed_by=request.actor.name, at=request.now)
    event = event_by(
        request.actor,
        request.now,
        subject=case.number,
        step=step.value,
        reason=reason,
        law_day=case.application.law_day,
        details=details,
    )
    work.audit.append(
        replace(
            event,
            act_id=before.id,
            act_kind=before.kind.value,
            area=before.area,
            from_state=before.state.value,
            to_state=saved.state.value,
        )
    )
    written = with_act(case, saved)
    text = reason or "；".join(saved.supplement_list if step is Step.ASK_SUPPLEMENT else ())
    notify_of_step(work, written, saved, step, text=text, by=request.actor.name, now=request.now)
    return written


def with_act(case: Case, act: Act) -> Case:
    """Return the case with one act replaced."""
    return replace(case, acts=tuple(act if one.id == act.id else one for one in case.acts))


def _refuse_stale(case: Case, act: Act, expected_version: int) -> None:
    if act.version == expected_version:
        return
    change = act.last_change
    who = f"by {change.by} at {change.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}" if change else ""
    raise ConflictError(
        f"{act.kind.value} of case {case.number} was changed {who} and is now "
        f"'{act.state.value}'; nothing of yours was written. Open the case again, look at the "
        "change and repeat your step."
    )


def _accept_by_law(work: UnitOfWork, case: Case, act: Act, now: datetime) -> Act:
    reason = "no answer within the limit (ALL art. 32)"
    return _by_law(work, case, act, deem_accepted(act), (Step.DEEM_ACCEPTED, reason), now)


def _expire_by_law(work: UnitOfWork, case: Case, act: Act, now: datetime) -> Act:
    reason = f"the last day was {act.valid_until} (ALL art. 70(1))"
    return _by_law(work, case, act, expire(act), (Step.EXPIRE, reason), now)


def _by_law(
    work: UnitOfWork, case: Case, act: Act, after: Act, why: tuple[Step, str], now: datetime
) -> Act:
    step, reason = why
    saved = work.cases.save_act(case, after, changed_by=BY_LAW_ACTOR.name, at=now)
    event = event_by(
        BY_LAW_ACTOR,
        now,
        subject=case.number,
        step=step.value,
        reason=reason,
        law_day=case.application.law_day,
    )
    work.audit.append(
        replace(
            event,
            role="law",
            act_id=act.id,
            act_kind=act.kind.value,
            area=act.area,
            from_state=act.state.value,
            to_state=saved.state.value,
        )
    )
    notify_of_step(work, case, saved, step, text="", by=BY_LAW_ACTOR.name, now=now)
    return saved
