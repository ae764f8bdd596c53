"""What the desks share when they handle (经办) an act: is it theirs, and the proposal on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from transport.errors import StepNotAllowedError
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.decision import CityRefusalGround, Proposal, propose
from transport.permits.open_violations import confirmed_violations
from transport.permits.states import ActKind, Step
from transport.services.ports import UnitOfWork
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

CITY_GROUNDS = frozenset(one.value for one in CityRefusalGround)


def open_for_proposal(
    work: UnitOfWork, request: StepRequest, calendar: WorkingCalendar, kind: ActKind
) -> tuple[Case, Act]:
    """Return case and act, ready to be handled by the desk for acts of this kind."""
    case, act = open_act(work, request, Step.HANDLE, calendar)
    if act.kind is not kind:
        raise StepNotAllowedError(
            f"this desk decides {kind.value.replace('_', ' ')}s only", "other_desk"
        )
    return case, act


def put_on_file(
    work: UnitOfWork,
    opened: tuple[Case, Act],
    request: StepRequest,
    proposal: Proposal,
    *,
    allowed_grounds: frozenset[str],
    details: Mapping[str, str] | None = None,
) -> Case:
    """Write a proposal, signed by its handler, with more `details` for the audit trail.

    A grant over an open violation needs an explicit reason at every desk.
    """
    case, act = opened
    confirmed = confirmed_violations(case, proposal)
    decision = propose(
        proposal, allowed_grounds=allowed_grounds, actor=request.actor, at=request.now
    )
    said = {"outcome": proposal.outcome.value, "grounds": ",".join(proposal.grounds)}
    return write_step(
        work,
        case,
        act,
        request,
        Step.HANDLE,
        changed=replace(act, decision=decision),
        reason=proposal.text,
        details={**said, **confirmed, **(details or {})},
    )
