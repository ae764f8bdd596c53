"""Steps of every desk on a proposal: check (审核), sign (签发), send back, revoke."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import deciding, issuing
from transport.services.stepping import StepRequest
from webapp.access import Services
from webapp.case_file.stepping import OFFICES, StepForm, step_pages
from webapp.fields import Fields

blueprint = Blueprint("act_deciding", __name__)

CHECK = StepForm(
    steps=(Step.CHECK,),
    template="case_file/steps/check.html",
    done=_l("The proposal is checked. Now another person signs it."),
    labels={"note": _l("Note of the check")},
)
SEND_BACK = StepForm(
    steps=(Step.SEND_BACK,),
    template="case_file/steps/send_back.html",
    done=_l("The proposal is back with the handler. Its signatures have fallen away."),
    labels={"reason": _l("Reason")},
)
SIGN = StepForm(
    steps=(Step.GRANT, Step.REFUSE),
    template="case_file/steps/sign.html",
    done=_l("The decision on %(kind)s of case %(number)s is signed. Its letter can be printed."),
    labels={"note": _l("Note of the signatory")},
)
REVOKE = StepForm(
    steps=(Step.REVOKE,),
    template="case_file/steps/revoke.html",
    done=_l("%(kind)s of case %(number)s is revoked and does not count from now on."),
    labels={"reason": _l("Reason")},
)


@step_pages(blueprint, CHECK, *OFFICES)
def check(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Check a proposal, as another person than the handler."""
    note = fields.text("note", required=False, longest=2000)
    fields.check()
    deciding.check(services.unit_of_work, services.calendar, asked, note=note)


@step_pages(blueprint, SEND_BACK, *OFFICES)
def send_back(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Send a proposal back to the handler with the reason."""
    reason = fields.text("reason", longest=2000)
    fields.check()
    deciding.send_back(services.unit_of_work, services.calendar, asked, reason=reason)


@step_pages(blueprint, SIGN, *OFFICES)
def sign(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Sign the decision as proposed, as a third person."""
    note = fields.text("note", required=False, longest=2000)
    fields.check()
    deciding.sign(services.unit_of_work, services.calendar, asked, note=note)


@step_pages(blueprint, REVOKE, *OFFICES)
def revoke(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Revoke an act in force; a pass issued on it stands on the revocation list at once."""
    reason = fields.text("reason", longest=2000)
    fields.check()
    issuing.revoke(services.unit_of_work, services.calendar, asked, reason=reason)
