"""Repositories of experts, their panels, and signed evaluation reports."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from transport.permits.expert_panel import Expert, Panel
from transport.permits.report_sheet import ReportSheet
from webapp.storage.panel_tables import ExpertRow, PanelRow, ReportSheetRow
from webapp.storage.snapshot_rows import SnapshotRows


class StoredExperts:
    """The roster of experts in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, ExpertRow, Expert, "expert")

    def get(self, expert_id: str) -> Expert:
        """Return an expert; raises NotFoundError."""
        return self._rows.one(ExpertRow.id == expert_id, expert_id)

    def listed(self) -> list[Expert]:
        """Return the whole roster by name."""
        return self._rows.list(select(ExpertRow).order_by(ExpertRow.name, ExpertRow.id))

    def add(self, expert: Expert, *, changed_by: str, at: datetime) -> None:
        """Add an expert."""
        self._rows.add(expert, {"name": expert.name}, by=changed_by, at=at)

    def save(self, expert: Expert, *, changed_by: str, at: datetime) -> Expert:
        """Write an expert read at its `version`."""
        return self._rows.save(expert, {"name": expert.name}, by=changed_by, at=at)


class StoredPanels:
    """Expert panels in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, PanelRow, Panel, "expert panel")

    def get(self, panel_id: str) -> Panel:
        """Return a panel; raises NotFoundError."""
        return self._rows.one(PanelRow.id == panel_id, panel_id)

    def of_case(self, case_number: str) -> list[Panel]:
        """Return the panels on a case, the first one first."""
        found = self._rows.list(select(PanelRow).where(PanelRow.case_number == case_number))
        return sorted(found, key=lambda one: (one.convened_on, one.id))

    def add(self, panel: Panel, *, changed_by: str, at: datetime) -> None:
        """Add a panel."""
        self._rows.add(panel, {"case_number": panel.case_number}, by=changed_by, at=at)

    def save(self, panel: Panel, *, changed_by: str, at: datetime) -> Panel:
        """Write a panel read at its `version`."""
        return self._rows.save(panel, {"case_number": panel.case_number}, by=changed_by, at=at)


class StoredReportSheets:
    """Signatures under evaluation reports in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, ReportSheetRow, ReportSheet, "signed report")

    def of_case(self, case_number: str) -> list[ReportSheet]:
        """Return the signatures on a case, the newest last."""
        wanted = select(ReportSheetRow).where(ReportSheetRow.case_number == case_number)
        return self._rows.list(wanted.order_by(ReportSheetRow.signed_at))

    def add(self, sheet: ReportSheet, *, changed_by: str, at: datetime) -> None:
        """Add a signature."""
        columns = {"case_number": sheet.case_number, "signed_at": sheet.signed_at}
        self._rows.add(sheet, columns, by=changed_by, at=at)
