"""Repository of roadside checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from transport.permits.roadside import RoadsideCheck
from webapp.storage.columns import Table, Versioned
from webapp.storage.snapshot_rows import SnapshotRows


class RoadsideCheckRow(Versioned, Table):
    """A roadside check on file."""

    __tablename__ = "roadside_checks"

    id: Mapped[str] = mapped_column(primary_key=True)
    pass_number: Mapped[str] = mapped_column(index=True)
    office_id: Mapped[str] = mapped_column(index=True)
    measured_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class StoredRoadsideChecks:
    """Roadside checks in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, RoadsideCheckRow, RoadsideCheck, "roadside check")

    def find(self, check_id: str) -> RoadsideCheck | None:
        """Return the check with this id, or None."""
        found = self._rows.list(select(RoadsideCheckRow).where(RoadsideCheckRow.id == check_id))
        return found[0] if found else None

    def of_office(self, office_id: str) -> list[RoadsideCheck]:
        """Return the checks of an office, newest first."""
        mine = select(RoadsideCheckRow).where(RoadsideCheckRow.office_id == office_id)
        return self._rows.list(mine.order_by(RoadsideCheckRow.measured_at.desc()))

    def of_pass(self, number: str) -> list[RoadsideCheck]:
        """Return the checks of a pass, oldest first."""
        wanted = select(RoadsideCheckRow).where(RoadsideCheckRow.pass_number == number)
        return self._rows.list(wanted.order_by(RoadsideCheckRow.measured_at))

    def add(self, check: RoadsideCheck, *, changed_by: str, at: datetime) -> None:
        """Add a check; raises ConflictError if it is there already."""
        columns = {
            "pass_number": check.report.number,
            "office_id": check.office_id,
            "measured_at": check.report.measured_at,
        }
        self._rows.add(check, columns, by=changed_by, at=at)
