"""Words of offices in letters, deputies, roads of cases for the recall, supervised crossings."""

from __future__ import annotations

import json
from array import array
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CHUNK = 500


def upgrade() -> None:
    """Apply the change."""
    op.add_column("organisations", _empty("letter_word"))
    op.add_column("users", _empty("deputy_id"))
    op.add_column("users", sa.Column("away_from", sa.Date(), nullable=True))
    op.add_column("users", sa.Column("away_until", sa.Date(), nullable=True))
    op.create_table(
        "case_roads",
        _text("case_id"),
        _text("network_id"),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("edges", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_roads_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_roads")),
    )
    for column in ("network_id", "last_day"):
        op.create_index(op.f(f"ix_case_roads_{column}"), "case_roads", [column])
    _fill_roads()
    op.create_table(
        "recall_runs",
        *(_text(name) for name in ("id", "office_id", "change_id", "state")),
        *_snapshot(),
        _instant("started_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_runs")),
    )
    for column in ("office_id", "change_id"):
        op.create_index(op.f(f"ix_recall_runs_{column}"), "recall_runs", [column])
    op.create_table(
        "recall_findings",
        *(_text(name) for name in ("run_id", "case_number", "effect")),
        sa.Column("snapshot", _json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["recall_runs.id"], name=op.f("fk_recall_findings_run_id_recall_runs")
        ),
        sa.PrimaryKeyConstraint("run_id", "case_number", name=op.f("pk_recall_findings")),
    )
    op.create_table(
        "crossings",
        *(_text(name) for name in ("id", "case_number", "office_id")),
        *_snapshot(),
        _instant("started_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crossings")),
    )
    for column in ("case_number", "office_id"):
        op.create_index(op.f(f"ix_crossings_{column}"), "crossings", [column])


def downgrade() -> None:
    """Take the change back."""
    for name in ("crossings", "recall_findings", "recall_runs", "case_roads"):
        op.drop_table(name)
    # Without rebuilding the tables: others refer to them.
    for column in ("away_until", "away_from", "deputy_id"):
        op.drop_column("users", column)
    op.drop_column("organisations", "letter_word")


def _fill_roads() -> None:
    """Note the roads of the cases on file."""
    link = op.get_bind()
    cases = sa.table(
        "cases",
        sa.column("id", sa.String()),
        sa.column("application", _json()),
        sa.column("route_contract", sa.Text()),
    )
    roads = sa.table(
        "case_roads",
        *(sa.column(name, sa.String()) for name in ("case_id", "network_id")),
        *(sa.column(name, sa.Date()) for name in ("first_day", "last_day")),
        sa.column("edges", sa.LargeBinary()),
    )
    found = [values for row in link.execute(sa.select(cases)) if (values := _roads_of(row))]
    for start in range(0, len(found), _CHUNK):
        link.execute(sa.insert(roads), found[start : start + _CHUNK])


def _roads_of(row: Any) -> dict[str, Any] | None:
    edges = json.loads(row.route_contract or "{}").get("edges") or []
    if not edges:
        return None
    travel = row.application["travel"]
    return {
        "case_id": row.id,
        "network_id": row.application["route"]["network_id"],
        "first_day": date.fromisoformat(travel["starts_on"]),
        "last_day": date.fromisoformat(travel["ends_on"]),
        "edges": array("i", sorted({int(one) for one in edges})).tobytes(),
    }


def _empty(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _json() -> Any:
    return sa.JSON().with_variant(JSONB(), "postgresql")


def _snapshot() -> list[sa.Column[Any]]:
    return [
        sa.Column("snapshot", _json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("changed_by"),
        _instant("changed_at"),
    ]
