"""The traffic police designate time, route and speed in a city, after the municipal consent."""

from __future__ import annotations

from transport.errors import FieldFault, InvalidInputError
from transport.permits.case import Case
from transport.permits.decision import DecisionOutcome, Proposal, TravelTerms
from transport.permits.states import ActKind
from transport.services.deciding import must_follow
from transport.services.handling import CITY_GROUNDS, open_for_proposal, put_on_file
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest
from transport.working_days import WorkingCalendar


def propose_designation(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    proposal: Proposal,
) -> Case:
    """Propose time, route and speed for the city part, or to refuse.

    Raises StepNotAllowedError before the municipal consent of the same city is in force.
    """
    with unit_of_work() as work:
        opened = open_for_proposal(work, request, calendar, ActKind.POLICE_DESIGNATION)
        if proposal.outcome is DecisionOutcome.GRANT:
            must_follow(*opened)
            _must_designate(proposal.terms)
        case = put_on_file(work, opened, request, proposal, allowed_grounds=CITY_GROUNDS)
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
