"""Who stands in for me while I am away: the standing deputy of an officer."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.services.claiming_acts import set_deputy
from transport.services.stepping import day_of
from webapp.access import current_actor, current_services, for_role
from webapp.case_file.stepping import OFFICES
from webapp.fields import Fields

blueprint = Blueprint("standing_in", __name__)
LABELS = {
    "deputy_id": _l("Deputy"),
    "away_from": _l("First day away"),
    "away_until": _l("Last day away"),
}


@blueprint.get("/deputy")
@for_role(*OFFICES)
def form() -> str:
    """Show who stands in for the officer, and when."""
    return _page()


@blueprint.post("/deputy")
@for_role(*OFFICES)
def save() -> Response | tuple[str, int]:
    """Name the deputy and the days."""
    services, fields = current_services(), Fields(request.form)
    now = services.clock.now()
    try:
        first = fields.day("away_from", required=False)
        last = fields.day("away_until", required=False)
        fields.check()
        set_deputy(
            services.unit_of_work,
            actor=current_actor(),
            deputy_id=request.form.get("deputy_id", ""),
            away_from=first or day_of(now),
            away_until=last,
            now=now,
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    flash(gettext("Your deputy is on record."))
    return redirect(url_for("standing_in.form"))


def _page(faults: tuple[FieldFault, ...] = ()) -> str:
    services, actor = current_services(), current_actor()
    with services.unit_of_work(read_only=True) as work:
        me = work.people.get(actor.user_id)
        colleagues = work.people.of_organisation(actor.organisation_id)
    stored = {
        "deputy_id": me.deputy_id,
        "away_from": me.away_from.isoformat() if me.away_from else "",
        "away_until": me.away_until.isoformat() if me.away_until else "",
    }
    return render_template(
        "case_file/deputy.html",
        options=[(one.id, one.name) for one in colleagues if one.id != me.id and one.active],
        values=request.form or stored,
        faults=faults,
        labels=LABELS,
    )
