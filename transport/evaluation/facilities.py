"""Chapter 10: toll stations and rest areas."""

from __future__ import annotations

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Positive
from transport.evaluation.clearances import clearance_at
from transport.evaluation.comparing import above, at_least
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

_MEASURES = ("dismantle_equipment", "other_lane")
_ELSEWHERE = ("other_stop",)


def toll(
    tables: Tables,
    *,
    has_wide_lane: bool | None,
    lane_width_m: Positive | None,
    width_m: Positive,
    weigh_device_ok: bool | None,
) -> Answer:
    """Over-wide lane and weighing equipment must both serve the train (10.0.4)."""
    given = {
        "has_wide_lane": has_wide_lane,
        "lane_width_m": lane_width_m,
        "weigh_device_ok": weigh_device_ok,
    }
    missing = tuple(name for name, value in given.items() if value is None)
    gap_m = None if lane_width_m is None else (lane_width_m - width_m) / 2
    values = {} if gap_m is None else {"gap_m": gap_m}
    if gap_m is not None and not above(gap_m, 0.0):
        return say(Result.NOT_PASSABLE, *_MEASURES, **values)
    if missing:
        return Answer({**values, "result": Result.NEEDS_SURVEY}, missing=missing)
    wanted_m = clearance_at(tables, "main_high").recommended_min_m or 0.0
    roomy = gap_m is not None and at_least(gap_m, wanted_m)
    if has_wide_lane and weigh_device_ok and roomy:
        return say(Result.PASS, **values)
    return say(Result.PASS_WITH_MEASURES, *_MEASURES, **values)


def rest_area(
    tables: Tables,
    *,
    length_m: Positive,
    width_m: Positive,
    parking_length_m: Positive | None,
    parking_width_m: Positive | None,
    inner_width_m: Positive | None,
) -> Answer:
    """Ask for a free place as long as the train that stops, and a road to it (10.0.2, 10.0.3).

    The standard gives no number: beside the train the gap of a road of class 3 or 4 is kept.
    """
    given = {
        "parking_length_m": parking_length_m,
        "parking_width_m": parking_width_m,
        "inner_width_m": inner_width_m,
    }
    gaps = [(wide - width_m) / 2 for wide in (parking_width_m, inner_width_m) if wide is not None]
    short = parking_length_m is not None and not at_least(parking_length_m, length_m)
    gap_m = min(gaps, default=None)
    values = {} if gap_m is None else {"gap_m": gap_m}
    if short or (gap_m is not None and not above(gap_m, 0.0)):
        return say(Result.NOT_PASSABLE, *_ELSEWHERE, **values)
    missing = tuple(name for name, value in given.items() if value is None)
    if missing or gap_m is None:
        return Answer({**values, "result": Result.NEEDS_SURVEY}, missing=missing)
    if at_least(gap_m, clearance_at(tables, "main_low").recommended_min_m or 0.0):
        return say(Result.PASS, **values)
    return say(Result.PASS_WITH_MEASURES, "low_speed", "guide", **values)


CHECKS = (
    Check(toll, "10.0.4", Method.LOOKUP),
    Check(rest_area, "10.0.2, 10.0.3", Method.LOOKUP),
)
