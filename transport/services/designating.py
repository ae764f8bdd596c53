"""The traffic police designate time, route and speed in a city, after the municipal consent."""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits.case import Case
from transport.permits.decision import NO_TERMS, DecisionOutcome, TravelTerms, propose
from transport.permits.states import ActKind, Step
from transport.services.consenting import CITY_GROUNDS
from transport.services.deciding import must_follow
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar


def propose_designation(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    outcome: DecisionOutcome,
    text: str,
    grounds: tuple[str, ...] = (),
    terms: TravelTerms = NO_TERMS,
) -> Case:
    """Propose time, route and speed for the city part, or to refuse.

    Raises StepNotAllowedError before the municipal consent of the same city is in force.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.HANDLE, calendar)
        if act.kind is not ActKind.POLICE_DESIGNATION:
            raise StepNotAllowedError("this desk decides police designations only", "other_desk")
        if outcome is DecisionOutcome.GRANT:
            must_follow(case, act)
            _must_designate(terms)
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


def _must_designate(terms: TravelTerms) -> None:
    faults = []
    if not terms.windows:
        faults.append(FieldFault("windows", "the time of travel must be designated", "missing"))
    if terms.top_speed_km_h is None:
        faults.append(FieldFault("top_speed_km_h", "the speed must be designated", "missing"))
    if not terms.route_note.strip():
        faults.append(FieldFault("route_note", "the route must be designated", "missing"))
    if faults:
        raise InvalidInputError(faults)
