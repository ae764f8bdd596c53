"""Turns that only a drive can settle together: roundabouts, and turns in a row (5.2.2, 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from transport.evaluation.answer import Answer, survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.comparing import at_least, at_most
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.junction_shapes import junction_of
from transport.evaluation.passage.ramps import sweep_circle
from transport.evaluation.passage.stretches import Turn, Way
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.passage.turn_widths import overhang_at
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result
from transport.manoeuvres.joint import JointTurns, search_joint
from transport.manoeuvres.junction import Outlook, is_turn

_SIGMA_M = 0.5
_PATHS = 12
_SETTLED = 5.0  # lengths of the train behind which it runs straight whatever it turned before
_FARTHEST_M = 150.0  # of table 5.2.3
_SHAPE = ("arm_widths_m", "corner_radius_m")
_RESULTS = {
    Outlook.FEASIBLE: Result.PASS,
    Outlook.LIKELY: Result.NEEDS_SURVEY,
    Outlook.DOUBTFUL: Result.NEEDS_SURVEY,
    Outlook.INFEASIBLE: Result.NOT_PASSABLE,
}
_CLOSED = ("junction_closed", "low_speed", "guide")
_REBUILT = ("opposite_lane", "two_tractors", "remove_median", "widen")


def check_roundabout(tables: Tables, train: PassingTrain, site: Site) -> PassageCheck:
    """Judge a roundabout: by its island, else by a drive round it (5.4.1-3, 5.2.2)."""
    facts = {"circulating_lanes": "circulating_lanes", "island_radius_m": "central_island_radius_m"}
    grade = train.size_grade or Grade.E
    table = ask(tables, site, "roundabout", {"grade": grade}, facts)
    if table.result is not Result.NEEDS_SIMULATION:
        return table
    width = site.facts.get("circulating_width_m")
    missing = {}
    if width is None or not width.counts:
        missing["circulating_width_m"] = "circulating_width_m"
    if train.units is None:
        missing["axle_spacings_m"] = "vehicle:axle_spacings_m"
    if width is None or train.units is None or missing:
        answer = replace(survey(*missing), method=Method.SIMULATION)
        return settle(site, "roundabout", Result.NEEDS_SURVEY, answer, missing, {}, {}, {})
    inner_m = float(site.value("central_island_radius_m"))
    outer_m = inner_m + float(width.value)
    fitting = None
    for radius_m in np.linspace(inner_m + _SIGMA_M, outer_m - _SIGMA_M, _PATHS).tolist():
        swept = sweep_circle(train.units, train.rear_steer, radius_m)
        if (
            swept is not None
            and at_least(swept.min_inside_radius_m, inner_m + _SIGMA_M)
            and at_most(swept.max_outside_radius_m, outer_m - _SIGMA_M)
        ):
            fitting = (radius_m, swept)
            break
    values = {} if fitting is None else {
        "path_radius_m": round(fitting[0], 1),
        "W_d": round(fitting[1].swept_width_body_m, 2),
    }  # fmt: skip
    result = Result.NOT_PASSABLE if fitting is None else Result.PASS
    measures = _REBUILT if fitting is None else _CLOSED
    answer = Answer({}, measures=measures, method=Method.SIMULATION, doubts=table.doubts)
    used = {"island_radius_m": site.facts["central_island_radius_m"], "circulating_width_m": width}
    inputs = {"island_radius_m": inner_m, "circulating_width_m": float(width.value)}
    found = settle(site, "roundabout", result, answer, {}, used, inputs, values)
    return replace(found, through=("swept_path",))


def check_turns_in_a_row(
    tables: Tables, train: PassingTrain, way: Way, turns: Sequence[Turn], vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield a joint drive for every two turns that stand closer than table 5.2.3 asks for."""
    settled_m = max(_FARTHEST_M, _SETTLED * train.transport.length_m)
    for first, second in pairwise(turns):
        apart_m = (second.site.chainage_km - first.site.chainage_km) * 1000.0
        if apart_m >= settled_m:
            continue
        grade = train.size_grade or Grade.E
        answer = CHECKS["consecutive"].run(tables, grade=grade, spacing_m=apart_m)
        if answer.values["mode"] == "joint":
            yield _jointly(tables, train, way, (first, second), apart_m, vehicle)


def _jointly(
    tables: Tables,
    train: PassingTrain,
    way: Way,
    turns: tuple[Turn, Turn],
    apart_m: float,
    vehicle: Site,
) -> PassageCheck:
    """Drive both turns as one; what is not measured at either is read in three scenarios."""
    site = turns[1].site
    inputs = {"spacing_m": round(apart_m, 1), "mode": "joint"}
    round_ones = any(turn.site.value("central_island_radius_m") for turn in turns)
    if train.units is None or round_ones or not all(is_turn(turn.turn_deg) for turn in turns):
        missing = {"axle_spacings_m": "vehicle:axle_spacings_m"} if train.units is None else {}
        answer = Answer({}, missing=tuple(missing), method=Method.SIMULATION)
        result = Result.NEEDS_SURVEY if missing else Result.NEEDS_SIMULATION
        return settle(site, "consecutive", result, answer, missing, {}, inputs, {"mode": "joint"})
    shapes = []
    for turn in turns:
        over = overhang_at(tables, train, turn.site, vehicle)
        shape = junction_of(way, turn)
        shapes.append(shape if over is None else replace(shape, overhang_m=over.allowed_m))
    joint = JointTurns(
        shapes[0], shapes[1], apart_m, (turns[0].turn_deg > 0.0, turns[1].turn_deg > 0.0)
    )
    found = search_joint(joint, train.units, train.rear_steer)
    result = _RESULTS[found.outlook]
    known = all(
        shape.widths_measured or (way.network.lanes[turn.into] and way.network.lanes[turn.out_of])
        for shape, turn in zip(shapes, turns, strict=True)
    )
    if not known:
        result = Result.NEEDS_SURVEY
    best = found.ways[-1]
    values = {
        "mode": "joint",
        "outlook": str(found.outlook),
        "scenario": best.scenario,
        "turn_deg": [round(turn.turn_deg, 1) for turn in turns],
        "room_left_m": round(-best.exceeds_m, 2) if np.isfinite(best.exceeds_m) else None,
        "path_radius_m": list(best.radii_m),
        "offsets_m": [round(one, 2) for one in best.offsets_m],
        "rear_steer_factor": best.rear_steer,
    }
    missing = {name: name for name in _SHAPE} if result is Result.NEEDS_SURVEY else {}
    measures = _CLOSED if result is Result.PASS else _REBUILT
    answer = Answer({}, missing=tuple(missing), measures=measures, method=Method.SIMULATION)
    told = {
        **inputs,
        "arm_widths_m": [[arm.width_m for arm in shape.arms] for shape in shapes],
        "corner_radius_m": [shape.corner_radius_m for shape in shapes],
    }
    used = {name: site.facts[name] for name in _SHAPE if name in site.facts}
    one = settle(site, "consecutive", result, answer, missing, used, told, values)
    return replace(one, through=("swept_path",))
