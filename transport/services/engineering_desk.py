"""The engineer's desk: what waits for a full check or a survey, and decisions signed on it.

Measurements and decisions are kept beside the network, so that a later case finds them too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.passage.binding import Row, place_on, rows_on
from transport.evaluation.passage.bridges import BridgeVerdicts
from transport.evaluation.passage.decisions import Decision, rating_of
from transport.evaluation.passage.driving import vehicle_element
from transport.evaluation.passage.facts import Measurement, RoadPlace, Site
from transport.evaluation.passage.findings import Passage, PassageCheck, SurveyTask
from transport.evaluation.passage.stretches import Way, arms_at
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from transport.network.graph import RoadNetwork
from transport.people import Actor
from transport.permits.case import Case
from transport.regulations.law import Law
from transport.services.audit_trail import event_by
from transport.services.evaluating_routes import (
    PassageRecords,
    driven_pieces,
    evaluate_route,
    read_measurements,
    read_records,
    records_on,
    train_of,
)
from transport.services.ports import UnitOfWorkFactory
from transport.structures.verdicts import EffectLine

DECIDABLE = (Result.PASS, Result.PASS_WITH_MEASURES, Result.NOT_PASSABLE)
# What an engineer may ask of a crossing.
CROSSING_CONDITIONS = (
    "speed_5",
    "constant_speed",
    "centre_line",
    "close_other_lanes",
    "avoid_13_15",
)
_WIDTHS, _BEARINGS = "arm_widths_m", "arm_bearings_deg"
_WAITING = {Result.NEEDS_CALCULATION, Result.NEEDS_SIMULATION}


class PassageRecordsFile(Protocol):
    """Where measurements and decisions are kept: one document, written whole or not at all."""

    def read(self) -> Mapping[str, Any]:
        """Return the document, empty where nothing was kept yet."""

    def add(self, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to `measurements` or `decisions`, all of them or none."""

    def adding(self, part: str, rows: Sequence[Mapping[str, Any]]) -> AbstractContextManager[None]:
        """Add rows when what stands inside ends well, and none of them when it fails."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an evaluation of a case needs from the installation."""

    network: RoadNetwork
    tables: Tables
    law: Law
    day: date
    file: PassageRecordsFile

    def records(self) -> PassageRecords:
        """Return what was measured and decided so far, as it holds on the network."""
        return records_on(self.network, read_records(self.file.read()))


@dataclass(frozen=True, slots=True)
class BridgeView:
    """A bridge for the engineer: what is known of it and every effect along it."""

    site: Site
    lines: tuple[EffectLine, ...]


def evaluate_case(case: Case, ground: Ground) -> Passage:
    """Evaluate the route of a case; raises InvalidInputError on `route` where it fits no more."""
    route = case.application.route
    if route.network_id != ground.network.id:
        message = f"it was planned on network {route.network_id}: plan it again"
        raise InvalidInputError([FieldFault("route", message, "wrong_route")])
    return evaluate_route(
        ground.network,
        ground.tables,
        ground.law,
        case.application.transport,
        ground.day,
        dict(route.contract),
        ground.records(),
        registered_train(case),
    )


def registered_train(case: Case) -> str:
    """Name the loaded train of a case: its plates and sizes, because gaps change with the load."""
    vehicle, train = case.application.vehicle, case.application.transport
    plates = "+".join(filter(None, (vehicle.tractor_plate, vehicle.trailer_plate)))
    if not plates:
        return ""
    sizes = "x".join(f"{one:g}" for one in (train.length_m, train.width_m, train.height_m))
    return f"{plates} {sizes}m {train.mass_t:g}t"


def waiting(passage: Passage) -> list[PassageCheck]:
    """Return the checks that wait for an engineer."""
    return [one for one in passage.checks if one.result in _WAITING]


def check_at(passage: Passage, element: str, check: str) -> PassageCheck | None:
    """Return a check of an evaluation, None where it has none."""
    found = (one for one in passage.checks if (one.element, one.check) == (element, check))
    return next(found, None)


def bridge_view(case: Case, ground: Ground, element: str) -> BridgeView | None:
    """Return a bridge on the route of a case with its effects, None where it has none."""
    way = Way(
        ground.network,
        driven_pieces(ground.network, dict(case.application.route.contract)),
        ground.records().measurements,
        ground.day,
    )
    site = next((one for one in way.structures() if one.element == element), None)
    if site is None or site.kind != "bridge":
        return None
    train = train_of(case.application.transport, ground.tables, ground.law, ground.day)
    if train.axles is None:
        return BridgeView(site, ())
    verdicts = BridgeVerdicts(ground.network, ground.tables, train.axles, ground.day)
    return BridgeView(site, verdicts.lines_of(site))


def kept_measurements(ground: Ground) -> list[Measurement]:
    """Return every measurement on file, also those replaced or too old, the newest first."""
    found = read_measurements(ground.file.read())
    return sorted(found, key=lambda one: one.measured_on, reverse=True)


def measured_at(ground: Ground, element: str) -> list[Measurement]:
    """Return the measurements at a place of the network in use, the newest first."""
    found = rows_on(ground.network, kept_measurements(ground))
    return [one for one in found if one.element == element]


def kept_decisions(ground: Ground) -> list[Decision]:
    """Return every decision on file, the newest first."""
    found = read_records(ground.file.read()).decisions
    return sorted(found, key=lambda one: one.decided_on, reverse=True)


def out_of_place(ground: Ground, rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose place was numbered by another network and is not on this one."""
    return [one for one in rows if not rows_on(ground.network, [one])]


def recorded_people(case: Case, ground: Ground) -> frozenset[str]:
    """Return who measured or decided at places on the route of a case, by name.

    Names stand as they were written: a signature holds the organisation in brackets.
    """
    try:
        passage = evaluate_case(case, ground)
    except InvalidInputError:
        return frozenset()
    places = {one.element for one in passage.checks} | {vehicle_element(registered_train(case))}
    measured = rows_on(ground.network, kept_measurements(ground))
    found = {one.measured_by for one in measured if one.element in places}
    signed = {one.signed_by for one in ground.records().decisions if one.element in places}
    return frozenset(name.partition("（")[0] for name in found | signed)


def structure_names(network: RoadNetwork) -> dict[str, str]:
    """Return the names of the structures of a network by their ids."""
    table = network.structures
    return {str(one): str(name) for one, name in zip(table.ids, table.names, strict=True) if name}


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision on a place with what keeps it from standing for a train today, if anything."""

    decision: Decision
    reasons: tuple[str, ...]


def decisions_at(case: Case, ground: Ground, finding: PassageCheck, site: Site) -> list[Standing]:
    """Return the decisions on a check at a place, the newest first, each with why it is not used.

    Reasons: `too_early`, `expired`, `rating_changed`, `other_train`.
    """
    train = train_of(case.application.transport, ground.tables, ground.law, ground.day)
    return [
        Standing(one, one.lapsed(site, train.axles, ground.day))
        for one in rows_on(ground.network, kept_decisions(ground))
        if (one.element, one.check) == (finding.element, finding.check)
    ]


def task_at(passage: Passage, element: str) -> SurveyTask | None:
    """Return the survey task at a place, None where nothing is missing.

    Widths of the arms of a junction are told with their bearings, so both are asked for.
    """
    tasks = [one for one in (*passage.surveys, *passage.unrecorded) if one.element == element]
    found = None
    for one in tasks:  # what checks wait for, then what appendix A asks for
        found = (
            one
            if found is None
            else replace(
                found, missing=found.missing + one.missing, expired=found.expired + one.expired
            )
        )
    if found is None or _WIDTHS not in found.missing or _BEARINGS in found.missing:
        return found
    return replace(found, missing=(_BEARINGS, *found.missing))


def bearings_at(network: RoadNetwork, element: str) -> tuple[float, ...]:
    """Return the bearings of the arms of a junction as the network draws them, else nothing."""
    kind, _, node = element.partition(":")
    if kind != "junction" or not node.isdigit() or int(node) >= network.node_count:
        return ()
    return tuple(round(one, 1) for one in arms_at(network, int(node)).values())


@dataclass(frozen=True, slots=True)
class Measured:
    """What somebody measured at a place: values by field, who, when, until when it holds."""

    values: Mapping[str, Any]
    measured_by: str
    measured_on: date
    valid_until: date
    photo: str = ""
    measure: str = ""
    pictures: tuple[str, ...] = ()


def keep_measurements(
    unit_of_work: UnitOfWorkFactory,
    ground: Ground,
    *,
    actor: Actor,
    case: Case,
    element: str,
    found: Measured,
    now: datetime,
) -> None:
    """Keep what was measured at a place; it counts at once, for every train that passes there.

    Raises InvalidInputError for measurements without author, of days to come, or that never hold.
    """
    if found.measured_on > ground.day:
        raise InvalidInputError([FieldFault("measured_on", "lies in the future", "future")])
    edges = _edges_of(case, ground, element)
    kept = [
        Measurement(
            element,
            name,
            value,
            found.measured_by,
            found.measured_on,
            found.valid_until,
            found.photo,
            found.measure,
            found.pictures,
            edges,
            place_on(ground.network, element, edges),
        )
        for name, value in found.values.items()
    ]
    with unit_of_work() as work:
        work.audit.append(
            event_by(
                actor,
                now,
                subject=case.number,
                step="keep_measurements",
                details={
                    "element": element,
                    "fields": " ".join(found.values),
                    "pictures": " ".join(found.pictures),
                },
            )
        )
        with ground.file.adding("measurements", [_measured_row(one) for one in kept]):
            work.commit()


def _edges_of(case: Case, ground: Ground, element: str) -> tuple[int, ...]:
    """Return the edges of a stretch of the case's route, none of another place."""
    if not element.startswith("stretch:"):
        return ()
    pieces = driven_pieces(ground.network, dict(case.application.route.contract))
    way = Way(ground.network, pieces, ground.records().measurements, ground.day)
    found = (one.edges for one in way.stretches() if one.site.element == element)
    return next(found, ())


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as the engineer enters it."""

    result: Result
    reason: str
    valid_until: date
    conditions: Sequence[str] = ()


def decide(
    unit_of_work: UnitOfWorkFactory,
    ground: Ground,
    *,
    actor: Actor,
    case: Case,
    finding: PassageCheck,
    site: Site,
    asked: Asked,
    now: datetime,
) -> Decision:
    """Sign a decision on a place; it holds for trains within this one until the rating changes.

    Raises InvalidInputError for one without reason, that decides nothing, or never holds.
    """
    train = train_of(case.application.transport, ground.tables, ground.law, ground.day)
    decision = Decision(
        element=finding.element,
        check=finding.check,
        result=asked.result,
        reason=asked.reason,
        signed_by=f"{actor.name}（{actor.organisation_name}）",
        decided_on=ground.day,
        valid_until=asked.valid_until,
        axles=train.axles,
        rating=rating_of(site) if site.kind == "bridge" else {},
        conditions=tuple(asked.conditions),
        place=place_on(ground.network, finding.element, _edges_of(case, ground, finding.element)),
    )
    with unit_of_work() as work:
        work.audit.append(
            event_by(
                actor,
                now,
                subject=case.number,
                step="decide_passage",
                reason=decision.reason,
                details={"element": decision.element, "result": str(decision.result)},
            )
        )
        with ground.file.adding("decisions", [_row(decision)]):
            work.commit()
    return decision


def place_of(finding: PassageCheck) -> Site:
    """Return the place of a finding without its facts."""
    one = finding
    return Site(one.element, one.kind, one.name, one.chainage_km, one.at, {})


def without_decisions(ground: Ground) -> Ground:
    """Return the ground as if nobody had decided: what a screening says by itself."""
    return replace(ground, file=_Measured(ground.file))


@dataclass(frozen=True, slots=True)
class _Measured:
    file: PassageRecordsFile

    def read(self) -> Mapping[str, Any]:
        return {"measurements": self.file.read().get("measurements", [])}

    def add(self, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.file.add(part, rows)

    def adding(self, part: str, rows: Sequence[Mapping[str, Any]]) -> AbstractContextManager[None]:
        return self.file.adding(part, rows)


def _measured_row(one: Measurement) -> dict[str, Any]:
    row = asdict(one)
    row["measured_on"] = one.measured_on.isoformat()
    row["valid_until"] = one.valid_until.isoformat()
    row["pictures"], row["edges"] = list(one.pictures), list(one.edges)
    row["place"] = _place_row(one.place)
    return row


def _place_row(place: RoadPlace | None) -> dict[str, Any] | None:
    return None if place is None else asdict(place)


def _row(decision: Decision) -> dict[str, Any]:
    axles = decision.axles
    return {
        "element": decision.element,
        "check": decision.check,
        "result": str(decision.result),
        "reason": decision.reason,
        "signed_by": decision.signed_by,
        "decided_on": decision.decided_on.isoformat(),
        "valid_until": decision.valid_until.isoformat(),
        "axle_loads_kn": list(axles.loads_kn) if axles else None,
        "axle_spacings_m": list(axles.gaps_m) if axles else None,
        "rating": dict(decision.rating),
        "conditions": list(decision.conditions),
        "place": _place_row(decision.place),
    }
