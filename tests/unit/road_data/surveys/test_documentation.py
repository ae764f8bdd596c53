"""The page of the files that people bring names every kind and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from road_data.surveys.cells import COLUMNS, KEYS, Kind

PAGE = (Path(__file__).parents[4] / "docs" / "road-records.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", Kind)
def test_the_page_names_every_column(kind: Kind) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {kind.value} |"))
    _, _, key, columns, _ = row.split("|")
    assert key.strip() == ", ".join(KEYS[kind])
    needed = {name for name, column in COLUMNS[kind].items() if column.required}
    given = [name.strip() for name in columns.split(",")]
    assert [name.strip("*") for name in given] == list(COLUMNS[kind])
    assert {name.strip("*") for name in given if name.startswith("**")} == needed
