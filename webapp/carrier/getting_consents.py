"""Consents of bodies without a desk here, and the end of a pass, as the carrier files them."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l

from transport.permits.states import Step
from transport.services import ending_acts
from transport.services import getting_consents as consents
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.stepping import StepForm, step_pages
from webapp.fields import Fields

blueprint = Blueprint("getting_consents", __name__)
# The carrier asks railways and owners; the authority of the origin asks other provinces.
ASKING = (Role.CARRIER, Role.TRANSPORT_OFFICER)

ASK = StepForm(
    steps=(Step.ASK_CONSENT,),
    template="carrier/ask_consent.html",
    done=_l("It is noted whom you asked. The truck does not depart before the consent is filed."),
    labels={"whom": _l("Who was asked"), "reference": _l("Number of your letter")},
)
ANSWER = StepForm(
    steps=(Step.RECORD_CONSENT, Step.RECORD_OBJECTION),
    template="carrier/record_answer.html",
    done=_l("The answer is filed."),
    options={
        "answer": (
            (Step.RECORD_CONSENT.value, _l("They consent")),
            (Step.RECORD_OBJECTION.value, _l("They object")),
        )
    },
    labels={
        "answer": _l("Answer"),
        "text": _l("Conditions or reasons"),
        "reference": _l("Number of their letter"),
        "paper": _l("The paper"),
    },
    upload=True,
)
SILENCE = StepForm(
    steps=(Step.RECORD_OVERDUE,),
    template="carrier/record_silence.html",
    done=_l("It is on record that no answer came in time. Silence is no consent."),
)
COMPLETE = StepForm(
    steps=(Step.COMPLETE,),
    template="carrier/complete.html",
    done=_l("The pass of case %(number)s has ended. It cannot be driven on again."),
)


@step_pages(blueprint, ASK, *ASKING)
def ask_consent(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Note whom the carrier asked, or to which province it was forwarded."""
    whom = fields.text("whom", longest=120)
    reference = fields.text("reference", required=False, longest=120)
    fields.check()
    consents.ask_consent(
        services.unit_of_work, services.calendar, asked, whom=whom, reference=reference
    )


@step_pages(blueprint, ANSWER, *ASKING)
def record_answer(services: Services, asked: StepRequest, fields: Fields) -> None:
    """File the answer of a railway, of a road's owner or of another province."""
    answer = fields.choice("answer", Step)
    text = fields.text("text", required=False, longest=2000)
    reference = fields.text("reference", required=False, longest=120)
    fields.check()
    file = request.files.get("paper")
    paper = (file.filename, file.read()) if file is not None and file.filename else None
    step = Step.RECORD_CONSENT if answer is Step.RECORD_CONSENT else Step.RECORD_OBJECTION
    consents.record_answer(
        services.unit_of_work,
        services.calendar,
        services.documents,
        asked,
        step,
        text=text,
        reference=reference,
        paper=paper,
    )


@step_pages(blueprint, SILENCE, *ASKING)
def record_silence(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Note that no answer came."""
    fields.check()
    consents.record_silence(services.unit_of_work, services.calendar, asked)


@step_pages(blueprint, COMPLETE, Role.CARRIER)
def complete(services: Services, asked: StepRequest, fields: Fields) -> None:
    """End the use of a pass whose trips are done."""
    fields.check()
    ending_acts.complete(services.unit_of_work, services.calendar, asked)
