"""The measures of a single vehicle as fields: which, how they are read, where they start from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.errors import InvalidInputError
from transport.services.library import LibraryKind
from transport.vehicles.axle_notation import (
    is_form_spacings,
    parse_axle_spacings,
    write_axle_spacings,
)
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.transport import TrailerKind
from webapp.fields import Fields
from webapp.plan_view import unit_name

UNIT_LABELS = {
    "like": _l("Start from the catalogue"),
    "name": _l("Your name for it"),
    "plate": _l("Number plate"),
    "vin": _l("Vehicle identification number (VIN)"),
    "model": _l("Model"),
    "spacings_m": _l("Axle spacings, front to rear"),
    "width_m": _l("Width"),
    "height_m": _l("Height"),
    "front_m": _l("Nose to first axle"),
    "kingpin_m": _l("First axle to fifth wheel"),
    "drive_axles": _l("Driven axles"),
    "kerb_front_t": _l("Kerb mass on the front axles"),
    "kerb_rear_t": _l("Kerb mass on the driven axles"),
    "towed_mass_t": _l("Largest towed mass"),
    "deck_length_m": _l("Length of the deck, retracted"),
    "longest_deck_m": _l("Length of the deck, pulled out"),
    "deck_height_m": _l("Height of the deck"),
    "first_axle_m": _l("Kingpin to first axle"),
    "kerb_mass_t": _l("Kerb mass"),
    "payload_t": _l("Largest payload"),
    "design_top_speed_km_h": _l("Design top speed"),
}
# Field, unit, least and most that is plausible, whether it must be given.
_PULLING = (
    ("width_m", "m", 1.5, 4.0, True),
    ("height_m", "m", 1.5, 5.0, True),
    ("front_m", "m", 0.3, 4.0, True),
    ("kerb_front_t", "t", 0.5, 60.0, True),
    ("kerb_rear_t", "t", 0.5, 60.0, True),
    ("design_top_speed_km_h", "km/h", 5.0, 140.0, False),
)
_TRACTOR = (
    *_PULLING,
    ("kingpin_m", "m", 0.5, 12.0, True),
    ("towed_mass_t", "t", 5.0, 900.0, False),
)
_TRAILER = (
    ("deck_length_m", "m", 2.0, 60.0, True),
    ("longest_deck_m", "m", 2.0, 80.0, True),
    ("width_m", "m", 1.5, 8.0, True),
    ("deck_height_m", "m", 0.15, 3.0, True),
    ("first_axle_m", "m", 0.5, 60.0, True),
    ("kerb_mass_t", "t", 0.5, 300.0, True),
    ("payload_t", "t", 1.0, 900.0, True),
    ("design_top_speed_km_h", "km/h", 5.0, 140.0, False),
)


def fields_of(kind: LibraryKind) -> tuple[tuple[str, str, float, float, bool], ...]:
    """Return the number fields of a kind of vehicle."""
    if kind.is_towed:
        return _TRAILER
    return _TRACTOR if kind is LibraryKind.TRACTOR else _PULLING


def starting_points(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the catalogue's vehicles as the choices of a field."""
    parts = (catalogue.tractors, catalogue.trucks, catalogue.trailers)
    return [(code, unit_name(unit)) for part in parts for code, unit in part.items()]


def item_of(catalogue: Catalogue, code: str) -> Tractor | Trailer | None:
    """Return a vehicle of the catalogue."""
    return (
        catalogue.tractors.get(code) or catalogue.trucks.get(code) or catalogue.trailers.get(code)
    )


def kind_of(catalogue: Catalogue, code: str) -> LibraryKind | None:
    """Return what kind of vehicle an entry of the catalogue is; None for an unknown code."""
    if code in catalogue.tractors:
        return LibraryKind.TRACTOR
    if code in catalogue.trucks:
        return LibraryKind.TRUCK
    trailer = catalogue.trailers.get(code)
    if trailer is None:
        return None
    hydraulic = trailer.kind is TrailerKind.HYDRAULIC
    return LibraryKind.MODULE if hydraulic else LibraryKind.TRAILER


def unit_values(item: Tractor | Trailer) -> dict[str, Any]:
    """Return the measures of a vehicle as the values of its fields."""
    names = {name for one in (_TRACTOR, _TRAILER) for name, *_ in one}
    values = {name: getattr(item, name) for name in names if hasattr(item, name)}
    shown = {name: "" if value is None else f"{value:g}" for name, value in values.items()}
    return {**shown, "spacings_m": write_axle_spacings(item.spacings_m)}


def read_measures(
    fields: Fields, kind: LibraryKind, start: Tractor | Trailer | None
) -> tuple[Tractor | None, Trailer | None]:
    """Read the measures over those the vehicle was started from; faults are kept in `fields`."""
    values: dict[str, Any] = {}
    for name, _, least, most, required in fields_of(kind):
        read = fields.number if required else fields.optional_number
        values[name] = read(name, least=least, most=most)
    values["spacings_m"] = _spacings(fields)
    if isinstance(start, Trailer):
        if values["longest_deck_m"] < values["deck_length_m"] and not fields.faults:
            fields.refuse("longest_deck_m", "is shorter than the retracted deck", "deck_swapped")
        return None, replace(start, **values)
    if isinstance(start, Tractor):
        axles = len(values["spacings_m"]) + 1
        if axles <= start.drive_axles and not fields.faults:
            fields.refuse("spacings_m", "has too few axles for the driven ones", "spacings_few")
        return replace(start, **values), None
    return None, None


def _spacings(fields: Fields) -> tuple[float, ...]:
    text = fields.text("spacings_m", required=False, longest=300)
    if not is_form_spacings(text):
        return fields.numbers("spacings_m", least=0.5, most=60.0)
    try:
        return parse_axle_spacings(text)
    except InvalidInputError as wrong:
        fields.faults += [replace(one, field="spacings_m") for one in wrong.faults]
        return ()
