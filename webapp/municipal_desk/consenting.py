"""Handle (经办) the consent for city streets: propose it with conditions, or to refuse."""

from __future__ import annotations

from flask import Blueprint

from transport.services import consenting
from transport.services.handling import CITY_GROUNDS
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.proposing import grounds_among, proposal_form, read_proposal
from webapp.case_file.stepping import step_pages
from webapp.fields import Fields

blueprint = Blueprint("municipal_consenting", __name__)

CONSENT = proposal_form("municipal_desk/consent.html", grounds_among(CITY_GROUNDS))


@step_pages(blueprint, CONSENT, Role.MUNICIPAL_OFFICER)
def consent(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Propose the consent for the streets of the city."""
    consenting.propose_consent(
        services.unit_of_work, services.calendar, asked, read_proposal(fields)
    )
