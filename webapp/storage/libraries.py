"""Repositories of what firms keep: components, enquiries, vehicles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from transport.services.library import (
    ApplicationTemplate,
    Component,
    Enquiry,
    LibraryVehicle,
)
from webapp.storage.case_tables import (
    ApplicationTemplateRow,
    ComponentRow,
    EnquiryRow,
    VehicleRow,
)
from webapp.storage.snapshot_rows import SnapshotRows


class StoredComponents:
    """Components in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, ComponentRow, Component, "component")

    def get(self, component_id: str) -> Component:
        """Return a component; raises NotFoundError."""
        return self._rows.one(ComponentRow.id == component_id, component_id)

    def of_organisation(self, organisation_id: str) -> list[Component]:
        """Return a factory's components by number."""
        wanted = select(ComponentRow).where(ComponentRow.organisation_id == organisation_id)
        return self._rows.list(wanted.order_by(ComponentRow.number))

    def add(self, component: Component, *, changed_by: str, at: datetime) -> None:
        """Add a component; raises ConflictError if the factory uses the number."""
        self._rows.add(component, _component_columns(component), by=changed_by, at=at)

    def save(self, component: Component, *, changed_by: str, at: datetime) -> Component:
        """Write a component read at its `version`."""
        return self._rows.save(component, _component_columns(component), by=changed_by, at=at)


class StoredEnquiries:
    """Enquiries in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, EnquiryRow, Enquiry, "enquiry")

    def get(self, enquiry_id: str) -> Enquiry:
        """Return an enquiry; raises NotFoundError."""
        return self._rows.one(EnquiryRow.id == enquiry_id, enquiry_id)

    def of_factory(self, organisation_id: str) -> list[Enquiry]:
        """Return a factory's enquiries, newest first."""
        wanted = select(EnquiryRow).where(EnquiryRow.factory_id == organisation_id)
        return self._rows.list(wanted.order_by(EnquiryRow.created_at.desc()))

    def for_carrier(self, organisation_id: str) -> list[Enquiry]:
        """Return the enquiries handed to a carrier, newest first."""
        wanted = select(EnquiryRow).where(EnquiryRow.carrier_id == organisation_id)
        return self._rows.list(wanted.order_by(EnquiryRow.created_at.desc()))

    def add(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> None:
        """Add an enquiry."""
        self._rows.add(enquiry, _enquiry_columns(enquiry), by=changed_by, at=at)

    def save(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> Enquiry:
        """Write an enquiry read at its `version`."""
        return self._rows.save(enquiry, _enquiry_columns(enquiry), by=changed_by, at=at)


class StoredVehicles:
    """Combinations in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, VehicleRow, LibraryVehicle, "vehicle")

    def get(self, vehicle_id: str) -> LibraryVehicle:
        """Return a combination; raises NotFoundError."""
        return self._rows.one(VehicleRow.id == vehicle_id, vehicle_id)

    def of_organisation(self, organisation_id: str) -> list[LibraryVehicle]:
        """Return a carrier's combinations by name."""
        wanted = select(VehicleRow).where(VehicleRow.organisation_id == organisation_id)
        return self._rows.list(wanted.order_by(VehicleRow.name))

    def add(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> None:
        """Add a combination; raises ConflictError if the carrier uses the name."""
        self._rows.add(vehicle, _vehicle_columns(vehicle), by=changed_by, at=at)

    def save(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> LibraryVehicle:
        """Write a combination read at its `version`."""
        return self._rows.save(vehicle, _vehicle_columns(vehicle), by=changed_by, at=at)


class StoredApplicationTemplates:
    """Templates of applications in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = SnapshotRows(
            session, ApplicationTemplateRow, ApplicationTemplate, "application template"
        )

    def of_organisation(self, organisation_id: str) -> list[ApplicationTemplate]:
        """Return a carrier's templates by name."""
        wanted = select(ApplicationTemplateRow).where(
            ApplicationTemplateRow.organisation_id == organisation_id
        )
        return self._rows.list(wanted.order_by(ApplicationTemplateRow.name))

    def add(self, template: ApplicationTemplate, *, changed_by: str, at: datetime) -> None:
        """Add a template; raises ConflictError if the carrier uses the name."""
        columns = {"organisation_id": template.organisation_id, "name": template.name}
        self._rows.add(template, columns, by=changed_by, at=at)

    def remove(self, template: ApplicationTemplate) -> None:
        """Delete a template."""
        self._session.execute(
            delete(ApplicationTemplateRow).where(ApplicationTemplateRow.id == template.id)
        )


def _component_columns(component: Component) -> dict[str, Any]:
    return {"organisation_id": component.organisation_id, "number": component.number}


def _enquiry_columns(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "factory_id": enquiry.factory_id,
        "carrier_id": enquiry.carrier_id,
        "created_at": enquiry.created_at,
    }


def _vehicle_columns(vehicle: LibraryVehicle) -> dict[str, Any]:
    return {"organisation_id": vehicle.organisation_id, "name": vehicle.name}
