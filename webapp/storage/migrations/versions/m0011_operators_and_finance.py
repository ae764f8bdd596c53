"""Measured sizes and the operator of records, project lists, settlements with operators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MEASURED = ("mass_t", "length_m", "width_m", "height_m")


def upgrade() -> None:
    """Apply the change."""
    op.add_column(
        "operator_imports",
        sa.Column("operator_id", sa.String(), nullable=False, server_default=""),
    )
    op.create_index(op.f("ix_operator_imports_operator_id"), "operator_imports", ["operator_id"])
    for name in _MEASURED:
        op.add_column("operator_records", sa.Column(name, sa.Float(), nullable=True))
    # Records are looked for by truck, never by their own number.
    op.drop_index(op.f("ix_operator_records_record_id"), "operator_records")
    op.create_index(
        op.f("ix_operator_records_tractor_plate"), "operator_records", ["tractor_plate"]
    )
    _snapshots("project_list_entries", "tractor_plate")
    _snapshots("operator_settlements", "month", "operator")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("operator_settlements")
    op.drop_table("project_list_entries")
    op.drop_index(op.f("ix_operator_records_tractor_plate"), "operator_records")
    op.create_index(op.f("ix_operator_records_record_id"), "operator_records", ["record_id"])
    for name in _MEASURED:
        op.drop_column("operator_records", name)
    op.drop_index(op.f("ix_operator_imports_operator_id"), "operator_imports")
    op.drop_column("operator_imports", "operator_id")


def _snapshots(table: str, *indexed: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(one, sa.String(), nullable=False) for one in indexed),
        sa.Column("snapshot", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for one in indexed:
        op.create_index(op.f(f"ix_{table}_{one}"), table, [one])
