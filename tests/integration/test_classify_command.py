"""`dajian classify` through the command line: documents, exit statuses, messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

SIZES = ["--width-m", "2.6", "--length-m", "16.5", "--mass-t", "40"]
AXLES = ["--axle-loads-t", "6,7,7,7,7,6"]
DAY = ["--on", "2026-05-11"]


@pytest.fixture(autouse=True)
def _services(tmp_path: Path) -> Iterator[None]:
    before = list(access._provider)
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    access.provide(lambda: composition)
    yield
    access._provider[:] = before


def _classify(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["classify", *arguments, *DAY, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("height", "category"), [("4.20", "I"), ("4.21", "II"), ("4.51", "III")])
def test_prints_the_category_of_each_bound(
    capsys: pytest.CaptureFixture[str], height: str, category: str
) -> None:
    assert _classify(capsys, "--height-m", height, *SIZES, *AXLES)["category"] == category


def test_prints_exactly_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    document = _classify(
        capsys,
        "--height-m",
        "4.0",
        *SIZES,
        *AXLES,
        "--from-admin",
        "150203",
        "--to-admin",
        "150781",
    )

    assert set(document) == {
        "over_limit",
        "exceeded",
        "category",
        "size_grade",
        "axle_grade",
        "authority",
        "time_limit_working_days",
        "due_on",
        "documents",
        "escort_plan_required",
        "refusals",
        "findings",
        "law_as_of",
    }
    assert document["due_on"] == "2026-05-13"


def test_a_file_and_options_describe_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "load.yaml"
    file.write_text(
        "height_m: 4.3\nwidth_m: 2.6\nlength_m: 16.5\nmass_t: 40\n"
        "axle_loads_t: [6, 7, 7, 7, 7, 6]\ntravel_at: 2026-05-11\n",
        encoding="utf-8",
    )
    by_file = _classify(capsys, "--transport", str(file))

    assert by_file == _classify(capsys, "--height-m", "4.3", *SIZES, *AXLES)
    assert _classify(capsys, "--transport", str(file), "--height-m", "4.0")["category"] == "I"


def test_people_can_read_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    areas = ["--from-admin", "150203", "--to-admin", "130000"]
    assert run(["classify", "--height-m", "4.3", *SIZES, *AXLES, *areas, *DAY]) == 0
    said = capsys.readouterr().out

    assert "height_m: 4.3 exceeds 4.0 (R62 art. 3(1))" in said
    assert "内蒙古自治区交通运输厅 (origin-province) decides within 10 working days" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--height-m", "420", *SIZES], "height_m: 420 m is impossible: did you mean 4.2 m"),
        (["--height-m", "4.2"], "width_m: is missing"),
        (["--height-m", "4.2", *SIZES, "--axle-spacings-m", "3,1", *AXLES], "axle_spacings_m: 6 a"),
        (["--height-m", "4.2", *SIZES, "--travel-at", "2026-05-11T08:00"], "travel_at: "),
        (["--height-m", "4.2", *SIZES, "--from-admin", "1", "--to-admin", "2"], "from_admin: '1'"),
        (["--height-m", "4.2", *SIZES, "--from-admin", "abc"], "from_admin: 'abc'"),
        (["--height-m", "3.9", *SIZES, "--through", "xx"], "through: 'xx'"),
        (["--height-m", "4.2", *SIZES, "--axle-notation", "10+20"], "without axle_counts"),
        (["--transport", "no-such-file.yaml"], "no-such-file.yaml"),
    ],
)
def test_a_wrong_request_names_the_field_and_exits_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(["classify", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


def test_a_day_before_the_law_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["classify", "--height-m", "4.2", *SIZES, "--on", "2010-01-01"]) == 2
    assert (
        "no value of cn/size_limits.height_m is in force on 2010-01-01" in capsys.readouterr().err
    )


@pytest.mark.parametrize("text", ["- a\n- list\n", "height_m: [", "\xff"])
def test_a_file_that_describes_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    file = tmp_path / "load.yaml"
    file.write_text(text, encoding="latin-1")

    assert run(["classify", "--transport", str(file)]) == 2
    assert "is no YAML or JSON description of a transport" in capsys.readouterr().err


def test_the_exceptions_of_article_3_can_be_stated(capsys: pytest.CaptureFixture[str]) -> None:
    reefer = ["--height-m", "3.9", "--width-m", "2.6", "--length-m", "16.5", "--mass-t", "40"]

    assert _classify(capsys, *reefer, *AXLES)["over_limit"] is True
    judged = _classify(capsys, *reefer, *AXLES, "--conforming-kind", "refrigerated")
    assert judged["over_limit"] is False


def test_asking_the_law_makes_no_database(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _classify(capsys, "--height-m", "4.2", *SIZES, *AXLES)

    assert list(tmp_path.iterdir()) == []
