"""Vertical alignment: climbing, crests and sags, nose of the tractor (4.4, B.3 to B.5)."""

from __future__ import annotations

from math import asin, atan, degrees, sqrt, tan
from typing import Annotated

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Least, NotNegative, Positive
from transport.evaluation.comparing import above, at_least, below
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

_TORQUE = 9549.0  # N m per kW over r/min
_ALTITUDE_PER_M = 2.26e-5
_ALTITUDE_EXPONENT = 5.3
_AIR = 21.15  # drag in N from m2 and km/h
_PARABOLA_A = 7.036
_PARABOLA_B = 5.305  # twice the 2.6525 of speed over engine speed
_PERCENT = 100.0
_TURNS = 0.377  # km/h of a tyre of one metre's radius at one turn a minute
Whole = Annotated[int, Least(0, itself=True)]


def climb_needed(tables: Tables, *, grade_pct: float) -> Answer:
    """Check climbing only on grades steeper than the trigger (4.4.1)."""
    return Answer({"needed": above(grade_pct, tables.constant("grade_trigger"))})


def dyn_factor(
    _tables: Tables,
    *,
    G_N: Positive,
    G_actual_N: Positive,
    U: Positive,
    gamma: Positive,
    eta: Positive,
    M_max: Positive,
    n_M: Positive,
    N_max_kW: Positive,
    n_N: Positive,
    r: Positive,
    K: NotNegative,
    A: Positive,
    H_m: float,
    f: NotNegative,
) -> Answer:
    """Compute the largest dynamic factor in the lowest gear and the grade it climbs (B.3.2).

    Torque in N m, power in kW, engine speeds in r/min, weights in N, altitude in m.
    """
    torque = _TORQUE * N_max_kW / n_N
    speeds = (n_N - n_M) ** 2
    if speeds == 0 or M_max <= torque:
        return say(Result.OUT_OF_RANGE)  # no torque parabola through these two points
    fall = U * eta * (M_max - torque) / speeds
    square = -(_PARABOLA_A * fall * gamma**3 / r**3 + K * A / _AIR) / G_N
    linear = _PARABOLA_B * fall * gamma**2 * n_M / (r**2 * G_N)
    flat = U * gamma * eta / (r * G_N) * (M_max - (M_max - torque) * n_M**2 / speeds)
    speed = -linear / (2 * square)
    largest = square * speed**2 + linear * speed + flat
    lam = (1 - _ALTITUDE_PER_M * H_m) ** _ALTITUDE_EXPONENT * G_N / G_actual_N
    pull = lam * largest
    root = 1 - pull**2 + f**2
    sine = (pull - f * sqrt(root)) / (1 + f**2) if root >= 0 else 1.0
    if sine >= 1:
        return say(Result.OUT_OF_RANGE)  # more pull than weight: the tyres decide, not the engine
    return Answer({"D_max": largest, "lam": lam, "i_max": tan(asin(sine))}, doubts=("S17a",))


def pull_at(
    speed_km_h: float,
    *,
    U: float,
    gamma: float,
    eta: float,
    M_max: float,
    n_M: float,
    N_max_kW: float,
    n_N: float,
    r: float,
) -> float | None:
    """Return the tractive force in the lowest gear at a speed in N (B.4.5).

    None where the engine would have to turn faster than it may.
    """
    turning = speed_km_h * gamma / (_TURNS * r)
    if turning > n_N or n_N == n_M:
        return None
    torque = M_max - (M_max - _TORQUE * N_max_kW / n_N) * (turning - n_M) ** 2 / (n_N - n_M) ** 2
    return torque * gamma * eta * U / r


def resistance(
    tables: Tables,
    *,
    G_N: Positive,
    K: NotNegative,
    A: Positive,
    V_kmh: NotNegative,
    n_trailers: Whole,
    f: NotNegative,
    i: float,
) -> Answer:
    """Compute what holds a train back at a speed: air, rolling and grade in N (B.4)."""
    trailers = 1 + tables.constant("trailer_air") * n_trailers
    air_n = K * A * V_kmh**2 / _AIR * trailers
    rolling_n = G_N * f
    grade_n = G_N * i
    return Answer(
        {
            "R_w_N": air_n,
            "R_f_N": rolling_n,
            "R_i_N": grade_n,
            "R_N": air_n + rolling_n + grade_n,
        },
        doubts=("S17f",),
    )


def crest_lowbed(tables: Tables, *, R0: Positive, L_m: Positive, b0: Positive) -> Answer:
    """Check that a low-bed keeps its gap to the ground over a crest (4.4.2(2), B.5.2)."""
    least_m = tables.constant("q0")
    if not above(b0, least_m):
        return say(Result.NOT_PASSABLE, "raise_deck", "other_trailer")
    needed_m = L_m**2 / (8 * (b0 - least_m)) + (b0 - least_m) / 2
    values = {"R_min_m": needed_m}
    if L_m / 2 < R0:
        values["q0_m"] = b0 + sqrt(R0**2 - (L_m / 2) ** 2) - R0
    if at_least(R0, needed_m):
        return say(Result.PASS, **values)
    return say(Result.NOT_PASSABLE, "raise_deck", "other_trailer", "other_route", **values)


def vcurve_hydraulic(
    tables: Tables, *, R: Positive, L0: Positive, h0: Positive | None = None
) -> Answer:
    """Check that the suspension of a hydraulic train takes up a crest or sag (B.5.3)."""
    stroke_m = tables.constant("h0") if h0 is None else h0
    needed_m = (L0**2 + 4 * stroke_m**2) / (8 * stroke_m)
    passes = below(needed_m, R)
    if passes:
        return say(Result.PASS, R_p_m=needed_m)
    return say(Result.NOT_PASSABLE, "other_trailer", "other_route", R_p_m=needed_m)


def nose(_tables: Tables, *, gamma1_deg: Positive, delta_i_pct: NotNegative) -> Answer:
    """Check that the approach angle of the tractor exceeds the change of grade (B.5.4)."""
    limit_deg = degrees(atan(delta_i_pct / _PERCENT))
    passes = above(gamma1_deg, limit_deg)
    return say(Result.PASS if passes else Result.NOT_PASSABLE, limit_deg=limit_deg)


CHECKS = (
    Check(climb_needed, "4.4.1", Method.LOOKUP),
    Check(dyn_factor, "B.3.2", Method.CALCULATION),
    Check(resistance, "B.4", Method.CALCULATION),
    Check(crest_lowbed, "4.4.2(2), B.5.2", Method.CALCULATION),
    Check(vcurve_hydraulic, "4.4.2, B.5.3", Method.CALCULATION),
    Check(nose, "4.4.2(2), B.5.4", Method.CALCULATION),
)
