"""Notices with their outbox, addresses, messages on cases, and crews of carriers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    _snapshots(
        "notices",
        "organisation_id",
        _instant("made_at"),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        _instant("next_try_at"),
    )
    op.create_index(op.f("ix_notices_pending"), "notices", ["pending"])
    _snapshots("notice_addresses")
    _snapshots("case_messages", "case_number", _instant("sent_at"))
    _snapshots("crew", "organisation_id", sa.Column("name", sa.String(), nullable=False))


def downgrade() -> None:
    """Take the change back."""
    for name in ("crew", "case_messages", "notice_addresses", "notices"):
        op.drop_table(name)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _snapshots(table: str, indexed: str = "", *further: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(), nullable=False),
        *([sa.Column(indexed, sa.String(), nullable=False)] if indexed else []),
        *further,
        sa.Column("snapshot", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        _instant("changed_at"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    if indexed:
        op.create_index(op.f(f"ix_{table}_{indexed}"), table, [indexed])
