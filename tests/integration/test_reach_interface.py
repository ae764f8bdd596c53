"""`POST /api/v1/reach`: a designer's program asks before a part is cast."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.built_in import built_in_network
from tests.conftest import Installation
from transport.people import actor_of
from transport.services.granting_tokens import Scope, grant_token

WALL = {"length_m": 6.0, "width_m": 0.9, "height_m": 3.0, "mass_t": 9.0}
WAY = {"from": "包头", "to": "呼和浩特"}


@pytest.fixture
def secret(installation: Installation) -> str:
    """Return a token that covers routes."""
    installation.in_use = built_in_network()
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("administrator")
        assert user is not None
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    return grant_token(
        installation.unit_of_work,
        actor=actor,
        organisation_id=actor.organisation_id,
        label="design program",
        scopes=(Scope.ROUTE,),
        now=installation.clock.now(),
    )[1]


def ask(app: Flask, secret: str, body: dict[str, Any]) -> TestResponse:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return app.test_client().post("/api/v1/reach", json=body, headers=headers)


def test_a_wall_is_told_what_spares_its_pass(app: Flask, secret: str) -> None:
    told = ask(app, secret, {**WALL, **WAY}).json
    assert told is not None
    assert (told["answer"], told["category"]) == ("with_pass", "II")
    assert told["change"]["kind"] == "other_trailer"
    assert told["change"]["category"] is None
    assert told["route"]["status"] in {"feasible", "conditional"}


def test_a_designer_is_told_how_large_a_part_may_become(app: Flask, secret: str) -> None:
    told = ask(app, secret, {**WALL, **WAY, "with_largest": True}).json
    assert told is not None
    largest = told["largest"]
    assert set(largest) == {"height_m", "width_m", "length_m", "mass_t", "stopped_by"}
    for name, ordinary in (("height_m", 4.0), ("width_m", 2.55), ("mass_t", 18.0)):
        assert largest[name] is None or largest[name] >= ordinary
    assert "largest" not in (ask(app, secret, {**WALL, **WAY}).json or {})


def test_wrong_fields_are_named(app: Flask, secret: str) -> None:
    answer = ask(app, secret, {**WALL, **WAY, "length_m": 6000})
    assert answer.status_code == 422
    answer = ask(app, secret, {**WALL, **WAY, "kind": "castle"})
    assert answer.status_code == 422
    assert "castle" in answer.text


def test_nobody_asks_without_a_token(app: Flask) -> None:
    assert ask(app, "", {**WALL, **WAY}).status_code == 401
