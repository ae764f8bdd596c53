"""Steps of every desk at the counter: accept, ask for supplements once, do not accept."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.decision import NonAcceptanceGround
from transport.permits.states import Step
from transport.services import accepting
from transport.services.stepping import StepRequest
from webapp.access import current_services, for_role
from webapp.case_file.stepping import OFFICES, Answer, StepForm, show_step, take_step
from webapp.case_file.travel_terms import lines
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("act_accepting", __name__)

ACCEPT = StepForm(
    steps=(Step.ACCEPT,),
    template="case_file/steps/accept.html",
    done=_l(
        "%(kind)s of case %(number)s is accepted. The decision is due by %(due)s. The acceptance "
        "notice is among the letters of the act."
    ),
)
SUPPLEMENT = StepForm(
    steps=(Step.ASK_SUPPLEMENT,),
    template="case_file/steps/ask_supplement.html",
    done=_l(
        "The list of supplements of %(kind)s is with the applicant. It cannot be asked again; the "
        "act waits for the applicant."
    ),
    labels={"wanted": _l("Everything that is missing")},
)
DECLINE = StepForm(
    steps=(Step.DECLINE,),
    template="case_file/steps/decline.html",
    done=_l("%(kind)s of case %(number)s is not accepted. The letter names ground and remedies."),
    options={"ground": tuple(WORDS["non_acceptance_ground"].items())},
    labels={"ground": _l("Ground"), "text": _l("Reasons")},
)


@blueprint.get("/cases/<number>/acts/<act_id>/accept")
@for_role(*OFFICES)
def accept_form(number: str, act_id: str) -> Answer:
    """Show what accepting means."""
    return show_step(number, act_id, ACCEPT)


@blueprint.post("/cases/<number>/acts/<act_id>/accept")
@for_role(*OFFICES)
def accept(number: str, act_id: str) -> Answer:
    """Accept: the clock of the act starts."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        fields.check()
        accepting.accept(services.unit_of_work, services.calendar, asked)

    return take_step(number, act_id, ACCEPT, take)


@blueprint.get("/cases/<number>/acts/<act_id>/ask-supplement")
@for_role(*OFFICES)
def supplement_form(number: str, act_id: str) -> Answer:
    """Show the form for the one list of supplements."""
    return show_step(number, act_id, SUPPLEMENT)


@blueprint.post("/cases/<number>/acts/<act_id>/ask-supplement")
@for_role(*OFFICES)
def ask_supplement(number: str, act_id: str) -> Answer:
    """Ask for supplements, once and everything at once."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        wanted = lines(fields, "wanted")
        fields.check()
        accepting.ask_supplement(services.unit_of_work, services.calendar, asked, wanted=wanted)

    return take_step(number, act_id, SUPPLEMENT, take)


@blueprint.get("/cases/<number>/acts/<act_id>/decline")
@for_role(*OFFICES)
def decline_form(number: str, act_id: str) -> Answer:
    """Show the form for a non-acceptance."""
    return show_step(number, act_id, DECLINE)


@blueprint.post("/cases/<number>/acts/<act_id>/decline")
@for_role(*OFFICES)
def decline(number: str, act_id: str) -> Answer:
    """Do not accept, on a ground of the closed list."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        ground = fields.choice("ground", NonAcceptanceGround)
        text = fields.text("text", longest=2000)
        fields.check()
        accepting.decline(services.unit_of_work, services.calendar, asked, ground=ground, text=text)

    return take_step(number, act_id, DECLINE, take)
