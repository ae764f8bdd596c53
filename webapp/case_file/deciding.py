"""Steps of every desk on a proposal: check (审核), sign (签发), send back, revoke."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import deciding, issuing
from transport.services.stepping import StepRequest
from webapp.access import current_services, for_role
from webapp.case_file.stepping import OFFICES, Answer, StepForm, show_step, take_step
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


@blueprint.get("/cases/<number>/acts/<act_id>/check")
@for_role(*OFFICES)
def check_form(number: str, act_id: str) -> Answer:
    """Show the proposal to be checked."""
    return show_step(number, act_id, CHECK)


@blueprint.post("/cases/<number>/acts/<act_id>/check")
@for_role(*OFFICES)
def check(number: str, act_id: str) -> Answer:
    """Check a proposal, as another person than the handler."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        note = fields.text("note", required=False, longest=2000)
        fields.check()
        deciding.check(services.unit_of_work, services.calendar, asked, note=note)

    return take_step(number, act_id, CHECK, take)


@blueprint.get("/cases/<number>/acts/<act_id>/send-back")
@for_role(*OFFICES)
def send_back_form(number: str, act_id: str) -> Answer:
    """Show the form to send a proposal back."""
    return show_step(number, act_id, SEND_BACK)


@blueprint.post("/cases/<number>/acts/<act_id>/send-back")
@for_role(*OFFICES)
def send_back(number: str, act_id: str) -> Answer:
    """Send a proposal back to the handler with the reason."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        reason = fields.text("reason", longest=2000)
        fields.check()
        deciding.send_back(services.unit_of_work, services.calendar, asked, reason=reason)

    return take_step(number, act_id, SEND_BACK, take)


@blueprint.get("/cases/<number>/acts/<act_id>/sign")
@for_role(*OFFICES)
def sign_form(number: str, act_id: str) -> Answer:
    """Show the checked proposal to be signed."""
    return show_step(number, act_id, SIGN)


@blueprint.post("/cases/<number>/acts/<act_id>/sign")
@for_role(*OFFICES)
def sign(number: str, act_id: str) -> Answer:
    """Sign the decision as proposed, as a third person."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        note = fields.text("note", required=False, longest=2000)
        fields.check()
        deciding.sign(services.unit_of_work, services.calendar, asked, note=note)

    return take_step(number, act_id, SIGN, take)


@blueprint.get("/cases/<number>/acts/<act_id>/revoke")
@for_role(*OFFICES)
def revoke_form(number: str, act_id: str) -> Answer:
    """Show the form to revoke an act in force."""
    return show_step(number, act_id, REVOKE)


@blueprint.post("/cases/<number>/acts/<act_id>/revoke")
@for_role(*OFFICES)
def revoke(number: str, act_id: str) -> Answer:
    """Revoke an act in force; a pass issued on it stands on the revocation list at once."""
    services = current_services()

    def take(asked: StepRequest, fields: Fields) -> None:
        reason = fields.text("reason", longest=2000)
        fields.check()
        issuing.revoke(services.unit_of_work, services.calendar, asked, reason=reason)

    return take_step(number, act_id, REVOKE, take)
