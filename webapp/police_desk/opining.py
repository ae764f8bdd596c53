"""Give the opinion of the traffic police on a highway permit."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.consultation import OpinionOutcome
from transport.permits.states import Step
from transport.services import consulting
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.proposing import LABELS
from webapp.case_file.stepping import StepForm, step_pages
from webapp.case_file.travel_terms import read_terms
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("police_opining", __name__)

OPINION = StepForm(
    steps=(Step.GIVE_OPINION,),
    template="police_desk/give_opinion.html",
    done=_l(
        "Your opinion on case %(number)s is on file. The transport department decides with it."
    ),
    options={"outcome": tuple(WORDS["opinion"].items())},
    labels={**LABELS, "outcome": _l("Opinion"), "text": _l("Reasons or requirements")},
)


@step_pages(blueprint, OPINION, Role.POLICE_OFFICER)
def give_opinion(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Give the opinion with time and speed for the highway."""
    outcome = fields.choice("outcome", OpinionOutcome)
    text = fields.text("text", required=False, longest=4000)
    terms = read_terms(fields)
    fields.check()
    consulting.give_opinion(
        services.unit_of_work,
        services.calendar,
        asked,
        outcome=outcome,
        text=text,
        terms=terms,
    )
