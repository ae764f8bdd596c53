"""Relief records: those that wait, one with its checks and lines, and the decision on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError, StepNotAllowedError
from transport.relief.claims import ClaimStep, allowed_claim_steps
from transport.services.claiming_relief import decide_claim, list_claims, open_record
from transport.services.settling_relief import read_bookings
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fault_messages import refusal_text
from webapp.fields import Fields
from webapp.page_context import menu_entry
from webapp.relief_wording import relief_basis
from webapp.wording import say

blueprint = Blueprint("toll_office", __name__)
NAVIGATION = (menu_entry("toll_office.queue", _l("Relief records"), Role.TOLL_OFFICER, order=10),)

LABELS = {"reason": _l("Reason"), "step": _l("Decision")}
_HIGHEST_VERSION = 1_000_000_000


@blueprint.get("/toll-office")
@for_role(Role.TOLL_OFFICER)
def queue() -> str:
    """List the records that are not finished, oldest first."""
    services = current_services()
    return render_template(
        "toll_office/queue.html",
        claims=list_claims(services.unit_of_work, actor=current_actor()),
    )


@blueprint.get("/toll-office/records/<number>")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def claim(number: str) -> str:
    """Show a record with its checks, its lines and the steps allowed now."""
    return _page(number)


@blueprint.post("/toll-office/records/<number>")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def decide(number: str) -> Response | tuple[str, int]:
    """Verify, reject, pay, audit or reclaim."""
    services, fields = current_services(), Fields(request.form)
    step = fields.choice("step", ClaimStep)
    version = fields.whole_number("expected_version", least=1, most=_HIGHEST_VERSION)
    reason = fields.text("reason", required=False, longest=2000)
    try:
        fields.check()
        saved = decide_claim(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            step=step,
            expected_version=version,
            now=services.clock.now(),
            reason=reason,
            basis=relief_basis(),
        )
    except InvalidInputError as wrong:
        return _page(number, faults=wrong.faults), 422
    except StepNotAllowedError as refused:
        return _page(number, refusal=refusal_text(refused)), 409
    except ConflictError:
        return _page(number, refusal=_changed_meanwhile()), 409
    flash(
        gettext(
            "Relief record %(number)s is now in the state “%(state)s”. Relief that counts: "
            "%(yuan)s yuan.",
            number=saved.number,
            state=say("claim_state", saved.state),
            yuan=f"{saved.granted_yuan:.2f}",
        )
    )
    return redirect(url_for("toll_office.claim", number=number))


def _page(number: str, *, faults: tuple[FieldFault, ...] = (), refusal: str = "") -> str:
    actor = current_actor()
    found = open_record(
        current_services().unit_of_work, actor=actor, number=number, basis=relief_basis()
    )
    return render_template(
        "toll_office/claim.html",
        claim=found,
        steps=allowed_claim_steps(found, actor.role),
        bookings=read_bookings(current_services().unit_of_work, actor=actor, number=number),
        faults=faults,
        refusal=refusal,
        values=request.form,
        labels=LABELS,
    )


def _changed_meanwhile() -> str:
    return str(
        gettext(
            "Somebody else changed this record first; its newest state is below. Nothing of yours "
            "was written. Look at it, then repeat your decision if it still fits."
        )
    )
