"""Debits and credits of every account and month, kept beside the entries they sum."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "ledger_sums",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("debit_fen", sa.BigInteger(), nullable=False),
        sa.Column("credit_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", "account", name=op.f("pk_ledger_sums")),
    )
    op.execute(
        "INSERT INTO ledger_sums (month, account, debit_fen, credit_fen) "
        "SELECT month, account, SUM(CASE WHEN amount_fen > 0 THEN amount_fen ELSE 0 END), "
        "SUM(CASE WHEN amount_fen < 0 THEN -amount_fen ELSE 0 END) "
        "FROM ledger_entries GROUP BY month, account"
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("ledger_sums")
