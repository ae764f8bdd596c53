"""`dajian toll simulate` and `import`: files in, comparison and mismatches out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.maps import Standing, draw
from tests.offices import Offices
from tests.relief_records import Record
from transport.network.attributes import StructureKind, Tolled
from transport.people import Role
from transport.relief.records import FIELDS
from transport.relief.trip_table import COLUMNS
from transport.services.granting_tokens import Scope, grant_token
from webapp import access
from webapp.command_line.main import run

ROADS = draw(
    "A---B---C",
    "AB BC",
    facts={
        name: {"ref": "G6", "tolled": Tolled.YES, "admin_code": "150200"} for name in ("AB", "BC")
    },
    structures=[
        Standing("AB", StructureKind.TOLL_STATION, share=0.0, id="S1", name="西站"),
        Standing("BC", StructureKind.TOLL_STATION, share=0.5, id="S2", name="东站"),
    ],
)
SCHEME = """
id: half
name: 试算
issuing_body: 示范机关
document_number: 示范
ownership: [government_loan, commercial, unknown]
materials: [precast]
calculators: [{ kind: percentage, percent: 50 }]
payer: 示范财政
starts_on: 2026-01-01
ends_on: 2026-12-31
status: demonstration
state: draft
"""
TRIPS = (
    ",".join(COLUMNS)
    + """
T1,2026-05-11,9,S1,S2,6,precast,box_girder,F1,P1,150200,II,60,yes,yes
T2,2026-05-12,10,S1,S2,6,steel,steel_beam,F1,P1,150200,I,30,yes,yes
T3,2026-05-13,11,S1,S2,7,precast,box_girder,F2,P2,150200,II,70,yes,no
"""
)


@pytest.fixture
def commands(offices: Offices) -> Iterator[Offices]:
    """Give the commands an installation whose network is a drawn toll road."""
    before = list(access._provider)
    offices.installation.in_use = ROADS
    access.provide(lambda: offices.installation)
    yield offices
    access._provider[:] = before


def test_past_trips_are_replayed_under_a_scheme_from_a_file(
    commands: Offices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands
    trips, scheme = tmp_path / "trips.csv", tmp_path / "half.yaml"
    trips.write_text(TRIPS, encoding="utf-8")
    scheme.write_text(SCHEME, encoding="utf-8")
    given = ["toll", "simulate", str(trips), str(scheme), "none", "--at", "2026-05-11", "--json"]
    assert run(given) == 0
    answer = json.loads(capsys.readouterr().out)
    half, none = answer["schemes"]
    # 6 km on class 6: 12.60 yuan; one of three trips is precast and lawful.
    assert (answer["trips"], answer["synthetic"]) == (3, False)
    assert (half["trips_relieved"], half["loss_yuan"]) == (1, "6.30")
    assert half["by_component_kind"][0] == {
        "component_kind": "box_girder",
        "trips": 2,
        "loss_yuan": "6.30",
        "share": 1.0,
    }
    assert none["loss_yuan"] == "0.00"
    assert answer["toll_status"] == "demonstration"
    assert "not measured" in half["sensitivity"][0]["assumption"]


def test_a_synthetic_year_says_so_and_is_the_same_for_the_same_seed(
    commands: Offices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands
    out, scheme = tmp_path / "trips.csv", tmp_path / "half.yaml"
    scheme.write_text(SCHEME, encoding="utf-8")
    given = ["toll", "simulate", "synthetic:7:500", str(scheme), "--at", "2026-05-11"]
    answers = []
    for _ in range(2):
        assert run([*given, "--year", "2026", "--json", "--write-trips", str(out)]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert answers[0]["synthetic"]
    assert out.read_text(encoding="utf-8").startswith("# synthetic")
    assert run(given) == 0
    assert "nobody drove them" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["synthetic:x", "none"], "trips"),
        (["no-such-file.csv", "none"], "trips"),
        (["synthetic:7:10", "no-such-scheme"], "schemes"),
    ],
)
def test_what_is_wrong_is_named_and_exits_with_2(
    commands: Offices,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    named: str,
) -> None:
    assert commands
    assert run(["toll", "simulate", *arguments]) == 2
    assert f"{named}: " in capsys.readouterr().err


def test_an_operators_file_is_imported_and_its_mismatches_counted(
    commands: Offices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with commands.installation.unit_of_work(read_only=True) as work:
        login = work.people.get(commands.world.toll_office.user_id).login
    file = tmp_path / "may.csv"
    rows = [[*FIELDS], Record(1).row(), Record(2).row()]
    file.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    given = ["toll", "import", str(file), "--month", "2026-05", "--login", login]
    assert run([*given, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["matched"]) == (2, 0)
    assert answer["counts"]["pass_unknown"] == 2
    assert run(given) != 0  # the same file again


def test_programs_get_the_same_comparison_with_a_token_for_tolls(commands: Offices) -> None:
    services = commands.installation
    world = commands.world
    _, secret = grant_token(
        services.unit_of_work,
        actor=replace(world.toll_office, role=Role.ADMINISTRATOR),
        organisation_id=world.carrier.organisation_id,
        label="试算",
        scopes=[Scope.TOLL],
        now=services.clock.now(),
    )
    body = {"seed": 7, "count": 300, "year": 2026, "schemes": ["none"], "at": "2026-05-11"}
    answer = commands.app.test_client().post(
        "/api/v1/toll/simulate", json=body, headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 200, answer.text
    said = answer.get_json()
    assert (said["trips"], said["synthetic"]) == (300, True)
    assert said["schemes"][0]["loss_yuan"] == "0.00"
    refused = commands.app.test_client().post(
        "/api/v1/toll/simulate",
        json={**body, "schemes": ["nothing"]},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "schemes"
