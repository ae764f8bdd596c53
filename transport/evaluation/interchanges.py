"""Chapter 6: ramps of interchanges."""

from __future__ import annotations

from typing import Literal

from transport.evaluation.answer import Answer, say, survey
from transport.evaluation.checks import Check, NotNegative, Positive
from transport.evaluation.comparing import at_least, at_most
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, Train

RampType = Literal["I", "II", "III", "IV"]
_LANES = {"I": "single", "II": "double", "III": "double", "IV": "single"}
_OWN_WIDENING = "III"  # two directions on one ramp: judged by its real widths (6.5.1-2)
_SIGMA_M = 0.5
_ORDINARY_KM_H, _UNESCORTED_KM_H = 80.0, 60.0
_JOINING_S, _KM_H_PER_M_S = 10.0, 3.6


def ramp_grade(
    tables: Tables,
    *,
    grade: Grade,
    ramp_type: RampType,
    train: Train,
    radius_m: Positive | None,
    meets_d20: bool | None = True,
) -> Answer:
    """Let a ramp pass a grade from a radius on, by its lanes and kind of train (6.5.1-1)."""
    if train is Train.SPECIAL:
        return Answer({"result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)
    if meets_d20 is False or ramp_type == _OWN_WIDENING:
        return say(Result.NEEDS_CALCULATION)
    row = next(
        (
            row
            for row in tables.ramp_grades
            if row.grade is grade and row.train is train and row.ramp_lanes == _LANES[ramp_type]
        ),
        None,
    )
    if row is None:
        return say(Result.NEEDS_CALCULATION)
    if radius_m is None:
        return survey("radius_m")
    if not at_least(radius_m, row.radius_at_least_m):
        return say(Result.NEEDS_CALCULATION)
    return survey("meets_d20") if meets_d20 is None else say(Result.PASS, "low_speed")


def ramp_matrix(
    tables: Tables,
    *,
    ramp_type: RampType,
    train: Train,
    radius_m: Positive | None,
    pavement_width_m: Positive | None,
    length_m: Positive,
    width_m: Positive,
) -> Answer:
    """Let a ramp pass a train by radius, pavement, length and width together (6.5.1-2).

    The table keeps 0.25 m on each side: a pass still asks for slow driving.
    """
    given = {"radius_m": radius_m, "pavement_width_m": pavement_width_m}
    if radius_m is None or pavement_width_m is None:
        return survey(*(name for name, value in given.items() if value is None))
    rows = [
        row
        for row in tables.ramp_matrix
        if row.train is train
        and row.ramp_lanes == _LANES[ramp_type]
        and at_most(row.radius_m, radius_m)
        and at_most(row.pavement_width_m, pavement_width_m)
        and at_least(row.max_length_m, length_m)
        and at_least(row.max_width_m, width_m)
    ]
    if not rows:
        if train is Train.SPECIAL:
            return Answer({"result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)
        return say(Result.NEEDS_CALCULATION)
    sound = [row for row in rows if not row.suspect]
    doubts = () if sound else (rows[0].suspect,)
    return Answer({"result": Result.PASS}, doubts=doubts, measures=("low_speed",))


def ramp_width(
    _tables: Tables,
    *,
    W_c1: Positive | None,
    W_ci: Positive | None,
    B: Positive,
    dB: NotNegative,
    W: Positive,
    sigma: NotNegative = _SIGMA_M,
) -> Answer:
    """Compare the ramp with tail-out on its transition and swept width on its circle."""
    needs = {"need_transition_m": B + dB + 2 * sigma, "need_circle_m": W + 2 * sigma}
    given = {"W_c1": W_c1, "W_ci": W_ci}
    missing = tuple(name for name, value in given.items() if value is None)
    too_narrow = any(
        width_m is not None and not at_least(width_m, need_m)
        for width_m, need_m in zip((W_c1, W_ci), needs.values(), strict=True)
    )
    if too_narrow:
        return say(Result.NOT_PASSABLE, "guide", "other_route", **needs)
    if missing:
        return Answer({"result": Result.NEEDS_SURVEY, **needs}, missing=missing)
    return say(Result.PASS, **needs)


def ramp_sight(
    _tables: Tables,
    *,
    v: NotNegative,
    sight_m: Positive | None,
    need_m: Positive,
    design_speed_kmh: Positive | None = None,
    compliant: bool | None = None,
) -> Answer:
    """Compare the sight at an exit or entry with what the speed needs (6.2.1).

    A compliant interchange of 80 km/h or more serves unescorted trains at 60 km/h (commentary).
    """
    ordinary = (
        compliant is True
        and design_speed_kmh is not None
        and at_least(design_speed_kmh, _ORDINARY_KM_H)
        and at_most(v, _UNESCORTED_KM_H)
    )
    if ordinary or (sight_m is not None and at_least(sight_m, need_m)):
        return say(Result.PASS, need_m=need_m)
    if sight_m is None:
        return Answer({"need_m": need_m, "result": Result.NEEDS_SURVEY}, missing=("sight_m",))
    return say(Result.PASS_WITH_MEASURES, "reduced_speed", "guide", need_m=need_m)


def tunnel_spacing(
    _tables: Tables, *, train_m: Positive, v: Positive, distance_m: NotNegative | None
) -> Answer:
    """Leave a train with its escort room to join before a tunnel or behind it (6.2.2).

    The standard states no number: the train's length and the way of ten seconds are taken.
    """
    need_m = train_m + v / _KM_H_PER_M_S * _JOINING_S
    if distance_m is None:
        return Answer({"need_m": need_m, "result": Result.NEEDS_SURVEY}, missing=("distance_m",))
    if at_least(distance_m, need_m):
        return say(Result.PASS, need_m=need_m)
    return say(Result.PASS_WITH_MEASURES, "hold_traffic", "guide", need_m=need_m)


CHECKS = (
    Check(ramp_sight, "6.2.1", Method.CALCULATION),
    Check(tunnel_spacing, "6.2.2", Method.CALCULATION),
    Check(ramp_grade, "6.5.1-1", Method.LOOKUP),
    Check(ramp_matrix, "6.5.1-2", Method.LOOKUP),
    Check(ramp_width, "6.5.1", Method.CALCULATION),
)
