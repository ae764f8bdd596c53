"""Checks on the ramps of interchanges: table, matrix, then a drive round the circle (chapter 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import degrees

from transport.evaluation.answer import Answer, survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result
from transport.manoeuvres.sweeping import SweptPath, Unit, sweep_turn

_SIGMA_M = 0.25  # on each side, as the tables were made (6.5.1)
_FULL_TURN_DEG = 180.0
_ESCORT_M = 200.0  # the escort ahead with its distance
_NEAR_KM = 3.0  # a tunnel farther from a ramp is not met by anybody who joins


def is_ramp(site: Site) -> bool:
    """Say whether a stretch is a ramp of an interchange."""
    return site.assumed("ramp_type") is not None


def check_ramp(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Yield the check that decides on a ramp, and the gap beside the train on it."""
    ramp_type = site.value("ramp_type")
    if ramp_type is None:
        names = {"ramp_type": "ramp_type"}
        found = survey("ramp_type")
        yield settle(site, "ramp_grade", Result.NEEDS_SURVEY, found, names, {}, {}, {})
        return
    given = {"grade": train.size_grade or Grade.E, "train": train.train}
    facts = {"ramp_type": "ramp_type", "radius_m": "min_curve_radius_m", "meets_d20": "meets_b01"}
    table = ask(tables, site, "ramp_grade", given, facts)
    if table.result in {Result.PASS, Result.PASS_WITH_MEASURES, Result.NEEDS_SURVEY}:
        yield table
        return
    size = {
        "train": train.train,
        "length_m": train.transport.length_m,
        "width_m": train.transport.width_m,
    }
    facts = {
        "ramp_type": "ramp_type",
        "radius_m": "min_curve_radius_m",
        "pavement_width_m": "pavement_width_m",
    }
    matrix = ask(tables, site, "ramp_matrix", size, facts)
    if matrix.result in {Result.PASS, Result.PASS_WITH_MEASURES, Result.NEEDS_SURVEY}:
        yield matrix
        return
    yield from _driven(tables, train, site)


def _driven(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Drive the train round the ramp's circle: swept width, tail-out, gap on both sides (6.3.2)."""
    if train.units is None:
        names = {"axle_spacings_m": "vehicle:axle_spacings_m"}
        answer = Answer({}, missing=tuple(names), method=Method.SIMULATION)
        yield settle(site, "ramp_width", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
        return
    radius_m, pavement_m = (
        float(site.value(n)) for n in ("min_curve_radius_m", "pavement_width_m")
    )
    swept = sweep_circle(train.units, train.rear_steer, radius_m)
    used = {"radius_m": site.facts["min_curve_radius_m"],
            "W_ci": site.facts["pavement_width_m"]}  # fmt: skip
    if swept is None:
        answer = Answer({}, measures=("other_route",), method=Method.SIMULATION)
        yield settle(site, "ramp_width", Result.NOT_PASSABLE, answer, {}, used,
                     {"radius_m": radius_m, "W_ci": pavement_m}, {})  # fmt: skip
        return
    inputs = {
        "W_c1": pavement_m,
        "W_ci": pavement_m,
        "B": train.transport.width_m,
        "dB": swept.tail_out_m,
        "W": swept.swept_width_body_m,
    }
    found = CHECKS["ramp_width"].run(tables, sigma=_SIGMA_M, **inputs)
    answer = replace(found, method=Method.SIMULATION)
    values = {"W_m": round(swept.swept_width_body_m, 2), "tail_out_m": round(swept.tail_out_m, 2)}
    one = settle(
        site, "ramp_width", found.result or Result.NEEDS_SURVEY, answer, {}, used,
        {**inputs, "radius_m": radius_m}, {**values, **found.values},
    )  # fmt: skip
    yield replace(one, values={n: v for n, v in one.values.items() if n != "result"},
                  through=("swept_path",))  # fmt: skip
    gap_m = (pavement_m - swept.swept_width_body_m) / 2.0
    gap = CHECKS["gap_check"].run(tables, where="ramp", gap_m=gap_m)
    yield settle(
        site, "gap_check", gap.result or Result.NEEDS_SURVEY, gap, {}, {"gap_m": used["W_ci"]},
        {"where": "ramp", "gap_m": gap_m}, {"gap_m": gap_m},
    )  # fmt: skip


def sweep_circle(
    units: Sequence[Unit], rear_steer: Sequence[float], radius_m: float
) -> SweptPath | None:
    """Return the narrowest sweep of a circle over the ways of steering, None where none closes."""
    length_m = sum(unit.wheelbase_m + unit.front_m + unit.rear_m for unit in units)
    if units[0].wheelbase_m >= radius_m:
        return None
    # Three lengths of the train on the arc: by then it runs as on a whole circle.
    turn_deg = min(_FULL_TURN_DEG, degrees(3.0 * length_m / radius_m))
    tried = [
        sweep_turn([*units[:-1], replace(units[-1], rear_steer=share)], radius_m, turn_deg)
        for share in rear_steer
    ]
    return min(tried, key=lambda one: one.swept_width_body_m)


def check_tunnels_at_ramps(
    tables: Tables, train: PassingTrain, ramps: Sequence[Site], structures: Sequence[Site]
) -> Iterator[PassageCheck]:
    """Yield the distance from every ramp to a tunnel that follows or ends close to it (6.2.2)."""
    tunnels = [one for one in structures if one.kind == "tunnel"]
    for ramp in ramps:
        end_km = ramp.to_km if ramp.to_km is not None else ramp.chainage_km
        near = [
            max(tunnel.chainage_km - end_km, ramp.chainage_km - tunnel.chainage_km, 0.0)
            for tunnel in tunnels
        ]
        if not near or min(near) > _NEAR_KM:
            continue
        distance_m = 1000.0 * min(near)
        inputs = {"train_m": train.transport.length_m + _ESCORT_M, "v": train.speed_km_h,
                  "distance_m": distance_m}  # fmt: skip
        found = CHECKS["tunnel_spacing"].run(tables, **inputs)
        values = {name: value for name, value in found.values.items() if name != "result"}
        yield settle(
            ramp, "tunnel_spacing", found.result or Result.NEEDS_SURVEY, found, {}, {}, inputs,
            values,
        )  # fmt: skip
