"""The law in force: every legal value of a day with clause, first day and how sure it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.regulations.dated import Dated
from transport.regulations.law import Law
from webapp.access import Role, current_services, for_role
from webapp.extensions import language
from webapp.fields import Fields
from webapp.law_wording import condition_lines
from webapp.page_context import menu_entry
from webapp.wording import law_value

blueprint = Blueprint("law_in_force", __name__)
NAVIGATION = (menu_entry("law_in_force.listed", _l("Law in force"), Role.SIGNED_IN, order=80),)


@blueprint.get("/law")
@for_role(Role.ANYONE)
def listed() -> str:
    """List every legal value in force on a day, by subject or of one subject only."""
    services = current_services()
    fields = Fields(request.args)
    day = fields.day("on", required=False) or services.clock.now().date()
    wanted = request.args.get("subject", "")
    law = services.law
    names = list(dict.fromkeys(subject for subject, _, _ in law.values()))
    subjects = [
        (subject, [_row(law, subject, key, value, day) for _, key, value in values])
        for subject, values in groupby(law.values(), key=lambda entry: entry[0])
        if wanted not in names or subject == wanted
    ]
    shown = [row["provision"] for _, rows in subjects for row in rows if row["provision"]]
    return render_template(
        "admin/law_in_force.html",
        on=day,
        subjects=subjects,
        names=names,
        counts=Counter(str(provision.status) for provision in shown),
        instruments=law.instruments,
        faults=tuple(fields.faults),
        values={"on": request.args.get("on", day.isoformat()), "subject": wanted},
    )


def _row(law: Law, subject: str, key: str, value: Dated[Any], day: date) -> dict[str, Any]:
    provision = value.find(day)
    return {
        "key": key,
        "text": value.description_zh if language() == "zh" else value.description_en,
        "provision": provision,
        "lines": _lines(law, subject, key, provision.value, value.unit) if provision else [],
        "last_checked": value.last_checked,
        "history": [
            (one, _lines(law, subject, key, one.provision.value, value.unit))
            for one in value.history()
        ],
    }


def _lines(law: Law, subject: str, key: str, value: Any, unit: str) -> list[str]:
    """Say a value; rows of conditions and bands of records have a line each."""
    if subject == "conditions" and value is not None:
        return condition_lines(law, key, value, language())
    if unit == "record" and isinstance(value, tuple):
        return [law_value(part) for part in value]
    return [law_value(value, unit)]
