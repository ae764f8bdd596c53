"""Tariff lines, schemes, ledger, operators' records and scenarios of the toll office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON_DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
_TABLES = (
    *("operator_records", "operator_imports", "relief_scenarios", "ledger_months"),
    *("ledger_entries", "ledger_bookings", "relief_claim_keys", "relief_schemes", "tariff_lines"),
)


def upgrade() -> None:
    """Apply the change."""
    for name, more in (("tariff_lines", ()), ("relief_schemes", (_text("state"),))):
        op.create_table(
            name,
            _text("id"),
            *more,
            sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            _text("changed_by"),
            _instant("changed_at"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
    op.create_table(
        "relief_claim_keys",
        _text("key"),
        _text("claim_id"),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["relief_claims.id"],
            name=op.f("fk_relief_claim_keys_claim_id_relief_claims"),
        ),
        sa.PrimaryKeyConstraint("key", "claim_id", name=op.f("pk_relief_claim_keys")),
    )
    _ledger()
    _records()
    _protect()


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ledger_entries_month_open ON ledger_entries")
        for table in ("ledger_bookings", "ledger_entries", "ledger_months"):
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION refuse_closed_month()")
        op.execute("DROP FUNCTION refuse_ledger_change()")
    for name in _TABLES:
        op.drop_table(name)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _money(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _ledger() -> None:
    op.create_table(
        "ledger_bookings",
        _text("id"),
        _text("kind"),
        sa.Column("day", sa.Date(), nullable=False),
        _text("month"),
        _instant("booked_at"),
        _text("booked_by"),
        _text("claim_number"),
        _text("scheme_id"),
        _text("reverses", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_bookings")),
        sa.UniqueConstraint("reverses", name=op.f("uq_ledger_bookings_reverses")),
    )
    for column in ("claim_number", "month", "scheme_id"):
        op.create_index(op.f(f"ix_ledger_bookings_{column}"), "ledger_bookings", [column])
    op.create_table(
        "ledger_entries",
        _text("booking_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("month"),
        _text("account"),
        _money("amount_fen"),
        _text("road"),
        _text("tariff_line"),
        _text("scheme_rule"),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["ledger_bookings.id"],
            name=op.f("fk_ledger_entries_booking_id_ledger_bookings"),
        ),
        sa.PrimaryKeyConstraint("booking_id", "position", name=op.f("pk_ledger_entries")),
    )
    for columns in (["month", "account"], ["account", "month"]):
        op.create_index(
            f"ix_ledger_entries_{columns[0]}_{columns[1]}",
            "ledger_entries",
            columns,
            postgresql_include=["amount_fen"],
        )
    op.create_table(
        "ledger_months",
        _text("month"),
        _instant("closed_at"),
        _text("closed_by"),
        sa.Column("bookings", sa.Integer(), nullable=False),
        _money("debit_fen"),
        _text("digest"),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_ledger_months")),
    )


def _records() -> None:
    op.create_table(
        "operator_imports",
        _text("id"),
        _text("filename"),
        _text("digest"),
        _instant("imported_at"),
        _text("imported_by"),
        sa.Column("result", JSON_DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_imports")),
        sa.UniqueConstraint("digest", name=op.f("uq_operator_imports_digest")),
    )
    op.create_index(op.f("ix_operator_imports_imported_at"), "operator_imports", ["imported_at"])
    op.create_table(
        "operator_records",
        _text("import_id"),
        sa.Column("line", sa.Integer(), nullable=False),
        _text("record_id"),
        _text("pass_number"),
        _text("tractor_plate"),
        _text("entry_station"),
        _text("exit_station"),
        _text("entered_at"),
        _text("left_at"),
        _money("toll_fen"),
        _money("relief_fen"),
        _money("paid_fen"),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["operator_imports.id"],
            name=op.f("fk_operator_records_import_id_operator_imports"),
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_operator_records")),
    )
    op.create_index(op.f("ix_operator_records_record_id"), "operator_records", ["record_id"])
    op.create_table(
        "relief_scenarios",
        _text("id"),
        _text("name"),
        _instant("saved_at"),
        _text("saved_by"),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relief_scenarios")),
    )
    op.create_index(op.f("ix_relief_scenarios_saved_at"), "relief_scenarios", ["saved_at"])


def _protect() -> None:
    tables = ("ledger_bookings", "ledger_entries", "ledger_months")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$ LANGUAGE plpgsql"
        )
        for table in tables:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
            )
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_closed_month() RETURNS trigger AS $$ "
            "BEGIN IF EXISTS (SELECT 1 FROM ledger_months WHERE month = NEW.month) THEN "
            "RAISE EXCEPTION 'the month is closed'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER ledger_entries_month_open BEFORE INSERT ON ledger_entries "
            "FOR EACH ROW EXECUTE FUNCTION refuse_closed_month()"
        )
        return
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )
    op.execute(
        "CREATE TRIGGER ledger_entries_month_open BEFORE INSERT ON ledger_entries "
        "WHEN EXISTS (SELECT 1 FROM ledger_months WHERE month = NEW.month) "
        "BEGIN SELECT RAISE(ABORT, 'the month is closed'); END"
    )
