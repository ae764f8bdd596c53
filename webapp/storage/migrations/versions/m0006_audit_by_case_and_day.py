"""A chain of hashes for each case, and an anchor for each day of the audit trail."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = ("audit_links", "audit_anchors")
_FIRST_HASH = "0" * 64


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "audit_links",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("subject", "position", name=op.f("uq_audit_links_subject")),
    )
    op.create_table(
        "audit_anchors",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_anchors")),
    )
    _link_what_is_there()
    for table in _TABLES:
        _protect(table)


def downgrade() -> None:
    """Take the change back."""
    for table in _TABLES:
        op.drop_table(table)


def _link_what_is_there() -> None:
    connection = op.get_bind()
    events = sa.table("audit_events", *map(sa.column, ("sequence", "subject", "hash")))
    links = sa.table("audit_links", *map(sa.column, ("sequence", "subject", "position", "hash")))
    newest: dict[str, tuple[int, str]] = {}
    for sequence, subject, event_hash in connection.execute(
        sa.select(events.c.sequence, events.c.subject, events.c.hash).order_by(events.c.sequence)
    ).all():
        position, before = newest.get(subject, (0, _FIRST_HASH))
        text = "\n".join((subject, str(position + 1), str(sequence), event_hash, before))
        newest[subject] = position + 1, hashlib.sha256(text.encode()).hexdigest()
        connection.execute(
            links.insert().values(
                sequence=sequence,
                subject=subject,
                position=newest[subject][0],
                hash=newest[subject][1],
            )
        )


def _protect(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'audit events are only ever added'); END"
        )
