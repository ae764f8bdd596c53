"""At most one unfinished run of a kind and project; the newer ones of several are stopped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_UNFINISHED = "state IN ('queued', 'running')"


def upgrade() -> None:
    """Apply the change."""
    op.execute(
        "UPDATE jobs SET state = 'cancelled' WHERE state IN ('queued', 'running') AND EXISTS ("
        "SELECT 1 FROM jobs AS other WHERE other.kind = jobs.kind AND other.about = jobs.about "
        "AND other.state IN ('queued', 'running') AND (other.created_at < jobs.created_at "
        "OR (other.created_at = jobs.created_at AND other.id < jobs.id)))"
    )
    op.create_index(
        op.f("ix_jobs_unfinished"),
        "jobs",
        ["kind", "about"],
        unique=True,
        sqlite_where=sa.text(_UNFINISHED),
        postgresql_where=sa.text(_UNFINISHED),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_jobs_unfinished"), "jobs")
