"""Chapter 5: turns at grade, turns in a row, roundabouts, what the load may overhang."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from transport.evaluation.answer import Answer, say, survey
from transport.evaluation.checks import Check, Count, Least, NotNegative, Positive
from transport.evaluation.comparing import at_least, at_most
from transport.evaluation.table_rows import JunctionTurn, Turning
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, Train

LegClass = Literal[
    "expressway", "class1", "class2", "class3", "class4_2lane", "class4_1lane", "class4"
]
Lanes = Annotated[int, Least(1, itself=True)]
_SIGMA_M = 0.5  # 5.2.1(2): may be taken as half a metre
_WIDEST_ANGLE_DEG = 110.0
_SHARPEST_ANGLE_DEG = 45.0
_MANY_LANES = 4


def turn_params(
    tables: Tables,
    *,
    grade: Grade,
    train: Train,
    r_in_m: Positive,
    angle_deg: Positive,
    envelope: bool = False,
) -> Answer:
    """Look up swept width and tail-out; radius and angle go to the unfavourable side (5.2.1).

    `envelope` takes the widths that never fall as the turn gets sharper.
    """
    rows = _tightest_row(tables, grade, train, r_in_m)
    if not rows or angle_deg < _SHARPEST_ANGLE_DEG:
        return say(Result.NEEDS_CALCULATION)
    angle_deg = min(angle_deg, _WIDEST_ANGLE_DEG)
    row = max(
        (row for row in rows if at_most(row.junction_angle_deg, angle_deg)),
        key=lambda one: one.junction_angle_deg,
    )
    width_m = row.swept_width_envelope_m if envelope else row.swept_width_m
    doubts = (row.suspect,) if row.suspect else ()
    return Answer({"W_m": width_m, "tail_out_m": row.tail_out_m}, doubts=doubts)


def right_turn(
    _tables: Tables,
    *,
    W_en: Positive | None,
    W_turn: Positive | None,
    B: Positive,
    dB: NotNegative,
    W: Positive,
    sigma: NotNegative = _SIGMA_M,
) -> Answer:
    """Keep a clearance on both sides of entry and turning lane of a right turn (5.2.1)."""
    need_entry_m = B + dB + 2 * sigma
    need_turn_m = W + 2 * sigma
    needs = {"need_entry_m": need_entry_m, "need_turn_m": need_turn_m}
    return _turn({"W_en": (W_en, need_entry_m), "W_turn": (W_turn, need_turn_m)}, needs)


def left_turn(
    _tables: Tables,
    *,
    W_section: Positive | None,
    W_turn: Positive | None,
    B: Positive,
    dB: NotNegative,
    W: Positive,
    sigma: NotNegative = _SIGMA_M,
) -> Answer:
    """Keep a clearance on one side of section and turning lane of a left turn (5.2.1)."""
    need_section_m = B + dB + sigma
    need_turn_m = W + sigma
    needs = {"need_section_m": need_section_m, "need_turn_m": need_turn_m}
    return _turn({"W_section": (W_section, need_section_m), "W_turn": (W_turn, need_turn_m)}, needs)


def consecutive(tables: Tables, *, grade: Grade, spacing_m: NotNegative | None) -> Answer:
    """Judge two turns apart from a spacing on, below it together by simulation (5.2.3)."""
    if spacing_m is None:
        return survey("spacing_m")
    row = next(row for row in tables.turn_spacings if row.grade is grade)
    if row.spacing_at_least_m is not None and at_least(spacing_m, row.spacing_at_least_m):
        return Answer({"mode": "separate"})
    return Answer({"mode": "joint", "result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)


def junction(
    tables: Tables,
    *,
    turn: Literal["right", "left"],
    grade: Grade,
    entry_class: LegClass | None = None,
    entry_lanes: Lanes | None = None,
    exit_class: LegClass | None = None,
    exit_lanes: Lanes | None = None,
    entry_speed: Positive | None = None,
    exit_speed: Positive | None = None,
    meets_b01: bool | None = True,
) -> Answer:
    """Let a turn pass where one alternative of the table holds; survey what is not known."""
    if meets_b01 is False:
        return say(Result.NEEDS_CALCULATION)
    legs = {
        "entry_class": entry_class,
        "entry_lanes": entry_lanes,
        "exit_class": exit_class,
        "exit_lanes": exit_lanes,
        "entry_speed": entry_speed,
        "exit_speed": exit_speed,
    }
    missing: set[str] = set()
    for row in tables.junction_turns:
        if row.turn != turn or row.grade is not grade:
            continue
        holds, unknown = _alternative(row, legs)
        if holds and not unknown:
            return say(Result.PASS) if meets_b01 else survey("meets_b01")
        if holds:
            missing |= unknown
    return survey(*sorted(missing)) if missing else say(Result.NEEDS_CALCULATION)


def roundabout(
    tables: Tables,
    *,
    grade: Grade,
    circulating_lanes: Count | None,
    island_radius_m: NotNegative | None,
) -> Answer:
    """Let a roundabout pass from an island radius on, by its circulating lanes (5.4.1-3)."""
    given = {"circulating_lanes": circulating_lanes, "island_radius_m": island_radius_m}
    if circulating_lanes is None or island_radius_m is None:
        return survey(*(name for name, value in given.items() if value is None))
    rows = [
        row
        for row in tables.roundabouts
        if row.grade is grade
        and row.circulating_lanes_min <= circulating_lanes
        and row.island_radius_at_least_m is not None
    ]
    # A blank cell (S18) takes the radius of one lane fewer, which is the larger one.
    row = max(rows, key=lambda one: one.circulating_lanes_min, default=None)
    doubts = ("S18",) if grade is Grade.A and circulating_lanes >= _MANY_LANES else ()
    least_m = row.island_radius_at_least_m if row else None
    if least_m is not None and at_least(island_radius_m, least_m):
        return Answer({"result": Result.PASS}, doubts=doubts)
    return Answer({"result": Result.NEEDS_SIMULATION}, doubts=doubts, method=Method.SIMULATION)


def overhang(
    _tables: Tables,
    *,
    cargo_exceeds: bool,
    guardrail: bool | None = None,
    cargo_bottom_m: NotNegative | None = None,
    rail_height_m: NotNegative | None = None,
) -> Answer:
    """Say where cargo wider than the trailer may sweep: pavement or roadside (5.2.4)."""
    if not cargo_exceeds:
        return Answer({"cargo_limit": "pavement"})
    if guardrail is None:
        return survey("guardrail")
    if not guardrail:
        return Answer({"cargo_limit": "roadside"})
    given = {"cargo_bottom_m": cargo_bottom_m, "rail_height_m": rail_height_m}
    if cargo_bottom_m is None or rail_height_m is None:
        return survey(*(name for name, value in given.items() if value is None))
    over_rail = not at_most(cargo_bottom_m, rail_height_m)
    return Answer({"cargo_limit": "roadside" if over_rail else "pavement"})


def _tightest_row(tables: Tables, grade: Grade, train: Train, r_in_m: float) -> list[Turning]:
    """Return the rows of the largest tabulated radius that is not above the given one."""
    rows = [
        row
        for row in tables.turnings
        if row.grade is grade and row.train is train and at_most(row.r_in_m, r_in_m)
    ]
    radius_m = max((row.r_in_m for row in rows), default=0.0)
    return [row for row in rows if row.r_in_m == radius_m]


def _turn(widths: dict[str, tuple[float | None, float]], needs: dict[str, float]) -> Answer:
    missing = tuple(name for name, (width_m, _) in widths.items() if width_m is None)
    short = any(
        width_m is not None and not at_least(width_m, need_m) for width_m, need_m in widths.values()
    )
    if short:
        measures = ("opposite_lane", "two_tractors", "widen")
        return say(Result.NOT_PASSABLE, *measures, **needs)
    if missing:
        return Answer({"result": Result.NEEDS_SURVEY, **needs}, missing=missing)
    return say(Result.PASS, **needs)


def _alternative(row: JunctionTurn, legs: Mapping[str, object]) -> tuple[bool, set[str]]:
    """Return whether an alternative may still hold, and which attributes decide it."""
    wanted: dict[str, bool | None] = {}
    if row.entry_classes:
        wanted["entry_class"] = _within(legs["entry_class"], row.entry_classes)
    if row.exit_classes:
        wanted["exit_class"] = _within(legs["exit_class"], row.exit_classes)
    for name, least in (
        ("entry_lanes", row.entry_lanes_min),
        ("exit_lanes", row.exit_lanes_min),
        ("entry_speed", row.design_speed_min_kmh),
        ("exit_speed", row.design_speed_min_kmh),
    ):
        if least is not None:
            wanted[name] = _reaches(legs[name], least)
    unknown = {name for name, holds in wanted.items() if holds is None}
    return all(holds is not False for holds in wanted.values()), unknown


def _within(leg_class: object, classes: frozenset[str]) -> bool | None:
    if leg_class is None:
        return None
    if leg_class == "class4" and "class4_2lane" in classes:
        return None  # two lanes would be granted, one would not
    return leg_class in classes


def _reaches(value: object, least: float) -> bool | None:
    return None if value is None else at_least(float(str(value)), least)


CHECKS = (
    Check(turn_params, "5.2.1", Method.LOOKUP),
    Check(right_turn, "5.2.1-1, 5.2.1-2", Method.CALCULATION),
    Check(left_turn, "5.2.1-3, 5.2.1-4", Method.CALCULATION),
    Check(consecutive, "5.2.3", Method.LOOKUP),
    Check(junction, "5.4.1-1, 5.4.1-2", Method.LOOKUP),
    Check(roundabout, "5.2.2, 5.4.1-3", Method.LOOKUP),
    Check(overhang, "5.2.4", Method.LOOKUP),
)
