"""What is known for the fields of a report: cargo, plates, vehicle records, surveys."""

from __future__ import annotations

from collections.abc import Mapping

from transport.evaluation.passage.driving import vehicle_element
from transport.permits.case import Case
from transport.services.engineering_desk import Ground, registered_train
from transport.services.library import LibraryUnit
from transport.vehicles.combination import Tractor, Trailer, TyreKind
from transport.vehicles.transport import TrailerKind
from webapp.access import current_services

_TYRES = {TyreKind.SINGLE: "单胎", TyreKind.DUAL: "双胎", TyreKind.WIDE: "宽基单胎"}
_CIRCUITS = {3: "三点支承", 4: "四点支承"}
# Measured on the vehicle -> field of the paper with what stands around the value.
_MEASURED = {
    "N_max_kW": ("tractor_power", "最大功率{} kW"),
    "gamma": ("tractor_gear_ratio", "最低挡总传动比{}"),
    "tyre_pressure_mpa": ("trailer_tyre_pressure", "{} MPa"),
    "cog_height_m": ("centre_of_gravity", "重心离地高度{} m"),
}


def known_details(case: Case, on: Ground) -> dict[str, str]:
    """Return fields of appendix A by name: from measurements, vehicle records, the application."""
    units = _units_of(case)
    vehicle = case.application.vehicle
    tractor, trailer = units.get(vehicle.tractor_plate), units.get(vehicle.trailer_plate)
    found = _of_case(case)
    if tractor is not None and tractor.tractor is not None:
        found = {**_of_tractor(tractor.tractor), **_model(tractor, "tractor"), **found}
    if trailer is not None and trailer.trailer is not None:
        found = {**_of_trailer(trailer.trailer), **_model(trailer, "trailer"), **found}
    return {**found, **_measured(case, on)}


def _units_of(case: Case) -> Mapping[str, LibraryUnit]:
    """Return the single vehicles in the carrier's list by their plates."""
    with current_services().unit_of_work(read_only=True) as work:
        kept = work.vehicles.of_organisation(case.organisation_id)
    return {one.unit.plate: one.unit for one in kept if one.unit is not None}


def _of_case(case: Case) -> dict[str, str]:
    """Return what the application tells of cargo and vehicle."""
    cargo, vehicle = case.application.cargo, case.application.vehicle
    sizes = (cargo.length_m, cargo.width_m, cargo.height_m)
    told = {
        "cargo_name": cargo.name,
        "cargo_lwh": "×".join(f"{one:g}" for one in sizes) + " m",
        "cargo_mass_t": f"{cargo.mass_t:g}",
        "tractor_make_model": vehicle.tractor_model,
        "trailer_make_model": vehicle.trailer_model,
        "tractor_plate": vehicle.tractor_plate,
        "trailer_plate": vehicle.trailer_plate,
    }
    return {name: text for name, text in told.items() if text}


def _model(unit: LibraryUnit, part: str) -> dict[str, str]:
    return {f"{part}_make_model": unit.model} if unit.model else {}


def _of_tractor(one: Tractor) -> dict[str, str]:
    wheels, driven = 2 * one.axle_count, 2 * one.drive_axles
    word = "载货车" if one.deck is not None else "牵引车"
    return {
        "tractor_type": f"{one.axle_count}轴{word}",
        "tractor_drive": f"{wheels}×{driven}",
        "tractor_wheelbase": "＋".join(f"{gap:g}" for gap in one.spacings_m) + " m",
        "tractor_track": f"{one.track_m:g} m",
    }


def _of_trailer(one: Trailer) -> dict[str, str]:
    hydraulic = one.kind is TrailerKind.HYDRAULIC
    found = {
        "trailer_track": f"{one.track_m:g} m",
        "trailer_tyre": f"{_TYRES[one.tyres]}（型号待填写）",
        "trailer_lwh": f"{one.deck_length_m:g}×{one.width_m:g}×{one.deck_height_m:g} m",
        "steering_mode": "全轮转向" if hydraulic or one.rear_steer_factor else "后轴不转向",
        "suspension_centres": "、".join(f"{gap:g}" for gap in one.spacings_m) + " m",
        "hydraulic_three_point_zones": "不适用（非液压悬挂）",
    }
    if hydraulic:
        zones = _CIRCUITS.get(one.circuits, "")
        front = f"，前区{one.front_lines}线" if one.front_lines else ""
        found["hydraulic_three_point_zones"] = f"{zones}{front}" if zones else ""
        found["suspension_centres"] += f"，左右半轴中心距{one.half_sets_m:g} m"
    return {name: text for name, text in found.items() if text}


def _measured(case: Case, on: Ground) -> dict[str, str]:
    """Return what was measured on this train and holds today."""
    element = vehicle_element(registered_train(case))
    facts, _ = on.records().measurements.facts(element, on.day)
    return {
        field: text.format(f"{facts[name].value:g}")
        for name, (field, text) in _MEASURED.items()
        if name in facts and isinstance(facts[name].value, int | float)
    }
