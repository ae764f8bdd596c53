"""The interface for programs: tokens, problems, and the same answers as the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import Installation
from tests.pages import Visitor
from transport.people import actor_of
from transport.services.granting_tokens import Scope, grant_token
from webapp import access
from webapp.command_line.main import run

Call = Callable[..., TestResponse]

TRANSPORT = {
    "height_m": 4.2,
    "width_m": 3.6,
    "length_m": 18,
    "mass_t": 49,
    "axle_loads_t": [7, 9, 9, 8, 8, 8],
}
OPTIONS = [
    *("--height-m", "4.2", "--width-m", "3.6", "--length-m", "18", "--mass-t", "49"),
    *("--axle-loads-t", "7,9,9,8,8,8", "--json"),
]
ENDS = {"from": "110.0,40.0", "to": "110.08,39.98"}


@pytest.fixture
def granted(installation: Installation) -> Callable[..., str]:
    def grant(*scopes: Scope) -> str:
        with installation.unit_of_work(read_only=True) as work:
            user = work.people.by_login("administrator")
            assert user is not None
            actor = actor_of(user, work.organisations.get(user.organisation_id))
        _, secret = grant_token(
            installation.unit_of_work,
            actor=actor,
            organisation_id=actor.organisation_id,
            label="planning program",
            scopes=scopes,
            now=installation.clock.now(),
        )
        return secret

    return grant


@pytest.fixture
def call(app: Flask, granted: Callable[..., str]) -> Call:
    secret = granted(*Scope)

    def post(name: str, body: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {secret}"}
        if body is not None:
            more["json"] = body
        return app.test_client().post(f"/api/v1/{name}", **{"headers": headers, **more})

    return post


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(list(arguments)) == 0
    return json.loads(capsys.readouterr().out)


def test_classify_answers_exactly_as_the_command(
    call: Call, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call("classify", {"transport": TRANSPORT, "on": "2026-05-11"})
    access.provide(lambda: installation)
    assert answer.json == _printed(capsys, "classify", *OPTIONS, "--on", "2026-05-11")


def test_route_answers_exactly_as_the_command(
    call: Call, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call("route", {"transport": TRANSPORT, **ENDS})
    access.provide(lambda: installation)
    printed = _printed(capsys, "route", "--from", ENDS["from"], "--to", ENDS["to"], *OPTIONS)
    assert answer.json == printed
    assert answer.json["status"] == "feasible"


def test_envelope_answers_exactly_as_the_command(
    call: Call, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call("envelope", {"transport": TRANSPORT, **ENDS})
    assert answer.status_code == 200
    access.provide(lambda: installation)
    printed = _printed(capsys, "envelope", "--from", ENDS["from"], "--to", ENDS["to"], *OPTIONS)
    assert answer.json == printed


def test_a_line_is_judged_as_if_it_had_been_found(call: Call) -> None:
    found: Any = call("route", {"transport": TRANSPORT, **ENDS}).json
    line = found["routes"][0]["geometry"]["coordinates"]
    checked: Any = call("route", {"transport": TRANSPORT, **ENDS, "line": line}).json
    assert checked["routes"][0]["edges"] == found["routes"][0]["edges"]
    wrong = call("route", {"transport": TRANSPORT, **ENDS, "line": [[1e9, 0], [0, 0]]})
    faults: Any = wrong.json
    assert (wrong.status_code, faults["errors"][0]["field"]) == (422, "line")
    unknown: Any = call("route", {"transport": TRANSPORT, **ENDS, "weights": {"speed": 1}}).json
    assert unknown["errors"][0]["field"] == "weights.speed"


def test_regions_holding_places_and_stakes_are_asked_as_of_the_command(call: Call) -> None:
    ring = [[109.0, 39.0], [111.0, 39.0], [111.0, 41.0], [109.0, 41.0], [109.0, 39.0]]
    everywhere = {"type": "Polygon", "coordinates": [ring]}
    closed: Any = call("route", {"transport": TRANSPORT, **ENDS, "avoid": [everywhere]}).json
    assert closed["status"] == "infeasible"
    assert {one["kind"] for one in closed["blockers"]} == {"avoided"}
    timed = {**TRANSPORT, "travel_at": "2026-12-01T08:00+08:00"}
    through = "area:109.9,39.9 110.2,40.1"
    asked = {"transport": timed, **ENDS, "via": [through], "hold": [ENDS["to"]]}
    found: Any = call("route", asked).json
    assert found["routes"][0]["departs_at"] == "2026-12-01T08:00+08:00"
    assert found["routes"][0]["holds"] == []
    for change, field in (
        ({"avoid": [{"type": "Point", "coordinates": []}]}, "avoid"),
        ({"via": ["area:nan,1 2,3"]}, "via"),
        ({"hold": ["no such place"]}, "hold"),
        ({"roads": [{"ref": "G6", "from_km": "K1+2345", "to_km": 3}]}, "roads"),
    ):
        refused: Any = call("route", {"transport": TRANSPORT, **ENDS, **change}).json
        assert refused["status"] == 422
        assert refused["errors"][0]["field"].startswith(field)


def test_the_toll_of_an_answer_can_be_quoted(call: Call) -> None:
    plan = call("route", {"transport": TRANSPORT, **ENDS}).json
    answer = call("toll/quote", {"route": plan, "axles": 6, "at": "2026-05-11"})
    assert answer.status_code == 200
    assert set(answer.json or {}) >= {"toll_yuan", "lines", "status"}


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("classify", {"transport": {**TRANSPORT, "width_m": 360}}, "transport.width_m"),
        ("classify", {"transport": {**TRANSPORT, "widht_m": 3}}, "transport.widht_m"),
        ("classify", {"transport": {**TRANSPORT, "length_m": True}}, "transport.length_m"),
        ("classify", {"transport": {**TRANSPORT, "pieces": False}}, "transport.pieces"),
        (
            "classify",
            {"transport": {**TRANSPORT, "axle_loads_t": [True, 9]}},
            "transport.axle_loads_t",
        ),
        ("classify", {"transport": TRANSPORT, "on": "tomorrow"}, "on"),
        ("classify", {}, "transport"),
        ("route", {"transport": TRANSPORT, **ENDS, "to": "no such place"}, "to"),
        ("route", {"transport": TRANSPORT, "from": "0,0", "to": ENDS["to"]}, "from"),
        ("route", {"transport": TRANSPORT, **ENDS, "alternatives": 99}, "alternatives"),
        ("route", {"transport": TRANSPORT, **ENDS, "alternatives": True}, "alternatives"),
        ("toll/quote", {"axles": 6}, "entry"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(
    call: Call, name: str, body: dict[str, Any], field: str
) -> None:
    answer = call(name, body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert field in [fault["field"] for fault in answer.json["errors"]]  # type: ignore[index]


def test_truth_is_no_number_but_answers_yes_or_no(call: Call) -> None:
    refused = call("classify", {"transport": {**TRANSPORT, "length_m": True}})
    assert "not true or false" in str(refused.json)
    accepted = call("classify", {"transport": {**TRANSPORT, "indivisible": True}})
    assert accepted.status_code == 200


def test_a_broken_body_is_a_bad_request_and_another_type_is_not_read(call: Call) -> None:
    assert call("classify", data="{", content_type="application/json").status_code == 400
    assert call("classify", data="height_m: 4").status_code == 415
    assert call("classify", json=[1]).status_code == 400


def test_a_call_without_a_token_is_refused_even_for_a_signed_in_person(
    signed_in: Callable[[str], Visitor],
) -> None:
    person = signed_in("carrier")
    answer = person.client.post("/api/v1/classify", json={"transport": TRANSPORT})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_covers_only_its_scopes_and_ends_when_revoked(
    app: Flask, granted: Callable[..., str], signed_in: Callable[[str], Visitor]
) -> None:
    headers = {"Authorization": f"Bearer {granted(Scope.CLASSIFY)}"}
    client = app.test_client()
    body = {"transport": TRANSPORT}
    assert client.post("/api/v1/route", json={**body, **ENDS}, headers=headers).status_code == 403
    assert client.post("/api/v1/classify", json=body, headers=headers).status_code == 200
    administrator = signed_in("administrator")
    page = administrator.open("/admin/tokens")
    token_id = page.source.split("/admin/tokens/")[1].split("/revoke")[0]
    administrator.send(f"/admin/tokens/{token_id}/revoke")
    assert client.post("/api/v1/classify", json=body, headers=headers).status_code == 401


def test_the_administrator_grants_a_token_and_sees_its_secret_once(
    app: Flask, signed_in: Callable[[str], Visitor], installation: Installation
) -> None:
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("carrier")
    assert user is not None
    administrator = signed_in("administrator")
    form = {"organisation_id": user.organisation_id, "label": "调度程序", "scopes": ["classify"]}
    page = administrator.send("/admin/tokens", form, status=200)
    secret = page.source.split("<code>")[1].split("</code>")[0]
    answer = app.test_client().post(
        "/api/v1/classify",
        json={"transport": TRANSPORT},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200
    assert secret not in administrator.open("/admin/tokens").source
    assert "请至少选择一项" in administrator.send("/admin/tokens", {**form, "scopes": []}, 422).text


def test_the_description_is_openapi_3_1_and_names_every_endpoint(visitor: Visitor) -> None:
    spec = visitor.client.get("/api/v1/openapi.json").json
    assert spec is not None
    assert spec["openapi"] == "3.1.0"
    expected = {"classify", "conditions", "law", "route", "toll/quote"}
    assert {f"/api/v1/{name}" for name in expected} <= set(spec["paths"])
    for path in spec["paths"].values():
        for operation in path.values():
            assert {"200", "400", "401", "403", "415", "422"} <= set(operation["responses"])
            assert operation["summary"]


def test_the_page_of_the_interface_works_without_any_other_host(visitor: Visitor) -> None:
    page = visitor.open("/api/v1/docs")
    for file in page.files:
        answer = visitor.client.get(file)
        assert answer.status_code == 200
        answer.close()


def test_an_unknown_address_of_the_interface_is_a_problem_document(visitor: Visitor) -> None:
    answer = visitor.client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
