"""Consult the police and the leagues on a highway permit; record that no answer came."""

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

blueprint = Blueprint("transport_consulting", __name__)

CONSULT = StepForm(
    steps=(Step.CONSULT,),
    template="transport_desk/consult.html",
    done=_l(
        "The traffic police is asked for its opinion on case %(number)s. Until it answers, or the "
        "limit has passed, the permit cannot be handled."
    ),
    labels={"question": _l("Question"), "authority": _l("Office of the traffic police")},
)
LEAGUES = StepForm(
    steps=(Step.CONSULT_LEAGUES,),
    template="transport_desk/consult_leagues.html",
    done=_l("The leagues on the route of case %(number)s are asked, all at once."),
    labels={"question": _l("Question")},
)
LEAGUE_OPINION = StepForm(
    steps=(Step.GIVE_OPINION,),
    template="transport_desk/give_opinion.html",
    done=_l("Your opinion on case %(number)s is on file. The deciding office sees it."),
    options={"outcome": tuple(WORDS["opinion"].items())},
    labels={**LABELS, "outcome": _l("Opinion"), "text": _l("Reasons or requirements")},
)
OVERDUE = StepForm(
    steps=(Step.RECORD_OVERDUE,),
    template="transport_desk/record_overdue.html",
    done=_l(
        "It is on record that no answer came in time. Silence is no consent; your office decides."
    ),
)


@step_pages(blueprint, CONSULT, Role.TRANSPORT_OFFICER)
def consult(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Ask the traffic police of the same level."""
    question = fields.text("question", required=False, longest=2000)
    fields.check()
    consulting.consult_police(
        services.unit_of_work, services.calendar, services.law, asked, question=question
    )


@step_pages(blueprint, LEAGUES, Role.TRANSPORT_OFFICER)
def consult_leagues(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Ask every league on the route for its internal opinion."""
    question = fields.text("question", required=False, longest=2000)
    fields.check()
    consulting.consult_leagues(
        services.unit_of_work, services.calendar, services.law, asked, question=question
    )


@step_pages(blueprint, LEAGUE_OPINION, Role.TRANSPORT_OFFICER)
def give_league_opinion(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Give the internal opinion of a league."""
    outcome = fields.choice("outcome", OpinionOutcome)
    text = fields.text("text", required=False, longest=4000)
    terms = read_terms(fields)
    fields.check()
    consulting.give_opinion(
        services.unit_of_work, services.calendar, asked, outcome=outcome, text=text, terms=terms
    )


@step_pages(blueprint, OVERDUE, Role.TRANSPORT_OFFICER)
def record_overdue(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Record that a consulted office did not answer in time."""
    fields.check()
    consulting.record_overdue(services.unit_of_work, services.calendar, asked)
