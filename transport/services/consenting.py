"""The municipal department handles its consent for streets and city bridges (URR 28)."""

from __future__ import annotations

from transport.permits.case import Case
from transport.permits.decision import Proposal
from transport.permits.states import ActKind
from transport.services.handling import CITY_GROUNDS, open_for_proposal, put_on_file
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest
from transport.working_days import WorkingCalendar


def propose_consent(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    proposal: Proposal,
) -> Case:
    """Propose to consent, with conditions on streets and bridges, or to refuse."""
    with unit_of_work() as work:
        opened = open_for_proposal(work, request, calendar, ActKind.MUNICIPAL_CONSENT)
        case = put_on_file(work, opened, request, proposal, allowed_grounds=CITY_GROUNDS)
        work.commit()
        return case
