"""The municipal department handles its consent for streets and city bridges (URR 28)."""

from __future__ import annotations

from dataclasses import replace

from transport.errors import StepNotAllowedError
from transport.permits.case import Case
from transport.permits.decision import (
    NO_TERMS,
    CityRefusalGround,
    DecisionOutcome,
    TravelTerms,
    propose,
)
from transport.permits.states import ActKind, Step
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

CITY_GROUNDS = frozenset(one.value for one in CityRefusalGround)


def propose_consent(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    outcome: DecisionOutcome,
    text: str,
    grounds: tuple[str, ...] = (),
    terms: TravelTerms = NO_TERMS,
) -> Case:
    """Propose to consent, with conditions on streets and bridges, or to refuse."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.HANDLE, calendar)
        if act.kind is not ActKind.MUNICIPAL_CONSENT:
            raise StepNotAllowedError("this desk decides municipal consents only", "other_desk")
        decision = propose(
            outcome=outcome,
            text=text,
            allowed_grounds=CITY_GROUNDS,
            grounds=grounds,
            terms=terms,
            actor=request.actor,
            at=request.now,
        )
        case = write_step(
            work,
            case,
            act,
            request,
            Step.HANDLE,
            changed=replace(act, decision=decision),
            reason=text,
            details={"outcome": outcome.value, "grounds": ",".join(grounds)},
        )
        work.commit()
        return case
