"""The roster of experts: who may be asked, for what, from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.permits.expert_panel import Expert, ExpertField
from transport.services.convening_panels import keep_expert, roster
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.panel_words import FIELDS
from webapp.fields import Fields
from webapp.page_context import menu_entry

blueprint = Blueprint("engineer_roster", __name__)
NAVIGATION = (
    menu_entry("engineer_roster.experts", _l("Experts"), Role.TRANSPORT_OFFICER, order=22),
)
_TERM = timedelta(days=3 * 365)
LABELS = {
    "name": _l("Name of the expert"),
    "title": _l("Professional title"),
    "employer": _l("Employer"),
    "fields": _l("Fields"),
    "valid_from": _l("On the roster from"),
    "valid_until": _l("until"),
}


@blueprint.get("/engineer/experts")
@for_role(Role.TRANSPORT_OFFICER)
def experts() -> str:
    """List the roster, with the form for a new expert."""
    today = _today()
    values = {"valid_from": today.isoformat(), "valid_until": (today + _TERM).isoformat()}
    return _page(None, values, ())


@blueprint.post("/engineer/experts")
@for_role(Role.TRANSPORT_OFFICER)
def add() -> Response | tuple[str, int]:
    """Put an expert on the roster."""
    return _keep(None)


@blueprint.get("/engineer/experts/<expert_id>")
@for_role(Role.TRANSPORT_OFFICER)
def edit(expert_id: str) -> str:
    """Show one expert to be changed."""
    found = _expert(expert_id)
    values = {
        "name": found.name,
        "title": found.title,
        "employer": found.employer,
        "fields": [one.value for one in found.fields],
        "valid_from": found.valid_from.isoformat(),
        "valid_until": found.valid_until.isoformat(),
    }
    return _page(found, values, ())


@blueprint.post("/engineer/experts/<expert_id>")
@for_role(Role.TRANSPORT_OFFICER)
def save(expert_id: str) -> Response | tuple[str, int]:
    """Write a change of an expert; panels of before keep what they knew."""
    return _keep(_expert(expert_id))


def _keep(known: Expert | None) -> Response | tuple[str, int]:
    services, fields = current_services(), Fields(request.form)
    name, employer = fields.text("name", longest=60), fields.text("employer", longest=120)
    title = fields.text("title", required=False, longest=60)
    first, last = fields.day("valid_from"), fields.day("valid_until")
    chosen = tuple(one for one in ExpertField if one.value in request.form.getlist("fields"))
    if not chosen:
        fields.refuse("fields", "must name one at least", "choose_one")
    today = _today()
    try:
        fields.check()
        expert = Expert(
            known.id if known else "", name, employer, chosen, first or today, last or today, title
        )
        if known:
            seen = fields.whole_number("expected_version", least=1, most=1_000_000)
            expert = replace(expert, version=seen)
        kept = keep_expert(
            services.unit_of_work, actor=current_actor(), expert=expert, now=services.clock.now()
        )
    except InvalidInputError as wrong:
        return _page(known, request.form, wrong.faults), 422
    except ConflictError as conflict:
        return _page(known, request.form, (), str(conflict)), 409
    flash(gettext("%(name)s is on the roster.", name=kept.name))
    return redirect(url_for("engineer_roster.experts"))


def _expert(expert_id: str) -> Expert:
    for one in roster(current_services().unit_of_work):
        if one.id == expert_id:
            return one
    raise NotFoundError(f"there is no expert {expert_id!r}")


def _today() -> date:
    return day_of(current_services().clock.now())


def _page(
    known: Expert | None,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    conflict: str = "",
) -> str:
    return render_template(
        "engineer/experts.html",
        experts=roster(current_services().unit_of_work),
        known=known,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=LABELS,
        fields=FIELDS,
        today=_today(),
    )
