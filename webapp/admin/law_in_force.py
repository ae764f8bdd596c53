"""The law in force: every legal value of a day with clause, first day and how sure it is."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.regulations.dated import Dated
from webapp.access import Role, current_services, for_role
from webapp.extensions import language
from webapp.fields import Fields
from webapp.page_context import menu_entry

blueprint = Blueprint("law_in_force", __name__)
NAVIGATION = (menu_entry("law_in_force.listed", _l("Law in force"), Role.SIGNED_IN, order=80),)


@blueprint.get("/law")
@for_role(Role.ANYONE)
def listed() -> str:
    """List every legal value in force on a day, by subject."""
    services = current_services()
    fields = Fields(request.args)
    day = fields.day("on", required=False) or services.clock.now().date()
    subjects = [
        (subject, [_row(key, value, day) for _, key, value in values])
        for subject, values in groupby(services.law.values(), key=lambda entry: entry[0])
    ]
    return render_template(
        "admin/law_in_force.html",
        on=day,
        subjects=subjects,
        instruments=services.law.instruments,
        faults=tuple(fields.faults),
        values={"on": request.args.get("on", day.isoformat())},
    )


def _row(key: str, value: Dated[Any], day: date) -> dict[str, Any]:
    return {
        "key": key,
        "unit": value.unit,
        "text": value.description_zh if language() == "zh" else value.description_en,
        "provision": value.find(day),
        "last_checked": value.last_checked,
        "history": list(value.history()),
    }
