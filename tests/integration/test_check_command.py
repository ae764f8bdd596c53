"""`dajian check`: by name, as a list, with its schema, a whole file, and through the interface."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Installation
from tests.pages import Visitor
from transport.people import actor_of
from transport.services.granting_tokens import Scope, grant_token
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

GIVEN: dict[str, Any] = {
    "tractor": "tractor_6x4",
    "trailer": "low_bed_3",
    "load": {"mass_t": 20, "length_m": 9},
    "load_position_m": 5.0,
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Composition]:
    before = list(access._provider)
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    access.provide(lambda: composition)
    yield composition
    access._provider[:] = before


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["check", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("services")
def test_axle_distribution_prints_the_names_of_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = _printed(capsys, "axle_distribution", "--input", json.dumps(GIVEN))

    assert set(document) == {"check", "clause", "method", "values", "measures"}
    values = document["values"]
    assert sum(values["axle_loads_t"]) == pytest.approx(40.8, abs=1e-3)
    assert values["kingpin_load_t"] > 0
    assert {"fifth_wheel", "flatbed_maximum_t", "flatbed_average_t"} <= set(values["utilisation"])


@pytest.mark.usefixtures("services")
def test_the_list_names_it_and_the_schema_says_what_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = _printed(capsys, "list", "--json")["checks"]
    schema = _printed(capsys, "axle_distribution", "--schema")

    assert "axle_distribution" in {one["check"] for one in listed}
    assert {"tractor", "trailer", "load", "load_position_m"} <= set(schema["properties"])


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["nonsense", "--input", "{}"], 2, "there is no check 'nonsense'"),
        (["axle_distribution"], 2, "input: give the input"),
        (["axle_distribution", "--input", "{"], 2, "not valid JSON"),
        (["axle_distribution", "--input", '{"tractor": "bus"}'], 2, "'bus' is not in the"),
        (["swept_path", "--input", "{}"], 2, "units: is missing"),
        (["bridge_effects", "--input", '{"spans_m": [0]}'], 2, "must be more than 0"),
        (
            ["train_effect", "--input", '{"L": 20, "axles_t": [9, 9], "spacings_m": []}'],
            2,
            "2 axles need 1",
        ),
    ],
)
def test_what_cannot_be_answered_has_its_status(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    assert run(["check", *arguments]) == status
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("services")
def test_a_file_of_checks_is_answered_line_by_line(tmp_path: Path) -> None:
    text = json.dumps(GIVEN).replace('"', '""')
    file, out = tmp_path / "checks.csv", tmp_path / "answers.jsonl"
    file.write_text(
        f'id,check,inputs_json\n1,axle_distribution,"{text}"\n2,axle_distribution,oops\n3,none,{{}}\n',
        encoding="utf-8",
    )

    assert run(["check", "batch", str(file), "--out", str(out)]) == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in answers] == ["1", "2", "3"]
    assert "axle_loads_t" in answers[0]["values"]
    assert "must be one JSON object" in answers[1]["error"]
    assert "there is no check 'none'" in answers[2]["error"]


@pytest.mark.usefixtures("services")
def test_a_file_without_its_columns_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "checks.csv"
    file.write_text("id,name\n1,x\n", encoding="utf-8")

    assert run(["check", "batch", str(file), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert "lacks the columns check, inputs_json" in capsys.readouterr().err


def _token(installation: Installation) -> str:
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("administrator")
        assert user is not None
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    _, secret = grant_token(
        installation.unit_of_work,
        actor=actor,
        organisation_id=actor.organisation_id,
        label="loading program",
        scopes=(Scope.CLASSIFY,),
        now=installation.clock.now(),
    )
    return secret


def test_the_interface_answers_as_the_command(
    app: Flask,
    installation: Installation,
    signed_in: Callable[..., Visitor],
    capsys: pytest.CaptureFixture[str],
) -> None:
    del signed_in  # its people are what the token is granted by
    headers = {"Authorization": f"Bearer {_token(installation)}"}
    answer = app.test_client().post("/api/v1/checks/axle_distribution", headers=headers, json=GIVEN)
    access.provide(lambda: installation)
    assert answer.json == _printed(capsys, "axle_distribution", "--input", json.dumps(GIVEN))
