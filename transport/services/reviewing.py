"""The transport authority reviews the highway act: suspends, resumes, proposes the decision."""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits import clocks
from transport.permits.case import Case
from transport.permits.clocks import SuspensionReason
from transport.permits.decision import Proposal, RefusalGround
from transport.permits.states import ActKind, ActState, Step
from transport.services.handling import open_for_proposal, put_on_file
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

REFUSAL_GROUNDS = frozenset(one.value for one in RefusalGround)


def propose_decision(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    proposal: Proposal,
) -> Case:
    """Handle (经办) the highway act: propose to grant with time and speed, or to refuse.

    The police must have been consulted where the law asks for it, and have answered or be recorded
    as overdue. The city's acts are not asked. Granting over an open violation needs a reason.
    """
    with unit_of_work() as work:
        case, act = open_for_proposal(work, request, calendar, ActKind.HIGHWAY_PERMIT)
        _must_be_consulted(case)
        case = put_on_file(work, (case, act), request, proposal, allowed_grounds=REFUSAL_GROUNDS)
        work.commit()
        return case


def suspend_clock(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    reason: SuspensionReason,
    note: str,
) -> Case:
    """Stop the clock for strengthening or expert review, announced with a note."""
    if not note.strip():
        raise InvalidInputError([FieldFault("note", "must tell the applicant why and how long")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.SUSPEND, calendar)
        changed = replace(act, clock=clocks.suspend(act.clock, reason, request.today, note))
        case = write_step(
            work,
            case,
            act,
            request,
            Step.SUSPEND,
            changed=changed,
            reason=note,
            details={"suspended_for": reason.value},
        )
        work.commit()
        return case


def resume_clock(
    unit_of_work: UnitOfWorkFactory, calendar: WorkingCalendar, request: StepRequest
) -> Case:
    """Let the clock run again; today counts."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.RESUME, calendar)
        changed = replace(act, clock=clocks.resume(act.clock, request.today))
        case = write_step(work, case, act, request, Step.RESUME, changed=changed)
        work.commit()
        return case


def _must_be_consulted(case: Case) -> None:
    asked = case.of_kind(ActKind.POLICE_CONSULTATION)
    if not asked and case.application.requirements.consultation_required:
        raise StepNotAllowedError(
            "beyond class II sizes the traffic police must be consulted first (R62 art. 12)",
            "consult_first",
        )
    for one in (*asked, *case.of_kind(ActKind.LEAGUE_OPINION)):
        if one.state not in {ActState.OPINION_GIVEN, ActState.OVERDUE}:
            raise StepNotAllowedError(
                f"{one.authority.name} has not answered; wait, or record it as overdue after the "
                "limit",
                "opinion_outstanding",
                office=one.authority.name,
            )
