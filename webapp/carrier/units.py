"""A carrier's single vehicles: tractors, trailers, modules, trucks, each with its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.permits.application import Vehicle
from transport.services.keeping_vehicles import open_vehicle, save_vehicle
from transport.services.library import LibraryKind, LibraryUnit, LibraryVehicle
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.paper_rows import (
    PULLING,
    TOWED,
    field_of_fault,
    paper_labels,
    paper_values,
    read_papers,
)
from webapp.carrier.steps import Answer, seen_version
from webapp.carrier.unit_fields import (
    UNIT_LABELS,
    fields_of,
    item_of,
    kind_of,
    read_measures,
    starting_points,
    unit_values,
)
from webapp.fields import Fields

blueprint = Blueprint("units", __name__)


@blueprint.get("/carrier/units/new")
@for_role(Role.CARRIER)
def new() -> str:
    """Show the form for a new vehicle, filled from the entry of the catalogue that was chosen."""
    like = request.args.get("like", "")
    catalogue = current_services().catalogue
    item = item_of(catalogue, like)
    if item is None:
        return _page({"like": like}, None)
    values = {**unit_values(item), "like": like, "model": item.name_zh}
    return _page(values, kind_of(catalogue, like))


@blueprint.post("/carrier/units/new")
@for_role(Role.CARRIER)
def create() -> Answer:
    """Keep a new vehicle."""
    like = request.form.get("like", "")
    kind = kind_of(current_services().catalogue, like)
    if kind is None:
        unknown = FieldFault("like", "is not in the catalogue", "not_a_choice", (("given", like),))
        return _page(request.form, None, (unknown,)), 422
    unit = LibraryUnit("", like=like)
    return _save(LibraryVehicle("", "", "", Vehicle("", ""), kind=kind, unit=unit))


@blueprint.get("/carrier/units/<unit_id>")
@for_role(Role.CARRIER)
def edit(unit_id: str) -> str:
    """Show a vehicle to change."""
    kept, unit = _own(unit_id)
    item = unit.tractor or unit.trailer
    values = {
        **(unit_values(item) if item else {}),
        **paper_values(kept.papers),
        "name": kept.name,
        "plate": unit.plate,
        "vin": unit.vin,
        "model": unit.model,
        "like": unit.like,
        "expected_version": kept.version,
    }
    return _page(values, kept.kind, unit_id=unit_id)


@blueprint.post("/carrier/units/<unit_id>")
@for_role(Role.CARRIER)
def change(unit_id: str) -> Answer:
    """Change a vehicle, if nobody else did since the form was opened."""
    return _save(replace(_own(unit_id)[0], version=seen_version()))


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
        faults = tuple(replace(one, field=field_of_fault(one.field)) for one in wrong.faults)
        return _page(request.form, before.kind, faults, before.id), 422
    except ConflictError as conflict:
        if before.id:
            newest = {"expected_version": _own(before.id)[0].version}
            values = {**request.form, **newest}
            return _page(values, before.kind, (), before.id, str(conflict)), 409
        taken = FieldFault("name", "is used already", "vehicle_taken")
        return _page(request.form, before.kind, (taken,)), 409
    flash(gettext("The vehicle %(name)s is kept.", name=saved.name))
    return redirect(url_for("carrier.index"))


def _read(before: LibraryVehicle) -> LibraryVehicle:
    fields = Fields(request.form)
    plate = fields.text("plate", longest=12).replace(" ", "").replace("·", "").upper()
    like = before.unit.like if before.unit else ""
    item = item_of(current_services().catalogue, like)
    known = before.unit and (before.unit.tractor or before.unit.trailer)
    tractor, trailer = read_measures(fields, before.kind, known or item)
    read = replace(
        before,
        name=fields.text("name", required=False, longest=60) or plate,
        unit=LibraryUnit(
            plate=plate,
            vin=fields.text("vin", required=False, longest=17).upper(),
            model=fields.text("model", required=False, longest=60),
            like=like,
            tractor=tractor,
            trailer=trailer,
        ),
        papers=read_papers(fields, _kinds(before.kind)),
    )
    fields.check()
    return read


def _own(unit_id: str) -> tuple[LibraryVehicle, LibraryUnit]:
    services = current_services()
    kept = open_vehicle(services.unit_of_work, actor=current_actor(), vehicle_id=unit_id)
    return kept, kept.unit or LibraryUnit("")


def _kinds(kind: LibraryKind) -> tuple[Any, ...]:
    return TOWED if kind.is_towed else PULLING


def _page(
    values: Mapping[str, Any],
    kind: LibraryKind | None,
    faults: tuple[FieldFault, ...] = (),
    unit_id: str = "",
    conflict: str = "",
) -> str:
    return render_template(
        "carrier/unit.html",
        values=values,
        kind=kind,
        faults=faults,
        conflict=conflict,
        unit_id=unit_id,
        labels={**UNIT_LABELS, **paper_labels(PULLING)},
        measures=fields_of(kind) if kind else (),
        paper_kinds=_kinds(kind) if kind else (),
        starting_points=starting_points(current_services().catalogue),
    )
