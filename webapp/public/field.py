"""The roadside page for telephones: checks a pass by camera or photograph, also offline."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from flask import Blueprint, Response, render_template
from flask_babel import lazy_gettext as _l

from transport.services.stepping import day_of
from webapp.access import Role, current_services, for_role, may_open, signed_in_actor
from webapp.extensions import language
from webapp.page_context import menu_entry

blueprint = Blueprint("field", __name__)
NAVIGATION = (menu_entry("field.page", _l("Roadside, offline"), Role.ANYONE, order=82),)
OFFICERS = frozenset({Role.TRANSPORT_OFFICER, Role.POLICE_OFFICER, Role.TOLL_OFFICER})
_WORKER = Path(__file__).parents[1] / "static" / "field" / "worker.js"


@blueprint.get("/field")
@for_role(Role.ANYONE)
def page() -> str:
    """Show the page; officers who are signed in also send what they measured."""
    return render_template(
        "public/field.html",
        may_report=may_open(OFFICERS, signed_in_actor()),
        locale="en-GB" if language() == "en" else "zh-CN",
    )


@blueprint.get("/field/worker.js")
@for_role(Role.ANYONE)
def worker() -> Response:
    """Give out the worker from an address whose scope covers the page."""
    answer = Response(_WORKER.read_bytes(), mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/field"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/field/law.json")
@for_role(Role.ANYONE)
def law() -> dict[str, object]:
    """Answer with the tolerances and fines of today, to be carried along."""
    services = current_services()
    day, rows = day_of(services.clock.now()), services.law.penalties
    fines = rows.size_fines.on(day)
    return {
        "on": day.isoformat(),
        "tolerance_m": rows.roadside_tolerance_m.on(day).value,
        "tolerance_t": rows.roadside_tolerance_t.on(day).value,
        "size_fines": [asdict(one) for one in fines.value],
        "clause": fines.clause,
        "status": fines.status.value,
    }


@blueprint.get("/field/notices.json")
@for_role(Role.ANYONE)
def notices() -> dict[str, object]:
    """Answer with what carriers were told of restrictions ahead, by pass, to be carried along."""
    services = current_services()
    today = day_of(services.clock.now())
    with services.unit_of_work(read_only=True) as work:
        told = work.recalls.told_of()
    return {
        "on": today.isoformat(),
        "notices": {
            number: {
                "from": one.first_day.isoformat(),
                "until": one.last_day.isoformat(),
                "wait_at": one.wait_at,
            }
            for number, one in told.items()
            if one.last_day >= today
        },
    }
