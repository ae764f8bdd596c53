"""Sight and the speed it allows (4.5, 5.3, B.6)."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sin, sqrt

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, NotNegative, Positive
from transport.evaluation.comparing import below
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

_ARC = 28.65  # 90 / pi of B.6.1, rounded in print
_KM_H_PER_M_S = 3.6
_BRAKING = 127.0  # as printed (S17g); f is back-calculated with the same constant
_TYPICAL_SAFETY_M = 10.0  # the middle of the 5 to 15 m of B.6.2


def sight_arc(_tables: Tables, *, R: Positive, h: Positive) -> Answer:
    """Compute how far one sees along a curve with a clear offset h (B.6.1)."""
    if h >= 2 * R:
        return say(Result.OUT_OF_RANGE)
    return Answer({"S_m": R * degrees(acos(1 - h / R)) / _ARC})


def sight_need(
    tables: Tables,
    *,
    v: NotNegative,
    f: Positive,
    i: float,
    S_safe: NotNegative = _TYPICAL_SAFETY_M,
) -> Answer:
    """Compute the sight a speed needs; an uphill grade is positive (B.6.2)."""
    if f + i <= 0:
        return say(Result.OUT_OF_RANGE)
    reaction_s = tables.constant("t")
    need_m = v * reaction_s / _KM_H_PER_M_S + v**2 / (_BRAKING * (f + i)) + S_safe
    return Answer({"S_m": need_m}, doubts=("S17g",))


def sight_speed(
    tables: Tables,
    *,
    S: Positive,
    f: Positive,
    i: float,
    S_safe: NotNegative = _TYPICAL_SAFETY_M,
) -> Answer:
    """Compute the speed a sight allows, the inverse of `sight_need` (B.6.2)."""
    if f + i <= 0:
        return say(Result.OUT_OF_RANGE)
    if S_safe >= S:
        return Answer({"v_max_kmh": 0.0}, doubts=("S17g",))
    square = 1 / (_BRAKING * (f + i))
    linear = tables.constant("t") / _KM_H_PER_M_S
    speed = (-linear + sqrt(linear**2 + 4 * square * (S - S_safe))) / (2 * square)
    return Answer({"v_max_kmh": speed}, doubts=("S17g",))


def offset_no_spiral(
    _tables: Tables, *, Rs: Positive, S: Positive, alpha_deg: Positive | None = None
) -> Answer:
    """Compute the clear offset a sight needs on a curve without spirals (table B-1).

    Without the deflection angle the sight is taken to lie within the curve.
    """
    angle = None if alpha_deg is None else radians(alpha_deg)
    if angle is None or angle * Rs >= S:
        return Answer({"h_m": Rs * (1 - cos(S / (2 * Rs)))})
    beyond_m = (S - angle * Rs) / 2
    return Answer({"h_m": Rs * (1 - cos(angle / 2)) + beyond_m * sin(angle / 2)})


def approach_speed(
    _tables: Tables,
    *,
    v_calc: NotNegative | None,
    v_vehicle: NotNegative | None,
    v_road: NotNegative | None,
) -> Answer:
    """Approach a junction no faster than sight, vehicle and road allow (5.3.1)."""
    limits = {"v_calc": v_calc, "v_vehicle": v_vehicle, "v_road": v_road}
    missing = tuple(name for name, limit in limits.items() if limit is None)
    known = [limit for limit in limits.values() if limit is not None]
    if missing:
        return Answer({"result": Result.NEEDS_SURVEY}, missing=missing)
    return Answer({"v_kmh": min(known)})


def sight_triangle(tables: Tables, *, v: NotNegative) -> Answer:
    """Below the least speed of the sight triangle a special escort is needed (5.3.3)."""
    return Answer({"special_escort": below(v, tables.constant("v_low"))})


CHECKS = (
    Check(sight_arc, "4.5, B.6.1", Method.CALCULATION),
    Check(sight_need, "4.5, B.6.2", Method.CALCULATION),
    Check(sight_speed, "4.5, B.6.2", Method.CALCULATION),
    Check(offset_no_spiral, "B.6 (table B-1)", Method.CALCULATION),
    Check(approach_speed, "5.3.1", Method.LOOKUP),
    Check(sight_triangle, "5.3.3", Method.LOOKUP),
)
