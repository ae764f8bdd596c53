"""Tables of background runs, their kept steps, and delivery plans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table

_UNFINISHED = "state IN ('queued', 'running')"


class JobRow(Table):
    """A background run; what changes while it runs stands in columns, the rest never changes."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index(
            "ix_jobs_unfinished",
            *("kind", "about"),
            unique=True,
            sqlite_where=text(_UNFINISHED),
            postgresql_where=text(_UNFINISHED),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    actor: Mapped[dict[str, Any]]
    asked: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    done: Mapped[int]
    total: Mapped[int]
    attempts: Mapped[int]
    worker: Mapped[str]
    cancel_asked: Mapped[bool]
    started_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text)


class JobStepRow(Table):
    """What one step of a run came to, kept so that a run taken up again does not repeat it."""

    __tablename__ = "job_steps"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class DeliveryPlanRow(Table):
    """One version of a project's delivery plan."""

    __tablename__ = "delivery_plans"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("building_projects.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    plan: Mapped[str] = mapped_column(Text)
