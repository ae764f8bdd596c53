"""Background runs with their kept steps, and versions of delivery plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "jobs",
        *(_text(name) for name in ("id", "kind", "about", "organisation_id", "state", "worker")),
        *(sa.Column(name, _JSON, nullable=False) for name in ("actor", "asked")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total", "attempts")),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        _instant("created_at", nullable=False),
        *(_instant(name, nullable=True) for name in ("started_at", "heard_at", "ended_at")),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_jobs_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    for column in ("about", "organisation_id", "state"):
        op.create_index(op.f(f"ix_jobs_{column}"), "jobs", [column])
    op.create_table(
        "job_steps",
        *(_text(name) for name in ("job_id", "name")),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_steps_job_id_jobs")),
        sa.PrimaryKeyConstraint("job_id", "name", name=op.f("pk_job_steps")),
    )
    op.create_table(
        "delivery_plans",
        *(_text(name) for name in ("id", "project_id", "made_by")),
        sa.Column("number", sa.Integer(), nullable=False),
        _instant("made_at", nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["building_projects.id"],
            name=op.f("fk_delivery_plans_project_id_building_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_plans")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_delivery_plans_project_id")),
    )


def downgrade() -> None:
    """Take the change back."""
    for name in ("delivery_plans", "job_steps", "jobs"):
        op.drop_table(name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str, *, nullable: bool) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
