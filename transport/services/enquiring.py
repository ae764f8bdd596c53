"""A factory keeps its components, asks how they come to a site, and hands that to a carrier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, OrganisationState, Role
from transport.services.audit_trail import event_by
from transport.services.library import Component, Enquiry
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import day_of
from transport.vehicles.component_faults import component_faults


def save_component(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, component: Component, now: datetime
) -> Component:
    """Keep a component: a new one with an empty id, else the one read at its version."""
    _must_be_factory(actor)
    _check_component(component, day_of(now))
    with unit_of_work() as work:
        if component.id:
            known = work.components.get(component.id)
            if known.organisation_id != actor.organisation_id:
                raise NotFoundError(f"there is no component {component.id!r}")
            owned = replace(component, organisation_id=actor.organisation_id)
            saved = work.components.save(owned, changed_by=actor.name, at=now)
        else:
            saved = replace(component, id=work.new_id(), organisation_id=actor.organisation_id)
            work.components.add(saved, changed_by=actor.name, at=now)
        work.commit()
        return saved


def list_components(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Component]:
    """Return the components of the actor's factory."""
    with unit_of_work(read_only=True) as work:
        return work.components.of_organisation(actor.organisation_id)


def save_enquiry(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, enquiry: Enquiry, now: datetime
) -> Enquiry:
    """Keep an enquiry: a new one with an empty id, else the one read at its version."""
    _must_be_factory(actor)
    with unit_of_work() as work:
        owned = replace(
            enquiry, factory_id=actor.organisation_id, factory_name=actor.organisation_name
        )
        if enquiry.id:
            _own_enquiry(work.enquiries.get(enquiry.id), actor)
            saved = work.enquiries.save(owned, changed_by=actor.name, at=now)
        else:
            saved = replace(owned, id=work.new_id(), created_at=now, created_by=actor.name)
            work.enquiries.add(saved, changed_by=actor.name, at=now)
        work.commit()
        return saved


def hand_over(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    enquiry_id: str,
    carrier_id: str,
    expected_version: int,
    now: datetime,
) -> Enquiry:
    """Hand an enquiry to a carrier, who can make an application from it."""
    _must_be_factory(actor)
    with unit_of_work() as work:
        enquiry = _own_enquiry(work.enquiries.get(enquiry_id), actor)
        carrier = next(
            (
                one
                for one in work.organisations.listed(
                    role=Role.CARRIER, state=OrganisationState.APPROVED
                )
                if one.id == carrier_id
            ),
            None,
        )
        if carrier is None:
            raise InvalidInputError([FieldFault("carrier_id", "must be an approved carrier")])
        handed = replace(
            enquiry,
            carrier_id=carrier.id,
            carrier_name=carrier.name,
            version=expected_version,
        )
        saved = work.enquiries.save(handed, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=enquiry.id,
                step="hand_over",
                law_day=enquiry.law_day,
                details={"carrier": carrier.name},
            )
        )
        work.commit()
        return saved


def list_carriers(unit_of_work: UnitOfWorkFactory) -> list[tuple[str, str]]:
    """Return id and name of the approved carriers, to choose from."""
    with unit_of_work(read_only=True) as work:
        carriers = work.organisations.listed(role=Role.CARRIER, state=OrganisationState.APPROVED)
        return [(one.id, one.name) for one in carriers]


def list_enquiries(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Enquiry]:
    """Return a factory's own enquiries, or those handed to a carrier."""
    with unit_of_work(read_only=True) as work:
        if actor.role is Role.CARRIER:
            return work.enquiries.for_carrier(actor.organisation_id)
        return work.enquiries.of_factory(actor.organisation_id)


def open_enquiry(unit_of_work: UnitOfWorkFactory, *, actor: Actor, enquiry_id: str) -> Enquiry:
    """Return an enquiry of the actor's factory, or one handed to the actor's firm."""
    with unit_of_work(read_only=True) as work:
        enquiry = work.enquiries.get(enquiry_id)
    if actor.organisation_id not in {enquiry.factory_id, enquiry.carrier_id}:
        raise NotFoundError(f"there is no enquiry {enquiry_id!r}")
    return enquiry


def _own_enquiry(enquiry: Enquiry, actor: Actor) -> Enquiry:
    if enquiry.factory_id != actor.organisation_id:
        raise NotFoundError(f"there is no enquiry {enquiry.id!r}")
    return enquiry


def _must_be_factory(actor: Actor) -> None:
    if actor.role is not Role.FACTORY:
        raise StepNotAllowedError("only a factory keeps components and enquiries")


def _check_component(component: Component, today: date) -> None:
    faults = [
        FieldFault(field, "must be given")
        for field in ("number", "name")
        if not str(getattr(component, field)).strip()
    ]
    faults += [
        FieldFault(field, "must be more than zero")
        for field in ("length_m", "width_m", "height_m", "mass_t")
        if not getattr(component, field) > 0
    ]
    faults += [] if faults else component_faults(component)
    measured_on = component.measured.measured_on
    if measured_on is not None and measured_on > today:
        message = f"{measured_on.isoformat()} has not come yet: give the day of measuring"
        faults.append(FieldFault("measured_on", message, "day_ahead"))
    if component.cast_on is not None and component.cast_on > today:
        message = f"{component.cast_on.isoformat()} has not come yet: give the day of casting"
        faults.append(FieldFault("cast_on", message, "cast_ahead"))
    if faults:
        raise InvalidInputError(faults)
