"""`dajian evaluate` from the files to the printed report, and the same answer for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from road_data.store import save_network
from tests.passages import SUBGRADE, bridge_record, route_over, way_with
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

NETWORK = way_with([bridge_record(n) for n in (1, 2, 3)])
TRAIN = [
    *("--height-m", "4.45", "--width-m", "3.3", "--length-m", "23"),
    *("--axle-notation", "10+20+5*18", "--axle-counts", "1,2,5"),
    *("--axle-spacings-m", "3.3,1.4,7,1.45,1.45,1.45,1.45"),
    *("--trailer-kind", "hydraulic", "--axles-per-line", "2", "--travel-at", "2026-09-01"),
]


@pytest.fixture(autouse=True)
def _services(tmp_path: Path) -> Iterator[None]:
    before = list(access._provider)
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    access.provide(lambda: composition)
    save_network(NETWORK, tmp_path / "roads")
    (tmp_path / "route.json").write_text(json.dumps(route_over(NETWORK)), encoding="utf-8")
    (tmp_path / "records.json").write_text(
        json.dumps({"measurements": SUBGRADE, "report": {"project_name": "白桦沟风电场构件运输"}}),
        encoding="utf-8",
    )
    yield
    access._provider[:] = before


def _run(tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    status = run(
        [
            "evaluate",
            *("--network", str(tmp_path / "roads"), "--route", str(tmp_path / "route.json")),
            *TRAIN,
            *more,
        ]
    )
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def _document(tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    status, out, _ = _run(tmp_path, capsys, "--json", *more)
    assert status == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_measurements_from_a_file_lead_to_a_conclusion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without = _document(tmp_path, capsys)
    assert without["conclusion"] is None
    assert any("fill_height_m" in task["missing"] for task in without["surveys"])
    records = ["--records", str(tmp_path / "records.json")]
    found = _document(tmp_path, capsys, *records)
    assert found["conclusion"] == "采取改善措施后可通行"
    assert len([c for c in found["checks"] if c["check"] == "bridge_screening"]) == 3


def test_records_beside_the_network_need_no_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = tmp_path / "roads" / "evaluation.json"
    beside.write_text((tmp_path / "records.json").read_text("utf-8"), encoding="utf-8")
    assert _document(tmp_path, capsys)["conclusion"] == "采取改善措施后可通行"


def test_the_report_is_printed_with_every_bridge_as_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = tmp_path / "report.pdf"
    records = ["--records", str(tmp_path / "records.json")]
    status, _, err = _run(tmp_path, capsys, "--pdf", str(pdf), *records)
    assert status == 0, err
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "公路大件运输安全通行评价报告" in text
    assert "白桦沟风电场构件运输" in text
    assert "草稿" in text
    assert "采取改善措施后可通行" in text
    for name in ("白桦沟小桥1号", "红柳大桥2号", "青石口小桥3号"):
        assert name in text.replace("\r\n", "").replace("\n", "")


def test_a_wrong_records_file_names_the_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({"measurements": [{"element": "x"}]}), encoding="utf-8")
    status, _, err = _run(tmp_path, capsys, "--records", str(wrong))
    assert status == 2
    assert "measurements[0].field" in err


def test_a_route_of_another_network_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {**route_over(NETWORK), "network": {"id": "elsewhere"}}
    (tmp_path / "route.json").write_text(json.dumps(other), encoding="utf-8")
    status, _, err = _run(tmp_path, capsys)
    assert status == 2
    assert "elsewhere" in err
