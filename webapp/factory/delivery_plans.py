"""The delivery plan of a project: made, shown week by week, disrupted and made anew, given out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response as AnyResponse

from transport.delivery.load_plan import LoadPlan
from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.permits.manifest import Trip
from transport.routing.answer import route_as_json
from transport.scheduling.delivery_plan import DeliveryPlan, DeliveryTrip
from transport.services.background import ask_for_run
from transport.services.days import day_of
from transport.services.job_repositories import JobKind
from transport.services.planning_deliveries import (
    DeliveryWishes,
    open_delivery_plan,
    pin_trip,
    plan_deliveries,
)
from transport.services.planning_routes import RouteRequest, plan_request
from transport.services.recording_trips import list_trips
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt
from webapp.access import Role, current_actor, current_services, for_role
from webapp.extensions import language
from webapp.factory.calendar_file import calendar_of
from webapp.factory.fleet_form import (
    LABELS,
    Happening,
    lanes_of,
    places_of,
    read_happening,
    read_wishes,
    starting_values,
    truck_kinds,
)
from webapp.factory.gantt import DOINGS, draw_week, trips_in_week, week_of
from webapp.factory.planning_runs import planning_grounds
from webapp.fields import Fields
from webapp.map_data import map_of_routes
from webapp.wording import say

blueprint = Blueprint("delivery_plans", __name__)
# Larger plans are made by a worker.
_SMALL_PLAN_LOADS = 150
_DAYS = 7


@blueprint.get("/projects/<project_id>/delivery")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def show(project_id: str) -> str:
    """Show a week of the plan, what stays open, and the form to make it."""
    return _page(project_id)


@blueprint.post("/projects/<project_id>/delivery")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def make(project_id: str) -> AnyResponse | tuple[str, int]:
    """Make the plan with a fleet; what is pinned or begun stays."""
    load_plan = _load_plan(project_id)
    try:
        return _made(project_id, load_plan, read_wishes(request.form, load_plan, _names()))
    except InvalidInputError as wrong:
        return _page(project_id, wrong.faults, request.form), 422
    except ConflictError as conflict:
        return _page(project_id, (FieldFault("plan", str(conflict)),), request.form), 409


@blueprint.post("/projects/<project_id>/delivery/disruption")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def disrupt(project_id: str) -> AnyResponse | tuple[str, int]:
    """Make the plan anew after a closure or a late truck; every trip stays that can."""
    try:
        wishes = read_happening(request.form, _plan(project_id))
        return _made(project_id, _load_plan(project_id), wishes)
    except InvalidInputError as wrong:
        return _page(project_id, wrong.faults, request.form), 422
    except ConflictError as conflict:
        return _page(project_id, (FieldFault("plan", str(conflict)),), request.form), 409


@blueprint.post("/projects/<project_id>/delivery/pin")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def pin(project_id: str) -> AnyResponse | tuple[str, int]:
    """Fix a trip where it is, or release it."""
    fields, services = Fields(request.form), current_services()
    load = fields.whole_number("load", least=1, most=10**6)
    number = fields.whole_number("seen_number", least=1, most=10**6)
    pinned = fields.ticked("pinned")
    try:
        fields.check()
        pin_trip(
            services.unit_of_work,
            actor=current_actor(),
            project_id=project_id,
            load=load,
            pinned=pinned,
            seen_number=number,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(project_id, wrong.faults), 422
    except ConflictError as conflict:
        return _page(project_id, (FieldFault("plan", str(conflict)),)), 409
    flash(gettext("The trip is fixed.") if pinned else gettext("The trip may move again."))
    week = request.form.get("week", "")
    return redirect(url_for("delivery_plans.show", project_id=project_id, week=week) + "#trips")


@blueprint.get("/projects/<project_id>/delivery.csv")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def as_csv(project_id: str) -> Response:
    """Give out the plan, one line a trip."""
    made = io.StringIO()
    writer = csv.writer(made)
    columns = (
        *("load", "truck", "crew", "escorts", "origin", "destination", "bay", "crane"),
        *("loads_at", "departs_at", "arrives_at", "unloads_at", "unloaded_at", "returns_at"),
        *("pieces", "pass_number", "is_pinned"),
    )
    writer.writerow(columns)
    for one in _plan(project_id).trips:
        row = {name: getattr(one, name) for name in columns}
        row |= {name: row[name].isoformat() for name in columns if name.endswith("_at")}
        row["escorts"] = ";".join(one.escorts)
        row["pass_number"] = one.pass_number or ""
        row["is_pinned"] = "yes" if one.is_pinned else ""
        writer.writerow(row.values())
    return _file(made.getvalue().encode("utf-8-sig"), "text/csv", "delivery.csv")


@blueprint.get("/projects/<project_id>/delivery.ics")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def as_calendar(project_id: str) -> Response:
    """Give out the plan as a calendar, an entry a trip."""
    content = calendar_of(_plan(project_id)).encode()
    return _file(content, "text/calendar", "delivery.ics")


@blueprint.get("/projects/<project_id>/delivery/map")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def map_data(project_id: str) -> dict[str, Any]:
    """Answer with the ways of the plan for the map, one of each kind of load."""
    services, plan, load_plan = current_services(), _plan(project_id), _load_plan(project_id)
    loads = {one.number: one for one in load_plan.loads}
    routes: list[dict[str, Any]] = []
    seen: set[tuple[str, str, bool]] = set()
    ends = ("", None)
    for trip in plan.trips:
        key = trip.origin, trip.destination, bool(trip.pass_number)
        load = loads.get(trip.load)
        if key in seen or load is None:
            continue
        seen.add(key)
        ends = (trip.origin, None)
        found = plan_request(
            RouteRequest(trip.origin, trip.destination),
            services.network(),
            services.law,
            None,
            Transport(load.height_m, load.width_m, load.length_m, load.mass_t),
            TravelAt(trip.day),
        )
        routes += [route_as_json(one) for one in found.routes[:1]]
    return map_of_routes(routes, origin=ends, destination=("", None))


def _made(project_id: str, load_plan: LoadPlan, wishes: DeliveryWishes) -> AnyResponse:
    services, actor = current_services(), current_actor()
    if len(load_plan.loads) > _SMALL_PLAN_LOADS:
        job = ask_for_run(
            services.unit_of_work,
            services.job_queue,
            actor=actor,
            kind=JobKind.DELIVERY_PLAN,
            about=project_id,
            asked=services.delivery_request(wishes),
            now=services.clock.now(),
        )
        return redirect(url_for("runs.show", job_id=job.id))
    made = plan_deliveries(
        services.unit_of_work,
        actor=actor,
        project_id=project_id,
        wishes=wishes,
        grounds=planning_grounds(),
        now=services.clock.now(),
    )
    flash(gettext("Version %(number)s of the delivery plan is made.", number=made.number))
    return redirect(url_for("delivery_plans.show", project_id=project_id))


def _page(
    project_id: str,
    faults: tuple[FieldFault, ...] = (),
    values: Mapping[str, Any] | None = None,
) -> str:
    services, actor = current_services(), current_actor()
    project, result, plan = open_delivery_plan(
        services.unit_of_work, actor=actor, project_id=project_id
    )
    load_plan = result.plan if result else None
    current = plan is not None and result is not None and plan.result_id == result.id
    monday = _monday(plan)
    trips = trips_in_week(plan, monday) if plan else ()
    days = [format_date(monday + timedelta(days=n), "E MM-dd") for n in range(_DAYS)]
    return render_template(
        "factory/delivery_plan.html",
        project=project,
        mine=project.organisation_id == actor.organisation_id,
        load_plan=load_plan,
        plan=plan,
        current=current,
        monday=monday,
        previous=monday - timedelta(days=_DAYS),
        following=monday + timedelta(days=_DAYS),
        trips=trips,
        manifests=_manifests(trips, load_plan) if current and load_plan else {},
        now=services.clock.now(),
        today=day_of(services.clock.now()),
        gantt=draw_week(trips, plan.trucks_used, monday, days) if plan and trips else "",
        doings=[say("truck_doing", one) for one in DOINGS],
        kinds=truck_kinds(load_plan) if load_plan else (),
        places=places_of(load_plan) if load_plan else ((), ()),
        happenings=[(one.value, say("happening", one)) for one in Happening],
        lanes=[(one, one) for one in lanes_of(plan)] if plan else [],
        trucks=[(one.name, one.name) for one in plan.fleet.trucks] if plan else [],
        names=_names(),
        labels=LABELS,
        faults=faults,
        values={**(starting_values(load_plan, plan) if load_plan else {}), **(values or {})},
    )


def _manifests(trips: Sequence[DeliveryTrip], load_plan: LoadPlan) -> dict[int, list[Trip]]:
    """Return the load manifests that carry pieces of the shown trips, by load."""
    services = current_services()
    carrying: dict[str, Trip] = {}
    for one in list_trips(services.unit_of_work, actor=current_actor()):
        for number in one.manifest.component_numbers:
            if number not in carrying or one.holds_its_load:
                carrying[number] = one
    shown = {one.load for one in trips}
    found: dict[int, list[Trip]] = {}
    for load in load_plan.loads:
        if load.number in shown:
            own = {carrying[n].id: carrying[n] for n, _ in load.parts if n in carrying}
            found[load.number] = list(own.values())
    return found


def _monday(plan: DeliveryPlan | None) -> date:
    """Return the week to show: the one asked for, else the present or first one with a trip."""
    try:
        return week_of(date.fromisoformat(request.args.get("week", "")))
    except ValueError:
        today = day_of(current_services().clock.now())
        days = sorted(one.loads_at.date() for one in plan.trips) if plan else []
        later = [one for one in days if one >= week_of(today)]
        return week_of((later or days or [today])[0])


def _plan(project_id: str) -> DeliveryPlan:
    services = current_services()
    _, _, plan = open_delivery_plan(
        services.unit_of_work, actor=current_actor(), project_id=project_id
    )
    if plan is None:
        raise NotFoundError("there is no delivery plan yet; make one first")
    return plan


def _load_plan(project_id: str) -> LoadPlan:
    services = current_services()
    _, result, _ = open_delivery_plan(
        services.unit_of_work, actor=current_actor(), project_id=project_id
    )
    if result is None:
        raise NotFoundError("there is no load plan yet; make one first")
    return result.plan


def _names() -> dict[str, str]:
    catalogue = current_services().catalogue
    units: dict[str, Any] = {
        **catalogue.tractors,
        **catalogue.trailers,
        **catalogue.trucks,
        **catalogue.jeeps,
    }
    english = language() == "en"
    return {code: one.name_en if english else one.name_zh for code, one in units.items()}


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, mimetype=media_type, headers=headers)
