"""Who is on my road: the passes of a day, week and map, conflicts, and the dispatch sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.network.graph import RoadNetwork
from transport.services.days import day_of
from transport.services.watching_roads import RoadDay, passes_by_day, road_day
from webapp.access import Role, current_actor, current_services, for_role
from webapp.map_data import map_of_routes
from webapp.page_context import menu_entry

blueprint = Blueprint("road_watch", __name__)
_OFFICES = (Role.POLICE_OFFICER, Role.TRANSPORT_OFFICER, Role.MUNICIPAL_OFFICER)
NAVIGATION = (menu_entry("road_watch.shown", _l("On my road today"), *_OFFICES, order=15),)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """A day of the calendar: how many passes may drive, and whether it is a holiday."""

    day: date
    passes: int
    holiday: bool | None


@blueprint.get("/road")
@for_role(*_OFFICES)
def shown() -> str:
    """List who may drive in the office's area on a day, with what stands against it."""
    today = _today()
    wanted = _day(request.args.get("day", ""), today)
    return render_template(
        "police_desk/road.html",
        road=_read(wanted),
        today=today,
        week=_week(wanted),
        **_steps(wanted),
    )


@blueprint.get("/road/<day>/sheet")
@for_role(*_OFFICES)
def sheet(day: str) -> str:
    """Show the dispatch sheet of a day, made for the printer."""
    services = current_services()
    return render_template(
        "police_desk/dispatch_sheet.html",
        road=_read(_day(day, _today())),
        printed=services.clock.now(),
        office=current_actor().organisation_name,
    )


@blueprint.get("/road/<day>/map.json")
@for_role(*_OFFICES)
def map_data(day: str) -> dict[str, Any]:
    """Answer with the routes of a day for the map."""
    uses = _read(_day(day, _today())).uses
    contracts = [dict(one.case.application.route.contract) for one in uses]
    drawn = [(use, one) for use, one in zip(uses, contracts, strict=True) if one.get("geometry")]
    document = map_of_routes([one for _, one in drawn], origin=("", None), destination=("", None))
    for line, (use, _) in zip(document["routes"], drawn, strict=True):
        line["label"] = f"{use.permit.number} · {use.permit.tractor_plate}"
    return document


def _read(day: date) -> RoadDay:
    services = current_services()
    return road_day(
        services.unit_of_work,
        services.law,
        services.calendar,
        _network(),
        actor=current_actor(),
        day=day,
    )


def _network() -> RoadNetwork | None:
    try:
        return current_services().network()
    except NotFoundError:
        return None  # without a network nothing is known of closures; the page says so


def _week(wanted: date) -> Sequence[DayOfWeek]:
    services = current_services()
    first = wanted - timedelta(days=wanted.weekday())
    counts = passes_by_day(services.unit_of_work, actor=current_actor(), first=first, days=_WEEK)
    return [
        DayOfWeek(day, count, services.calendar.is_holiday(day)) for day, count in counts.items()
    ]


def _steps(wanted: date) -> dict[str, date]:
    return {
        "before": wanted - timedelta(days=_WEEK),
        "after": wanted + timedelta(days=_WEEK),
    }


def _today() -> date:
    return day_of(current_services().clock.now())


def _day(text: str, today: date) -> date:
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        message = f"{text!r} is not a day such as {today.isoformat()}"
        fault = FieldFault("day", message, "not_a_day", (("given", text[:20]),))
        raise InvalidInputError([fault]) from wrong
