"""The evaluation of a way: every check in driving order, conditions, surveys, conclusion (3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from transport.evaluation.passage.bridges import BridgeVerdicts
from transport.evaluation.passage.decisions import Decision, decided
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import (
    Passage,
    PassageCheck,
    PassageCondition,
    SurveyTask,
)
from transport.evaluation.passage.main_line import check_stretch
from transport.evaluation.passage.ramps import check_tunnels_at_ramps, is_ramp
from transport.evaluation.passage.road_state import road_state, unrecorded
from transport.evaluation.passage.stretch_speed import REDUCED_SPEED
from transport.evaluation.passage.stretches import Way
from transport.evaluation.passage.structures import (
    TOLL_NOTICE_DAYS,
    check_rest_area,
    check_structure,
)
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.passage.turning import check_turns
from transport.evaluation.passage.whole import check_transport, check_whole
from transport.evaluation.plans import conclusion_of
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result

VEHICLE = "vehicle"
# Code of a condition -> what it says in numbers.
_VALUES: MappingProxyType[str, dict[str, Any]] = MappingProxyType(
    {
        "speed_20": {"speed_km_h": 20},
        "speed_5": {"speed_km_h": 5},
        "low_speed": {"speed_km_h": 5},
        "close_other_lanes": {"stop_traffic_at_m": 100},
        "avoid_13_15": {"from": "13:00", "to": "15:00"},
        "dismantle_equipment": {"notice_working_days": TOLL_NOTICE_DAYS},
        "junction_closed": {"off_peak": True},
    }
)
# What an escort has to do so that a condition is kept.
_ESCORT = MappingProxyType(
    {
        "close_other_lanes": ("escort_stop_traffic", "escort_log_speed"),
        "centre_line": ("escort_guide_centre",),
        "junction_closed": ("escort_close_junction",),
        "guide": ("escort_guide",),
        "hold_traffic": ("escort_hold_traffic",),
    }
)
# A full check or a simulation that lacks something asks for it too.
_ASKS = {Result.NEEDS_SURVEY, Result.NEEDS_CALCULATION, Result.NEEDS_SIMULATION}
_PASSING = {Result.PASS, Result.PASS_WITH_MEASURES}


def evaluate_passage(
    tables: Tables,
    train: PassingTrain,
    way: Way,
    decisions: Sequence[Decision] = (),
    registered: str = "",
) -> Passage:
    """Evaluate a transport on a way; `decisions` are full checks that engineers recorded.

    `registered` names the vehicle: what was measured on another one does not count.
    """
    element = vehicle_element(registered)
    facts, expired = way.measurements.facts(element, way.day)
    vehicle = Site(element, VEHICLE, registered, 0.0, (0.0, 0.0), facts, expired)
    along = sorted(_checks(tables, train, way, vehicle, decisions), key=lambda one: one.chainage_km)
    found = [*check_transport(tables, train), *check_whole(tables, along), *along]
    surveys = tuple(_surveys(found, vehicle))
    road = road_state(way)
    return Passage(
        train=train,
        day=way.day,
        network_id=way.network.id,
        length_km=way.length_km,
        checks=tuple(found),
        conditions=tuple(_conditions(found)),
        surveys=surveys,
        conclusion=conclusion_of([one.result for one in found]),
        road=road,
        unrecorded=tuple(unrecorded(road, surveys)),
    )


def vehicle_element(registered: str) -> str:
    """Return the element of measurements on a vehicle; the only one of a file has no name."""
    return f"{VEHICLE}:{registered}" if registered else VEHICLE


def _checks(
    tables: Tables,
    train: PassingTrain,
    way: Way,
    vehicle: Site,
    decisions: Sequence[Decision],
) -> Iterator[PassageCheck]:
    stretches = list(way.stretches())
    for stretch in stretches:
        for one in check_stretch(tables, train, stretch.site, vehicle):
            yield decided(one, stretch.site, train.axles, way.day, decisions)
    verdicts = None
    if train.axles is not None:
        verdicts = BridgeVerdicts(way.network, tables, train.axles, way.day)
    structures = list(way.structures())
    if train.size_over:
        ramps = [stretch.site for stretch in stretches if is_ramp(stretch.site)]
        yield from check_tunnels_at_ramps(tables, train, ramps, structures)
    for site in structures:
        for one in check_structure(tables, train, site, vehicle, verdicts):
            yield decided(one, site, train.axles, way.day, decisions)
    if train.size_over:
        for site in way.rests():
            one = check_rest_area(tables, train, site)
            yield decided(one, site, train.axles, way.day, decisions)
        for one in check_turns(tables, train, way, stretches, vehicle):
            place = Site(one.element, one.kind, one.name, one.chainage_km, one.at, {})
            yield decided(one, place, train.axles, way.day, decisions)


def _conditions(checks: Iterable[PassageCheck]) -> Iterator[PassageCondition]:
    seen = set()
    for one in checks:
        if one.result not in _PASSING:
            continue
        for code in one.conditions:
            for each in (code, *_ESCORT.get(code, ())):
                if (one.element, each) in seen:
                    continue
                seen.add((one.element, each))
                yield PassageCondition(
                    each,
                    one.element,
                    one.kind,
                    one.name,
                    one.chainage_km,
                    one.at,
                    one.clause,
                    {**_VALUES.get(each, {}), **_own_values(one, each)},
                )


def _own_values(one: PassageCheck, code: str) -> dict[str, Any]:
    """Return the speed of a condition that every place has its own of."""
    if code == REDUCED_SPEED and "speed_km_h" in one.values:
        return {"speed_km_h": one.values["speed_km_h"]}
    return {}


def _surveys(checks: Iterable[PassageCheck], train: Site) -> Iterator[SurveyTask]:
    """Yield one task per place with everything that is missing there; the vehicle comes first."""
    places: dict[str, list[PassageCheck]] = {}
    vehicle: dict[str, None] = {}
    of_vehicle: dict[str, None] = {}
    for one in checks:
        if one.result not in _ASKS:
            continue
        own = [name for name in one.missing if not name.startswith(f"{VEHICLE}:")]
        theirs = [name.partition(":")[2] for name in one.missing if name not in own]
        vehicle |= dict.fromkeys(theirs)
        of_vehicle |= dict.fromkeys([one.check] if theirs else [])
        if own:
            places.setdefault(one.element, []).append(one)
    if vehicle:
        yield SurveyTask(
            train.element,
            VEHICLE,
            train.name,
            0.0,
            (0.0, 0.0),
            tuple(vehicle),
            tuple(name for name in vehicle if name in train.expired),
            tuple(of_vehicle),
        )
    for element, found in places.items():
        first = found[0]
        missing = [n for one in found for n in one.missing if not n.startswith(f"{VEHICLE}:")]
        yield SurveyTask(
            element,
            first.kind,
            first.name,
            first.chainage_km,
            first.at,
            tuple(dict.fromkeys(missing)),
            tuple(dict.fromkeys(name for one in found for name in one.expired)),
            tuple(dict.fromkeys(one.check for one in found)),
        )
