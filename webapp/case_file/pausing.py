"""Suspend and resume the clock of an act, with the reason that is announced."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.clocks import SuspensionReason
from transport.permits.states import Step
from transport.services import reviewing
from transport.services.stepping import StepRequest
from webapp.access import Services
from webapp.case_file.stepping import OFFICES, StepForm, step_pages
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


@step_pages(blueprint, SUSPEND, *OFFICES)
def suspend(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Stop the clock for strengthening or expert review."""
    reason = fields.choice("reason", SuspensionReason)
    note = fields.text("note", longest=2000)
    fields.check()
    reviewing.suspend_clock(
        services.unit_of_work, services.calendar, asked, reason=reason, note=note
    )


@step_pages(blueprint, RESUME, *OFFICES)
def resume(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Let the clock run again."""
    fields.check()
    reviewing.resume_clock(services.unit_of_work, services.calendar, asked)
