"""What happened that concerns my organisation: notices, read once, and where they are sent."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.services.notifying import (
    address_of,
    list_notices,
    open_notice,
    read_all,
    set_address,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields

blueprint = Blueprint("notices", __name__)
LABELS = {"email": _l("E-mail address"), "mobile": _l("Mobile number for short messages")}


@blueprint.get("/notices/")
@for_role(Role.SIGNED_IN)
def listed() -> str:
    """Show the notices of the organisation, newest first."""
    return _page()


@blueprint.post("/notices/<notice_id>/open")
@for_role(Role.SIGNED_IN)
def show(notice_id: str) -> Response:
    """Mark a notice as read and go to what it is about."""
    services, actor = current_services(), current_actor()
    notice = open_notice(
        services.unit_of_work, actor=actor, notice_id=notice_id, now=services.clock.now()
    )
    if not notice.case_number:
        return redirect(url_for("notices.listed"))
    page = "applying.overview" if actor.role.value == Role.CARRIER.value else "case_file.show"
    if notice.kind.value == "message":
        page = "messages.listed"
    return redirect(url_for(page, number=notice.case_number))


@blueprint.post("/notices/read")
@for_role(Role.SIGNED_IN)
def read_every() -> Response:
    """Mark every notice as read."""
    services = current_services()
    read_all(services.unit_of_work, actor=current_actor(), now=services.clock.now())
    return redirect(url_for("notices.listed"))


@blueprint.post("/notices/address")
@for_role(Role.SIGNED_IN)
def address() -> Response | tuple[str, int]:
    """Set where the organisation wants its notices."""
    services, fields = current_services(), Fields(request.form)
    try:
        email = fields.text("email", required=False)
        mobile = fields.text("mobile", required=False)
        fields.check()
        set_address(
            services.unit_of_work,
            actor=current_actor(),
            email=email,
            mobile=mobile,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    flash(gettext("Notices go there from now on."))
    return redirect(url_for("notices.listed"))


def _page(faults: tuple[FieldFault, ...] = ()) -> str:
    services, actor = current_services(), current_actor()
    known = address_of(services.unit_of_work, actor=actor)
    return render_template(
        "notices/list.html",
        notices=list_notices(services.unit_of_work, actor=actor),
        values=request.form or {"email": known.email, "mobile": known.mobile},
        channels={one.name for one in services.channels},
        faults=faults,
        labels=LABELS,
    )
