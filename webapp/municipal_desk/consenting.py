"""Handle (经办) the consent for city streets: propose it with conditions, or to refuse."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import consenting
from transport.services.stepping import StepRequest
from webapp.access import Role, current_services, for_role
from webapp.case_file.proposing import CITY_GROUNDS, LABELS, OUTCOMES, read_proposal, terms_so_far
from webapp.case_file.stepping import Answer, StepForm, show_step, take_step
from webapp.fields import Fields

blueprint = Blueprint("municipal_consenting", __name__)

CONSENT = StepForm(
    steps=(Step.HANDLE,),
    template="municipal_desk/consent.html",
    done=_l("Your proposal on case %(number)s is on file. Now another person checks it."),
    options={"outcome": OUTCOMES, "grounds": CITY_GROUNDS},
    labels=LABELS,
    defaults=terms_so_far,
)


@blueprint.get("/cases/<number>/acts/<act_id>/consent")
@for_role(Role.MUNICIPAL_OFFICER)
def consent_form(number: str, act_id: str) -> Answer:
    """Show the form for the consent, with the streets it is about."""
    return show_step(number, act_id, CONSENT)


@blueprint.post("/cases/<number>/acts/<act_id>/consent")
@for_role(Role.MUNICIPAL_OFFICER)
def consent(number: str, act_id: str) -> Answer:
    """Propose the consent for the streets of the city."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        proposal = read_proposal(fields)
        consenting.propose_consent(
            services.unit_of_work,
            services.calendar,
            asked,
            outcome=proposal.outcome,
            text=proposal.text,
            grounds=proposal.grounds,
            terms=proposal.terms,
        )

    return take_step(number, act_id, CONSENT, take)
