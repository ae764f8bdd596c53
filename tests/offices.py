"""An installation with offices and firms of `tests.factories.World`, whose people can sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from tests.conftest import TOWN, Installation
from tests.factories import World
from tests.pages import Page, Visitor
from transport.people import Actor
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.states import ActKind
from webapp.app import create_app
from webapp.settings import Settings, shipped_config
from webapp.storage.password_hashes import Argon2Hasher

PASSWORD = "a good password"
DESIGNATION = {
    "outcome": "grant",
    "text": "符合条件",
    "windows": "09:00-16:00",
    "top_speed_km_h": "60",
    "bridge_speed_km_h": "5",
    "route_note": "沿G6至绕城高速",
    "conditions": "居中匀速过桥\n前后护送",
}


class OneHash(Argon2Hasher):
    """Hashes the one password of the tests once, for speed; checks like the real one."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, str] = {}

    def hash(self, password: str) -> str:
        if password not in self._made:
            self._made[password] = super().hash(password)
        return self._made[password]


@dataclass
class Offices:
    """A world in a real database behind the real application."""

    world: World
    app: Flask
    installation: Installation
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    def person(self, actor: Actor) -> Visitor:
        """Return this person with a browser, signed in."""
        if actor.user_id not in self._visitors:
            with self.installation.unit_of_work(read_only=True) as work:
                login = work.people.get(actor.user_id).login
            visitor = Visitor(self.app.test_client())
            visitor.sign_in(login, PASSWORD)
            self._visitors[actor.user_id] = visitor
        return self._visitors[actor.user_id]

    def address(self, case: Case, step: str, kind: ActKind = ActKind.HIGHWAY_PERMIT) -> str:
        """Return the address of a step's page."""
        return f"/cases/{case.number}/acts/{self.world.act(case, kind).id}/{step}"

    def step(
        self,
        case: Case,
        who: Actor,
        step: str,
        form: dict[str, Any] | None = None,
        *,
        kind: ActKind = ActKind.HIGHWAY_PERMIT,
        status: int = 302,
        version: int | None = None,
    ) -> Page:
        """Send the form of a step as somebody who sees the act as it is now."""
        act: Act = self.world.act(case, kind)
        sent = {"expected_version": version or act.version, **(form or {})}
        return self.person(who).send(self.address(case, step, kind), sent, status)


def open_offices(data: Path, *, demonstration: bool = False) -> Offices:
    """Make a fresh installation in a folder."""
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'dajian.sqlite3'}",
        config=shipped_config(),
        demonstration=demonstration,
        secret_key="a key for tests only, long enough to pass",
        key_passphrase="a passphrase for tests only",
    )
    installation = Installation(settings, TOWN)
    installation.__dict__["password_hasher"] = OneHash()
    installation.migrations.upgrade()
    now = installation.clock.now()
    installation.keys.new_key(now)
    world = World(
        unit_of_work=installation.unit_of_work,
        now=now,
        signer=installation.pass_signer,  # type: ignore[arg-type]
        hasher=installation.password_hasher,  # type: ignore[arg-type]
    )
    app = create_app(installation)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return Offices(world, app, installation)
