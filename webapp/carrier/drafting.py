"""The first steps of a draft: cargo, vehicle with axle loads, places and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application, Contact, TravelWindow, Vehicle
from transport.permits.case import Case
from transport.services.assessing_journeys import LoadingWish, load_as_wished
from transport.services.keeping_vehicles import (
    list_units,
    list_vehicles,
    papers_of,
    temporary_plate_days,
)
from transport.vehicles.component import Component
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.cargo_fields import CARGO_LABELS, cargo_values, read_cargo
from webapp.carrier.draft_application import reassess, under_form_names
from webapp.carrier.journey_fields import JOURNEY_LABELS, journey_values
from webapp.carrier.load_fields import (
    TRANSPORT_LABELS,
    VEHICLE_LABELS,
    outline_values,
    read_transport,
    read_vehicle,
    transport_values,
    unit_values,
    vehicle_values,
)
from webapp.carrier.paper_rows import paper_lines
from webapp.carrier.steps import Answer, keep_step, show_step, step_labels
from webapp.case_file.opening import opened
from webapp.fields import Fields
from webapp.plan_view import plan_words

blueprint = Blueprint("drafting", __name__)

_LONGEST_TERM = timedelta(days=366)


@blueprint.get("/carrier/cases/<number>/cargo")
@for_role(Role.CARRIER)
def cargo(number: str) -> Answer:
    """Show what is carried."""
    return show_step(number, _cargo_page, lambda case: cargo_values(case.application.cargo))


@blueprint.post("/carrier/cases/<number>/cargo")
@for_role(Role.CARRIER)
def save_cargo(number: str) -> Answer:
    """Change what is carried."""

    def change(before: Application) -> Application:
        changed = replace(before, cargo=read_cargo(request.form))
        return reassess(changed, current_services())

    return keep_step(number, _cargo_page, change, then="drafting.vehicle")


@blueprint.get("/carrier/cases/<number>/vehicle")
@for_role(Role.CARRIER)
def vehicle(number: str) -> Answer:
    """Show the combination and the loaded transport."""
    return show_step(number, _vehicle_page, _vehicle_values)


@blueprint.post("/carrier/cases/<number>/vehicle")
@for_role(Role.CARRIER)
def save_vehicle(number: str) -> Answer:
    """Change the vehicle, or fill the form from the firm's library or the catalogue."""
    action = request.form.get("action", "save")
    if action == "take_over":
        return _filled(number, _from_library())
    if action == "compute":
        return _computed(number)

    def change(before: Application) -> Application:
        fields = Fields(request.form)
        vehicle = read_vehicle(fields)
        try:
            transport = read_transport(request.form, before.cargo)
        except InvalidInputError as wrong:
            raise InvalidInputError([*fields.faults, *wrong.faults]) from wrong
        fields.check()
        vehicle = _with_papers(vehicle, request.form.get("library_vehicle", ""))
        changed = replace(before, vehicle=vehicle, transport=transport)
        return reassess(changed, current_services())

    return keep_step(number, _vehicle_page, change, then="drafting.journey")


@blueprint.get("/carrier/cases/<number>/journey")
@for_role(Role.CARRIER)
def journey(number: str) -> Answer:
    """Show places, days and contact."""
    return show_step(number, _journey_page, lambda case: journey_values(case.application))


@blueprint.post("/carrier/cases/<number>/journey")
@for_role(Role.CARRIER)
def save_journey(number: str) -> Answer:
    """Change places, days and contact; the routes are planned anew."""

    def change(before: Application) -> Application:
        try:
            return reassess(_read_journey(before), current_services())
        except InvalidInputError as wrong:
            raise under_form_names(wrong) from wrong

    return keep_step(number, _journey_page, change, then="choosing_route.form")


def _read_journey(before: Application) -> Application:
    fields = Fields(request.form)
    origin = fields.text("origin", longest=80)
    destination = fields.text("destination", longest=80)
    via = fields.text("via", required=False, longest=300).replace("，", ",").replace("、", ",")
    starts_on = fields.day("starts_on") or before.travel.starts_on
    ends_on = fields.day("ends_on") or before.travel.ends_on
    if ends_on < starts_on:
        fields.refuse("ends_on", "is before the first day", "window_reversed")
    elif ends_on - starts_on > _LONGEST_TERM:
        fields.refuse("ends_on", "is more than a year after the first day", "window_long")
    escorts = fields.optional_number("escort_vehicles", least=0, most=20)
    way = replace(
        before.itinerary,
        origin=origin,
        destination=destination,
        via=tuple(part.strip() for part in via.split(",") if part.strip()),
    )
    changed = replace(
        before,
        itinerary=way,
        travel=TravelWindow(min(starts_on, ends_on), ends_on),
        contact=Contact(
            name=fields.text("contact_name", longest=60),
            phone=fields.text("contact_phone", longest=30),
        ),
        escort_vehicles=None if escorts is None else round(escorts),
        remarks=fields.text("remarks", required=False, longest=1000),
        plan=fields.ticked("plan"),
    )
    fields.check()
    return changed


def _filled(number: str, values: Mapping[str, Any]) -> Answer:
    typed = {name: value for name, value in request.form.items() if value}
    return _vehicle_page(opened(number).case, {**typed, **values}, (), "")


def _from_library() -> dict[str, Any]:
    chosen = request.form.get("library_vehicle", "")
    services = current_services()
    for one in list_vehicles(services.unit_of_work, actor=current_actor()):
        if one.id == chosen:
            usual = transport_values(one.transport) if one.transport else {}
            return {**usual, **vehicle_values(one.vehicle)}
    return {}


def _with_papers(vehicle: Vehicle, library_id: str) -> Vehicle:
    """Take the papers of the library's combination along, if it is the one that was typed."""
    services, actor = current_services(), current_actor()
    for one in list_vehicles(services.unit_of_work, actor=actor):
        if one.id == library_id and one.vehicle.tractor_plate == vehicle.tractor_plate:
            papers = papers_of(one, list_units(services.unit_of_work, actor=actor))
            return replace(vehicle, papers=papers, library_id=library_id)
    return vehicle


def _computed(number: str) -> Answer:
    """Load the cargo on two units of the catalogue and show what results, not kept yet."""
    services, case = current_services(), opened(number).case
    wish = LoadingWish(request.form.get("tractor", ""), request.form.get("trailer", ""))
    today = services.clock.now().date()
    try:
        loading = load_as_wished(_piece(case), services.catalogue, services.law, today, wish)
    except InvalidInputError as wrong:
        return _vehicle_page(case, request.form, wrong.faults, ""), 422
    units = unit_values(
        services.catalogue.tractors[loading.tractor], services.catalogue.trailers[loading.trailer]
    )
    chosen = {"tractor": loading.tractor, "trailer": loading.trailer}
    measures = outline_values(loading.placed) if loading.placed else {}
    return _filled(number, {**transport_values(loading.transport), **units, **measures, **chosen})


def _piece(case: Case) -> Component:
    """Return the whole cargo as one piece, lying as the application says."""
    cargo = case.application.cargo
    return Component(
        code=cargo.kind or "cargo",
        name_zh=cargo.name,
        name_en=cargo.name,
        material=cargo.material,
        length_m=cargo.length_m,
        width_m=cargo.width_m,
        height_m=cargo.height_m,
        mass_t=cargo.mass_t,
    )


def _vehicle_values(case: Case) -> dict[str, Any]:
    application = case.application
    return {
        **transport_values(application.transport),
        **vehicle_values(application.vehicle),
        "library_vehicle": application.vehicle.library_id,
    }


def _cargo_page(
    case: Case, values: Mapping[str, Any], faults: tuple[FieldFault, ...], conflict: str
) -> str:
    return render_template(
        "carrier/cargo.html",
        case=case,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=CARGO_LABELS,
        step_labels=step_labels(),
    )


def _vehicle_page(
    case: Case, values: Mapping[str, Any], faults: tuple[FieldFault, ...], conflict: str
) -> str:
    services = current_services()
    library = list_vehicles(services.unit_of_work, actor=current_actor())
    day = services.clock.now().date()
    papers = case.application.vehicle.papers
    return render_template(
        "carrier/vehicle_step.html",
        case=case,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=VEHICLE_LABELS | TRANSPORT_LABELS,
        library=[(one.id, f"{one.name} {one.vehicle.tractor_plate}") for one in library],
        units=services.catalogue,
        papers=paper_lines(papers, day, temporary_plate_days(services.law, day)),
        step_labels=step_labels(),
        **plan_words(),
    )


def _journey_page(
    case: Case, values: Mapping[str, Any], faults: tuple[FieldFault, ...], conflict: str
) -> str:
    return render_template(
        "carrier/journey.html",
        case=case,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=JOURNEY_LABELS,
        places=[place.name for place in current_services().network().places],
        step_labels=step_labels(),
    )
