"""The planned route of a case in a column of its own, so that lists need not decode it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CASES = sa.table(
    "cases",
    sa.column("id", sa.String),
    sa.column("application", sa.JSON().with_variant(JSONB(), "postgresql")),
    sa.column("route_contract", sa.Text),
)


def upgrade() -> None:
    """Apply the change."""
    # No batch here: it would drop the table that acts refer to.
    column = sa.Column("route_contract", sa.Text(), nullable=False, server_default="{}")
    op.add_column("cases", column)
    connection = op.get_bind()
    rows = connection.execute(sa.select(CASES.c.id, CASES.c.application)).all()
    for case_id, application in rows:
        contract = application["route"].pop("contract")
        connection.execute(
            CASES.update()
            .where(CASES.c.id == case_id)
            .values(
                application=application, route_contract=json.dumps(contract, ensure_ascii=False)
            )
        )


def downgrade() -> None:
    """Undo the change."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(CASES)).all()
    for case_id, application, contract in rows:
        application["route"]["contract"] = json.loads(contract)
        connection.execute(
            CASES.update().where(CASES.c.id == case_id).values(application=application)
        )
    op.drop_column("cases", "route_contract")
