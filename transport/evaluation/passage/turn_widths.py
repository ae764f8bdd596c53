"""A turn by the widths of table 5.2.1, its approach, and where its load may reach (5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Fact, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.stretch_profile import of_vehicle
from transport.evaluation.passage.stretch_speed import friction
from transport.evaluation.passage.stretches import Turn
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Result, Train
from transport.manoeuvres.junction import Junction

_TRAILER_M = 3.0  # a load wider than this reaches beyond its trailer
_SAFE_M = 15.0
_HELD = {"junction_closed", "hold_traffic"}


def by_turn_widths(
    tables: Tables, train: PassingTrain, turn: Turn, junction: Junction
) -> PassageCheck | None:
    """Compare a turning lane with the swept width of table 5.2.1; None without its measures.

    Needs the width of the turning lane, a measured corner, and measured arms.
    """
    lane, corner = turn.site.facts.get("turn_lane_width_m"), turn.site.value("corner_radius_m")
    if (
        train.size_grade in (None, Grade.E)
        or train.train is Train.SPECIAL
        or lane is None
        or not lane.counts
        or not corner
        or not junction.widths_measured
    ):
        return None
    table = CHECKS["turn_params"].run(
        tables,
        grade=train.size_grade,
        train=train.train,
        r_in_m=float(corner),
        angle_deg=max(180.0 - abs(turn.turn_deg), 1.0),
        envelope=True,
    )
    if table.result is not None:
        return None
    left = turn.turn_deg > 0.0
    check, entry = ("left_turn", "W_section") if left else ("right_turn", "W_en")
    inputs = {
        entry: junction.arms[junction.entry].width_m,
        "W_turn": float(lane.value),
        "B": train.transport.width_m,
        "dB": float(table.values["tail_out_m"]),
        "W": float(table.values["W_m"]),
    }
    found = CHECKS[check].run(tables, **inputs)
    answer = replace(found, doubts=table.doubts)
    used = {"W_turn": lane, entry: turn.site.facts["arm_widths_m"]}
    values = {name: value for name, value in found.values.items() if name != "result"}
    result = found.result or Result.NEEDS_SURVEY
    one = settle(turn.site, check, result, answer, {}, used, inputs, values)
    return replace(one, through=("turn_params",))


def check_approach(
    tables: Tables, train: PassingTrain, site: Site, entry: Site, turn: PassageCheck
) -> Iterator[PassageCheck]:
    """Yield how quickly a junction is approached; traffic that is held needs no sight (5.3)."""
    sight = site.facts.get("sight_distance_m")
    if sight is None or not sight.counts:
        sight = _sight_of(tables, entry)
    if sight is None:
        if _HELD.intersection(turn.conditions):
            return
        facts = {"v_calc": "sight_distance_m"}
        given = {"v_vehicle": train.speed_km_h, "v_road": train.speed_km_h}
        yield ask(tables, site, "approach_speed", given, facts)
        return
    seen = CHECKS["sight_speed"].run(
        tables, S=float(sight.value), f=friction(tables, train.speed_km_h), i=0.0, S_safe=_SAFE_M
    )
    vehicle = train.transport.design_top_speed_km_h or train.speed_km_h
    road = entry.value("design_speed_km_h") or train.speed_km_h
    inputs = {
        "v_calc": round(float(seen.values["v_max_kmh"]), 1),
        "v_vehicle": min(float(vehicle), train.speed_km_h),
        "v_road": float(road),
    }
    found = CHECKS["approach_speed"].run(tables, **inputs)
    speed = float(found.values["v_kmh"])
    slow = CHECKS["sight_triangle"].run(tables, v=speed).values["special_escort"]
    result = Result.PASS_WITH_MEASURES if slow else Result.PASS
    answer = replace(found, measures=("hold_traffic",) if slow else ())
    one = settle(site, "approach_speed", result, answer, {}, {"v_calc": sight}, inputs,
                 {"v_kmh": speed, "special_escort": slow})  # fmt: skip
    yield replace(one, through=("sight_speed", "sight_triangle"))


def _sight_of(tables: Tables, entry: Site) -> Fact | None:
    """Return the sight of the road that enters: recorded, or of the standard it meets."""
    recorded = entry.facts.get("sight_distance_m")
    if recorded is not None and recorded.counts:
        return recorded
    speed = entry.value("design_speed_km_h")
    if entry.value("meets_b01") is not True or speed is None:
        return None
    for row in tables.truck_sights:
        if row.design_speed_kmh == speed:
            return Fact(row.sight_m, entry.facts["meets_b01"].certainty, "JTG B01-2014")
    return None


@dataclass(frozen=True, slots=True)
class Overhang:
    """Where a load wider than its trailer may reach; `allowed_m` is None where nobody knows."""

    finding: PassageCheck
    allowed_m: float | None

    def said_in(self, turn: PassageCheck) -> PassageCheck:
        """Return the turn's finding with what the overhang adds: the rule, what is missing."""
        values = dict(turn.values)
        if "cargo_limit" in self.finding.values:
            values["cargo_limit"] = self.finding.values["cargo_limit"]
        if self.allowed_m is not None:
            values["overhang_m"] = self.allowed_m
        missing = turn.missing
        if turn.result is Result.NEEDS_SURVEY:
            missing = tuple(dict.fromkeys([*turn.missing, *self.finding.missing]))
        inputs = {**turn.inputs, **self.finding.inputs}
        return replace(turn, values=values, missing=missing, inputs=inputs, through=("overhang",))


def overhang_at(tables: Tables, train: PassingTrain, site: Site, vehicle: Site) -> Overhang | None:
    """Return where the load may reach beyond the pavement; None for one as wide as its trailer."""
    if train.transport.width_m <= _TRAILER_M:
        return None
    both = replace(site, facts={**vehicle.facts, **site.facts})
    names = {
        "guardrail": "guardrail",
        "cargo_bottom_m": "cargo_bottom_m",
        "rail_height_m": "rail_height_m",
    }
    found = of_vehicle(
        ask(tables, both, "overhang", {"cargo_exceeds": True}, names), "cargo_bottom_m"
    )
    limit = found.values.get("cargo_limit")
    if limit == "pavement":
        return Overhang(found, 0.0)
    free = site.value("roadside_free_m")
    if limit == "roadside" and free is None:
        found = replace(found, missing=(*found.missing, "roadside_free_m"))
    return Overhang(found, float(free) if limit == "roadside" and free is not None else None)
