"""Claim an act, take it over, give it back, stand back from it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import ConflictError, InvalidInputError, StepNotAllowedError
from transport.services import claiming_acts
from transport.services.stepping import StepRequest
from webapp.access import current_actor, current_services, for_role
from webapp.case_file.stepping import OFFICES
from webapp.fault_messages import fault_text, refusal_text

blueprint = Blueprint("act_claiming", __name__)
_HIGHEST_VERSION = 10**9
_LONGEST = 500


@blueprint.post("/cases/<number>/acts/<act_id>/claim")
@for_role(*OFFICES)
def claim(number: str, act_id: str) -> Response:
    """Take an act off the queue, or over from a colleague with a reason."""
    because = request.form.get("because", "")[:_LONGEST]
    uow = current_services().unit_of_work
    return _do(
        number,
        act_id,
        lambda asked: claiming_acts.claim_act(uow, asked, take_over_because=because),
        gettext("You work on this act now."),
    )


@blueprint.post("/cases/<number>/acts/<act_id>/release")
@for_role(*OFFICES)
def release(number: str, act_id: str) -> Response:
    """Give an act back to the queue."""
    uow = current_services().unit_of_work
    return _do(
        number,
        act_id,
        lambda asked: claiming_acts.release_act(uow, asked),
        gettext("The act is back in the queue."),
    )


@blueprint.post("/cases/<number>/acts/<act_id>/recusal")
@for_role(*OFFICES)
def stand_back(number: str, act_id: str) -> Response:
    """Stand back from an act, with the reason."""
    reason = request.form.get("reason", "")[:_LONGEST]
    uow = current_services().unit_of_work
    return _do(
        number,
        act_id,
        lambda asked: claiming_acts.recuse(uow, asked, reason=reason),
        gettext("Your recusal is on record. Others decide this act."),
    )


def _do(number: str, act_id: str, take: Callable[[StepRequest], object], done: str) -> Response:
    given = request.form.get("expected_version", "")
    version = min(int(given), _HIGHEST_VERSION) if given.isascii() and given.isdecimal() else 0
    asked = StepRequest(current_actor(), number, act_id, version, current_services().clock.now())
    try:
        take(asked)
    except StepNotAllowedError as refused:
        done = refusal_text(refused)
    except InvalidInputError as wrong:
        done = " ".join(fault_text(one) for one in wrong.faults)
    except ConflictError:
        done = gettext("Somebody changed this meanwhile. Look at it again, then repeat.")
    flash(done)
    return redirect(url_for("case_file.show", number=number, _anchor=f"act-{act_id}"))
