"""Which roads need no calculation, and how long a train may be on them (4.6)."""

from __future__ import annotations

from transport.evaluation.answer import Answer, say, survey
from transport.evaluation.checks import Check, Positive
from transport.evaluation.comparing import at_most, below
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, RoadClass, Train

# The tables of lengths that hold all limits of a train: plan, crest and sag (4.6.1, commentary).
_ALL_LIMITS = {Train.LOW_BED: "4-16", Train.HYDRAULIC: "4-17"}


def route_lookup(
    tables: Tables,
    *,
    grade: Grade,
    road_class: RoadClass,
    design_speed_kmh: Positive,
    meets_b01: bool | None,
    train: Train = Train.LOW_BED,
    main_line: bool = True,
) -> Answer:
    """Let a main line that meets JTG B01-2014 pass by grade, class and design speed (4.6.1)."""
    if train is Train.SPECIAL:
        return Answer({"result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)
    if not main_line or grade is Grade.E:
        return say(Result.NEEDS_CALCULATION)
    granted = any(
        row.lookup_passes
        for row in tables.routes
        if row.grade is grade
        and row.road_class is road_class
        and row.design_speed_kmh == design_speed_kmh
    )
    if not granted or meets_b01 is False:
        return say(Result.NEEDS_CALCULATION)
    return survey("meets_b01") if meets_b01 is None else say(Result.PASS)


def max_length(
    tables: Tables,
    *,
    train: Train,
    road_class: RoadClass,
    design_speed_kmh: Positive,
    width_m: Positive,
    height_m: Positive,
) -> Answer:
    """Look up the longest train; the width takes the wider column (tables 4-16, 4-17).

    Screening only: the vehicles behind the tables are not stated.
    """
    rows = [
        row
        for row in tables.longest_trains
        if row.table == _ALL_LIMITS.get(train)
        and row.road_class is road_class
        and row.design_speed_kmh == design_speed_kmh
        and below(height_m, row.height_lt_m)
        and at_most(width_m, row.vehicle_width_m)
    ]
    if not rows:
        return say(Result.NEEDS_CALCULATION)
    row = min(rows, key=lambda one: (one.vehicle_width_m, one.height_lt_m))
    doubts = (row.suspect,) if row.suspect else ()
    return Answer({"max_length_m": row.max_total_length_m}, doubts=doubts)


CHECKS = (
    Check(route_lookup, "4.6.1, 4.6.2", Method.LOOKUP),
    Check(max_length, "4.6.1 (tables 4-16, 4-17)", Method.LOOKUP),
)
