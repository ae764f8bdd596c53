"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.maps import draw
from tests.pages import SteadyClock, Visitor
from transport.network.graph import RoadNetwork
from webapp.app import create_app
from webapp.composition import Composition
from webapp.settings import Settings, shipped_config

TOWN = draw(
    """
    A---B---C
    |       |
    D-------E
    """,
    "AB BC AD DE CE",
)


# What a developer's machine may lack and CI may not.
MUST_RUN_ON_CI = ("browser", "postgresql", "real_data")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure on CI, for the tests that have to run there."""
    report = yield
    marked = any(item.get_closest_marker(name) for name in MUST_RUN_ON_CI)
    if report.skipped and marked and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI must run it: {report.longrepr}"
    return report


class Installation(Composition):
    """The real services over a folder of the test, with a clock that stands still."""

    def __init__(self, settings: Settings, network: RoadNetwork) -> None:
        super().__init__(settings)
        self.steady_clock = SteadyClock()
        self.__dict__["clock"] = self.steady_clock
        self.in_use = network

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Return the drawn network unless a folder is asked for."""
        return self.in_use if folder is None else super().network(folder)


def _installation(data: Path) -> Installation:
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'dajian.sqlite3'}",
        config=shipped_config(),
        demonstration=True,
        secret_key="a key for tests only, long enough to pass",
    )
    return Installation(settings, TOWN)


@pytest.fixture(scope="session")
def populated_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the demonstration's organisations and people, made once."""
    data = tmp_path_factory.mktemp("populated")
    made = _installation(data)
    made.migrations.upgrade()
    made.load_demonstration()
    made.close()
    return data


@pytest.fixture
def installation(populated_data: Path, tmp_path: Path) -> Iterator[Installation]:
    """Return the services over a fresh copy of the demonstration."""
    data = tmp_path / "data"
    shutil.copytree(populated_data, data)
    made = _installation(data)
    yield made
    made.close()


@pytest.fixture
def app(installation: Installation) -> Flask:
    """Return the web application over the installation."""
    made = create_app(installation)
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Return a person with a browser who has not signed in."""
    return Visitor(app.test_client())


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Visitor]:
    """Return a function that gives a person signed in under a name of the demonstration."""

    def person(login: str) -> Visitor:
        one = Visitor(app.test_client())
        one.sign_in(login)
        return one

    return person
