"""Chapter 7 and appendix D: what decides on a bridge, and the load effects that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from typing import Annotated, Literal

import numpy as np

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.answer import Answer, say, survey
from transport.evaluation.checks import Check, Least, NotNegative, Positive
from transport.evaluation.comparing import above, at_least, at_most, below
from transport.evaluation.table_rows import LaneLoad
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result
from transport.structures.simple_span import effects_on_spans

_KN_PER_T = 9.8  # of the worked cases
_CREEP_KM_H, _FASTEST_KM_H = 5.0, 20.0
_LOW_HZ, _HIGH_HZ = 1.5, 14.0
_LOW_MU, _HIGH_MU, _LOCAL_MU = 0.05, 0.45, 0.30
_RATING_LASTS_YEARS = 1.0
_FULL_CHECK_CLASS, _REFUSED_CLASS = 3, 4
_SHORT_M, _LONG_M = 5.0, 50.0
_FEW_LANES = 2
Condition = Literal[1, 2, 3, 4, 5]
Lanes = Annotated[int, Least(1, itself=True)]

# No train has more; the work grows with the square of it.
MOST_AXLES = 200
_LONGEST_SPAN_M = 5_000


def impact(
    _tables: Tables, *, v: NotNegative, f: Positive | None = None, local: bool = False
) -> Answer:
    """Return the impact factor of the train by speed and the bridge's frequency (7.2.4).

    Above 20 km/h the standard has no rule: the speed has to be limited.
    """
    if at_most(v, _CREEP_KM_H):
        return Answer({"mu": 0.0})
    if above(v, _FASTEST_KM_H):
        return say(Result.OUT_OF_RANGE, "speed_20")
    if local:
        return Answer({"mu": _LOCAL_MU})
    if f is None:
        return survey("f")
    if f < _LOW_HZ:
        return Answer({"mu": _LOW_MU})
    if f > _HIGH_HZ:
        return Answer({"mu": _HIGH_MU})
    return Answer({"mu": 0.1767 * log(f) - 0.0157})


def bridge(
    _tables: Tables,
    *,
    condition: Condition | None,
    S_b: NotNegative | None,
    S_d: Positive | None,
    full_check: bool | None = None,
    rating_age_years: NotNegative | None = 0.5,
) -> Answer:
    """Decide by condition class, age of the rating, effects, and the full check (7.3)."""
    if condition is None:
        return survey("condition")
    if rating_age_years is None or above(rating_age_years, _RATING_LASTS_YEARS):
        return survey("rating_age_years")
    if condition >= _REFUSED_CLASS:
        return say(Result.NOT_PASSABLE, "strengthen", "other_route")
    if condition < _FULL_CHECK_CLASS:
        if S_b is None or S_d is None:
            missing = tuple(n for n, v in (("S_b", S_b), ("S_d", S_d)) if v is None)
            return survey(*missing)
        if below(S_b, S_d):
            return say(Result.PASS)
    if full_check is None:
        return say(Result.NEEDS_CALCULATION, "full_check")
    if full_check:
        return say(Result.PASS)
    return say(Result.NOT_PASSABLE, "speed_5", "close_lanes", "other_axles", "strengthen")


def lateral_factor(tables: Tables, *, lanes: Lanes) -> Answer:
    """Return the lateral factor of loaded lanes, without those the train occupies (7.2.3(5))."""
    return Answer({"p": _lane_factor(tables, lanes)})


def longitudinal(tables: Tables, *, L: Positive) -> Answer:
    """Return the longitudinal factor of a long span (7.2.3(6))."""
    holding = [
        row.factor
        for row in tables.longitudinal_factors
        if (at_least if row.from_inclusive else above)(L, row.span_from_m)
    ]
    return Answer({"q": holding[-1]})


def design_effect_factor(tables: Tables, *, n: Lanes) -> Answer:
    """Return lanes times lateral factor, never below the effect of two lanes (JTG D60-2015)."""
    own = n * _lane_factor(tables, n)
    two = _FEW_LANES * _lane_factor(tables, _FEW_LANES)
    return Answer({"n_p": own if n < _FEW_LANES else max(own, two)})


def uplift(tables: Tables, *, share: NotNegative) -> Answer:
    """Return the increase of effects by the train's share of the total (7.3.6)."""
    row = next((row for row in tables.uplifts if above(share, row.share_gt)), tables.uplifts[-1])
    return Answer({"factor": row.factor})


def deck_position(
    tables: Tables,
    *,
    has_median: bool,
    lanes: Lanes,
    outer_wheel_to_edge_m: float | None = None,
    band_m: NotNegative | None = None,
) -> Answer:
    """Check that the centred train keeps off the edge and in its band (7.2.3(2), (3)).

    With a median `lanes` counts one direction.
    """
    few = lanes <= _FEW_LANES
    row = tables.deck_positions[(2 if has_median else 0) + (0 if few else 1)]
    given = (
        ("outer_wheel_to_edge_m", outer_wheel_to_edge_m, row.edge_min_m, at_least),
        ("band_m", band_m, row.band_max_m, at_most),
    )
    asked = [
        (name, value, bound, holds) for name, value, bound, holds in given if bound is not None
    ]
    if any(value is not None and not holds(value, bound) for _, value, bound, holds in asked):
        return say(Result.NOT_PASSABLE, "move_train")
    missing = tuple(name for name, value, _, _ in asked if value is None)
    return survey(*missing) if missing else say(Result.PASS)


def lane_effect(tables: Tables, *, L: Positive, cls: Literal["I", "II"] = "I") -> Answer:
    """Return moment and end shear of one design lane on a simple span (JTG D60-2015)."""
    load = _lane_load(tables, cls)
    peak_kn = _peak_kn(load, L)
    moment = load.q_kn_m * L**2 / 8 + peak_kn * L / 4
    shear = load.q_kn_m * L / 2 + load.shear_factor * peak_kn
    return Answer({"M_kNm": moment, "V_kN": shear})


def train_effect(
    _tables: Tables, *, L: Positive, axles_t: Sequence[Positive], spacings_m: Sequence[Positive]
) -> Answer:
    """Return the largest moments and end shear of an axle train on a simple span (D.3.2)."""
    loads_kn = _loads_kn(axles_t, spacings_m)
    _must_be_span(L)
    found = effects_on_spans(loads_kn, np.asarray(spacings_m, dtype=float), np.array([L]))
    return Answer(
        {
            "M_mid_kNm": float(found.mid_moment_knm[0]),
            "M_abs_kNm": float(found.moment_knm[0]),
            "V_kN": float(found.shear_kn[0]),
        }
    )


def two_span_lane(tables: Tables, *, L: Positive, cls: Literal["I", "II"] = "I") -> Answer:
    """Return the support moment of one design lane on two equal spans, as a positive number."""
    load = _lane_load(tables, cls)
    return Answer({"M_neg_kNm": load.q_kn_m * L**2 / 8 + _peak_kn(load, L) * L / (6 * sqrt(3))})


def two_span_train(
    _tables: Tables, *, L: Positive, axles_t: Sequence[Positive], spacings_m: Sequence[Positive]
) -> Answer:
    """Return the largest support moment of a train on two equal spans, as a positive number.

    The influence line of the middle support is a cubic in each span; the train is moved in steps
    of a thousandth of the span, both ways.
    """
    loads_kn = _loads_kn(axles_t, spacings_m)
    places_m = np.concatenate(([0.0], np.cumsum(np.asarray(spacings_m, dtype=float))))
    fronts_m = np.linspace(0.0, 2 * L + places_m[-1], round(1000 * (2 + places_m[-1] / L)) + 1)
    # The influence line is symmetric, so one direction serves both for a mirrored train.
    worst = 0.0
    for places in (places_m, places_m[-1] - places_m[::-1]):
        loads = loads_kn if places is places_m else loads_kn[::-1]
        at_m = fronts_m[:, None] - places[None, :]
        from_end = np.where(at_m <= L, at_m, 2 * L - at_m)
        share = from_end / L
        ordinates = np.where((from_end > 0) & (from_end <= L), L / 4 * share * (1 - share**2), 0.0)
        worst = max(worst, float((ordinates @ loads).max()))
    return Answer({"M_neg_kNm": worst})


def effect_ratio(
    tables: Tables,
    *,
    S_dk: Positive,
    S_qk: Positive,
    n: Positive = 1.0,
    p: Positive = 1.0,
    q: Positive = 1.0,
    Cq: Positive = 1.0,
    mu: NotNegative = 0.0,
    Cq1: Positive = 1.0,
    mu1: NotNegative = 0.0,
    other: NotNegative = 0.0,
) -> Answer:
    """Compare the design effect with the train's; a ratio above one passes (D.1.3).

    `other` is the effect of traffic in the other open lanes, without its load factor.
    """
    design = tables.bridge_factor("gamma_Q") * (1 + mu) * Cq * p * q * n * S_dk
    train = tables.bridge_factor("gamma_Q1") * (1 + mu1) * Cq1 * S_qk
    traffic = tables.bridge_factor("gamma_Q2") * other
    ratio = design / (train + traffic)
    found = Result.PASS if above(ratio, 1.0) else Result.NEEDS_CALCULATION
    measures = () if found is Result.PASS else ("speed_5", "close_lanes", "full_check")
    return say(found, *measures, S_d=design, S_b=train + traffic, ratio=ratio)


def _lane_factor(tables: Tables, lanes: int) -> float:
    """Return the factor of the row, beyond the table that of its last row."""
    row = next((r for r in tables.lane_factors if r.loaded_lanes == lanes), tables.lane_factors[-1])
    return row.factor


def _lane_load(tables: Tables, cls: str) -> LaneLoad:
    return next(row for row in tables.lane_loads if row.load_class == f"highway-{cls}")


def _peak_kn(load: LaneLoad, span_m: float) -> float:
    if span_m <= _SHORT_M:
        return load.p_short_kn
    if span_m >= _LONG_M:
        return load.p_long_kn
    return load.p_slope_kn_m * (span_m + load.p_offset_m)


def _must_be_span(length_m: float) -> None:
    if length_m > _LONGEST_SPAN_M:
        message = f"must be at most {_LONGEST_SPAN_M} m, not {length_m:g}"
        raise InvalidInputError([FieldFault("L", message, "range")])


def _loads_kn(axles_t: Sequence[float], spacings_m: Sequence[float]) -> np.ndarray:
    if not 1 <= len(axles_t) <= MOST_AXLES:
        message = f"give 1 to {MOST_AXLES} axles, not {len(axles_t)}"
        raise InvalidInputError([FieldFault("axles_t", message, "range")])
    if len(spacings_m) != len(axles_t) - 1:
        message = f"{len(axles_t)} axles need {len(axles_t) - 1} spacings, not {len(spacings_m)}"
        raise InvalidInputError([FieldFault("spacings_m", message, "spacings_number")])
    return np.asarray(axles_t, dtype=float) * _KN_PER_T


CHECKS = (
    Check(impact, "7.2.4", Method.CALCULATION),
    Check(bridge, "7.3.1, 7.3.2, 7.3.9", Method.CALCULATION),
    Check(lateral_factor, "7.2.3(5)", Method.LOOKUP),
    Check(longitudinal, "7.2.3(6)", Method.LOOKUP),
    Check(design_effect_factor, "D.3.1 (JTG D60-2015)", Method.LOOKUP),
    Check(uplift, "7.3.6", Method.LOOKUP),
    Check(deck_position, "7.2.3(2), 7.2.3(3)", Method.LOOKUP),
    Check(lane_effect, "D.3.1 (JTG D60-2015)", Method.CALCULATION),
    Check(train_effect, "D.3.2", Method.CALCULATION),
    Check(two_span_lane, "D.3.1 (JTG D60-2015)", Method.CALCULATION),
    Check(two_span_train, "D.3.2", Method.CALCULATION),
    Check(effect_ratio, "D.1.3", Method.CALCULATION),
)
