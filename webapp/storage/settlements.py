"""Repositories of project lists and of settlements with operators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from transport.relief.project_lists import ListEntry
from transport.relief.settlements import Settlement
from webapp.storage.snapshot_rows import SnapshotRows
from webapp.storage.toll_tables import ListEntryRow, SettlementRow


class StoredProjectLists:
    """Trucks on the lists of projects in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, ListEntryRow, ListEntry, "project list entry")

    def get(self, entry_id: str) -> ListEntry:
        """Return an entry; raises NotFoundError."""
        return self._rows.one(ListEntryRow.id == entry_id, entry_id)

    def listed(self) -> list[ListEntry]:
        """Return the entries by project, truck and first day."""
        found = self._rows.list(select(ListEntryRow))
        return sorted(found, key=lambda one: (one.project, one.tractor_plate, one.first_day))

    def of_truck(self, tractor_plate: str) -> list[ListEntry]:
        """Return the entries of one tractor."""
        wanted = select(ListEntryRow).where(ListEntryRow.tractor_plate == tractor_plate)
        return self._rows.list(wanted.order_by(ListEntryRow.id))

    def add(self, entry: ListEntry, *, changed_by: str, at: datetime) -> None:
        """Add an entry."""
        self._rows.add(entry, {"tractor_plate": entry.tractor_plate}, by=changed_by, at=at)

    def save(self, entry: ListEntry, *, changed_by: str, at: datetime) -> ListEntry:
        """Write an entry read at its `version`."""
        columns = {"tractor_plate": entry.tractor_plate}
        return self._rows.save(entry, columns, by=changed_by, at=at)


class StoredSettlements:
    """Settlements of closed months with operators in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, SettlementRow, Settlement, "settlement")

    def get(self, settlement_id: str) -> Settlement:
        """Return a settlement; raises NotFoundError."""
        return self._rows.one(SettlementRow.id == settlement_id, settlement_id)

    def listed(self, operator: str = "") -> list[Settlement]:
        """Return the settlements, newest month first: all, or those of one operator."""
        wanted = select(SettlementRow)
        if operator:
            wanted = wanted.where(SettlementRow.operator == operator)
        return self._rows.list(wanted.order_by(SettlementRow.month.desc(), SettlementRow.operator))

    def add(self, settlement: Settlement, *, changed_by: str, at: datetime) -> None:
        """Add a settlement; raises ConflictError where the month is settled."""
        self._rows.add(settlement, _columns(settlement), by=changed_by, at=at)

    def save(self, settlement: Settlement, *, changed_by: str, at: datetime) -> Settlement:
        """Write a settlement read at its `version`."""
        return self._rows.save(settlement, _columns(settlement), by=changed_by, at=at)


def _columns(settlement: Settlement) -> dict[str, str]:
    return {"month": settlement.month, "operator": settlement.operator}
