"""Brings the database to the schema of this version, in this process and without a config file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class Migrations:
    """The schema of one database, as the migrations shipped with this version describe it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def current(self) -> str | None:
        """Return the revision the database is at, None for an empty one."""
        with self._engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def newest(self) -> str:
        """Return the revision this version needs."""
        head = ScriptDirectory.from_config(_config()).get_current_head()
        assert head is not None, "the package ships its migrations"  # noqa: S101
        return head

    def knows(self, revision: str) -> bool:
        """Say whether this version ships the migration to a revision."""
        return any(
            one.revision == revision
            for one in ScriptDirectory.from_config(_config()).walk_revisions()
        )

    def upgrade(self) -> str:
        """Bring the database to the newest revision and return it."""
        with self._engine.begin() as connection:
            self.upgrade_on(connection, "head")
        return self.newest()

    def upgrade_on(self, connection: Connection, revision: str) -> None:
        """Bring the database to a revision inside a transaction that is open already."""
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    def downgrade(self, revision: str) -> None:
        """Take the database back to an earlier revision; for tests of migrations."""
        config = _config()
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
