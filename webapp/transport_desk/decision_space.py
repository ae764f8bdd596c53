"""The office's decision space: rows entered, confirmed, ended; cases prepared by them."""

from __future__ import annotations

from datetime import date, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import InvalidInputError
from transport.permits.decision_space import CATEGORIES, SpaceRow
from transport.services.days import day_of
from transport.services.deciding_by_rule import decide_by_rule
from transport.services.keeping_decision_space import (
    confirm_row,
    end_row,
    enter_row,
    prepare_all,
    space_of,
    switch_off,
    switch_on,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields
from webapp.page_context import menu_entry

blueprint = Blueprint("decision_space", __name__)
NAVIGATION = (
    menu_entry("decision_space.shown", _l("Decision space"), Role.TRANSPORT_OFFICER, order=25),
)
LABELS = {
    "categories": _l("Category"),
    "origin": _l("From area (code)"),
    "destination": _l("To area (code)"),
    "height_m": _l("Height"),
    "width_m": _l("Width"),
    "length_m": _l("Length"),
    "mass_t": _l("Gross mass"),
    "axle_t": _l("Largest axle"),
    "from_day": _l("First day"),
    "until_day": _l("Last day"),
    "from_time": _l("From hour"),
    "until_time": _l("Until hour"),
    "reason": _l("Reason"),
    "order": _l("Number of the written order"),
}
_HOURS = tuple((f"{hour:02d}:00", f"{hour:02d}:00") for hour in range(24))


@blueprint.get("/transport/decision-space")
@for_role(Role.TRANSPORT_OFFICER)
def shown() -> str:
    """List the rows of the office."""
    return _page()


@blueprint.post("/transport/decision-space")
@for_role(Role.TRANSPORT_OFFICER)
def enter() -> Response | tuple[str, int]:
    """Enter a row."""
    services, fields = current_services(), Fields(request.form)
    try:
        row = _read(fields)
        enter_row(services.unit_of_work, row, actor=current_actor(), now=services.clock.now())
    except InvalidInputError as wrong:
        return _page(wrong), 422
    flash(gettext("The row is entered. A second person confirms it."), "good")
    return redirect(url_for("decision_space.shown"))


@blueprint.post("/transport/decision-space/<row_id>/confirm")
@for_role(Role.TRANSPORT_OFFICER)
def confirm(row_id: str) -> Response:
    """Put a row in force."""
    services = current_services()
    confirm_row(services.unit_of_work, row_id, actor=current_actor(), now=services.clock.now())
    flash(gettext("The row is in force."), "good")
    return redirect(url_for("decision_space.shown"))


@blueprint.post("/transport/decision-space/<row_id>/end")
@for_role(Role.TRANSPORT_OFFICER)
def end(row_id: str) -> Response:
    """End a row."""
    services = current_services()
    end_row(services.unit_of_work, row_id, actor=current_actor(), now=services.clock.now())
    flash(gettext("The row has ended: its cases go to the desk."), "good")
    return redirect(url_for("decision_space.shown"))


@blueprint.post("/transport/decision-space/<row_id>/automatic")
@for_role(Role.TRANSPORT_OFFICER)
def take_automatically(row_id: str) -> Response | tuple[str, int]:
    """Sign that the system takes the decisions of a row."""
    services, actor = current_services(), current_actor()
    order, now = request.form.get("order", "")[:100], services.clock.now()
    try:
        switch_on(services.unit_of_work, row_id, order=order, actor=actor, now=now)
    except InvalidInputError as wrong:
        return _page(wrong), 422
    flash(gettext("The system takes the decisions of this row from now on."), "good")
    return redirect(url_for("decision_space.shown"))


@blueprint.post("/transport/decision-space/<row_id>/by-hand")
@for_role(Role.TRANSPORT_OFFICER)
def take_by_hand(row_id: str) -> Response:
    """Let people decide again, at once."""
    services = current_services()
    switch_off(services.unit_of_work, row_id, actor=current_actor(), now=services.clock.now())
    flash(gettext("People decide again what this row covers."), "good")
    return redirect(url_for("decision_space.shown"))


@blueprint.post("/transport/decision-space/prepare")
@for_role(Role.TRANSPORT_OFFICER)
def prepare() -> Response:
    """Let the system prepare what the rows cover."""
    services, actor = current_services(), current_actor()
    taken = decide_by_rule(
        services.unit_of_work,
        services.law,
        services.calendar,
        office=actor,
        now=services.clock.now(),
    )
    done = prepare_all(
        services.unit_of_work,
        services.law,
        services.calendar,
        office=actor,
        now=services.clock.now(),
    )
    count = sum(1 for one in done if one.row)
    said = gettext(
        "%(taken)s decided by rule, %(count)s prepared by rule, %(left)s left to the desk.",
        taken=sum(1 for one in taken if one.row),
        count=count,
        left=len(done) - count,
    )
    flash(said, "good")
    return redirect(url_for("decision_space.shown"))


def _read(fields: Fields) -> SpaceRow:
    wanted = request.form.getlist("categories")
    sizes = [
        fields.number(name, least=0.1, most=2000) for name in LABELS if name[-2:] in {"_m", "_t"}
    ]
    areas = [fields.text(name, required=False, longest=6) for name in ("origin", "destination")]
    first, last = fields.day("from_day"), fields.day("until_day")
    hours = [request.form.get(name, "") for name in ("from_time", "until_time")]
    for name, hour in zip(("from_time", "until_time"), hours, strict=True):
        if hour not in dict(_HOURS):
            fields.refuse(name, "is not one of the hours", "not_a_choice", given=hour)
    reason = fields.text("reason", longest=500)
    fields.check()
    height_m, width_m, length_m, mass_t, axle_t = sizes
    return SpaceRow(
        id="",
        categories=tuple(one for one in CATEGORIES if one in wanted),
        origin=areas[0],
        destination=areas[1],
        height_m=height_m,
        width_m=width_m,
        length_m=length_m,
        mass_t=mass_t,
        axle_t=axle_t,
        from_day=first or date.min,
        until_day=last or date.min,
        from_time=time.fromisoformat(hours[0]),
        until_time=time.fromisoformat(hours[1]),
        reason=reason,
        entered_by="",
        entered_by_id="",
    )


def _page(wrong: InvalidInputError | None = None) -> str:
    services, actor = current_services(), current_actor()
    return render_template(
        "transport_desk/decision_space.html",
        rows=space_of(services.unit_of_work, actor.organisation_id),
        me=actor.user_id,
        today=day_of(services.clock.now()),
        faults=wrong.faults if wrong else (),
        labels=LABELS,
        hours=_HOURS,
        categories=[(one, one) for one in CATEGORIES],
        values=request.form,
    )
