"""Usable width of the main line, which falls with the height of the load (4.2.2, 4.3.1)."""

from __future__ import annotations

from typing import Literal

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Count, NotNegative, Positive
from transport.evaluation.comparing import above, at_most, below
from transport.evaluation.table_rows import LateralSpace
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result

TableName = Literal["4-2", "4-3", "4-4", "4-5", "4-6", "4-7", "4-8"]
ShoulderCase = Literal["min", "general"]
# Height of a load -> share of each side strip, up to one metre, that its corner takes (4.2.2,
# commentary; every cell of tables 4-2 to 4-5 follows it).
_CORNER_CUT = ((4.0, 0.0), (4.5, 0.5), (5.0, 1.0))


def lateral_space(
    tables: Tables,
    *,
    table: TableName,
    design_speed_kmh: Positive,
    height_m: Positive,
    radius_m: Positive | None = None,
    shoulder_case: ShoulderCase | None = None,
    right_hard_shoulder_m: NotNegative | None = None,
    widening_class: Count | None = None,
) -> Answer:
    """Look up the usable width; a radius between two columns takes the larger one's.

    The clearance to barriers is not in it: subtract it. Without a shoulder the narrower case holds.
    """
    rows = [
        row
        for row in tables.lateral_spaces
        if row.table == table
        and row.design_speed_kmh == design_speed_kmh
        and shoulder_case in (None, row.shoulder_case)
        and right_hard_shoulder_m in (None, row.right_hard_shoulder_m)
        and (widening_class is None or row.widening_class in ("", str(widening_class)))
    ]
    if not rows:
        return say(Result.NEEDS_CALCULATION)
    rows = [row for row in rows if below(height_m, row.height_lt_m)]
    if not rows:
        return say(Result.NEEDS_SURVEY)  # as high as the envelope, or higher: measure
    band_m = min(row.height_lt_m for row in rows)
    fitting = [row for row in rows if row.height_lt_m == band_m and _holds(row, radius_m)]
    if not fitting:
        return say(Result.NEEDS_CALCULATION)
    narrowest = min(fitting, key=lambda row: row.lateral_space_m)
    doubts = (narrowest.suspect,) if narrowest.suspect else ()
    return Answer({"lateral_space_m": narrowest.lateral_space_m}, doubts=doubts)


def lateral_space_rule(
    _tables: Tables,
    *,
    n_lanes: Count,
    lane_width_m: Positive,
    right_m: NotNegative,
    left_m: NotNegative,
    height_m: Positive,
    widening_m: NotNegative = 0.0,
) -> Answer:
    """Compute the usable width from real widths, by the rule behind tables 4-2 to 4-5."""
    for below_m, cut in _CORNER_CUT:
        if below(height_m, below_m):
            cut_m = cut * (min(1.0, right_m) + min(1.0, left_m))
            space_m = n_lanes * lane_width_m + right_m + left_m + widening_m - cut_m
            return Answer({"lateral_space_m": space_m})
    return say(Result.NEEDS_SURVEY)


def _holds(row: LateralSpace, radius_m: float | None) -> bool:
    """Whether a row's column covers a radius; a straight lies beyond the largest."""
    if row.radius_from_m is None:
        return True
    if radius_m is None:
        return row.radius_to_m is None
    if row.radius_from_m == row.radius_to_m:
        return radius_m == row.radius_from_m
    in_column = row.radius_to_m is None or at_most(radius_m, row.radius_to_m)
    return in_column and above(radius_m, row.radius_from_m)


CHECKS = (
    Check(lateral_space, "4.3.1 (tables 4-2 to 4-8)", Method.LOOKUP),
    Check(lateral_space_rule, "4.2.2, 4.3.1", Method.CALCULATION),
)
