"""Tables of projects, versions of their parts lists, and what was worked out of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class ProjectRow(Versioned, Table):
    """A building project."""

    __tablename__ = "building_projects"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    admin_code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class PartsListRow(Table):
    """One version of a parts list; its rows are one JSON text, for they are read together."""

    __tablename__ = "parts_lists"
    __table_args__ = (UniqueConstraint("project_id", "revision"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("building_projects.id"))
    revision: Mapped[int]
    filename: Mapped[str]
    digest: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str]
    pieces: Mapped[int]
    skipped: Mapped[str] = mapped_column(Text)
    parts: Mapped[str] = mapped_column(Text)


class ProjectResultRow(Table):
    """Answers and load plan of one version of a parts list."""

    __tablename__ = "project_results"

    id: Mapped[str] = mapped_column(primary_key=True)
    parts_list_id: Mapped[str] = mapped_column(ForeignKey("parts_lists.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    result: Mapped[str] = mapped_column(Text)
