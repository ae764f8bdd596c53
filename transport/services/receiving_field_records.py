"""What phones recorded without signal and send later: each record counts once, or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.people import Actor
from transport.permits.component_history import ComponentHistory, history_of
from transport.permits.manifest import Trip, TripState
from transport.services.ports import UnitOfWorkFactory
from transport.services.recording_trips import (
    list_trips,
    open_trip,
    record_departure,
    record_site_acceptance,
)

_CLOCKS_DIFFER = timedelta(minutes=10)  # a phone's clock may run ahead of the server's


class FieldStep(StrEnum):
    """The steps a phone records with one tap."""

    DEPARTURE = "departure"
    ACCEPTANCE = "acceptance"


class Receipt(StrEnum):
    """What became of a phone's record."""

    RECORDED = "recorded"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """One tap on a phone: `id` is made there, `scanned` are the component labels read.

    `site` is the place of the label at the site's gate, empty where none was read.
    """

    id: str
    trip_id: str
    step: FieldStep
    at: datetime
    scanned: tuple[str, ...] = ()
    site: str = ""
    accepted_by: str = ""
    damage_note: str = ""


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """The receipt of a record, with the reason of a refusal."""

    id: str
    receipt: Receipt
    why: str = ""


def receive_field_records(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    records: Sequence[FieldRecord],
    now: datetime,
) -> list[FieldAnswer]:
    """Take over the records in the order they were tapped; one refusal does not stop the others.

    A record sent twice, or a step that another phone recorded first, changes nothing.
    """
    answers = []
    for record in sorted(records, key=lambda one: one.at):
        try:
            receipt = _receive(unit_of_work, actor, record, now)
            answers.append(FieldAnswer(record.id, receipt))
        except (ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError) as wrong:
            answers.append(FieldAnswer(record.id, Receipt.REFUSED, str(wrong)))
    return answers


def follow_component(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str
) -> ComponentHistory:
    """Return the chain of a component over the trips of the actor's firm."""
    trips = list_trips(unit_of_work, actor=actor)
    if not any(number in one.manifest.component_numbers for one in trips):
        raise NotFoundError(f"no trip of your firm carries the component {number!r}")
    return history_of(number, trips)


def _receive(
    unit_of_work: UnitOfWorkFactory, actor: Actor, record: FieldRecord, now: datetime
) -> Receipt:
    case, trip = open_trip(unit_of_work, actor=actor, trip_id=record.trip_id)
    if record.id in trip.received or _is_past(trip, record.step):
        return Receipt.ALREADY
    _check(record, trip, case.application.itinerary.destination, now)
    if record.step is FieldStep.DEPARTURE:
        record_departure(
            unit_of_work,
            actor=actor,
            trip_id=trip.id,
            expected_version=trip.version,
            now=now,
            happened_at=record.at,
            record_id=record.id,
        )
    else:
        record_site_acceptance(
            unit_of_work,
            actor=actor,
            trip_id=trip.id,
            expected_version=trip.version,
            accepted_by=record.accepted_by,
            damage_note=record.damage_note,
            now=now,
            happened_at=record.at,
            record_id=record.id,
        )
    return Receipt.RECORDED


def _is_past(trip: Trip, step: FieldStep) -> bool:
    if step is FieldStep.DEPARTURE:
        return trip.state in {TripState.DEPARTED, TripState.DELIVERED}
    return trip.state is TripState.DELIVERED


def _check(record: FieldRecord, trip: Trip, destination: str, now: datetime) -> None:
    faults = []
    strange = sorted(set(record.scanned) - set(trip.manifest.component_numbers))
    if strange:
        message = f"not on this trip: {', '.join(strange)}"
        faults.append(FieldFault("scanned", message, "not_on_trip"))
    if record.site and record.site != destination:
        message = f"the load belongs to {destination}, not to {record.site}"
        faults.append(FieldFault("site", message, "wrong_site"))
    if record.at > now + _CLOCKS_DIFFER:
        faults.append(FieldFault("at", "lies in the future: check the phone's clock", "future"))
    if trip.departed_at is not None and record.at < trip.departed_at:
        faults.append(FieldFault("at", "lies before the departure", "before_departure"))
    if faults:
        raise InvalidInputError(faults)
