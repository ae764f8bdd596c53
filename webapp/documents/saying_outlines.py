"""What the outline drawing of a case shows: the drawing that was made with it, or what it says."""

from __future__ import annotations

from datetime import date

from transport.permits.application import Application
from transport.permits.case import Case
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from transport.vehicles.outline import (
    CargoMeasures,
    Outline,
    OutlineTitle,
    fits,
    outline_of_transport,
)
from webapp.documents.saying_applications import goods_of


def describe_outline(case: Case, on: date) -> tuple[Outline, OutlineTitle]:
    """Return outline and title block of a case, drawn on a day."""
    application = case.application
    vehicle = application.vehicle
    title = OutlineTitle(
        number=case.number,
        goods=goods_of(application),
        firm=case.organisation_name,
        tractor=f"{vehicle.tractor_plate} {vehicle.tractor_model}".strip() or "—",
        trailer=f"{vehicle.trailer_plate} {vehicle.trailer_model}".strip() or "—",
        cargo_mass_t=application.cargo.mass_t,
        axle_loads=application.axle_load_text or axle_load_string(application.transport) or "—",
        axle_spacings=application.axle_spacing_text
        or axle_spacing_string(application.transport)
        or "—",
        drawn_on=on.isoformat(),
    )
    return outline_of(application), title


def outline_of(application: Application) -> Outline:
    """Return the outline kept with an application while it still fits, else one from its data."""
    kept = application.outline
    if kept is not None and fits(kept, application.transport):
        return kept
    cargo, vehicle = application.cargo, application.vehicle
    measures = CargoMeasures(
        length_m=cargo.length_m,
        width_m=cargo.width_m,
        height_m=cargo.height_m,
        front_m=vehicle.load_front_m,
        deck_height_m=vehicle.deck_height_m,
        nose_m=vehicle.nose_m,
    )
    return outline_of_transport(application.transport, measures)
