"""What is kept of expert panels and signed evaluation reports."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from transport.permits.expert_panel import Expert, Panel
from transport.permits.report_sheet import ReportSheet


class Experts(Protocol):
    """The roster of experts; nobody is ever taken from it, only their last day set."""

    def get(self, expert_id: str) -> Expert:
        """Return an expert; raises NotFoundError."""

    def listed(self) -> list[Expert]:
        """Return the whole roster by name."""

    def add(self, expert: Expert, *, changed_by: str, at: datetime) -> None:
        """Add an expert."""

    def save(self, expert: Expert, *, changed_by: str, at: datetime) -> Expert:
        """Write an expert read at its `version`."""


class Panels(Protocol):
    """Expert panels on cases."""

    def get(self, panel_id: str) -> Panel:
        """Return a panel; raises NotFoundError."""

    def of_case(self, case_number: str) -> list[Panel]:
        """Return the panels on a case, the first one first."""

    def add(self, panel: Panel, *, changed_by: str, at: datetime) -> None:
        """Add a panel."""

    def save(self, panel: Panel, *, changed_by: str, at: datetime) -> Panel:
        """Write a panel read at its `version`."""


class ReportSheets(Protocol):
    """Signatures under evaluation reports; they are only ever added."""

    def of_case(self, case_number: str) -> list[ReportSheet]:
        """Return the signatures on a case, the newest last."""

    def add(self, sheet: ReportSheet, *, changed_by: str, at: datetime) -> None:
        """Add a signature."""
