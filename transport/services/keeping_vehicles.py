"""A carrier keeps its combinations to use again in applications."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.services.library import LibraryVehicle
from transport.services.ports import UnitOfWorkFactory


def save_vehicle(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, vehicle: LibraryVehicle, now: datetime
) -> LibraryVehicle:
    """Keep a combination: a new one with an empty id, else the one read at its version."""
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only a carrier keeps vehicles")
    faults = [
        FieldFault(field, "must be given")
        for field, value in (
            ("name", vehicle.name),
            ("vehicle.tractor_plate", vehicle.vehicle.tractor_plate),
        )
        if not value.strip()
    ]
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
    with unit_of_work(read_only=True) as work:
        return work.vehicles.of_organisation(actor.organisation_id)
