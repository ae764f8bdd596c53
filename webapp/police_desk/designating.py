"""Handle (经办) the city part: propose time, route and speed, or to refuse."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import designating
from transport.services.stepping import StepRequest
from webapp.access import Role, current_services, for_role
from webapp.case_file.proposing import CITY_GROUNDS, LABELS, OUTCOMES, read_proposal, terms_so_far
from webapp.case_file.stepping import Answer, StepForm, show_step, take_step
from webapp.fields import Fields

blueprint = Blueprint("police_designating", __name__)

DESIGNATE = StepForm(
    steps=(Step.HANDLE,),
    template="police_desk/designate.html",
    done=_l("Your proposal on case %(number)s is on file. Now another person checks it."),
    options={"outcome": OUTCOMES, "grounds": CITY_GROUNDS},
    labels=LABELS,
    defaults=terms_so_far,
)


@blueprint.get("/cases/<number>/acts/<act_id>/designate")
@for_role(Role.POLICE_OFFICER)
def designate_form(number: str, act_id: str) -> Answer:
    """Show the form for time, route and speed."""
    return show_step(number, act_id, DESIGNATE)


@blueprint.post("/cases/<number>/acts/<act_id>/designate")
@for_role(Role.POLICE_OFFICER)
def designate(number: str, act_id: str) -> Answer:
    """Propose time, route and speed for the city part."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        proposal = read_proposal(fields)
        designating.propose_designation(
            services.unit_of_work,
            services.calendar,
            asked,
            outcome=proposal.outcome,
            text=proposal.text,
            grounds=proposal.grounds,
            terms=proposal.terms,
        )

    return take_step(number, act_id, DESIGNATE, take)
