"""Roadside checks that officers sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "roadside_checks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pass_number", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadside_checks")),
    )
    for column in ("pass_number", "office_id"):
        op.create_index(op.f(f"ix_roadside_checks_{column}"), "roadside_checks", [column])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("roadside_checks")
