"""A carrier's combinations: listed on the overview, entered, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.permits.application import Vehicle
from transport.services.choosing_loadings import EmptyReturn, empty_returns
from transport.services.keeping_vehicles import (
    coupled,
    list_units,
    list_vehicles,
    papers_of,
    save_vehicle,
    temporary_plate_days,
)
from transport.services.library import LibraryVehicle
from transport.services.stepping import day_of
from transport.vehicles.combination import Combination
from transport.vehicles.transport import Transport
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.load_fields import (
    TRANSPORT_LABELS,
    VEHICLE_LABELS,
    read_transport,
    read_vehicle,
    transport_values,
    vehicle_values,
)
from webapp.carrier.paper_rows import (
    OF_THE_FIRM,
    field_of_fault,
    paper_labels,
    paper_lines,
    paper_values,
    read_papers,
)
from webapp.carrier.steps import Answer, seen_version
from webapp.fields import Fields

blueprint = Blueprint("vehicles", __name__)

LABELS = {
    "name": _l("Name of the combination"),
    "papers_valid_until": _l("First paper of the vehicle that expires"),
    "tractor_id": _l("One of your tractors or trucks"),
    "trailer_id": _l("One of your trailers or modules"),
    **paper_labels(OF_THE_FIRM),
    **VEHICLE_LABELS,
    **TRANSPORT_LABELS,
}
_SIZES = ("height_m", "width_m", "length_m", "mass_t", "axle_loads_t", "axle_notation")


@blueprint.get("/carrier/vehicles/new")
@for_role(Role.CARRIER)
def new() -> str:
    """Show the form for a new combination."""
    return _page({})


@blueprint.post("/carrier/vehicles/new")
@for_role(Role.CARRIER)
def create() -> Answer:
    """Keep a new combination, or fill the form from the units that were chosen."""
    if request.form.get("action") == "take_over":
        return _page({**request.form, **_coupled_values()})
    return _save(LibraryVehicle("", "", "", Vehicle("", "")))


@blueprint.get("/carrier/vehicles/<vehicle_id>")
@for_role(Role.CARRIER)
def edit(vehicle_id: str) -> str:
    """Show a combination to change."""
    kept = _own(vehicle_id)
    usual = transport_values(kept.transport) if kept.transport else {}
    day = kept.papers_valid_until.isoformat() if kept.papers_valid_until else ""
    own = {
        "name": kept.name,
        "papers_valid_until": day,
        "expected_version": kept.version,
        "tractor_id": kept.tractor_id,
        "trailer_id": kept.trailer_id,
        **paper_values(kept.papers),
    }
    return _page({**usual, **vehicle_values(kept.vehicle), **own}, vehicle_id=vehicle_id)


@blueprint.post("/carrier/vehicles/<vehicle_id>")
@for_role(Role.CARRIER)
def change(vehicle_id: str) -> Answer:
    """Change a combination, if nobody else did since the form was opened."""
    if request.form.get("action") == "take_over":
        return _page({**request.form, **_coupled_values()}, vehicle_id=vehicle_id)
    return _save(replace(_own(vehicle_id), version=seen_version()))


def _save(before: LibraryVehicle) -> Answer:
    services = current_services()
    try:
        saved = save_vehicle(
            services.unit_of_work,
            actor=current_actor(),
            vehicle=_read(before),
            now=services.clock.now(),
            law=services.law,
        )
    except InvalidInputError as wrong:
        faults = tuple(
            replace(one, field=field_of_fault(one.field.removeprefix("vehicle.")))
            for one in wrong.faults
        )
        return _page(request.form, faults, before.id), 422
    except ConflictError as conflict:
        if before.id:
            newest = {"expected_version": _own(before.id).version}
            return _page({**request.form, **newest}, (), before.id, str(conflict)), 409
        taken = FieldFault("name", "is used already", "vehicle_taken")
        return _page(request.form, (taken,)), 409
    flash(gettext("The combination %(name)s is kept.", name=saved.name))
    return redirect(url_for("carrier.index"))


def _read(before: LibraryVehicle) -> LibraryVehicle:
    fields = Fields(request.form)
    name = fields.text("name", longest=60)
    valid_until = fields.day("papers_valid_until", required=False)
    vehicle = read_vehicle(fields)
    if not vehicle.tractor_plate:
        fields.refuse("tractor_plate", "is required", "required")
    transport: Transport | None = None
    if any(request.form.get(one, "").strip() for one in _SIZES):
        try:
            transport = read_transport(request.form, None)
        except InvalidInputError as wrong:
            fields.faults += wrong.faults
    papers = read_papers(fields, OF_THE_FIRM)
    fields.check()
    return replace(
        before,
        name=name,
        vehicle=vehicle,
        transport=transport,
        papers_valid_until=valid_until,
        tractor_id=request.form.get("tractor_id", ""),
        trailer_id=request.form.get("trailer_id", ""),
        papers=papers,
    )


def _units() -> list[LibraryVehicle]:
    return list_units(current_services().unit_of_work, actor=current_actor())


def _chosen(form: Mapping[str, Any]) -> tuple[LibraryVehicle | None, LibraryVehicle | None]:
    units = {one.id: one for one in _units()}
    return units.get(form.get("tractor_id", "")), units.get(form.get("trailer_id", ""))


def _coupled_values() -> dict[str, Any]:
    """Return the fields that the chosen units fill."""
    tractor, trailer = _chosen(request.form)
    values = vehicle_values(coupled(tractor, trailer))
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def _empty_returns(form: Mapping[str, Any]) -> tuple[EmptyReturn, ...]:
    """Return the empty train of the chosen units, retracted and pulled out, as the law sees it."""
    tractor, trailer = _chosen(form)
    if not tractor or not tractor.unit or not tractor.unit.tractor:
        return ()
    towed = trailer.unit.trailer if trailer and trailer.unit else None
    if towed is None and tractor.unit.tractor.deck is None:
        return ()
    services = current_services()
    day = day_of(services.clock.now())
    return empty_returns(Combination(tractor.unit.tractor, towed), services.law, day)


def _own(vehicle_id: str) -> LibraryVehicle:
    for one in list_vehicles(current_services().unit_of_work, actor=current_actor()):
        if one.id == vehicle_id:
            return one
    raise NotFoundError(f"there is no vehicle {vehicle_id!r}")


def _page(
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...] = (),
    vehicle_id: str = "",
    conflict: str = "",
) -> str:
    services = current_services()
    day = services.clock.now().date()
    units = _units()
    kept = [_own(vehicle_id)] if vehicle_id else []
    papers = [paper for one in kept for paper in papers_of(one, units)]
    return render_template(
        "carrier/vehicle.html",
        pulling=[(one.id, one.name) for one in units if not one.kind.is_towed],
        towed=[(one.id, one.name) for one in units if one.kind.is_towed],
        papers=paper_lines(papers, day, temporary_plate_days(services.law, day)),
        paper_kinds=OF_THE_FIRM,
        empty_returns=_empty_returns(values),
        values=values,
        faults=faults,
        conflict=conflict,
        vehicle_id=vehicle_id,
        labels=LABELS,
    )
