"""Tables of the recall and of supervised crossings: roads of cases, runs, findings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class CaseRoadsRow(Table):
    """The edges of a case's route, sorted 32-bit numbers of one network, and its days."""

    __tablename__ = "case_roads"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    network_id: Mapped[str] = mapped_column(index=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    edges: Mapped[bytes] = mapped_column(LargeBinary)


class RecallRunRow(Versioned, Table):
    """One run of the recall over what a change touches."""

    __tablename__ = "recall_runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[str] = mapped_column(index=True)
    change_id: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    started_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class RecallFindingRow(Table):
    """What a change does to one case."""

    __tablename__ = "recall_findings"

    run_id: Mapped[str] = mapped_column(ForeignKey("recall_runs.id"), primary_key=True)
    case_number: Mapped[str] = mapped_column(primary_key=True)
    effect: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class CrossingRow(Versioned, Table):
    """A supervised crossing of a bridge."""

    __tablename__ = "crossings"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(index=True)
    office_id: Mapped[str] = mapped_column(index=True)
    started_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]
