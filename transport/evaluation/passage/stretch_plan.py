"""Plan alignment of a stretch: usable width, curves by table, formula, drive (4.2, 4.3, B.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import atan, degrees
from typing import Any

from transport.evaluation.answer import Answer, survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.comparing import above
from transport.evaluation.passage.asking import settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.ramps import sweep_circle
from transport.evaluation.passage.standard_road import width_table
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, RoadClass, Train

HIGH_ROADS = {RoadClass.EXPRESSWAY, RoadClass.CLASS1, RoadClass.CLASS2}
_POWER_PACK_M = 2.0
_SIGMA_M = 0.5
_TRACTOR = {"e": 0.3, "track_tractor": 2.5, "wheelbase_tractor": 4.0, "B_tractor": 2.5, "L_b": 5.5}
_WIDTHS = {"lanes": "lanes", "lane_width_m": "lane_width_m", "hard_shoulder_m": "hard_shoulder_m",
           "divided": "divided"}  # fmt: skip


def check_width(
    tables: Tables, train: PassingTrain, site: Site
) -> tuple[float | None, PassageCheck]:
    """Return the usable width of a stretch, and the check of the gap on both sides."""
    road = site.value("road_class")
    known = {name: site.value(fact) for name, fact in _WIDTHS.items()}
    missing = [name for name, value in known.items() if value is None]
    where = "main_high" if road in HIGH_ROADS else "main_low"
    used = {name: site.facts[name] for name in _WIDTHS if site.value(name) is not None}
    if missing and width_table(site) is not None:
        return _width_by_table(tables, train, site, where)
    if missing:
        found = survey(*missing)
        names = {name: name for name in missing}
        return None, settle(
            site, "lateral_space_rule", Result.NEEDS_SURVEY, found, names, used, {}, {}
        )
    inputs = _lanes(known, road)
    inputs["height_m"] = train.transport.height_m
    space = CHECKS["lateral_space_rule"].run(tables, **inputs)
    if space.result is not None:
        missing_height = {"measured width at the load's height": "clear_width_m"}
        return None, settle(
            site, "lateral_space_rule", space.result, space, missing_height, used, inputs, {}
        )
    space_m = float(space.values["lateral_space_m"])
    gap_m = (space_m - train.transport.width_m) / 2.0
    gap = CHECKS["gap_check"].run(tables, where=where, gap_m=gap_m)
    values = {"lateral_space_m": space_m, "gap_m": gap_m}
    result = gap.result or Result.NEEDS_SURVEY
    return space_m, settle(site, "lateral_space_rule", result, gap, {}, used, inputs, values)


def _width_by_table(
    tables: Tables, train: PassingTrain, site: Site, where: str
) -> tuple[float | None, PassageCheck]:
    """Return the usable width that the standard gives a road of this class at least (4.2.2)."""
    radius = site.value("min_curve_radius_m")
    inputs = {
        "table": width_table(site),
        "design_speed_kmh": float(site.value("design_speed_km_h")),
        "height_m": train.transport.height_m,
        "radius_m": None if radius is None else float(radius),
        "shoulder_case": None,
    }
    used = {"design_speed_kmh": site.facts["design_speed_km_h"]}
    space = CHECKS["lateral_space"].run(tables, **inputs)
    if space.result is not None:
        names = {name: name for name in _WIDTHS}
        found = replace(space, missing=tuple(names))
        return None, settle(
            site, "lateral_space", Result.NEEDS_SURVEY, found, names, used, inputs, {}
        )
    space_m = float(space.values["lateral_space_m"])
    gap_m = (space_m - train.transport.width_m) / 2.0
    gap = CHECKS["gap_check"].run(tables, where=where, gap_m=gap_m)
    values = {"lateral_space_m": space_m, "gap_m": gap_m}
    answer = replace(gap, doubts=space.doubts)
    result = gap.result or Result.NEEDS_SURVEY
    found_at = settle(site, "lateral_space", result, answer, {}, used, inputs, values)
    return space_m, replace(found_at, through=("gap_check",))


def _lanes(known: Mapping[str, Any], road: RoadClass | None) -> dict[str, Any]:
    lanes, shoulder_m, divided = known["lanes"], known["hard_shoulder_m"], known["divided"]
    one_way = max(int(lanes) // 2, 1) if divided else int(lanes)
    marked_only = road not in HIGH_ROADS  # class 3 and 4 count lanes only (tables 4-6 to 4-8)
    return {
        "n_lanes": one_way,
        "lane_width_m": known["lane_width_m"],
        "right_m": 0.0 if marked_only else shoulder_m,
        # The strip beside a median is not on record: it counts nothing.
        "left_m": 0.0 if marked_only or divided else shoulder_m,
    }


def check_curve(
    tables: Tables, train: PassingTrain, site: Site, space_m: float | None
) -> PassageCheck:
    """Judge the sharpest curve: table, formula of a circle, drive round it; else a survey."""
    radius = site.value("min_curve_radius_m")
    if radius is None or space_m is None:
        names = [] if radius is not None else ["min_curve_radius_m"]
        names += [] if space_m is not None else ["lane_width_m"]
        return settle(
            site, "curve_lookup", Result.NEEDS_SURVEY, survey(*names),
            {name: name for name in names}, {}, {}, {},
        )  # fmt: skip
    used = {"radius_m": site.facts["min_curve_radius_m"]}
    inputs = {"radius_m": radius, "space_width_m": space_m}
    table = CHECKS["curve_lookup"].run(
        tables, grade=train.size_grade or Grade.E, train=train.train, **inputs
    )
    if table.result is Result.PASS:
        return settle(site, "curve_lookup", Result.PASS, table, {}, used, inputs, {})
    swept = _swept(tables, train, radius)
    if swept is None:
        found = survey("axle_spacings_m")
        names_ = {"axle_spacings_m": "vehicle:axle_spacings_m"}
        return settle(site, "curve_calc", Result.NEEDS_SURVEY, found, names_, used, inputs, {})
    widths: dict[str, float] = {}
    if swept.result is None:
        widths = {"W_z": swept.values["W_z"], "W_d": swept.values["W_d"]}
        fits = CHECKS["curve_calc"].run(
            tables, pavement_width_m=space_m, lateral_space_m=space_m, **widths
        )
        if fits.result is Result.PASS:
            values = {**widths, "lateral_space_m": space_m}
            inputs = {**inputs, **widths}
            fitting = settle(site, "curve_calc", Result.PASS, fits, {}, used, inputs, values)
            return replace(fitting, through=("curve_lookup", _formula(train)))
    # The formulas are steady circles: a train they refuse may still be driven through.
    driven = _driven(train, site, float(radius), space_m)
    return replace(
        driven, values={**widths, **driven.values}, through=("curve_lookup", "curve_calc")
    )


def _driven(train: PassingTrain, site: Site, radius_m: float, space_m: float) -> PassageCheck:
    """Drive the train round the curve (4.3.1(3), appendix C): its sweep with half a metre free."""
    swept = sweep_circle(train.units or (), train.rear_steer, radius_m)
    used = {"radius_m": site.facts["min_curve_radius_m"]}
    inputs = {"radius_m": radius_m, "space_width_m": space_m}
    if swept is None:
        answer = Answer({}, measures=("other_route",), method=Method.SIMULATION)
        return settle(site, "swept_path", Result.NOT_PASSABLE, answer, {}, used, inputs, {})
    left_m = space_m - swept.swept_width_body_m - 2.0 * _SIGMA_M
    fits = above(left_m, 0.0)
    measures = ("low_speed", "guide") if fits else ("opposite_lane", "widen", "other_route")
    answer = Answer({}, measures=measures, method=Method.SIMULATION)
    result = Result.PASS_WITH_MEASURES if fits else Result.NOT_PASSABLE
    values = {
        "W_d": round(swept.swept_width_body_m, 2),
        "tail_out_m": round(swept.tail_out_m, 2),
        "room_left_m": round(left_m, 2),
    }
    return settle(site, "swept_path", result, answer, {}, used, inputs, values)


def _formula(train: PassingTrain) -> str:
    return "hydraulic_swept" if train.train is Train.HYDRAULIC else "lowbed_swept"


def _swept(tables: Tables, train: PassingTrain, radius_m: float) -> Answer | None:
    """Return aisle and swept width on a circle through the train's middle (B.1)."""
    width_m, units = train.transport.width_m, train.units
    if units is None or train.wheelbase_m is None or train.line_spacing_m is None:
        return None
    half_m = train.line_spacing_m * max(train.lines - 1, 1) / 2.0
    track_m = units[-1].track_m
    if train.train is Train.HYDRAULIC:
        inner_m = max(radius_m - track_m / 2.0, 1.0)
        return CHECKS["hydraulic_swept"].run(
            tables,
            line_spacing=train.line_spacing_m,
            n_lines=max(train.lines, 2),
            theta_deg=degrees(atan(half_m / inner_m)),
            track=track_m,
            D_total=width_m,
            C=_POWER_PACK_M,
            sigma=0.5,
        )
    return CHECKS["lowbed_swept"].run(
        tables,
        L_kp=train.wheelbase_m,
        phi_deg=degrees(atan(train.wheelbase_m / radius_m)),
        track_trailer=track_m,
        D_total=width_m,
        sigma=0.5,
        **_TRACTOR,
    )
