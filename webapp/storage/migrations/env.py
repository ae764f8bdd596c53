"""Alembic environment: uses the connection that `webapp.storage.migrating` hands over."""

from __future__ import annotations

from alembic import context

from webapp.storage.columns import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
