"""Check (审核) and sign (签发) a proposed decision of any act: a second and a third person."""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits import decision as decisions
from transport.permits.acts import Act
from transport.permits.case import Case, predecessor
from transport.permits.decision import Decision, DecisionOutcome
from transport.permits.permit import validity
from transport.permits.states import ActKind, Step
from transport.services.amending import let_old_act_fall
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar


def check(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    note: str = "",
) -> Case:
    """Check a proposal; never by the person who handled it."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.CHECK, calendar)
        checked = decisions.check(_decision(act), request.actor, request.now)
        case = write_step(
            work,
            case,
            act,
            request,
            Step.CHECK,
            changed=replace(act, decision=checked),
            reason=note,
        )
        work.commit()
        return case


def send_back(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    reason: str,
) -> Case:
    """Send a proposal back to the handler, with the reason; its signatures fall away."""
    if not reason.strip():
        raise InvalidInputError([FieldFault("reason", "must be given", "reason_missing")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.SEND_BACK, calendar)
        changed = replace(act, decision=None)
        case = write_step(work, case, act, request, Step.SEND_BACK, changed=changed, reason=reason)
        work.commit()
        return case


def sign(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    note: str = "",
) -> Case:
    """Sign a checked proposal: a grant or a refusal, as proposed.

    The city's acts are in force when signed; the highway pass is issued as a paper of its own.
    """
    with unit_of_work() as work:
        seen = work.cases.get(request.case_number).act(request.act_id)
        step = Step.GRANT
        if seen.decision is not None and seen.decision.outcome is DecisionOutcome.REFUSE:
            step = Step.REFUSE
        case, act = open_act(work, request, step, calendar)
        signed = decisions.sign(_decision(act), request.actor, request.now)
        clock = replace(act.clock, decided_on=request.today)
        changed = replace(act, decision=signed, clock=clock)
        if step is Step.GRANT:
            must_follow(case, act)
            if act.kind is not ActKind.HIGHWAY_PERMIT:
                first, last, _ = validity(case.application)
                changed = replace(changed, valid_from=first, valid_until=last)
        case = write_step(
            work,
            case,
            act,
            request,
            step,
            changed=changed,
            reason=note or signed.text,
            details={"grounds": ",".join(signed.grounds)},
        )
        if step is Step.GRANT and act.kind is not ActKind.HIGHWAY_PERMIT:
            let_old_act_fall(work, request, case, changed)
        work.commit()
        return case


def must_follow(case: Case, act: Act) -> None:
    """Refuse a decision before the act it follows is in force (in the city: consent, then police).

    Raises StepNotAllowedError.
    """
    earlier = predecessor(case, act)
    if earlier is not None and earlier.granted_terms is None:
        raise StepNotAllowedError(
            f"in the city the consent of {earlier.authority.name or 'the municipal department'} "
            f"comes first; it is '{earlier.state.value}'",
            "consent_first",
            office=earlier.authority.name,
            state=earlier.state.value,
        )


def _decision(act: Act) -> Decision:
    if act.decision is None:
        raise StepNotAllowedError(
            "there is no proposed decision; handle the act first", "not_handled"
        )
    return act.decision
