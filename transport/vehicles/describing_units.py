"""The file form's `component`, `tractor` and `trailer`: sizes and axle loads they result in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.catalogue import describe_item
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Component
from transport.vehicles.loading import Placement, load

UNITS = ("component", "tractor", "trailer")
_NAMES = {"name_zh": "", "name_en": ""}


def has_units(given: Mapping[str, Any]) -> bool:
    """Whether the description names the component and what carries it."""
    return any(given.get(unit) is not None for unit in UNITS)


def derive_from_units(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the transport that loading the component results in.

    `load_position_m` is measured from the kingpin back to the middle of the load. Raise
    InvalidInputError where a unit is missing, faulty, or cannot take the load.
    """
    faults = [
        FieldFault(unit, "describe component, tractor and trailer together", "required")
        for unit in UNITS
        if not isinstance(given.get(unit), Mapping)
    ]
    if faults:
        raise InvalidInputError(faults)
    component = describe_item(Component, "component", _NAMES | given["component"], "component")
    tractor = describe_item(Tractor, "tractor", _NAMES | given["tractor"], "tractor")
    trailer = describe_item(Trailer, "trailer", _NAMES | given["trailer"], "trailer")
    try:
        position = given.get("load_position_m")
        middle_m = None if position is None else float(position)
        pieces = int(given.get("pieces") or 1)
    except (TypeError, ValueError) as wrong:
        message = "load_position_m and pieces must be numbers"
        raise InvalidInputError([FieldFault("load_position_m", message, "number")]) from wrong
    loaded = load(component, tractor, trailer, Placement(pieces=pieces, middle_m=middle_m))
    return {
        "height_m": loaded.height_m,
        "width_m": loaded.width_m,
        "length_m": loaded.length_m,
        "mass_t": loaded.mass_t,
        "axle_loads_t": list(loaded.axle_loads_t),
        "axle_spacings_m": list(loaded.axle_spacings_m),
        "axle_counts": list(loaded.axle_group_sizes),
        "drive_axles": loaded.drive_axles,
        "tractor_axles": loaded.tractor_axles,
        "trailer_kind": str(loaded.trailer_kind),
        "axles_per_line": loaded.axles_per_line,
        "tyres_per_axle": list(loaded.tyres_per_axle),
        "material": str(loaded.material),
    }
