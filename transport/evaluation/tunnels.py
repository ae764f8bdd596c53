"""Chapter 9: the space of a tunnel, after the train leans with the crossfall."""

from __future__ import annotations

from transport.evaluation.answer import Answer
from transport.evaluation.checks import Check, NotNegative, Positive
from transport.evaluation.comparing import at_least
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

_PERCENT = 100.0
# Inputs of the check -> the row of clearances that bounds each, by the beginning of its place.
_PLACES = {
    "side_gap_m": "tunnel side wall",
    "top_gap_m": "tunnel roof",
    "under_gap_m": "tunnel: vehicle or cargo underside",
    "above_walkway_m": "tunnel: cargo wider than trailer",
}


def tunnel(
    tables: Tables,
    *,
    side_gap_m: float | None,
    top_gap_m: float | None,
    under_gap_m: float | None,
    height_m: Positive,
    crossfall_pct: NotNegative | None,
    cargo_wider: bool = False,
    above_walkway_m: float | None = None,
    floor_special: bool | None = False,
) -> Answer:
    """Every gap of the outline must be kept once the load leans with the crossfall (9.2.1).

    Cargo wider than the trailer must clear the walkway too. A special floor, over cavities or
    treated soft ground, also asks for the structure check (9.3).
    """
    lean_m = None if crossfall_pct is None else height_m * crossfall_pct / _PERCENT
    side_m = None if side_gap_m is None or lean_m is None else side_gap_m - lean_m
    gaps = {"side_gap_m": side_m, "top_gap_m": top_gap_m, "under_gap_m": under_gap_m}
    if cargo_wider:
        gaps["above_walkway_m"] = above_walkway_m
    values = {
        name: value
        for name, value in (("lean_m", lean_m), ("side_after_lean_m", side_m))
        if value is not None
    }
    missing = [name for name, gap_m in gaps.items() if gap_m is None]
    if "side_gap_m" in missing and side_gap_m is not None:
        missing[missing.index("side_gap_m")] = "crossfall_pct"
    if floor_special is None:
        missing.append("floor_special")
    flags = {"structure_check": True} if floor_special else {}
    if any(gap_m is not None and _short(tables, name, gap_m) for name, gap_m in gaps.items()):
        refused = {**values, **flags, "result": Result.NOT_PASSABLE}
        return Answer(refused, measures=("other_route", "dismantle_equipment", "lower_load"))
    found = Result.NEEDS_SURVEY if missing else Result.PASS
    return Answer({**values, **flags, "result": found}, missing=tuple(missing))


def _short(tables: Tables, name: str, gap_m: float) -> bool:
    least_m = tables.clearance(_PLACES[name]).mandatory_min_m
    return least_m is not None and not at_least(gap_m, least_m)


CHECKS = (Check(tunnel, "9.2.1, 9.3.1", Method.CALCULATION),)
