"""Handle (经办) the highway permit: propose to grant with time, route and speed, or to refuse."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import reviewing
from transport.services.stepping import StepRequest
from webapp.access import Role, current_services, for_role
from webapp.case_file.proposing import LABELS, OUTCOMES, read_proposal, terms_so_far
from webapp.case_file.stepping import Answer, StepForm, show_step, take_step
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("transport_reviewing", __name__)


HANDLE = StepForm(
    steps=(Step.HANDLE,),
    template="transport_desk/handle.html",
    done=_l("Your proposal on case %(number)s is on file. Now another person checks it."),
    options={
        "outcome": OUTCOMES,
        "grounds": tuple(
            (word, text)
            for word, text in WORDS["refusal_ground"].items()
            if word in reviewing.REFUSAL_GROUNDS
        ),
    },
    labels=LABELS,
    defaults=terms_so_far,
)


@blueprint.get("/cases/<number>/acts/<act_id>/handle")
@for_role(Role.TRANSPORT_OFFICER)
def handle_form(number: str, act_id: str) -> Answer:
    """Show the form for the proposal."""
    return show_step(number, act_id, HANDLE)


@blueprint.post("/cases/<number>/acts/<act_id>/handle")
@for_role(Role.TRANSPORT_OFFICER)
def handle(number: str, act_id: str) -> Answer:
    """Propose the decision on the highway permit."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        reason = fields.text("open_violation_reason", required=False, longest=2000)
        proposal = read_proposal(fields)
        reviewing.propose_decision(
            services.unit_of_work,
            services.calendar,
            asked,
            outcome=proposal.outcome,
            text=proposal.text,
            grounds=proposal.grounds,
            terms=proposal.terms,
            open_violation_reason=reason,
        )

    return take_step(number, act_id, HANDLE, take)
