"""The file form's `component`, `tractor` and `trailer`: sizes and axle loads they result in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.arranging import stack
from transport.vehicles.catalogue import describe_item
from transport.vehicles.combination import Combination, Tractor, Trailer
from transport.vehicles.component import Component
from transport.vehicles.placing import place

UNITS = ("component", "tractor", "trailer")
_NAMES = {"name_zh": "", "name_en": ""}


def has_units(given: Mapping[str, Any]) -> bool:
    """Whether the description names the component and what carries it."""
    return any(given.get(unit) is not None for unit in UNITS)


def derive_from_units(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the transport that loading the component results in.

    A tractor with a deck is a rigid truck and needs no trailer. `load_position_m` is measured from
    the kingpin (of a truck: the first axle) back to the middle of the load. Raise
    InvalidInputError where a unit is missing, faulty, or cannot take the load.
    """
    component, combination = _read_units(given)
    try:
        position = given.get("load_position_m")
        middle_m = None if position is None else float(position)
        pieces = int(given.get("pieces") or 1)
    except (TypeError, ValueError) as wrong:
        message = "load_position_m and pieces must be numbers"
        raise InvalidInputError([FieldFault("load_position_m", message, "number")]) from wrong
    loaded = place(combination, stack(component, pieces), middle_m).transport
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
        "full_trailer": loaded.full_trailer,
        "axles_per_line": loaded.axles_per_line,
        "tyres_per_axle": list(loaded.tyres_per_axle),
        "standard_wide_tyres": loaded.standard_wide_tyres,
        "indivisible": loaded.indivisible,
        "material": str(loaded.material),
        "design_top_speed_km_h": loaded.design_top_speed_km_h,
    }


def _read_units(given: Mapping[str, Any]) -> tuple[Component, Combination]:
    """Read the three objects; a fault in one hides none in another."""
    tractor_given = given.get("tractor")
    is_truck = isinstance(tractor_given, Mapping) and tractor_given.get("deck") is not None
    wanted = [unit for unit in UNITS if unit != "trailer" or not is_truck]
    faults = [
        FieldFault(unit, "describe component, tractor and trailer together", "required")
        for unit in wanted
        if not isinstance(given.get(unit), Mapping)
    ]
    if faults:
        raise InvalidInputError(faults)
    items: dict[str, Any] = {}
    kinds: Mapping[str, Any] = {"component": Component, "tractor": Tractor, "trailer": Trailer}
    for unit, kind in kinds.items():
        if unit == "trailer" and is_truck and given.get("trailer") is None:
            continue
        try:
            items[unit] = describe_item(kind, unit, _NAMES | dict(given[unit]), unit)
        except InvalidInputError as wrong:
            faults += wrong.faults
    if faults:
        raise InvalidInputError(faults)
    return items["component"], Combination(items["tractor"], items.get("trailer"))
