"""Judge many transports at once: rows of one kind of vehicle together, one short answer each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from transport.errors import FieldFault, InvalidInputError, TransportError
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.routing.answer import blocker_as_json
from transport.routing.answering_shortly import ShortAnswer
from transport.routing.ground import SMALL_NETWORK_EDGES
from transport.routing.kindred import in_kindred_order, price_list
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.planning_routes import RouteRequest, ShortPlanner
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt, read_travel_at

_WAY = ("id", "from", "to", "via", "avoid", "travel_at")
# Under this name readers of tables put the cells of a row that stand beyond the columns.
MORE_CELLS = "more cells"
_LIST_COLUMNS = ("axle_loads_t", "axle_spacings_m", "axle_counts", "tyres_per_axle")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What came of one row: its number in the file, its id, and the answer or its faults."""

    number: int
    id: str
    answer: ShortAnswer | None = None
    faults: tuple[FieldFault, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        if self.answer is None:
            errors = [{"field": one.field, "message": one.message} for one in self.faults]
            return {"id": self.id, "error": errors}
        blocker = self.answer.blocker
        return {
            "id": self.id,
            "status": self.answer.status.value,
            "duration_s": self.answer.duration_s,
            "length_m": self.answer.length_m,
            "first_blocker": None if blocker is None else blocker_as_json(blocker),
        }


@dataclass(slots=True)
class _Class:
    """Transports that are alike on one day: one vehicle, one planner."""

    transport: Transport
    travel_at: TravelAt
    rows: list[tuple[int, str, RouteRequest]] = field(default_factory=list)


def class_of(row: Mapping[str, Any]) -> str:
    """Return what makes a row's vehicle alike to others, so that workers get whole classes."""
    return repr(sorted((key, str(value)) for key, value in row.items() if key not in _WAY[:5]))


def judge_many(
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    network: RoadNetwork,
    law: Law,
    now: datetime,
    *,
    tables: Tables | None = None,
    records: PassageRecords = NO_RECORDS,
) -> Iterator[JudgedRow]:
    """Judge numbered rows; a row has `id`, `from`, `to` and the keys of a transport.

    A wrong row is answered with its faults and stops no other. With the `tables` of the passage
    evaluation bridges and turns on record are examined, with what was surveyed and decided
    (`records`), as for a single route.
    """
    classes: dict[str, _Class] = {}
    for number, row in rows:
        name = str(row.get("id") or number)
        try:
            key = class_of(row)
            if key not in classes:
                classes[key] = _read_class(row, now)
            classes[key].rows.append((number, name, _read_request(row)))
        except TransportError as wrong:
            yield _refused(number, name, wrong)
    planned: list[tuple[_Class, ShortPlanner]] = []
    for one in classes.values():
        many = len(one.rows)
        try:
            planner = ShortPlanner(
                network, law, one.transport, one.travel_at, many, tables, records
            )
            planned.append((one, planner))
        except TransportError as wrong:  # such as a day before any law on file
            yield from (_refused(number, name, wrong) for number, name, _ in one.rows)
    for one, planner in _one_by_one(planned, network):
        planner.begin()
        for number, name, request in one.rows:
            try:
                yield JudgedRow(number, name, planner.answer(request))
            except TransportError as wrong:
                yield _refused(number, name, wrong)


def _refused(number: int, name: str, wrong: TransportError) -> JudgedRow:
    if isinstance(wrong, InvalidInputError):
        return JudgedRow(number, name, faults=wrong.faults)
    return JudgedRow(number, name, faults=(FieldFault("row", str(wrong)),))


def _one_by_one(
    planned: list[tuple[_Class, ShortPlanner]], network: RoadNetwork
) -> list[tuple[_Class, ShortPlanner]]:
    """Put the classes in order, those to which roads cost alike side by side."""
    if network.edge_count < SMALL_NETWORK_EDGES:
        return planned
    order = in_kindred_order([price_list(planner.ground()) for _, planner in planned])
    return [planned[place] for place in order]


def _read_class(row: Mapping[str, Any], now: datetime) -> _Class:
    if row.get(MORE_CELLS):
        message = "has more cells than columns: join lists by ';', or put them in quotes"
        raise InvalidInputError([FieldFault("row", message)])
    given = {
        key: _listed(key, value)
        for key, value in row.items()
        if key not in _WAY and value not in (None, "")
    }
    travel_at = row.get("travel_at")
    return _Class(describe_transport(given), read_travel_at(str(travel_at or "") or None, now))


def _listed(key: str, value: Any) -> Any:
    """Let a cell join its list by `;`, as files people bring do."""
    return value.replace(";", ",") if key in _LIST_COLUMNS and isinstance(value, str) else value


def _read_request(row: Mapping[str, Any]) -> RouteRequest:
    faults = [
        FieldFault(name, "is missing: give a place or LON,LAT", "required")
        for name in ("from", "to")
        if not row.get(name)
    ]
    if faults:
        raise InvalidInputError(faults)
    return RouteRequest(
        str(row["from"]), str(row["to"]), _several(row.get("via")), _several(row.get("avoid"))
    )


def _several(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return tuple(str(part) for part in value or ())
