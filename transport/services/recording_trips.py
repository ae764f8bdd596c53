"""Trips and their load manifests: planned, loaded with certificate, departed, accepted on site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits import manifest as manifests
from transport.permits.acts import allowed_steps
from transport.permits.case import Case
from transport.permits.decision import signature_of
from transport.permits.manifest import Evidence, Manifest, Trip, TripState
from transport.permits.readiness import ready_to_depart
from transport.permits.states import Step
from transport.services.audit_trail import event_by
from transport.services.ports import DocumentStore, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, day_of, open_case, write_step

File = tuple[str, bytes]  # name and content of an uploaded file


def plan_trip(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    number: str,
    component_numbers: Sequence[str],
    now: datetime,
) -> Trip:
    """Plan a trip of a case with the components it will carry, all of them on the application."""
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only the carrier plans trips")
    wanted = tuple(one.strip() for one in component_numbers if one.strip())
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        application = case.application
        strange = [one for one in wanted if one not in application.cargo.component_numbers]
        if strange or not wanted:
            message = (
                f"not on the application: {', '.join(strange)}" if strange else "must be given"
            )
            raise InvalidInputError([FieldFault("component_numbers", message, "not_on_pass")])
        permits = work.permits.of_case(case.id)
        trip = Trip(
            id=work.new_id(),
            case_id=case.id,
            case_number=case.number,
            permit_id=permits[-1].id if permits else "",
            carrier_id=case.organisation_id,
            factory_id=case.factory_id,
            tractor_plate=application.vehicle.tractor_plate,
            trailer_plate=application.vehicle.trailer_plate,
            state=TripState.PLANNED,
            manifest=Manifest(component_numbers=wanted),
        )
        work.trips.add(trip, changed_by=actor.name, at=now)
        _audit(work, case, actor, now, trip, "plan_trip")
        work.commit()
        return trip


def record_loading(
    unit_of_work: UnitOfWorkFactory,
    documents: DocumentStore,
    *,
    actor: Actor,
    trip_id: str,
    expected_version: int,
    certificate_number: str,
    certificate: File | None,
    now: datetime,
    photos: Sequence[File] = (),
    weighed_t: float | None = None,
    happened_at: datetime | None = None,
    record_id: str = "",
) -> Trip:
    """Record the loading, by factory or carrier; no loading without the factory's certificate.

    A component that stands on another loaded trip is refused, unless it came back damaged.
    """
    with unit_of_work() as work:
        case, trip = _open_trip(work, actor, trip_id, expected_version)
        _refuse_loaded_elsewhere(work, trip)
        manifest = replace(
            trip.manifest,
            certificate_number=certificate_number.strip(),
            certificate=_keep(documents, certificate) if certificate else None,
            photos=tuple(_keep(documents, one) for one in photos),
            weighed_t=weighed_t,
            loaded_at=happened_at,
        )
        loaded = manifests.load(trip, manifest, signature_of(actor, now))
        loaded = _with_record(loaded, record_id)
        saved = work.trips.save(loaded, changed_by=actor.name, at=now)
        _audit(work, case, actor, now, saved, "record_loading")
        work.commit()
        return saved


def record_departure(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    trip_id: str,
    expected_version: int,
    now: datetime,
    entry_station: str = "",
    happened_at: datetime | None = None,
    record_id: str = "",
    driver: str = "",
) -> Trip:
    """Record hand-over and departure; only while the case is ready to depart (可发车).

    `happened_at` is the time tapped on a phone that sent its record `record_id` later; the acts
    must have been in force on that day. The signature keeps the time of receipt.
    """
    left_at = happened_at or now
    with unit_of_work() as work:
        case, trip = _open_trip(work, actor, trip_id, expected_version)
        permits = work.permits.of_case(case.id)
        ready, missing = ready_to_depart(case, day_of(left_at), permits)
        if not ready:
            acts = ", ".join(f"{one.kind.value} {one.area} ({one.reason.value})" for one in missing)
            message = f"case {case.number} is not ready to depart: {acts}"
            raise StepNotAllowedError(message, "not_ready", case=case.number)
        if permits:
            trip = replace(trip, permit_id=permits[-1].id)
        by = signature_of(actor, now)
        gone = manifests.depart(trip, by, left_at, entry_station, driver.strip())
        gone = _with_record(gone, record_id)
        saved = work.trips.save(gone, changed_by=actor.name, at=now)
        _use(work, case, actor, now, Step.START_USE)
        _audit(work, case, actor, now, saved, "record_departure")
        work.commit()
        return saved


def record_site_acceptance(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    trip_id: str,
    expected_version: int,
    accepted_by: str,
    now: datetime,
    damage_note: str = "",
    exit_station: str = "",
    happened_at: datetime | None = None,
    record_id: str = "",
    photos: Sequence[Evidence] = (),
) -> Trip:
    """Record who accepted the load on site, with any damage; a phone may send it later."""
    with unit_of_work() as work:
        case, trip = _open_trip(work, actor, trip_id, expected_version)
        done = manifests.accept_on_site(
            trip,
            accepted_by=accepted_by,
            at=happened_at or now,
            damage_note=damage_note,
            exit_station=exit_station,
            photos=tuple(photos),
        )
        done = _with_record(done, record_id)
        saved = work.trips.save(done, changed_by=actor.name, at=now)
        trips = work.trips.of_case(case.id)
        if all(one.state is not TripState.DEPARTED for one in trips):
            _use(work, case, actor, now, Step.END_USE)
        _audit(work, case, actor, now, saved, "record_site_acceptance")
        work.commit()
        return saved


def record_between(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    trip_id: str,
    expected_version: int,
    change: Callable[[Trip], Trip],
    step: str,
    now: datetime,
    record_id: str = "",
) -> Trip:
    """Record what happens between the great steps: a weighing, an arrival, a note of damage."""
    with unit_of_work() as work:
        case, trip = _open_trip(work, actor, trip_id, expected_version)
        changed = _with_record(change(trip), record_id)
        saved = work.trips.save(changed, changed_by=actor.name, at=now)
        _audit(work, case, actor, now, saved, step)
        work.commit()
        return saved


def keep_file(documents: DocumentStore, file: File) -> Evidence:
    """Keep a file that proves something; raises InvalidInputError for what is none."""
    return _keep(documents, file)


def list_trips(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Trip]:
    """Return the trips the actor's firm drives or loads."""
    with unit_of_work(read_only=True) as work:
        return work.trips.of_organisation(actor.organisation_id)


def list_trips_with_cases(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor
) -> list[tuple[Case, Trip]]:
    """Return the trips the actor's firm drives or loads, each with its case."""
    with unit_of_work(read_only=True) as work:
        trips = work.trips.of_organisation(actor.organisation_id)
        cases = {one: open_case(work, one, actor) for one in {each.case_number for each in trips}}
    return [(cases[one.case_number], one) for one in trips]


def open_trip(unit_of_work: UnitOfWorkFactory, *, actor: Actor, trip_id: str) -> tuple[Case, Trip]:
    """Return a trip with its case."""
    with unit_of_work(read_only=True) as work:
        trip = work.trips.get(trip_id)
        return open_case(work, trip.case_number, actor), trip


def _open_trip(
    work: UnitOfWork, actor: Actor, trip_id: str, expected_version: int
) -> tuple[Case, Trip]:
    trip = work.trips.get(trip_id)
    if actor.organisation_id not in {trip.carrier_id, trip.factory_id}:
        raise NotFoundError(f"there is no trip {trip_id!r}")
    return open_case(work, trip.case_number, actor), replace(trip, version=expected_version)


def _refuse_loaded_elsewhere(work: UnitOfWork, trip: Trip) -> None:
    faults = []
    for other in work.trips.of_organisation(trip.factory_id or trip.carrier_id):
        if other.id == trip.id or not other.holds_its_load:
            continue
        both = set(trip.manifest.component_numbers) & set(other.manifest.component_numbers)
        for number in sorted(both):
            params = ("component", number), ("case", other.case_number)
            message = f"{number} stands on another loaded trip of case {other.case_number}"
            faults.append(FieldFault("component_numbers", message, "loaded_elsewhere", params))
    if faults:
        raise InvalidInputError(faults)


def _with_record(trip: Trip, record_id: str) -> Trip:
    return replace(trip, received=(*trip.received, record_id)) if record_id else trip


def _use(work: UnitOfWork, case: Case, actor: Actor, now: datetime, step: Step) -> None:
    """Note on the highway act that a truck left on it, or that none is on the road any more."""
    act = case.highway_permit
    if act is None or step not in allowed_steps(act, actor.role):
        return
    request = StepRequest(actor, case.number, act.id, act.version, now)
    write_step(work, case, act, request, step)


def _keep(documents: DocumentStore, file: File) -> Evidence:
    name, content = file
    stored = documents.put(content, name)
    return Evidence(digest=stored.digest, filename=name, media_type=stored.media_type)


def _audit(
    work: UnitOfWork, case: Case, actor: Actor, now: datetime, trip: Trip, step: str
) -> None:
    work.audit.append(
        event_by(
            actor,
            now,
            subject=case.number,
            step=step,
            law_day=case.application.law_day,
            details={
                "trip": trip.id,
                "components": ",".join(trip.manifest.component_numbers),
                "certificate": trip.manifest.certificate_number,
                "state": trip.state.value,
            },
        )
    )
