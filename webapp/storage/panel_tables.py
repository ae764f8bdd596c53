"""Tables of the roster of experts, panels on cases, and signed evaluation reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class ExpertRow(Versioned, Table):
    """An expert on the roster."""

    __tablename__ = "experts"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class PanelRow(Versioned, Table):
    """A panel of experts on a case."""

    __tablename__ = "expert_panels"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class ReportSheetRow(Versioned, Table):
    """A signature under the evaluation report of a case."""

    __tablename__ = "passage_reports"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(index=True)
    signed_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]
