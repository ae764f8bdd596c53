"""Consult the traffic police on a highway permit; record that no answer came."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import consulting
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.stepping import StepForm, step_pages
from webapp.fields import Fields

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


@step_pages(blueprint, OVERDUE, Role.TRANSPORT_OFFICER)
def record_overdue(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Record that the police did not answer in time."""
    fields.check()
    consulting.record_overdue(services.unit_of_work, services.calendar, asked)
