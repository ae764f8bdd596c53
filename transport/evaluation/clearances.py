"""Gaps around the outline: beside, above and below the train (4.2, 4.4, 6.3, 6.4, 9.2)."""

from __future__ import annotations

from typing import Literal

from transport.evaluation.answer import Answer, say, survey
from transport.evaluation.checks import Check, NotNegative, Positive
from transport.evaluation.comparing import above, at_least
from transport.evaluation.table_rows import Clearance
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

Where = Literal[
    "main_high",
    "main_low",
    "ramp",
    "top",
    "tunnel_side",
    "tunnel_top",
    "trailer_ground",
    "nose",
    "tail",
]
# Where a gap is measured -> the row of the table of clearances, by the beginning of its place.
_PLACES = {
    "main_high": "main line expressway",
    "main_low": "main line class 3",
    "ramp": "interchange ramp",
    "top": "under any crossing structure",
    "overbridge": "overbridge at interchange",
    "tunnel_side": "tunnel side wall",
    "tunnel_top": "tunnel roof",
    "trailer_ground": "vertical curve: trailer underside",
    "nose": "vertical curve: tractor nose",
    "tail": "vertical curve: cargo tail",
}


def gap_check(tables: Tables, *, where: Where, gap_m: float | None = None) -> Answer:
    """Compare a measured gap with the one that should be and the one that must be kept."""
    if gap_m is None:
        return survey("gap_m")
    row = clearance_at(tables, where)
    found = judge_gap(row, gap_m)
    return say(found, *_measures(found))


def overbridge(tables: Tables, *, clearance_m: Positive | None, height_m: Positive) -> Answer:
    """Compare the height under a bridge, hung equipment included, with the load (6.4.1)."""
    return _overhead(tables, "overbridge", clearance_m, height_m)


def gantry(tables: Tables, *, clearance_m: Positive | None, height_m: Positive) -> Answer:
    """Compare the height under a gantry, sign or wire with the load (10.0.1)."""
    return _overhead(tables, "top", clearance_m, height_m)


def sag_loss(
    tables: Tables,
    *,
    R: Positive,
    L_m: NotNegative,
    clearance_m: Positive | None,
    height_m: Positive,
) -> Answer:
    """Take from a height what a sag of radius R costs a train of wheelbase L (B.5.6)."""
    if clearance_m is None:
        return survey("clearance_m")
    if L_m / 2 >= R:
        return say(Result.NEEDS_SIMULATION)  # the train spans the whole arc: no formula
    loss_m = R - (R**2 - L_m**2 / 4) ** 0.5
    gap_m = clearance_m - loss_m - height_m
    found = judge_gap(clearance_at(tables, "top"), gap_m)
    return say(found, *_measures(found), loss_m=loss_m, gap_m=gap_m)


def clearance_at(tables: Tables, where: str) -> Clearance:
    """Return the row of clearances for a place."""
    return tables.clearance(_PLACES[where])


def judge_gap(row: Clearance, gap_m: float) -> Result:
    """Return what a gap gives: pass, pass slowly and with measures, or not passable.

    Where the clause states no gap that must be kept, any gap at all is enough with measures.
    """
    wanted_m = row.recommended_min_m
    if wanted_m is None:
        wanted_m = row.mandatory_min_m
    if wanted_m is None or at_least(gap_m, wanted_m):
        return Result.PASS
    if row.mandatory_min_m is None:
        passable = above(gap_m, 0.0)
    else:
        passable = at_least(gap_m, row.mandatory_min_m)
    return Result.PASS_WITH_MEASURES if passable else Result.NOT_PASSABLE


def _overhead(tables: Tables, where: str, clearance_m: float | None, height_m: float) -> Answer:
    if clearance_m is None:
        return survey("clearance_m")
    gap_m = clearance_m - height_m
    found = judge_gap(clearance_at(tables, where), gap_m)
    return say(found, *_measures(found), gap_m=gap_m)


def _measures(found: Result) -> tuple[str, ...]:
    if found is Result.PASS_WITH_MEASURES:
        return ("low_speed", "guide")
    return ("dismantle_equipment", "lower_load") if found is Result.NOT_PASSABLE else ()


CHECKS = (
    Check(gap_check, "4.2.1, 4.4.2, 6.3.2, 9.2.1", Method.LOOKUP),
    Check(overbridge, "6.4.1", Method.CALCULATION),
    Check(gantry, "10.0.1", Method.CALCULATION),
    Check(sag_loss, "4.4.2, B.5.6", Method.CALCULATION),
)
