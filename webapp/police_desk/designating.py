"""Handle (经办) the city part: propose time, route and speed, or to refuse."""

from __future__ import annotations

from flask import Blueprint

from transport.services import designating
from transport.services.handling import CITY_GROUNDS
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.proposing import grounds_among, proposal_form, read_proposal
from webapp.case_file.stepping import step_pages
from webapp.fields import Fields

blueprint = Blueprint("police_designating", __name__)

DESIGNATE = proposal_form("police_desk/designate.html", grounds_among(CITY_GROUNDS))


@step_pages(blueprint, DESIGNATE, Role.POLICE_OFFICER)
def designate(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Propose time, route and speed for the city part."""
    designating.propose_designation(
        services.unit_of_work, services.calendar, asked, read_proposal(fields)
    )
