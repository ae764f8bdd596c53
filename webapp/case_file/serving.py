"""Put the proof of service of a letter on file; download the form for it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l

from transport.permits.act_letters import unserved
from transport.permits.letters import LetterKind, Manner
from transport.permits.states import Step
from transport.services import serving_letters
from transport.services.serving_letters import Receipt
from transport.services.stepping import StepRequest, day_of
from transport.services.viewing_cases import ActView, CaseView
from webapp.access import Services, current_services, for_role
from webapp.case_file.downloading import PARTIES, sent
from webapp.case_file.opening import opened
from webapp.case_file.stepping import OFFICES, StepForm, step_pages
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("act_serving", __name__)


def _usual(view: CaseView, one: ActView) -> Mapping[str, object]:
    waiting = unserved(one.act)
    return {
        "letter": waiting[-1].value if waiting else "",
        "manner": Manner.DIRECT.value,
        "served_on": day_of(current_services().clock.now()).isoformat(),
        "received_by": "",
        "place": view.case.organisation_name,
    }


SERVE = StepForm(
    steps=(Step.SERVE,),
    template="case_file/steps/serve.html",
    done=_l("The proof of service is on file. Periods that start with the service run from it."),
    options={
        "letter": tuple(WORDS["letter"].items()),
        "manner": tuple(WORDS["service_manner"].items()),
    },
    labels={
        "letter": _l("Letter"),
        "manner": _l("How it was served"),
        "served_on": _l("Day of service"),
        "received_by": _l("Received by"),
        "place": _l("Place"),
        "witness": _l("Witness"),
        "note": _l("Note"),
        "paper": _l("Signed form"),
    },
    upload=True,
    defaults=_usual,
)


@step_pages(blueprint, SERVE, *OFFICES)
def serve(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Note how, when and to whom a letter was served."""
    letter = fields.choice("letter", LetterKind, otherwise=LetterKind.GRANT)
    manner = fields.choice("manner", Manner, otherwise=Manner.DIRECT)
    served_on = fields.day("served_on")
    receipt = Receipt(
        letter=letter,
        manner=manner,
        served_on=served_on or asked.today,
        received_by=fields.text("received_by", required=False, longest=80),
        place=fields.text("place", required=False, longest=200),
        witness=fields.text("witness", required=False, longest=80),
        note=fields.text("note", required=False, longest=2000),
    )
    fields.check()
    file = request.files.get("paper")
    serving_letters.serve(
        services.unit_of_work,
        services.calendar,
        services.documents,
        asked,
        receipt,
        paper=(file.filename, file.read()) if file is not None and file.filename else None,
    )


@blueprint.get("/cases/<number>/acts/<act_id>/letters/<kind>/service.pdf")
@for_role(*PARTIES)
def proof(number: str, act_id: str, kind: str) -> Response:
    """Give out the proof of service of a letter, or the form for it."""
    case = opened(number).case
    return sent(current_services().papers.service_proof(case, case.act(act_id), kind))
