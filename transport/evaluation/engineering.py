"""Checks beside the standard's own: effects on a beam, screening of a bridge, a swept turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.answer import Answer
from transport.evaluation.bridges import MOST_AXLES
from transport.evaluation.checks import Check, Count, Least, NotNegative, Positive
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method
from transport.manoeuvres.sweeping import Unit, sweep_turn
from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.effects import Axles, Extremes, extremes_of_design, extremes_of_train
from transport.structures.screening import screen
from transport.structures.verdicts import Crossing, ScreeningRules

_OWN = "product rule beside JTG/T 2213-2023"
_NO_DATA = "NO_DATA"
_FASTEST_KM_H = 20.0
_LONGEST_SPAN_M = 5000.0
Share = Annotated[float, Least(0.0, itself=True)]


@dataclass(frozen=True, slots=True)
class StructureInput:
    """The columns of a structures row that screening reads; a missing one is unknown."""

    spans_m: Sequence[Positive] | None = None
    continuous: bool | None = None
    structural_form: StructuralForm | None = None
    design_load: str | None = None
    design_code_year: Count | None = None
    deck_width_m: Positive | None = None
    lanes: Count | None = None
    one_way: bool = False
    girders: Count | None = None
    girder_spacing_m: Positive | None = None
    skew_deg: float | None = None
    curve_radius_m: Positive | None = None
    natural_frequency_hz: Positive | None = None
    condition_class: Literal[1, 2, 3, 4, 5] | None = None
    rating_age_years: NotNegative | None = None
    posted_mass_t: Positive | None = None
    posted_axle_t: Positive | None = None
    single_column_pier: bool | None = None
    rated_vehicle: str | None = None
    rated_mass_t: Positive | None = None


@dataclass(frozen=True, slots=True)
class UnitInput:
    """One unit of a train, lengths in metres; `rear_steer_factor` is 0 for locked axles."""

    wheelbase_m: Positive
    width_m: Positive
    hitch_offset_m: float = 0.0
    front_overhang_m: NotNegative = 0.0
    rear_overhang_m: NotNegative = 0.0
    track_m: Positive | None = None
    rear_steer_factor: Share = 0.0


def bridge_effects(
    tables: Tables,
    *,
    spans_m: Sequence[Positive],
    axle_loads_kn: Sequence[Positive] | None = None,
    axle_spacings_m: Sequence[Positive] | None = None,
    design_load: str | None = None,
) -> Answer:
    """Compute the absolute maxima of a train or a design load on a beam of one lane.

    No impact, no factors, both directions; a hogging moment is below zero. A design load that is
    not on file answers NO_DATA.
    """
    spans = _spans(spans_m)
    if (axle_loads_kn is None) == (design_load is None):
        message = "give either axle_loads_kn with axle_spacings_m, or design_load"
        raise InvalidInputError([FieldFault("design_load", message, "either_or")])
    if axle_loads_kn is not None:
        return _extremes(extremes_of_train(_axles(axle_loads_kn, axle_spacings_m or ()), spans))
    load = tables.design_loads.get(str(design_load))
    if load is None:
        return Answer({"result": _NO_DATA}, missing=("design_load",))
    return _extremes(extremes_of_design(load, spans))


def bridge_screening(
    tables: Tables,
    *,
    structure: StructureInput,
    axle_loads_kn: Sequence[Positive],
    axle_spacings_m: Sequence[Positive],
    speed_km_h: NotNegative = _FASTEST_KM_H,
    other_lanes: Literal["open", "closed"] = "open",
) -> Answer:
    """Screen a bridge for a train: verdict, capacity ratios of the crossing asked for, conditions.

    `capacity_ratio` is allowed over caused; above 20 km/h the standard has no rule.
    """
    if speed_km_h > _FASTEST_KM_H:
        message = f"{speed_km_h:g} km/h is more than the standard covers: cross at up to 20 km/h"
        raise InvalidInputError([FieldFault("speed_km_h", message, "speed")])
    bridge = _bridge(structure)
    crossing = Crossing(
        speed_km_h,
        other_lanes_open=other_lanes == "open",
        centred=other_lanes == "closed",
    )
    found = screen(bridge, _axles(axle_loads_kn, axle_spacings_m), rules_from(tables), crossing)
    values = {
        "verdict": str(found.verdict),
        "capacity_ratio": {one.effect: one.capacity_ratio for one in found.ratios},
        "location": {one.effect: {"unit": one.unit, "at": one.at} for one in found.ratios},
        "conditions": list(found.conditions),
        "reasons": list(found.reasons),
    }
    return Answer(values, missing=found.missing)


def swept_path(
    _tables: Tables, *, units: Sequence[UnitInput], radius_m: Positive, turn_deg: Positive
) -> Answer:
    """Drive a train through a turn of its front axle and measure what it sweeps."""
    if not units:
        raise InvalidInputError([FieldFault("units", "give at least one unit", "required")])
    if units[0].wheelbase_m >= radius_m:
        message = f"a wheelbase of {units[0].wheelbase_m:g} m cannot follow {radius_m:g} m"
        raise InvalidInputError([FieldFault("radius_m", message, "radius")])
    found = sweep_turn([_unit(one) for one in units], radius_m, turn_deg)
    return Answer(
        {
            "min_inside_radius_m": found.min_inside_radius_m,
            "max_outside_radius_m": found.max_outside_radius_m,
            "swept_width_wheels_m": found.swept_width_wheels_m,
            "swept_width_body_m": found.swept_width_body_m,
            "tail_out_m": found.tail_out_m,
        },
        method=Method.SIMULATION,
    )


def rules_from(tables: Tables) -> ScreeningRules:
    """Return what screening takes from the tables."""
    return ScreeningRules(
        design_loads=tables.design_loads,
        lane_factors=tuple(row.factor for row in tables.lane_factors),
        one_way_lanes=_lanes_of(tables, "one-way"),
        two_way_lanes=_lanes_of(tables, "two-way"),
        span_factors=tuple(
            (row.span_from_m, row.from_inclusive, row.factor) for row in tables.longitudinal_factors
        ),
    )


def _lanes_of(tables: Tables, carriageway: str) -> tuple[tuple[float, int], ...]:
    rows = [row for row in tables.deck_lanes if row.carriageway == carriageway]
    return tuple((row.width_ge_m, row.lanes) for row in rows)


def _extremes(found: Extremes) -> Answer:
    return Answer(
        {
            "max_moment_knm": found.max_moment_knm,
            "min_moment_knm": found.min_moment_knm,
            "max_shear_kn": found.max_shear_kn,
            "max_reaction_kn": found.max_reaction_kn,
        }
    )


def _spans(spans_m: Sequence[float]) -> tuple[float, ...]:
    if not spans_m:
        raise InvalidInputError([FieldFault("spans_m", "give at least one span", "required")])
    if max(spans_m) > _LONGEST_SPAN_M:
        message = f"no span is longer than {_LONGEST_SPAN_M:g} m"
        raise InvalidInputError([FieldFault("spans_m", message, "range")])
    return tuple(spans_m)


def _axles(loads_kn: Sequence[float], spacings_m: Sequence[float]) -> Axles:
    if len(loads_kn) > MOST_AXLES:
        message = f"give 1 to {MOST_AXLES} axles, not {len(loads_kn)}"
        raise InvalidInputError([FieldFault("axle_loads_kn", message, "range")])
    if not loads_kn or len(spacings_m) != len(loads_kn) - 1:
        message = f"{len(loads_kn)} axles need one spacing fewer, not {len(spacings_m)}"
        raise InvalidInputError([FieldFault("axle_spacings_m", message, "spacings_number")])
    return Axles(tuple(loads_kn), tuple(spacings_m))


def _bridge(given: StructureInput) -> Bridge:
    return Bridge(
        spans_m=_spans(given.spans_m) if given.spans_m else (),
        continuous=given.continuous,
        structural_form=given.structural_form,
        design_load=given.design_load,
        design_code_year=given.design_code_year,
        deck_width_m=given.deck_width_m,
        lanes=given.lanes,
        one_way=given.one_way,
        girders=given.girders,
        girder_spacing_m=given.girder_spacing_m,
        skew_deg=given.skew_deg,
        curve_radius_m=given.curve_radius_m,
        natural_frequency_hz=given.natural_frequency_hz,
        condition_class=given.condition_class,
        rating_age_years=given.rating_age_years,
        posted_mass_t=given.posted_mass_t,
        posted_axle_t=given.posted_axle_t,
        single_column_pier=given.single_column_pier,
        rated_vehicle=given.rated_vehicle,
        rated_mass_t=given.rated_mass_t,
    )


def _unit(given: UnitInput) -> Unit:
    return Unit(
        wheelbase_m=given.wheelbase_m,
        hitch_m=given.hitch_offset_m,
        front_m=given.front_overhang_m,
        rear_m=given.rear_overhang_m,
        width_m=given.width_m,
        track_m=given.track_m or given.width_m,
        rear_steer=given.rear_steer_factor,
    )


CHECKS = (
    Check(bridge_effects, "7.3.2, appendix D", Method.CALCULATION, _OWN),
    Check(bridge_screening, "7.3.2, appendix D", Method.CALCULATION, _OWN),
    Check(swept_path, "5.2.1, appendix C", Method.SIMULATION, _OWN),
)
