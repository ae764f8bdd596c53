"""Ways that people bring, exports, envelopes and batches through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from road_data.store import save_network
from tests.maps import draw
from transport.network.attributes import LimitKind
from transport.network.graph import RoadNetwork
from transport.network.places import Place
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings


def _roads() -> RoadNetwork:
    return draw(
        """
        A---B---C
        |       |
        D-------E
        """,
        "AB BC AD DE CE",
        facts={
            "AB": {"ref": "G6"},
            "BC": {"ref": "G6"},
            "AD": {"ref": "S24"},
            "DE": {"ref": "S24"},
            "CE": {"ref": "S24"},
        },
        limits={
            "BC": {LimitKind.CLEAR_HEIGHT: 4.5, LimitKind.CLEAR_WIDTH: 6.0},
            "DE": {LimitKind.CLEAR_HEIGHT: 5.0, LimitKind.CLEAR_WIDTH: 4.5},
        },
        places=(
            Place("包头市", "baotoushi", "Baotou", "seat", 110.0, 40.0, "150200"),
            Place("固阳县", "guyangxian", "Guyang County", "county_seat", 110.0939, 40.0, "150222"),
        ),
    )


SIZE = ["--width-m", "2.5", "--length-m", "16", "--mass-t", "45", "--travel-at", "2026-05-11"]
TRIP = ["--from", "包头", "--to", "固阳县", *SIZE]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    before = list(access._provider)
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    access.provide(lambda: composition)
    save_network(_roads(), tmp_path / "roads")

    def _call(*arguments: str) -> tuple[int, str, str]:
        status = run([*arguments, "--network", str(tmp_path / "roads")])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    yield _call
    access._provider[:] = before


def _plan(call: Call, *arguments: str) -> dict[str, Any]:
    status, out, err = call("route", *arguments, "--json")
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


@pytest.mark.parametrize("kind", ["geojson", "gpx", "kml"])
def test_an_exported_route_is_matched_again_and_judged_for_another_load(
    call: Call, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"way.{kind}"
    found = _plan(call, *TRIP, "--height-m", "4.0", "--export", str(file))
    assert [leg["ref"] for leg in found["routes"][0]["legs"]] == ["G6"]
    again = _plan(call, *SIZE, "--height-m", "4.0", "--check", str(file))
    assert again["routes"][0]["edges"] == found["routes"][0]["edges"]
    assert again["status"] == "feasible"
    higher = _plan(call, *SIZE, "--height-m", "4.6", "--check", str(file))
    assert higher["status"] == "infeasible"
    assert [one["kind"] for one in higher["blockers"]] == ["clear_height_m"]


def test_a_list_of_roads_is_driven_and_differences_are_named(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "roads.csv"
    file.write_text("ref,from_km,to_km\nS24,0,80\n", encoding="utf-8")
    plan = _plan(call, *TRIP, "--height-m", "4.0", "--check", str(file))
    assert {leg["ref"] for leg in plan["routes"][0]["legs"]} == {"S24"}
    assert [one.split(":")[0] for one in plan["remarks"]] == ["length"]
    file.write_text("ref\nG999\n", encoding="utf-8")
    status, _, err = call("route", *TRIP, "--height-m", "4.0", "--check", str(file))
    assert (status, "G999" in err) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<gpx><trk>",
        '<!DOCTYPE x [<!ENTITY a "b">]><gpx/>',
        "{}",
        '{"type": "LineString", "coordinates": [[110, 40]]}',
        '{"type": "LineString", "coordinates": [["x", 40], [110, 41]]}',
        '{"type": "LineString", "coordinates": [[NaN, 40], [110, 41]]}',
        '{"type": "LineString", "coordinates": [[1e9, 40], [110, 41]]}',
        '{"type": "LineString", "coordinates": [[10, 50], [11, 51]]}',
        '{"type": "LineString", "coordinates": [[110, 40], [110, 40]]}',
        '{"type": "LineString", "coordinates": [[110], [111]]}',
        '{"routes": []}',
        "<gpx></gpx>",
        "[" * 100_000,
    ],
)
def test_a_wrong_way_is_refused_with_the_field(call: Call, tmp_path: Path, text: str) -> None:
    file = tmp_path / "way"
    file.write_text(text, encoding="utf-8")
    status, _, err = call("route", *SIZE, "--height-m", "4.0", "--check", str(file))
    assert status == 2
    assert err.startswith(("check:", "line:"))


def test_a_road_book_needs_nothing_but_itself(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "book.html"
    call("route", *TRIP, "--height-m", "4.0", "--export", str(file))
    page = file.read_text(encoding="utf-8")
    assert "沿G6行驶" in page
    assert "http" not in page
    call("route", *TRIP, "--height-m", "4.0", "--export", str(file), "--english")
    assert "Follow G6 for" in file.read_text(encoding="utf-8")
    assert call("route", *TRIP, "--height-m", "4.0", "--export", "way.doc")[0] == 2


def test_weights_change_the_choice_and_wrong_ones_are_named(call: Call) -> None:
    plan = _plan(call, *TRIP, "--height-m", "4.0", "--weight", "seconds_per_km=60")
    assert plan["routes"][0]["length_m"] > 0
    for weight in ("foo=1", "unknown=-1", "unknown=nan", "unknown=1e9", "unknown"):
        assert call("route", *TRIP, "--height-m", "4.0", "--weight", weight)[0] == 2


@pytest.mark.parametrize("point", ["0,0", "110.5,40.5", "nan,40", "1e9,1", "110", ",", "x,y"])
def test_a_point_off_the_network_is_refused_with_its_field(call: Call, point: str) -> None:
    status, _, err = call("route", "--from", point, "--to", "固阳县", *SIZE, "--height-m", "4")
    assert (status, err.split(":")[0]) == (2, "from")


def test_equal_points_are_refused(call: Call) -> None:
    status, _, err = call("route", "--from", "包头", "--to", "包头", *SIZE, "--height-m", "4")
    assert (status, "same place" in err) == (2, True)


@pytest.mark.parametrize("value", ["nan", "-1", "0", "1e9", "inf"])
def test_an_impossible_size_is_refused(call: Call, value: str) -> None:
    assert call("route", *TRIP, "--height-m", value)[0] == 2


def test_the_envelope_names_what_stops_more_and_trades_height_for_width(call: Call) -> None:
    status, out, _ = call("envelope", *TRIP, "--height-m", "4.0", "--json")
    assert status == 0
    found = json.loads(out)
    assert found["height_m"]["largest"] == pytest.approx(4.95)
    assert found["height_m"]["blocker"]["limit"] == 5.0
    assert found["width_m"]["largest"] == pytest.approx(6.0)
    assert found["length_m"] == {"largest": None, "blocker": None, "blockers": []}
    heights = [point["height_m"] for point in found["trade_off"]]
    widths = [point["width_m"] for point in found["trade_off"]]
    assert heights == sorted(heights, reverse=True)
    assert widths == sorted(widths)
    assert len(heights) == 2
    tall = ["--height-m", str(heights[0] + 0.001), "--width-m", str(widths[0])]
    trip = [one for one in TRIP if one not in ("--width-m", "2.5")]
    assert _plan(call, *trip, *tall)["status"] == "infeasible"


def test_a_batch_answers_each_row_and_a_wrong_one_stops_no_other(
    call: Call, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    rows = [
        "id,from,to,height_m,width_m,length_m,mass_t,travel_at",
        "a,包头,固阳县,4.0,2.5,16,45,2026-05-11",
        "b,包头,固阳县,5.2,2.5,16,45,2026-05-11",
        "c,包头,nowhere,4.0,2.5,16,45,2026-05-11",
        "d,包头,固阳县,-4,2.5,16,45,2026-05-11",
        "e,,固阳县,4.0,2.5,16,45,2026-05-11",
        "f,包头,固阳县,4.0,2.5,16,45,1900-01-01",
        "g,包头,固阳县,4.0,2.5,16,45,2026-05-11,7,9,9",
    ]
    file.write_text("\n".join(rows), encoding="gb18030")
    assert call("batch", str(file), "--out", str(out), "--json")[0] == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in answers] == list("abcdefg")
    assert [one.get("status") for one in answers[:2]] == ["feasible", "infeasible"]
    assert answers[0]["length_m"] > 0
    assert answers[1]["first_blocker"]["kind"] == "clear_height_m"
    faulty = [one["error"][0]["field"] for one in answers[2:]]
    assert faulty == ["to", "height_m", "from", "row", "row"]
    assert "more cells than columns" in answers[6]["error"][0]["message"]
    table = tmp_path / "out.csv"
    assert call("batch", str(file), "--out", str(table))[0] == 0
    assert table.read_text(encoding="utf-8").splitlines()[1].startswith("a,feasible,")
    assert call("batch", str(file), "--out", str(out), "--scheduler", "x")[0] == 2
    assert call("batch", str(file), "--out", str(file))[0] == 2
    assert file.read_text(encoding="gb18030").startswith("id,from,to")
    file.write_text("{broken\n", encoding="utf-8")
    assert call("batch", str(file), "--out", str(out))[0] == 2


def test_a_batch_reads_and_writes_parquet(tmp_path: Path, call: Call) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    size = {"height_m": 4.0, "width_m": 2.5, "length_m": 16.0, "mass_t": 45.0}
    rows = [
        {**size, "id": "a", "from": "包头", "to": "固阳县", "travel_at": date(2026, 5, 11)},
        {**size, "id": "b", "from": "包头", "to": "nowhere", "travel_at": None},
    ]
    file, out = tmp_path / "rows.parquet", tmp_path / "answers.parquet"
    parquet.write_table(arrow.Table.from_pylist(rows), file)
    assert call("batch", str(file), "--out", str(out))[0] == 0
    found = parquet.read_table(out).to_pylist()
    assert [one["id"] for one in found] == ["a", "b"]
    assert found[0]["length_m"] > 0
    assert found[1]["error"].startswith("to: ")
    file.write_bytes(b"PAR1 but nothing else")
    assert call("batch", str(file), "--out", str(out))[0] == 2
    assert call("batch", str(file), "--out", str(tmp_path / "no" / "out.csv"))[0] == 2
