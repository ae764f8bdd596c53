"""Tables of cases, acts, passes, trips, relief records, firms' libraries and the audit trail.

Columns hold what is searched and what must be unique; the snapshot holds the whole value.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class CaseRow(Versioned, Table):
    """The application part of a case."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation_name: Mapped[str]
    factory_id: Mapped[str] = mapped_column(index=True)
    enquiry_id: Mapped[str]
    official_number: Mapped[str] = mapped_column(index=True)
    official_pass_number: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    application: Mapped[dict[str, Any]]
    # The planned route is by far the largest part, and lists of cases do not look at it.
    route_contract: Mapped[str] = mapped_column(Text, server_default="{}")


class ActRow(Versioned, Table):
    """One act of one department."""

    __tablename__ = "acts"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    area: Mapped[str]
    office_id: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class PermitRow(Versioned, Table):
    """An issued pass."""

    __tablename__ = "permits"
    __table_args__ = (UniqueConstraint("number", "revision", name="uq_permits_number_revision"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    valid_until: Mapped[date] = mapped_column(index=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class TripRow(Versioned, Table):
    """A trip with its load manifest."""

    __tablename__ = "trips"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    carrier_id: Mapped[str] = mapped_column(index=True)
    factory_id: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    planned_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class ClaimRow(Versioned, Table):
    """A relief record; one per trip, whatever the scheme."""

    __tablename__ = "relief_claims"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    trip_id: Mapped[str] = mapped_column(ForeignKey("trips.id"), unique=True)
    carrier_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    month: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class ComponentRow(Versioned, Table):
    """A component in a factory's list."""

    __tablename__ = "components"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", name="uq_components_organisation_number"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    number: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class EnquiryRow(Versioned, Table):
    """A factory's enquiry."""

    __tablename__ = "enquiries"

    id: Mapped[str] = mapped_column(primary_key=True)
    factory_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    carrier_id: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class VehicleRow(Versioned, Table):
    """A combination of a carrier."""

    __tablename__ = "vehicles"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name", name="uq_vehicles_organisation_name"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class ApplicationTemplateRow(Versioned, Table):
    """An application that a carrier keeps to start others from."""

    __tablename__ = "application_templates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name", name="uq_application_templates_name"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class AuditEventRow(Table):
    """An event of the audit trail; triggers in the database refuse to change or delete one."""

    __tablename__ = "audit_events"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(index=True)
    step: Mapped[str]
    actor_id: Mapped[str] = mapped_column(index=True)
    event: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditLinkRow(Table):
    """Place of an event in the chain of its own subject; only ever added."""

    __tablename__ = "audit_links"
    __table_args__ = (UniqueConstraint("subject", "position", name="uq_audit_links_subject"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str]
    position: Mapped[int]
    hash: Mapped[str]


class AuditAnchorRow(Table):
    """A closed day of the audit trail; only ever added."""

    __tablename__ = "audit_anchors"

    day: Mapped[date] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    last_hash: Mapped[str]
    subjects: Mapped[int]
    root: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]
