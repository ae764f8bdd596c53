"""The law in force: every legal value of a day with clause, first day and how sure it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.regulations.dated import Dated, Provision
from transport.regulations.law import Law
from webapp.access import Role, current_services, for_role
from webapp.area_names import area_name
from webapp.extensions import language
from webapp.fields import Fields
from webapp.law_wording import condition_lines
from webapp.page_context import menu_entry
from webapp.wording import law_value

_NATION = "cn"
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
    law, areas = _of_area(services.law, fields)
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
        values={
            "on": request.args.get("on", day.isoformat()),
            "subject": wanted,
            "area": request.args.get("area", ""),
        },
        areas=areas,
    )


def _of_area(law: Law, fields: Fields) -> tuple[Law, list[tuple[str, str]]]:
    """Return the law of the area asked for, and the areas that have some of their own."""
    areas = [(code, area_name(code.ljust(6, "0"))) for code in law.nearer]
    wanted = fields.form.get("area", "")
    if wanted and wanted not in law.nearer:
        fields.refuse("area", "is not one of the choices", "not_a_choice", given=wanted)
    return law.nearer.get(wanted, law), areas


def _row(law: Law, subject: str, key: str, value: Dated[Any], day: date) -> dict[str, Any]:
    provision = value.find(day)
    return {
        "key": key,
        "text": value.description_zh if language() == "zh" else value.description_en,
        "provision": provision,
        "area": _area(provision),
        "lines": _lines(law, subject, key, provision.value, value.unit) if provision else [],
        "last_checked": value.last_checked,
        "history": [
            (one, _lines(law, subject, key, one.provision.value, value.unit))
            for one in value.history()
        ],
    }


def _area(provision: Provision[Any] | None) -> str:
    """Name the area whose value it is, where it is not the whole country's."""
    if provision is None or provision.area == _NATION:
        return ""
    return area_name(provision.area.removeprefix("cn-").ljust(6, "0"))


def _lines(law: Law, subject: str, key: str, value: Any, unit: str) -> list[str]:
    """Say a value; rows of conditions and bands of records have a line each."""
    if subject == "conditions" and value is not None:
        return condition_lines(law, key, value, language())
    if unit == "record" and isinstance(value, tuple):
        return [law_value(part) for part in value]
    return [law_value(value, unit)]
