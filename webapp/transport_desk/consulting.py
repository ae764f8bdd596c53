"""Consult the traffic police on a highway permit; record that no answer came."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import consulting
from transport.services.stepping import StepRequest
from webapp.access import Role, current_services, for_role
from webapp.case_file.stepping import Answer, StepForm, show_step, take_step
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


@blueprint.get("/cases/<number>/acts/<act_id>/consult")
@for_role(Role.TRANSPORT_OFFICER)
def consult_form(number: str, act_id: str) -> Answer:
    """Show the form to consult the traffic police."""
    return show_step(number, act_id, CONSULT)


@blueprint.post("/cases/<number>/acts/<act_id>/consult")
@for_role(Role.TRANSPORT_OFFICER)
def consult(number: str, act_id: str) -> Answer:
    """Ask the traffic police of the same level."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        question = fields.text("question", required=False, longest=2000)
        fields.check()
        consulting.consult_police(
            services.unit_of_work, services.calendar, services.law, asked, question=question
        )

    return take_step(number, act_id, CONSULT, take)


@blueprint.get("/cases/<number>/acts/<act_id>/record-overdue")
@for_role(Role.TRANSPORT_OFFICER)
def overdue_form(number: str, act_id: str) -> Answer:
    """Show what recording an overdue answer means."""
    return show_step(number, act_id, OVERDUE)


@blueprint.post("/cases/<number>/acts/<act_id>/record-overdue")
@for_role(Role.TRANSPORT_OFFICER)
def record_overdue(number: str, act_id: str) -> Answer:
    """Record that the police did not answer in time."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        fields.check()
        consulting.record_overdue(services.unit_of_work, services.calendar, asked)

    return take_step(number, act_id, OVERDUE, take)
