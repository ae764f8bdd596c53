"""Wires the shell: the only place that chooses implementations."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy import Engine

from transport.errors import NotFoundError
from transport.network.graph import RoadNetwork
from webapp.settings import Settings, read_settings
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.password_hashes import Argon2Hasher
from webapp.storage.units_of_work import StoredUnitsOfWork

_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class SystemClock:
    """The clock of this computer, the only one the product reads."""

    def now(self) -> datetime:
        """Return the present moment with its offset (Asia/Shanghai)."""
        return datetime.now(_CHINA)  # noqa: TID251 - the one Clock


class Composition:
    """The services of one process, each part made when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def clock(self) -> SystemClock:
        """The present moment."""
        return SystemClock()

    @cached_property
    def _database(self) -> Engine:
        return open_database(self.settings.database_url)

    @cached_property
    def unit_of_work(self) -> StoredUnitsOfWork:
        """Open a transaction over all repositories."""
        return StoredUnitsOfWork(self._database)

    @cached_property
    def password_hasher(self) -> Argon2Hasher:
        """Hash and check passwords."""
        return Argon2Hasher()

    @cached_property
    def migrations(self) -> Migrations:
        """The schema of the database."""
        return Migrations(self._database)

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Open a network folder, by default the one in use."""
        raise NotFoundError(f"no network at {folder}")


@cache
def services() -> Composition:
    """Return the services of this process, reading the settings on first use."""
    return Composition(read_settings())
