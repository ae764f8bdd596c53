"""Evaluate the passage of a transport on a route: what command, interface and pages ask for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.passage.binding import rows_on
from transport.evaluation.passage.decisions import Decision
from transport.evaluation.passage.driving import evaluate_passage
from transport.evaluation.passage.facts import LISTS, Measurement, Measurements, RoadPlace
from transport.evaluation.passage.findings import Passage
from transport.evaluation.passage.stretches import Piece, Stop, Way
from transport.evaluation.passage.train import PassingTrain, describe_train
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.regulations.law import Law
from transport.routing.toll_way import pieces_of_answer
from transport.rules.classification import classify
from transport.structures.effects import Axles
from transport.vehicles.transport import Transport

_SIZES = {"height_m", "width_m", "length_m"}


@dataclass(frozen=True, slots=True)
class PassageRecords:
    """What was measured along roads, what engineers decided, what a report shall say beside.

    `stamp` is another one whenever anything in it is.
    """

    measurements: Measurements = Measurements()  # noqa: RUF009 - frozen, and empty
    decisions: Sequence[Decision] = ()
    report: Mapping[str, str] = field(default_factory=dict)
    stamp: str = ""


NO_RECORDS = PassageRecords()


def evaluate_route(
    network: RoadNetwork,
    tables: Tables,
    law: Law,
    transport: Transport,
    day: date,
    route: Any,
    records: PassageRecords = NO_RECORDS,
    registered: str = "",
) -> Passage:
    """Evaluate a transport on the best route of an answer of `dajian route --json`.

    `registered` names the vehicle where records hold measurements of several.

    Raises InvalidInputError on `route` where it does not fit the network.
    """
    records = records_on(network, records)
    pieces = driven_pieces(network, route)
    way = Way(network, pieces, records.measurements, day, stops_of(route))
    train = train_of(transport, tables, law, day)
    return evaluate_passage(tables, train, way, records.decisions, registered)


def records_on(network: RoadNetwork, records: PassageRecords) -> PassageRecords:
    """Return records as they hold on a network: stretches and junctions are found by their place.

    What was recorded on another version and is not found on this one is left out.
    """
    if not records.measurements.every and not records.decisions:
        return records
    if not records.stamp:
        return _placed(network, records)
    return remembered(network, ("records", records.stamp), lambda: _placed(network, records))


def _placed(network: RoadNetwork, records: PassageRecords) -> PassageRecords:
    return replace(
        records,
        measurements=Measurements.of(rows_on(network, records.measurements.every)),
        decisions=tuple(rows_on(network, records.decisions)),
    )


def stops_of(route: Any) -> tuple[Stop, ...]:
    """Return where the best route of an answer waits on its way; at the origin is no stop."""
    chosen = route.get("routes", [route])[0]
    return tuple(
        Stop(str(one["place"]), float(one["chainage_km"]), (one["at"][0], one["at"][1]))
        for one in chosen.get("holds", ())
        if one.get("place")
    )


def train_of(transport: Transport, tables: Tables, law: Law, day: date) -> PassingTrain:
    """Return the transport as the checks see it: what it exceeds decides what is looked at."""
    exceeded = {finding.rule for finding in classify(transport, law, day).exceeded}
    return describe_train(
        transport,
        tables,
        size_over=bool(exceeded & _SIZES),
        mass_over=bool(exceeded - _SIZES),
    )


def driven_pieces(network: RoadNetwork, route: Any) -> tuple[Piece, ...]:
    """Return the driven part of every edge of the best route of an answer."""
    pieces = [edge for edge, _ in pieces_of_answer(network, route)]
    routes = route.get("routes", [route])
    start_m, end_m = float(routes[0]["start_offset_m"]), float(routes[0]["end_offset_m"])
    last = len(pieces) - 1
    return tuple(
        Piece(
            edge,
            start_m if number == 0 else 0.0,
            end_m if number == last else float(network.length_m[edge]),
        )
        for number, edge in enumerate(pieces)
    )


def read_records(document: Mapping[str, Any]) -> PassageRecords:
    """Read measurements and decisions as files hold them; raise InvalidInputError with all faults.

    `measurements`: element, field, value, measured_by, measured_on, valid_until, photo, measure,
    pictures, edges, place.
    `decisions`: element, check, result, reason, signed_by, decided_on, valid_until, axle_loads_kn,
    axle_spacings_m, rating, conditions, place. `place` of a stretch or a junction: network, road,
    line, bearings. `report`: fields of appendix A by name.
    """
    if not isinstance(document, Mapping):
        raise InvalidInputError([FieldFault("records", "must be one JSON object", "object")])
    faults: list[FieldFault] = []
    measured = _read_all(document, "measurements", _measurement, faults)
    decided = _read_all(document, "decisions", _decision, faults)
    if faults:
        raise InvalidInputError(faults)
    report = {str(name): str(text) for name, text in document.get("report", {}).items()}
    stamp = hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()
    return PassageRecords(Measurements.of(measured), tuple(decided), report, stamp)


def read_measurements(document: Mapping[str, Any]) -> list[Measurement]:
    """Read every measurement of a file, also those that a later one replaced."""
    faults: list[FieldFault] = []
    found = list(_read_all(document, "measurements", _measurement, faults))
    if faults:
        raise InvalidInputError(faults)
    return found


def _read_all(
    document: Mapping[str, Any], name: str, read: Any, faults: list[FieldFault]
) -> Iterable[Any]:
    found = []
    for number, row in enumerate(document.get(name, ())):
        where = f"{name}[{number}]"
        try:
            found.append(read(row))
        except InvalidInputError as wrong:
            faults += [FieldFault(f"{where}.{f.field}", f.message, f.code) for f in wrong.faults]
        except KeyError as missing:
            faults.append(FieldFault(f"{where}.{missing.args[0]}", "is missing", "required"))
        except (TypeError, ValueError) as wrong_value:
            faults.append(FieldFault(where, str(wrong_value), "kind"))
    return found


def _measurement(row: Mapping[str, Any]) -> Measurement:
    return Measurement(
        element=row["element"],
        field=row["field"],
        value=_listed(row["field"], row["value"]),
        measured_by=row["measured_by"],
        measured_on=date.fromisoformat(row["measured_on"]),
        valid_until=date.fromisoformat(row["valid_until"]),
        photo=row.get("photo", ""),
        measure=row.get("measure", ""),
        pictures=tuple(row.get("pictures", ())),
        edges=tuple(row.get("edges", ())),
        place=_place(row.get("place")),
    )


def _place(row: Mapping[str, Any] | None) -> RoadPlace | None:
    if not row:
        return None
    return RoadPlace(
        str(row["network"]),
        str(row.get("road", "")),
        tuple((float(lon), float(lat)) for lon, lat in row.get("line", ())),
        tuple(float(one) for one in row.get("bearings", ())),
    )


def _listed(name: str, value: Any) -> Any:
    """Return a single number as a list of one where the field holds one for each span or arm."""
    return [value] if name in LISTS and isinstance(value, int | float) else value


def _decision(row: Mapping[str, Any]) -> Decision:
    loads, spacings = row.get("axle_loads_kn"), row.get("axle_spacings_m")
    axles = Axles(tuple(loads), tuple(spacings or ())) if loads else None
    return Decision(
        element=row["element"],
        check=row["check"],
        result=Result(row["result"]),
        reason=row["reason"],
        signed_by=row["signed_by"],
        decided_on=date.fromisoformat(row["decided_on"]),
        valid_until=date.fromisoformat(row["valid_until"]),
        axles=axles,
        rating=row.get("rating", {}),
        conditions=tuple(row.get("conditions", ())),
        place=_place(row.get("place")),
    )
