"""Checks on turns at junctions: table, then a search of the swept path, then a survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from transport.evaluation.answer import Answer
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import ASSUMED, Fact, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.junction_shapes import junction_of
from transport.evaluation.passage.stretches import Stretch, Turn, Way
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.passage.turn_widths import by_turn_widths, check_approach, overhang_at
from transport.evaluation.passage.turns_together import check_roundabout, check_turns_in_a_row
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Method, Result, RoadClass
from transport.manoeuvres.junction import (
    Junction,
    JunctionSearch,
    Outlook,
    is_turn,
    search_junction,
)

LEAST_TURN_DEG = 30.0
_LEAST_LANES = 2
# Source of a junction that nobody measured: its arms as the network tells lanes and class.
LANES_AND_CLASS = "lanes and class"
_RESULTS = {
    Outlook.FEASIBLE: Result.PASS,
    Outlook.LIKELY: Result.NEEDS_SURVEY,
    Outlook.DOUBTFUL: Result.NEEDS_SURVEY,
    Outlook.INFEASIBLE: Result.NOT_PASSABLE,
}
_SHAPE = ("arm_widths_m", "corner_radius_m")
_MEASURES = ("opposite_lane", "two_tractors", "remove_median", "widen")


def check_turns(
    tables: Tables, train: PassingTrain, way: Way, stretches: Sequence[Stretch], vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield the checks of every turn of a way, and of turns that follow each other closely."""
    turns = list(way.turns(LEAST_TURN_DEG))
    road = {edge: stretch.site for stretch in stretches for edge in stretch.edges}
    for turn in turns:
        found = _turn(tables, train, way, turn, road, vehicle)
        yield found
        yield from check_approach(tables, train, turn.site, road[turn.into], found)
    yield from check_turns_in_a_row(tables, train, way, turns, vehicle)


def _turn(
    tables: Tables,
    train: PassingTrain,
    way: Way,
    turn: Turn,
    road: dict[int, Site],
    vehicle: Site,
) -> PassageCheck:
    if turn.site.value("central_island_radius_m"):
        return check_roundabout(tables, train, turn.site)
    table = _by_table(tables, train, turn, road)
    if table is not None and table.result is Result.PASS:
        return table
    calculated = by_turn_widths(tables, train, turn, junction_of(way, turn))
    if calculated is not None and calculated.result is Result.PASS:
        return calculated
    if train.units is None:
        names = {"axle_spacings_m": "vehicle:axle_spacings_m"}
        answer = Answer({}, missing=tuple(names), method=Method.SIMULATION)
        return settle(turn.site, "swept_path", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
    found = _by_search(tables, train, way, turn, vehicle)
    before = () if calculated is None else (calculated.check, *calculated.through)
    return replace(found, through=(*found.through, *before))


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


def _by_search(
    tables: Tables, train: PassingTrain, way: Way, turn: Turn, vehicle: Site
) -> PassageCheck:
    junction = junction_of(way, turn)
    if not is_turn(turn.turn_deg):
        answer = Answer({}, missing=_SHAPE, method=Method.SIMULATION)
        names = {name: name for name in _SHAPE}
        return settle(turn.site, "swept_path", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
    over = overhang_at(tables, train, turn.site, vehicle)
    if over is not None:
        junction = replace(junction, overhang_m=over.allowed_m)
    found = search_junction(junction, train.units or (), train.rear_steer)
    said = turn_finding(turn, junction, found, lanes_known=_lanes_known(way, turn))
    return said if over is None else over.said_in(said)


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
