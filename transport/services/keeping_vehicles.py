"""A carrier keeps its vehicles and combinations, with their papers, to use in applications."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.application import Vehicle
from transport.permits.form_checks import plate_fault, vin_fault
from transport.regulations.law import Law
from transport.services.library import LibraryKind, LibraryUnit, LibraryVehicle
from transport.services.ports import UnitOfWorkFactory
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.vehicle_papers import (
    PaperKind,
    VehiclePaper,
    expiring_papers,
    paper_faults,
)


def save_vehicle(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    vehicle: LibraryVehicle,
    now: datetime,
    law: Law | None = None,
) -> LibraryVehicle:
    """Keep a vehicle or combination: a new one with an empty id, else the one at its version.

    With the law, temporary plates that last too long are refused.
    """
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only a carrier keeps vehicles")
    faults = _faults(vehicle)
    if law is not None:
        faults += paper_faults(vehicle.papers, temporary_plate_days(law, now.date()))
    if faults:
        raise InvalidInputError(faults)
    owned = replace(vehicle, organisation_id=actor.organisation_id)
    with unit_of_work() as work:
        if owned.id:
            known = work.vehicles.get(owned.id)
            if known.organisation_id != actor.organisation_id:
                raise NotFoundError(f"there is no vehicle {owned.id!r}")
            saved = work.vehicles.save(owned, changed_by=actor.name, at=now)
        else:
            saved = replace(owned, id=work.new_id())
            work.vehicles.add(saved, changed_by=actor.name, at=now)
        work.commit()
        return saved


def list_vehicles(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[LibraryVehicle]:
    """Return the combinations of the actor's firm."""
    kept = _all(unit_of_work, actor)
    return [one for one in kept if one.kind is LibraryKind.COMBINATION]


def list_units(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[LibraryVehicle]:
    """Return the single vehicles of the actor's firm."""
    kept = _all(unit_of_work, actor)
    return [one for one in kept if one.kind is not LibraryKind.COMBINATION]


def open_vehicle(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, vehicle_id: str
) -> LibraryVehicle:
    """Return a vehicle or combination of the actor's firm; raises NotFoundError."""
    for one in _all(unit_of_work, actor):
        if one.id == vehicle_id:
            return one
    raise NotFoundError(f"there is no vehicle {vehicle_id!r}")


def papers_of(combination: LibraryVehicle, units: list[LibraryVehicle]) -> tuple[VehiclePaper, ...]:
    """Return the papers of a combination and of the units it consists of.

    The day that was entered for the first of its papers to expire counts as one more.
    """
    mine = {combination.tractor_id, combination.trailer_id} - {""}
    first = combination.papers_valid_until
    summed_up = (VehiclePaper(PaperKind.OTHER, valid_until=first),) if first else ()
    return (
        combination.papers
        + summed_up
        + tuple(
            replace(paper, holder=paper.holder or (one.unit.plate if one.unit else one.name))
            for one in units
            if one.id in mine
            for paper in one.papers
        )
    )


def coupled(tractor: LibraryVehicle | None, trailer: LibraryVehicle | None) -> Vehicle:
    """Return what an application says of two units that are coupled."""
    pulls = tractor.unit if tractor and tractor.unit else LibraryUnit("")
    towed = trailer.unit if trailer and trailer.unit else LibraryUnit("")
    return Vehicle(
        tractor_plate=pulls.plate,
        trailer_plate=towed.plate,
        tractor_model=pulls.model,
        trailer_model=towed.model,
        tractor_kerb_mass_t=pulls.kerb_mass_t,
        trailer_kerb_mass_t=towed.kerb_mass_t,
        tractor_vin=pulls.vin,
        trailer_vin=towed.vin,
        tractor_axles=pulls.axle_count,
        trailer_axles=towed.axle_count,
        nose_m=pulls.tractor.front_m if pulls.tractor else None,
        deck_height_m=towed.trailer.deck_height_m if towed.trailer else None,
    )


def fleet_of(units: list[LibraryVehicle], catalogue: Catalogue) -> Catalogue:
    """Return a firm's own vehicles as a catalogue, each under its plate; frames are lent."""
    tractors: dict[str, Tractor] = {}
    trucks: dict[str, Tractor] = {}
    trailers: dict[str, Trailer] = {}
    for one in units:
        if one.unit is None:
            continue
        plate, name = one.unit.plate, f"{one.unit.plate} {one.unit.model}".strip()
        if one.unit.tractor:
            pulls = trucks if one.kind is LibraryKind.TRUCK else tractors
            pulls[plate] = replace(one.unit.tractor, code=plate, name_zh=name, name_en=name)
        elif one.unit.trailer:
            trailers[plate] = replace(one.unit.trailer, code=plate, name_zh=name, name_en=name)
    return Catalogue({}, tractors, trailers, trucks=trucks, frames=catalogue.frames)


def warn_of_papers(
    unit_of_work: UnitOfWorkFactory, law: Law, *, actor: Actor, day: date
) -> list[tuple[LibraryVehicle, VehiclePaper, date]]:
    """Return the papers of the firm's vehicles that have expired or soon will, earliest first."""
    days = temporary_plate_days(law, day)
    found = [
        (vehicle, paper, last)
        for vehicle in _all(unit_of_work, actor)
        for paper, last in expiring_papers(vehicle.papers, day, days)
    ]
    return sorted(found, key=lambda one: one[2])


def temporary_plate_days(law: Law, day: date) -> int:
    """Return how many days a temporary plate may last."""
    return law.permit_terms.temporary_plate_days.on(day).value


def _all(unit_of_work: UnitOfWorkFactory, actor: Actor) -> list[LibraryVehicle]:
    with unit_of_work(read_only=True) as work:
        return work.vehicles.of_organisation(actor.organisation_id)


def _faults(vehicle: LibraryVehicle) -> list[FieldFault]:
    unit = vehicle.unit
    plate = (
        ("plate", unit.plate) if unit else ("vehicle.tractor_plate", vehicle.vehicle.tractor_plate)
    )
    faults = [
        FieldFault(field, "must be given")
        for field, value in (("name", vehicle.name), plate)
        if not value.strip()
    ]
    if unit:
        judged = (plate_fault(unit.plate, "plate"), vin_fault(unit.vin, "vin"))
        faults += [one for one in judged if one is not None]
    return faults
