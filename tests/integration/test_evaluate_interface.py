"""`POST /api/v1/evaluate`: programs get the document that `dajian evaluate` prints."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.conftest import Installation
from tests.passages import SUBGRADE, bridge_record, route_over, way_with
from transport.people import actor_of
from transport.services.granting_tokens import Scope, grant_token

NETWORK = way_with([bridge_record(1), bridge_record(2)])
TRANSPORT = {
    "height_m": 4.45,
    "width_m": 3.3,
    "length_m": 23,
    "axle_loads_t": [10, 10, 10, 18, 18, 18, 18, 18],
    "axle_spacings_m": [3.3, 1.4, 7, 1.45, 1.45, 1.45, 1.45],
    "trailer_kind": "hydraulic",
    "axles_per_line": 2,
    "travel_at": "2026-09-01",
}


def _token(installation: Installation, *scopes: Scope) -> str:
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("administrator")
        assert user is not None
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    _, secret = grant_token(
        installation.unit_of_work,
        actor=actor,
        organisation_id=actor.organisation_id,
        label="evaluation program",
        scopes=scopes,
        now=installation.clock.now(),
    )
    return secret


def _ask(app: Flask, secret: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    return app.test_client().post("/api/v1/evaluate", json=body, headers=headers)


def test_a_program_gets_checks_conditions_surveys_and_the_conclusion(
    app: Flask, installation: Installation
) -> None:
    installation.in_use = NETWORK
    secret = _token(installation, Scope.ROUTE)
    body = {"route": route_over(NETWORK), "transport": TRANSPORT}
    asked = _ask(app, secret, body)
    assert asked.status_code == 200, asked.text
    assert asked.json["conclusion"] is None
    assert asked.json["surveys"]
    settled = _ask(app, secret, {**body, "records": {"measurements": SUBGRADE}})
    assert settled.json["conclusion"] == "采取改善措施后可通行"


def test_a_wrong_record_is_named(app: Flask, installation: Installation) -> None:
    installation.in_use = NETWORK
    secret = _token(installation, Scope.ROUTE)
    body = {
        "route": route_over(NETWORK),
        "transport": TRANSPORT,
        "records": {"decisions": [{"element": "bridge-1"}]},
    }
    answer = _ask(app, secret, body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "decisions[0].check"
