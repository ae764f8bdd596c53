"""Suspend and resume the clock of an act, with the reason that is announced."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.clocks import SuspensionReason
from transport.permits.states import Step
from transport.services import reviewing
from transport.services.stepping import StepRequest
from webapp.access import current_services, for_role
from webapp.case_file.stepping import OFFICES, Answer, StepForm, show_step, take_step
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("act_pausing", __name__)

SUSPEND = StepForm(
    steps=(Step.SUSPEND,),
    template="case_file/steps/suspend.html",
    done=_l("The clock of %(kind)s stands still. Resume it as soon as the reason is gone."),
    options={"reason": tuple(WORDS["suspension"].items())},
    labels={"reason": _l("Reason"), "note": _l("Announcement to the applicant")},
)
RESUME = StepForm(
    steps=(Step.RESUME,),
    template="case_file/steps/resume.html",
    done=_l("The clock of %(kind)s runs again. The decision is due by %(due)s."),
)


@blueprint.get("/cases/<number>/acts/<act_id>/suspend")
@for_role(*OFFICES)
def suspend_form(number: str, act_id: str) -> Answer:
    """Show the form to suspend the clock."""
    return show_step(number, act_id, SUSPEND)


@blueprint.post("/cases/<number>/acts/<act_id>/suspend")
@for_role(*OFFICES)
def suspend(number: str, act_id: str) -> Answer:
    """Stop the clock for strengthening or expert review."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        reason = fields.choice("reason", SuspensionReason)
        note = fields.text("note", longest=2000)
        fields.check()
        reviewing.suspend_clock(
            services.unit_of_work, services.calendar, asked, reason=reason, note=note
        )

    return take_step(number, act_id, SUSPEND, take)


@blueprint.get("/cases/<number>/acts/<act_id>/resume")
@for_role(*OFFICES)
def resume_form(number: str, act_id: str) -> Answer:
    """Show what resuming means."""
    return show_step(number, act_id, RESUME)


@blueprint.post("/cases/<number>/acts/<act_id>/resume")
@for_role(*OFFICES)
def resume(number: str, act_id: str) -> Answer:
    """Let the clock run again."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        fields.check()
        reviewing.resume_clock(services.unit_of_work, services.calendar, asked)

    return take_step(number, act_id, RESUME, take)
