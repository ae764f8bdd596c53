"""`dajian route` and `dajian toll` through the command line: documents, statuses, messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from road_data.store import save_network
from tests.maps import Standing, draw
from transport.network.attributes import LimitKind, StructureKind, Tolled
from transport.network.places import Place
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

ROADS = draw(
    "A---B---C",
    "AB BC",
    facts={"AB": {"ref": "G6", "tolled": Tolled.YES}},
    limits={"BC": {LimitKind.CLEAR_HEIGHT: 4.5}},
    structures=[
        Standing("AB", StructureKind.TOLL_STATION, share=0.25, id="t1"),
        Standing("AB", StructureKind.TOLL_STATION, share=0.75, id="t2"),
    ],
    places=(
        Place("包头市", "baotoushi", "Baotou", "seat", 110.0, 40.0, "150200"),
        Place("固阳县", "guyangxian", "Guyang County", "county_seat", 110.0939, 40.0, "150222"),
    ),
)
LOAD = ["--width-m", "2.5", "--length-m", "16", "--axle-loads-t", "7,9,9,8,8,8"]
TRIP = ["--from", "包头", "--to", "Guyang", *LOAD, "--travel-at", "2026-05-11"]


@pytest.fixture(autouse=True)
def _services(tmp_path: Path) -> Iterator[None]:
    before = list(access._provider)
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    access.provide(lambda: composition)
    save_network(ROADS, tmp_path / "roads")
    yield
    access._provider[:] = before


def _run(tmp_path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    network = ["--network", str(tmp_path / "roads")]
    status = run([*arguments, *network])
    captured = capsys.readouterr()
    return status, captured.out if status == 0 else captured.err


def test_prints_exactly_one_document_with_the_contracts_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.0", "--json")
    document = json.loads(out)
    assert status == 0
    assert set(document) >= {
        "status", "routes", "blockers", "unlocking", "network", "law_as_of", "travel_at",
    }  # fmt: skip
    [route] = document["routes"]
    assert set(route) >= {
        "status", "length_m", "duration_s", "toll_yuan", "geometry", "legs", "structures",
        "findings", "jurisdictions", "unknowns",
    }  # fmt: skip
    assert (document["status"], document["travel_at"]) == ("feasible", "2026-05-11")
    assert (route["toll_yuan"], route["toll_status"]) == ("8.40", "demonstration")
    assert {finding["rule"] for finding in route["findings"]} >= {"height_m", "width_m"}


def test_an_infeasible_load_is_an_answer_with_blockers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.6", "--json")
    document = json.loads(out)
    assert (status, document["status"]) == (0, "infeasible")
    assert document["blockers"][0]["exceeds_by"] == pytest.approx(0.15)
    assert document["unlocking"][0]["change"] == {"height_m": -0.15}


def test_the_text_says_status_day_legs_and_blockers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, feasible = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.0")
    assert "feasible on 2026-05-11" in feasible
    assert "沿G6行驶 4.0 公里" in feasible
    _, refused = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.6")
    assert "clear_height_m 4.5 m" in refused
    assert "height_m -0.15" in refused


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (["--from", "包投"], "包头市"),
        (["--to", "40.0,110.05"], "LON,LAT"),
        (["--to", "125,33"], "to: "),
        (["--to", "包头市"], "same place"),
        (["--avoid", "G999"], "avoid: "),
        (["--alternatives", "9"], "alternatives: "),
        (["--reach-km", "-1"], "reach_km: "),
        (["--reach-km", "nan"], "reach_km: "),
        (["--travel-at", "2026-05-11T08:00"], "+08:00"),
        (["--travel-at", "2010-01-01"], "2010-01-01"),
        (["--height-m", "420"], "height_m"),
        (["--height-m", "nan"], "height_m"),
    ],
)
def test_a_wrong_request_names_the_field_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: list[str], named: str
) -> None:
    status, err = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.0", *change)
    assert status == 2
    assert named in err


def test_the_toll_of_a_saved_route_and_between_stations_is_quoted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, answer = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.0", "--json")
    file = tmp_path / "route.json"
    file.write_text(answer, encoding="utf-8")
    toll = ["toll", "quote", "--axles", "7", "--at", "2026-05-11", "--json"]
    status, whole = _run(tmp_path, capsys, *toll, "--route", str(file))
    assert status == 0
    assert json.loads(whole)["toll_yuan"] == "9.20"
    assert json.loads(whole)["lines"][0]["section"] == "G6"
    _, part = _run(tmp_path, capsys, *toll, "--entry", "t1", "--exit", "t2")
    assert json.loads(part)["toll_yuan"] == "4.60"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--axles", "1", "--entry", "t1", "--exit", "t2"], "axles"),
        (["--axles", "6"], "entry"),
        (["--axles", "6", "--entry", "t1", "--exit", "t9"], "exit"),
    ],
)
def test_a_wrong_quote_names_the_field_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    status, err = _run(tmp_path, capsys, "toll", "quote", *arguments)
    assert status == 2
    assert f"{named}: " in err


def test_a_damaged_route_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "route.json"
    file.write_bytes(b"\xff\x00 no json")
    status, err = _run(tmp_path, capsys, "toll", "quote", "--axles", "6", "--route", str(file))
    assert (status, err.startswith("route: ")) == (2, True)


def test_every_wrong_place_is_named_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ["--from", "nowhere", "--to", "91,181", "--via", "elsewhere"]
    status, err = _run(tmp_path, capsys, "route", *TRIP, "--height-m", "4.0", *wrong)
    assert status == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["from", "via", "to"]
