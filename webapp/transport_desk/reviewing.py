"""Handle (经办) the highway permit: propose to grant with time, route and speed, or to refuse."""

from __future__ import annotations

from flask import Blueprint

from transport.services import reviewing
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.proposing import grounds_among, proposal_form, read_proposal
from webapp.case_file.stepping import step_pages
from webapp.fields import Fields

blueprint = Blueprint("transport_reviewing", __name__)


HANDLE = proposal_form("transport_desk/handle.html", grounds_among(reviewing.REFUSAL_GROUNDS))


@step_pages(blueprint, HANDLE, Role.TRANSPORT_OFFICER)
def handle(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Propose the decision on the highway permit."""
    reviewing.propose_decision(
        services.unit_of_work, services.calendar, asked, read_proposal(fields)
    )
