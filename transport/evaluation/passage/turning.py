"""Checks on turns at junctions: table, then a search of the swept path, then a survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from transport.evaluation.answer import Answer
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import ASSUMED, Fact, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.stretches import Stretch, Turn, Way, arms_at, arriving
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, RoadClass
from transport.manoeuvres.junction import (
    Junction,
    JunctionSearch,
    Outlook,
    is_turn,
    search_junction,
)
from transport.manoeuvres.outlines import Arm
from transport.network.attributes import RoadClass as NetworkClass

LEAST_TURN_DEG = 30.0
# Source of a junction that nobody measured: its arms as the network tells lanes and class.
LANES_AND_CLASS = "lanes and class"
_LANE_M = {
    NetworkClass.EXPRESSWAY: 3.75,
    NetworkClass.CLASS_1: 3.75,
    NetworkClass.CLASS_2: 3.5,
    NetworkClass.CLASS_3: 3.25,
    NetworkClass.CLASS_4: 3.0,
    NetworkClass.URBAN_EXPRESSWAY: 3.5,
    NetworkClass.URBAN_ARTERIAL: 3.5,
}
_NARROW_LANE_M = 3.0
_LEAST_LANES = 2
_SAME_ARM_DEG = 40.0
_RESULTS = {
    Outlook.FEASIBLE: Result.PASS,
    Outlook.LIKELY: Result.NEEDS_SURVEY,
    Outlook.DOUBTFUL: Result.NEEDS_SURVEY,
    Outlook.INFEASIBLE: Result.NOT_PASSABLE,
}
_SHAPE = ("arm_widths_m", "corner_radius_m")
_MEASURES = ("opposite_lane", "two_tractors", "remove_median", "widen")


def check_turns(
    tables: Tables, train: PassingTrain, way: Way, stretches: Sequence[Stretch]
) -> Iterator[PassageCheck]:
    """Yield the checks of every turn of a way, and of turns that follow each other closely."""
    turns = list(way.turns(LEAST_TURN_DEG))
    road = {edge: stretch.site for stretch in stretches for edge in stretch.edges}
    found = [_turn(tables, train, way, turn, road) for turn in turns]
    yield from found
    for (first, before), (second, after) in pairwise(zip(turns, found, strict=True)):
        apart_m = (second.site.chainage_km - first.site.chainage_km) * 1000.0
        by_table = {before.check, after.check} == {"junction"}
        if train.size_grade is None or by_table:
            continue
        answer = CHECKS["consecutive"].run(tables, grade=train.size_grade, spacing_m=apart_m)
        if answer.values["mode"] == "joint":
            result = answer.result or Result.NEEDS_SIMULATION
            values = {"mode": "joint"}
            inputs = {"spacing_m": round(apart_m, 1)}
            yield settle(second.site, "consecutive", result, answer, {}, {}, inputs, values)


def _turn(
    tables: Tables, train: PassingTrain, way: Way, turn: Turn, road: dict[int, Site]
) -> PassageCheck:
    island = turn.site.value("central_island_radius_m")
    if island and train.size_grade is not None:
        facts = {
            "circulating_lanes": "circulating_lanes",
            "island_radius_m": "central_island_radius_m",
        }
        return ask(tables, turn.site, "roundabout", {"grade": train.size_grade}, facts)
    table = _by_table(tables, train, turn, road)
    if table is not None and table.result is Result.PASS:
        return table
    if train.units is None:
        names = {"axle_spacings_m": "vehicle:axle_spacings_m"}
        answer = Answer({}, missing=tuple(names), method=Method.SIMULATION)
        return settle(turn.site, "swept_path", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
    return _by_search(train, way, turn)


def _by_table(
    tables: Tables, train: PassingTrain, turn: Turn, road: dict[int, Site]
) -> PassageCheck | None:
    entry, leaving = road[turn.into], road[turn.out_of]
    if train.size_grade in (None, Grade.E) or "road_class" not in entry.facts:
        return None
    facts = dict(turn.site.facts)
    for leg, site in (("entry", entry), ("exit", leaving)):
        for name, of in (
            ("class", "road_class"),
            ("lanes", "lanes"),
            ("speed", "design_speed_km_h"),
        ):
            if of in site.facts:
                fact = site.facts[of]
                value = str(fact.value) if of == "road_class" else fact.value
                facts[f"{leg}_{name}"] = replace(fact, value=_leg(value, site))
    roads = [site.facts.get("meets_b01") for site in (entry, leaving)]
    worst = min((one for one in roads if one), key=lambda fact: bool(fact.value), default=None)
    if worst is not None and (None not in roads or worst.value is False):
        facts["meets_b01"] = worst
    names = [f"{leg}_{name}" for leg in ("entry", "exit") for name in ("class", "lanes", "speed")]
    given = {"turn": "left" if turn.turn_deg > 0.0 else "right", "grade": train.size_grade}
    wanted = {name: name for name in (*names, "meets_b01")}
    return ask(tables, replace(turn.site, facts=facts), "junction", given, wanted)


def _leg(value: Any, site: Site) -> Any:
    if value != str(RoadClass.CLASS4):
        return value
    lanes = site.value("lanes")
    return value if lanes is None else "class4_2lane" if lanes >= _LEAST_LANES else "class4_1lane"


def _by_search(train: PassingTrain, way: Way, turn: Turn) -> PassageCheck:
    junction = junction_of(way, turn)
    if not is_turn(turn.turn_deg):
        answer = Answer({}, missing=_SHAPE, method=Method.SIMULATION)
        names = {name: name for name in _SHAPE}
        return settle(turn.site, "swept_path", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
    found = search_junction(junction, train.units or (), train.rear_steer)
    return turn_finding(turn, junction, found, lanes_known=_lanes_known(way, turn))


def turn_finding(
    turn: Turn, junction: Junction, found: JunctionSearch, *, lanes_known: bool
) -> PassageCheck:
    """Say what the search found: the best way of the scenario that decided.

    Roads whose lanes nobody counted decide nothing: neither scenario is a bound there.
    """
    result = _RESULTS[found.outlook]
    if not (lanes_known or junction.widths_measured):
        result = Result.NEEDS_SURVEY
    way = found.ways[-1]
    values = {
        "outlook": str(found.outlook),
        "turn_deg": round(turn.turn_deg, 1),
        "scenario": way.scenario,
        "room_left_m": round(-way.exceeds_m, 2),
        "path_radius_m": way.radius_m,
        "entry_offset_m": round(way.entry_offset_m, 2),
        "exit_offset_m": round(way.exit_offset_m, 2),
        "rear_steer_factor": way.rear_steer,
    }
    inputs = {
        "arm_bearings_deg": [round(arm.bearing_deg, 1) for arm in junction.arms],
        "arm_widths_m": [arm.width_m for arm in junction.arms],
        "corner_radius_m": junction.corner_radius_m,
    }
    guess = Fact(None, ASSUMED, LANES_AND_CLASS)
    used = {name: turn.site.facts.get(name, guess) for name in inputs}
    missing = _SHAPE if result is Result.NEEDS_SURVEY else ()
    measures = ("junction_closed", "low_speed", "guide") if result is Result.PASS else _MEASURES
    answer = Answer({}, missing=missing, measures=measures, method=Method.SIMULATION)
    names = {name: name for name in missing}
    return settle(turn.site, "swept_path", result, answer, names, used, inputs, values)


def _lanes_known(way: Way, turn: Turn) -> bool:
    return bool(way.network.lanes[turn.into] and way.network.lanes[turn.out_of])


def junction_of(way: Way, turn: Turn) -> Junction:
    """Return the junction of a turn: measured where somebody did, else from lanes and classes."""
    network = way.network
    bearings = arms_at(network, turn.node)
    back = (arriving(network, turn.into) + 180.0) % 360.0
    ahead = bearings[turn.out_of]
    arms = [Arm(back, _width_m(way, turn.into)), Arm(ahead, _width_m(way, turn.out_of))]
    for edge, bearing in bearings.items():
        if all(_between(bearing, arm.bearing_deg) > 1.0 for arm in arms):
            arms.append(Arm(bearing, _width_m(way, edge)))
    measured = turn.site.value("arm_widths_m")
    measured_bearings = turn.site.value("arm_bearings_deg")
    widths_measured = bool(
        measured and measured_bearings and len(measured) == len(measured_bearings)
    )
    if widths_measured:
        pairs = list(zip(measured_bearings, measured, strict=True))
        arms = [_measured(arm, pairs) for arm in arms]
    return Junction(
        tuple(arms), 0, 1, turn.site.value("corner_radius_m"), widths_measured=widths_measured
    )


def _measured(arm: Arm, pairs: Sequence[tuple[float, float]]) -> Arm:
    bearing, width_m = min(pairs, key=lambda pair: _between(pair[0], arm.bearing_deg))
    return (
        Arm(arm.bearing_deg, width_m) if _between(bearing, arm.bearing_deg) < _SAME_ARM_DEG else arm
    )


def _between(one_deg: float, other_deg: float) -> float:
    return abs((one_deg - other_deg + 180.0) % 360.0 - 180.0)


def _width_m(way: Way, edge: int) -> float:
    """Return the width of a carriageway at a junction as lanes and class suggest it."""
    network = way.network
    road = NetworkClass(int(network.road_class[edge]))
    lanes = max(int(network.lanes[edge]), 1)  # of one direction
    count = 2 * lanes if int(network.reverse[edge]) >= 0 else lanes
    return count * _LANE_M.get(road, _NARROW_LANE_M)
