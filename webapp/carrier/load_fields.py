"""The fields of a combination and of the loaded transport it makes: read and written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.permits.application import Cargo, Vehicle
from transport.permits.form_checks import vin_fault
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.describing import describe_transport
from transport.vehicles.outline import outline_of_load
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.transport import Transport
from webapp.fields import Fields

VEHICLE_LABELS = {
    "tractor_plate": _l("Plate of the tractor"),
    "trailer_plate": _l("Plate of the trailer"),
    "tractor_model": _l("Model of the tractor"),
    "trailer_model": _l("Model of the trailer"),
    "tractor_kerb_mass_t": _l("Kerb mass of the tractor"),
    "trailer_kerb_mass_t": _l("Kerb mass of the trailer"),
    "temporary_plate": _l("Travels on a temporary plate (at most 90 days)"),
    "tractor_vin": _l("VIN of the tractor"),
    "trailer_vin": _l("VIN of the trailer"),
    "tractor_axles": _l("Axles of the tractor"),
    "trailer_axles": _l("Axles of the trailer"),
    "nose_m": _l("Nose to first axle"),
    "deck_height_m": _l("Height of the deck"),
    "load_front_m": _l("Nose to front of the load"),
}
TRANSPORT_LABELS = {
    "height_m": _l("Overall height"),
    "width_m": _l("Overall width"),
    "length_m": _l("Overall length"),
    "mass_t": _l("Gross mass"),
    "axle_loads_t": _l("Axle loads, front to rear"),
    "axle_spacings_m": _l("Axle spacings, front to rear"),
    "axle_notation": _l("Axle loads as on the official form"),
    "axle_counts": _l("Axles of each group"),
    "drive_axles": _l("Driven axles"),
    "trailer_kind": _l("Kind of trailer"),
    "axles_per_line": _l("Axles on a line"),
    "tyres_per_axle": _l("Tyres of each axle"),
}
_HEAVIEST_T = 200.0
_JOINED = ("axle_loads_t", "axle_spacings_m", "axle_counts", "tyres_per_axle")


def read_vehicle(fields: Fields) -> Vehicle:
    """Read plates, models and kerb masses."""
    return Vehicle(
        tractor_plate=_plate(fields.text("tractor_plate", required=False, longest=12)),
        trailer_plate=_plate(fields.text("trailer_plate", required=False, longest=12)),
        tractor_model=fields.text("tractor_model", required=False, longest=60),
        trailer_model=fields.text("trailer_model", required=False, longest=60),
        tractor_kerb_mass_t=fields.optional_number(
            "tractor_kerb_mass_t", least=0.5, most=_HEAVIEST_T
        ),
        trailer_kerb_mass_t=fields.optional_number(
            "trailer_kerb_mass_t", least=0.5, most=_HEAVIEST_T
        ),
        temporary_plate=fields.ticked("temporary_plate"),
        tractor_vin=_vin(fields, "tractor_vin"),
        trailer_vin=_vin(fields, "trailer_vin"),
        tractor_axles=_count(fields, "tractor_axles"),
        trailer_axles=_count(fields, "trailer_axles"),
        nose_m=fields.optional_number("nose_m", least=0.3, most=4.0),
        deck_height_m=fields.optional_number("deck_height_m", least=0.15, most=3.0),
        load_front_m=fields.optional_number("load_front_m", least=0.0, most=100.0),
    )


def read_transport(form: Mapping[str, str], cargo: Cargo | None) -> Transport:
    """Read a loaded transport; raises InvalidInputError with one fault for every wrong field."""
    given: dict[str, Any] = {
        name: _ascii(form[name]) for name in TRANSPORT_LABELS if form.get(name, "").strip()
    }
    if cargo is not None:
        given |= {"material": cargo.material.value, "pieces": len(cargo.component_numbers) or 1}
    return describe_transport(given)


def vehicle_values(vehicle: Vehicle) -> dict[str, Any]:
    """Return a vehicle as the values of its fields."""
    return {name: getattr(vehicle, name) for name in VEHICLE_LABELS}


def transport_values(transport: Transport) -> dict[str, Any]:
    """Return a loaded transport as the values of its fields."""
    values: dict[str, Any] = {
        name: getattr(transport, name)
        for name in TRANSPORT_LABELS
        if name not in _JOINED and name != "axle_notation"
    }
    counts = transport.axle_group_sizes if transport.axle_notation else ()
    return values | {
        "axle_loads_t": _joined(transport.axle_loads_t),
        "axle_spacings_m": _joined(transport.axle_spacings_m),
        "axle_notation": transport.axle_notation,
        "axle_counts": _joined(counts),
        "tyres_per_axle": _joined(transport.tyres_per_axle),
        "trailer_kind": transport.trailer_kind.value,
    }


def unit_values(tractor: Tractor, trailer: Trailer) -> dict[str, Any]:
    """Return what the catalogue knows of two units, as values of the vehicle's fields."""
    return {
        "tractor_model": tractor.name_zh,
        "trailer_model": trailer.name_zh,
        "tractor_kerb_mass_t": tractor.kerb_mass_t,
        "trailer_kerb_mass_t": trailer.kerb_mass_t,
        "tractor_axles": tractor.axle_count,
        "trailer_axles": trailer.axle_count * trailer.axles_per_line,
    }


def outline_values(placed: PlacedLoad) -> dict[str, Any]:
    """Return the measures that the outline drawing asks for, from a load as it stands."""
    cargo = outline_of_load(placed).cargo
    return {
        "nose_m": placed.combination.tractor.front_m,
        "deck_height_m": round(placed.deck.top_m, 3) if placed.deck else "",
        "load_front_m": round(cargo.front_m, 3) if cargo else "",
    }


def _vin(fields: Fields, name: str) -> str:
    text = fields.text(name, required=False, longest=20).upper()
    fault = vin_fault(text, name)
    if fault is not None:
        fields.faults.append(fault)
    return text


def _count(fields: Fields, name: str) -> int | None:
    value = fields.optional_number(name, least=0, most=200)
    if value is not None and value != round(value):
        fields.refuse(name, "must be whole", "whole", least=0, most=200)
    return None if value is None else round(value)


def _joined(values: tuple[float, ...]) -> str:
    return ",".join(f"{round(value, 3):g}" for value in values)


def _plate(text: str) -> str:
    return text.replace(" ", "").replace("·", "").upper()


def _ascii(text: str) -> str:
    return text.strip().replace("、", ",").replace("，", ",")
