"""Horizontal curves: table, swept path on a circle, superelevation (4.3.1, 4.3.2, B.1, B.2)."""

from __future__ import annotations

from math import radians, sin, sqrt, tan
from typing import Annotated

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Least, NotNegative, Positive
from transport.evaluation.comparing import above, below
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, Train

_GRAVITY_M_S2 = 9.81
_KM_H_PER_M_S = 3.6
_ROLL = 127.0  # 3.6^2 * g of B.2.2, rounded in print
_RIGHT_ANGLE = 90.0
Steered = Annotated[int, Least(2, itself=True)]


def curve_lookup(
    tables: Tables,
    *,
    grade: Grade,
    radius_m: Positive,
    space_width_m: Positive,
    train: Train = Train.LOW_BED,
) -> Answer:
    """Let a curve pass where radius and width both exceed the table (4.3.1)."""
    if train is Train.SPECIAL:
        return Answer({"result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)
    row = next(row for row in tables.curves if row.grade is grade)
    if row.radius_must_exceed_m is None or row.space_width_must_exceed_m is None:
        return say(Result.NEEDS_CALCULATION)
    wide = above(space_width_m, row.space_width_must_exceed_m)
    passes = wide and above(radius_m, row.radius_must_exceed_m)
    return say(Result.PASS if passes else Result.NEEDS_CALCULATION)


def lowbed_swept(
    tables: Tables,
    *,
    L_kp: Positive,
    phi_deg: Positive,
    track_trailer: Positive,
    e: NotNegative,
    track_tractor: Positive,
    wheelbase_tractor: Positive,
    D_total: Positive,
    B_tractor: Positive,
    L_b: Positive,
    sigma: NotNegative,
) -> Answer:
    """Compute turning aisle and swept width of a low-bed train on a circle (B.1.1)."""
    if phi_deg >= _RIGHT_ANGLE:
        return say(Result.OUT_OF_RANGE)
    phi = radians(phi_deg)
    pull_m = sqrt((L_kp / sin(phi)) ** 2 - e**2) if L_kp / sin(phi) > e else None
    if pull_m is None:
        return say(Result.OUT_OF_RANGE)
    axle_m = L_kp / tan(phi)
    inner_m = axle_m - track_trailer / 2
    outer_m = sqrt((pull_m + track_tractor / 2) ** 2 + wheelbase_tractor**2)
    least_m = axle_m - D_total / 2
    most_m = sqrt((pull_m + B_tractor / 2) ** 2 + L_b**2)
    return _swept(tables, inner_m, outer_m, (least_m, most_m), sigma)


def hydraulic_swept(
    tables: Tables,
    *,
    line_spacing: Positive,
    n_lines: Steered,
    theta_deg: Positive,
    track: Positive,
    D_total: Positive,
    C: NotNegative,
    sigma: NotNegative,
) -> Answer:
    """Compute turning aisle and swept width of a hydraulic train on a circle (B.1.2).

    A steady circle only: entry and exit of a curve swing out further.
    """
    if theta_deg >= _RIGHT_ANGLE:
        return say(Result.OUT_OF_RANGE)
    half_m = line_spacing * (n_lines - 1) / 2
    inner_m = half_m / tan(radians(theta_deg))
    outer_m = sqrt((inner_m + track) ** 2 + half_m**2)
    least_m = inner_m - (D_total - track) / 2
    reach_m = line_spacing * n_lines / 2 + C
    most_m = sqrt((inner_m + (D_total + track) / 2) ** 2 + reach_m**2)
    return _swept(tables, inner_m, outer_m, (least_m, most_m), sigma)


def curve_calc(
    _tables: Tables,
    *,
    W_z: Positive,
    pavement_width_m: Positive,
    W_d: Positive,
    lateral_space_m: Positive,
) -> Answer:
    """Check that wheels stay on the pavement, the outline in the usable width (4.3.1(2))."""
    fits = below(W_z, pavement_width_m) and below(W_d, lateral_space_m)
    if fits:
        return say(Result.PASS)
    return say(Result.NOT_PASSABLE, "simulate", "opposite_lane", "widen")


def super_speed(
    _tables: Tables,
    *,
    R: Positive,
    mu: Positive,
    i_h: float,
    b: Positive,
    h: Positive,
) -> Answer:
    """Compute the speeds of side-slip and roll-over; the lower one binds (B.2.2)."""
    if mu * i_h >= 1 or 2 * h <= b * i_h or mu + i_h <= 0 or b + 2 * h * i_h <= 0:
        return say(Result.OUT_OF_RANGE)
    slip_km_h = _KM_H_PER_M_S * sqrt(_GRAVITY_M_S2 * R * (mu + i_h) / (1 - mu * i_h))
    roll_km_h = sqrt(_ROLL * R * (b + 2 * h * i_h) / (2 * h - b * i_h))
    return Answer(
        {
            "v_slip_kmh": slip_km_h,
            "v_roll_kmh": roll_km_h,
            "v_max_kmh": min(slip_km_h, roll_km_h),
        },
        doubts=("S17b",),
    )


def super_static(_tables: Tables, *, i_h: NotNegative, b: Positive, h: Positive) -> Answer:
    """Check that a standing train does not tip over the lower tyres (B.2.3)."""
    limit = b / (2 * h)
    return say(Result.PASS if below(i_h, limit) else Result.NOT_PASSABLE, limit=limit)


def _swept(
    tables: Tables, inner_m: float, outer_m: float, body_m: tuple[float, float], sigma: float
) -> Answer:
    least_m, most_m = body_m
    return Answer(
        {
            "R_in": inner_m,
            "R_out": outer_m,
            "W_z": outer_m - inner_m + tables.constant("safety_aisle"),
            "R_min": least_m,
            "R_max": most_m,
            "W_d": most_m - least_m + sigma,
        }
    )


CHECKS = (
    Check(curve_lookup, "4.3.1(1)", Method.LOOKUP),
    Check(lowbed_swept, "B.1.1", Method.CALCULATION),
    Check(hydraulic_swept, "B.1.2", Method.CALCULATION),
    Check(curve_calc, "4.3.1(2)", Method.CALCULATION),
    Check(super_speed, "4.3.2, B.2.2", Method.CALCULATION),
    Check(super_static, "4.3.2, B.2.3", Method.CALCULATION),
)
