"""What phones recorded without signal and send later: each record counts once, or says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
    TransportError,
)
from transport.people import Actor
from transport.permits.component_history import ComponentHistory, history_of
from transport.permits.manifest import (
    Damage,
    Evidence,
    Trip,
    TripState,
    arrive,
    note_damage,
    weigh,
)
from transport.services.ports import DocumentStore, UnitOfWorkFactory
from transport.services.recording_trips import (
    keep_file,
    list_trips,
    open_trip,
    record_between,
    record_departure,
    record_loading,
    record_site_acceptance,
)

_CLOCKS_DIFFER = timedelta(minutes=10)  # a phone's clock may run ahead of the server's


_REFUSALS = (ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError)
File = tuple[str, bytes]  # name and content


class FieldStep(StrEnum):
    """The steps a phone records, in the order they happen."""

    LOADING = "loading"
    WEIGHING = "weighing"
    DEPARTURE = "departure"
    DAMAGE = "damage"
    ARRIVAL = "arrival"
    ACCEPTANCE = "acceptance"


_ORDER = {step: place for place, step in enumerate(FieldStep)}


class Receipt(StrEnum):
    """What became of a phone's record."""

    RECORDED = "recorded"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """One tap on a phone: `id` is made there, `scanned` are the component labels read.

    `site` is the place of the label at the site's gate, empty where none was read; `files` are what
    was photographed, of which the certificate of a loading is one by itself.
    """

    id: str
    trip_id: str
    step: FieldStep
    at: datetime
    scanned: tuple[str, ...] = ()
    site: str = ""
    accepted_by: str = ""
    damage_note: str = ""
    certificate_number: str = ""
    certificate: File | None = None
    files: tuple[File, ...] = ()
    weighed_t: float | None = None
    driver: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """The receipt of a record, with the refusal and its reason in English."""

    id: str
    receipt: Receipt
    why: str = ""
    refusal: TransportError | None = None


def receive_field_records(
    unit_of_work: UnitOfWorkFactory,
    documents: DocumentStore,
    *,
    actor: Actor,
    records: Sequence[FieldRecord],
    now: datetime,
) -> list[FieldAnswer]:
    """Take over the records in the order they were tapped; one refusal does not stop the others.

    A record sent twice, or a step that another phone recorded first, changes nothing.
    """
    answers = []
    for record in sorted(records, key=lambda one: (one.at, _ORDER[one.step])):
        try:
            receipt = _Receiving(unit_of_work, documents, actor, record, now).receipt()
            answers.append(FieldAnswer(record.id, receipt))
        except _REFUSALS as wrong:
            answers.append(FieldAnswer(record.id, Receipt.REFUSED, str(wrong), wrong))
    return answers


def follow_component(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str
) -> ComponentHistory:
    """Return the chain of a component over the trips of the actor's firm, from its casting on."""
    trips = [
        one
        for one in list_trips(unit_of_work, actor=actor)
        if number in one.manifest.component_numbers
    ]
    if not trips:
        raise NotFoundError(f"no trip of your firm carries the component {number!r}")
    factories = dict.fromkeys(one.factory_id for one in trips if one.factory_id)
    with unit_of_work(read_only=True) as work:
        known = [one for factory in factories for one in work.components.of_organisation(factory)]
        cast = next((one for one in known if one.number == number and one.cast_on), None)
        if cast is None:
            return history_of(number, trips)
        factory = work.organisations.get(cast.organisation_id)
    return history_of(number, trips, cast.cast_on, factory.name)


@dataclass(frozen=True, slots=True)
class _Receiving:
    """One record being taken over."""

    unit_of_work: UnitOfWorkFactory
    documents: DocumentStore
    actor: Actor
    record: FieldRecord
    now: datetime

    def receipt(self) -> Receipt:
        """Take the record over, once; somebody else's step meanwhile is looked at again."""
        try:
            return self._taken()
        except ConflictError:
            return self._taken()

    def _taken(self) -> Receipt:
        record = self.record
        case, trip = open_trip(self.unit_of_work, actor=self.actor, trip_id=record.trip_id)
        if record.id in trip.received or _is_past(trip, record.step):
            return Receipt.ALREADY
        _check(record, trip, case.application.itinerary.destination, self.now)
        steps: dict[FieldStep, Callable[[Trip], Trip]] = {
            FieldStep.LOADING: self._load,
            FieldStep.WEIGHING: self._weigh,
            FieldStep.DEPARTURE: self._depart,
            FieldStep.DAMAGE: self._note_damage,
            FieldStep.ARRIVAL: self._arrive,
            FieldStep.ACCEPTANCE: self._accept,
        }
        steps[record.step](trip)
        return Receipt.RECORDED

    def _load(self, trip: Trip) -> Trip:
        record = self.record
        return record_loading(
            self.unit_of_work,
            self.documents,
            actor=self.actor,
            trip_id=trip.id,
            expected_version=trip.version,
            certificate_number=record.certificate_number,
            certificate=record.certificate,
            photos=record.files,
            weighed_t=record.weighed_t,
            now=self.now,
            happened_at=record.at,
            record_id=record.id,
        )

    def _depart(self, trip: Trip) -> Trip:
        return record_departure(
            self.unit_of_work,
            actor=self.actor,
            trip_id=trip.id,
            expected_version=trip.version,
            now=self.now,
            entry_station=self.record.station,
            happened_at=self.record.at,
            record_id=self.record.id,
            driver=self.record.driver,
        )

    def _accept(self, trip: Trip) -> Trip:
        return record_site_acceptance(
            self.unit_of_work,
            actor=self.actor,
            trip_id=trip.id,
            expected_version=trip.version,
            accepted_by=self.record.accepted_by,
            damage_note=self.record.damage_note,
            exit_station=self.record.station,
            now=self.now,
            happened_at=self.record.at,
            record_id=self.record.id,
            photos=self._kept(),
        )

    def _weigh(self, trip: Trip) -> Trip:
        weighed_t = self.record.weighed_t
        if weighed_t is None:
            message = "give what was weighed, in tonnes"
            raise InvalidInputError([FieldFault("weighed_t", message, "not_weighed")])
        return self._between(trip, lambda one: weigh(one, weighed_t), "record_weighing")

    def _arrive(self, trip: Trip) -> Trip:
        return self._between(trip, lambda one: arrive(one, self.record.at), "record_arrival")

    def _note_damage(self, trip: Trip) -> Trip:
        record = self.record
        damage = Damage(record.damage_note.strip(), record.at, self.actor.name, self._kept())
        return self._between(trip, lambda one: note_damage(one, damage), "record_damage")

    def _between(self, trip: Trip, change: Callable[[Trip], Trip], step: str) -> Trip:
        return record_between(
            self.unit_of_work,
            actor=self.actor,
            trip_id=trip.id,
            expected_version=trip.version,
            change=change,
            step=step,
            now=self.now,
            record_id=self.record.id,
        )

    def _kept(self) -> tuple[Evidence, ...]:
        return tuple(keep_file(self.documents, one) for one in self.record.files)


def _is_past(trip: Trip, step: FieldStep) -> bool:
    on_the_way = trip.state in {TripState.DEPARTED, TripState.DELIVERED}
    if step is FieldStep.LOADING:
        return trip.state is not TripState.PLANNED
    if step is FieldStep.DEPARTURE:
        return on_the_way
    if step is FieldStep.ARRIVAL:
        return trip.arrived_at is not None or trip.state is TripState.DELIVERED
    return step is FieldStep.ACCEPTANCE and trip.state is TripState.DELIVERED


def _check(record: FieldRecord, trip: Trip, destination: str, now: datetime) -> None:
    faults = []
    strange = sorted(set(record.scanned) - set(trip.manifest.component_numbers))
    if strange:
        message = f"not on this trip: {', '.join(strange)}"
        named = (("components", "、".join(strange)),)
        faults.append(FieldFault("scanned", message, "not_on_trip", named))
    if record.site and record.site != destination:
        message = f"the load belongs to {destination}, not to {record.site}"
        sites = ("destination", destination), ("site", record.site)
        faults.append(FieldFault("site", message, "wrong_site", sites))
    if record.at > now + _CLOCKS_DIFFER:
        ahead = str(round((record.at - now).total_seconds() / 60))
        message = "lies in the future: check the phone's clock"
        faults.append(FieldFault("at", message, "clock_ahead", (("minutes", ahead),)))
    if trip.departed_at is not None and record.at < trip.departed_at:
        faults.append(FieldFault("at", "lies before the departure", "before_departure"))
    loaded_at = trip.manifest.loaded_at
    if record.step is FieldStep.DEPARTURE and loaded_at is not None and record.at < loaded_at:
        faults.append(FieldFault("at", "lies before the loading", "before_loading"))
    if faults:
        raise InvalidInputError(faults)
