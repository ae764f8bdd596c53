"""Chapter 10: toll stations."""

from __future__ import annotations

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Positive
from transport.evaluation.clearances import clearance_at
from transport.evaluation.comparing import above, at_least
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

_MEASURES = ("dismantle_equipment", "other_lane")


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


CHECKS = (Check(toll, "10.0.4", Method.LOOKUP),)
