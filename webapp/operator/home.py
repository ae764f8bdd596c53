"""An operator's own stations and sections, and what the year owes it."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.services.settling_relief import sum_operators
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import columns
from webapp.page_context import menu_entry
from webapp.toll_choices import rates_status, today

blueprint = Blueprint("operator", __name__)
NAVIGATION = (menu_entry("operator.show", _l("Stations and tolls"), Role.OPERATOR, order=10),)


@blueprint.get("/operator")
@for_role(Role.OPERATOR)
def show() -> str:
    """Show what is on file of the operator, and its year by month."""
    services, actor, now = current_services(), current_actor(), today()
    roads, name = services.tariff.roads, actor.organisation_name
    months = [f"{now:%Y}-{number:02d}" for number in range(1, now.month + 1)]
    sums = [
        next(iter(sum_operators(services.unit_of_work, actor=actor, first=one, last=one)), None)
        for one in months
    ]
    due = [one.toll_fen if one else 0 for one in sums]
    settled = [one.settled_fen if one else 0 for one in sums]
    return render_template(
        "operator/home.html",
        stations=[one for one in roads.stations if one.operator == name],
        sections=[one for one in roads.sections if one.operator == name],
        due_fen=sum(due),
        settled_fen=sum(settled),
        drawing=columns([due, settled]) if any(due) else "",
        months=[one[5:] for one in months],
        year=now.year,
        rates_status=rates_status(),
    )
