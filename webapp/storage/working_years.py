"""Years of working days that administrators entered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from transport.working_days import EnteredYear
from webapp.storage.columns import Table, Versioned
from webapp.storage.database import READ_ONLY
from webapp.storage.snapshot_rows import SnapshotRows


class WorkingYearRow(Versioned, Table):
    """One year, with its days in the snapshot."""

    __tablename__ = "working_years"

    id: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[dict[str, Any]]


class StoredWorkingYears:
    """Entered years in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, WorkingYearRow, EnteredYear, "working year")

    def listed(self) -> list[EnteredYear]:
        """Return the entered years in order."""
        return self._rows.list(select(WorkingYearRow).order_by(WorkingYearRow.id))

    def add(self, year: EnteredYear, *, changed_by: str, at: datetime) -> None:
        """Add a year; raises ConflictError if it was entered before."""
        self._rows.add(year, {}, by=changed_by, at=at)

    def save(self, year: EnteredYear, *, changed_by: str, at: datetime) -> EnteredYear:
        """Write a year read at its `version`."""
        return self._rows.save(year, {}, by=changed_by, at=at)


def read_entered_years(engine: Engine) -> list[EnteredYear]:
    """Return the entered years; none where the database has no tables yet.

    Commands that need no database, such as `dajian classify`, also ask for the calendar.
    """
    with Session(engine) as session:
        connection = session.connection(execution_options={READ_ONLY: True})
        if not inspect(connection).has_table(WorkingYearRow.__tablename__):
            return []
        return StoredWorkingYears(session).listed()
