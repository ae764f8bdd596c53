"""Alembic migrations, shipped with the package; `webapp.storage.migrating` runs them."""
