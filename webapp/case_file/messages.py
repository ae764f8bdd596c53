"""Messages on a case between the carrier and the offices that work on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits.acts import may_act
from transport.permits.messages import offices_of
from transport.services.messaging import list_messages, send_message
from webapp.access import Role, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.wording import say

blueprint = Blueprint("messages", __name__)
PARTIES = (
    Role.CARRIER,
    Role.TRANSPORT_OFFICER,
    Role.POLICE_OFFICER,
    Role.MUNICIPAL_OFFICER,
)
LABELS = {"text": _l("Message"), "act_id": _l("Who reads it")}


@blueprint.get("/cases/<number>/messages")
@for_role(*PARTIES)
def listed(number: str) -> str:
    """Show the messages on a case that are for the reader."""
    return _page(number)


@blueprint.post("/cases/<number>/messages")
@for_role(*PARTIES)
def send(number: str) -> Response | tuple[str, int]:
    """Send a message."""
    services = current_services()
    try:
        send_message(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            text=request.form.get("text", ""),
            act_id=request.form.get("act_id", ""),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(number, wrong.faults), 422
    except StepNotAllowedError as refused:
        return _page(number, (FieldFault("text", str(refused), "no_reader"),)), 409
    flash(gettext("Sent. The readers are notified."))
    return redirect(url_for("messages.listed", number=number))


def _page(number: str, faults: tuple[FieldFault, ...] = ()) -> str:
    services, actor = current_services(), current_actor()
    case = opened(number).case
    carrier = actor.organisation_id == case.organisation_id
    acts = [
        one for one in case.acts if offices_of(case, one.id) and (carrier or may_act(one, actor))
    ]
    return render_template(
        "case_file/messages.html",
        case=case,
        carrier=carrier,
        written=list_messages(services.unit_of_work, actor=actor, number=number),
        acts={one.id: one for one in case.acts},
        choices=[("", gettext("Everyone on the case"))]
        + [
            (
                one.id,
                gettext(
                    "Only the carrier and %(office)s (%(act)s)",
                    office=one.authority.name,
                    act=say("act", one.kind),
                ),
            )
            for one in acts
        ],
        values=request.form,
        faults=faults,
        labels=LABELS,
    )
