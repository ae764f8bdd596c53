"""Steps of every desk on a proposal: check (审核), sign (签发), send back, revoke."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.permits.endings import GROUNDS, EndingGround
from transport.permits.states import Step
from transport.services import deciding
from transport.services.ending_acts import end_act
from transport.services.stepping import StepRequest
from webapp.access import Services
from webapp.case_file.stepping import OFFICES, StepForm, step_pages
from webapp.fields import Fields
from webapp.wording import WORDS

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


def _ending(step: Step, done: LazyString) -> StepForm:
    """Return the form that ends an act in force on a closed list of grounds."""
    grounds = tuple((one.value, WORDS["ending_ground"][one.value]) for one in GROUNDS[step])
    return StepForm(
        steps=(step,),
        template="case_file/steps/end.html",
        done=done,
        options={"ground": grounds},
        labels={"ground": _l("Ground"), "reason": _l("Reason")},
    )


REVOKE = _ending(
    Step.REVOKE,
    _l("%(kind)s of case %(number)s is taken back. The holder's loss is compensated by law."),
)
ANNUL = _ending(
    Step.ANNUL, _l("%(kind)s of case %(number)s is annulled and does not count from now on.")
)
CANCEL = _ending(Step.CANCEL, _l("%(kind)s of case %(number)s is cancelled for the record."))


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
    """Take a lawful act back (撤回); its pass stands on the revocation list at once."""
    _end(services, asked, fields, Step.REVOKE)


@step_pages(blueprint, ANNUL, *OFFICES)
def annul(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Annul an act that should never have been given (撤销)."""
    _end(services, asked, fields, Step.ANNUL)


@step_pages(blueprint, CANCEL, *OFFICES)
def cancel(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Cancel an act for the record (注销)."""
    _end(services, asked, fields, Step.CANCEL)


def _end(services: Services, asked: StepRequest, fields: Fields, step: Step) -> None:
    ground = fields.choice("ground", EndingGround)
    reason = fields.text("reason", longest=2000)
    fields.check()
    end_act(services.unit_of_work, services.calendar, asked, step, ground=ground, reason=reason)
