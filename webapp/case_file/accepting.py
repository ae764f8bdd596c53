"""Steps of every desk at the counter: accept, ask for supplements once, do not accept."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.decision import NonAcceptanceGround
from transport.permits.states import Step
from transport.services import accepting
from transport.services.stepping import StepRequest
from webapp.access import Services
from webapp.case_file.stepping import OFFICES, StepForm, step_pages
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


@step_pages(blueprint, ACCEPT, *OFFICES)
def accept(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Accept: the clock of the act starts."""
    fields.check()
    accepting.accept(services.unit_of_work, services.calendar, asked)


@step_pages(blueprint, SUPPLEMENT, *OFFICES)
def ask_supplement(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Ask for supplements, once and everything at once."""
    wanted = lines(fields, "wanted")
    fields.check()
    accepting.ask_supplement(services.unit_of_work, services.calendar, asked, wanted=wanted)


@step_pages(blueprint, DECLINE, *OFFICES)
def decline(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Do not accept, on a ground of the closed list."""
    ground = fields.choice("ground", NonAcceptanceGround)
    text = fields.text("text", longest=2000)
    fields.check()
    accepting.decline(services.unit_of_work, services.calendar, asked, ground=ground, text=text)
