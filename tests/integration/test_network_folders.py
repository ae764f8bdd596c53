"""Folders that cannot be written: a clear error, and what was there stays in use."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from road_data.in_use import token_in_use
from tests.commands import Dajian, Ran

TOWN = Path(__file__).parent / "extracts" / "town.osm"
ROW = "structure_id,kind,lon,lat,clear_width_m,source\nN,bridge,11.0,49.0,3.3,s\n"


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write away: by mode, from the superuser by a mount that is read-only."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    bound = subprocess.run(
        ["mount", "--bind", str(folder), str(folder)], check=False, capture_output=True
    )
    if bound.returncode != 0:
        pytest.skip("the superuser may not mount here, and nothing else stops him from writing")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        # Lazily: arrays of the network may still be mapped.
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def folder(tmp_path: Path, dajian: Dajian) -> Path:
    dajian("network", "build", TOWN, "--out", tmp_path / "town", "--json").answer()
    return tmp_path / "town"


@pytest.mark.parametrize(
    "words",
    [
        ("build", TOWN, "--out", "DIR"),
        # Before a file is read that does not exist: nobody waits a minute for the refusal.
        ("build", "missing.osm.pbf", "--out", "DIR"),
        ("build", TOWN, "--out", "DIR/below"),
        ("import", "structures", "DIR", "FILE"),
        ("restrictions", "add", "DIR", "--kind", "closure", "--structure", "way/101", "--closed",
         "--reason", "r", "--issued-by", "o"),
    ],
)  # fmt: skip
def test_a_read_only_folder_is_named_and_keeps_its_network(
    tmp_path: Path, folder: Path, dajian: Dajian, words: tuple[object, ...]
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(ROW)
    before = token_in_use(folder)
    given = [str(word).replace("DIR", str(folder)).replace("FILE", str(file)) for word in words]
    with read_only(folder):
        ran = dajian("network", *given)
        assert ran.status == 2
        assert refused(ran, folder)
        assert token_in_use(folder) == before
        dajian("network", "info", folder, "--json").answer()
    assert dajian("network", "build", TOWN, "--out", folder).status == 0


def refused(ran: Ran, folder: Path) -> bool:
    said = "read-only" if os.geteuid() == 0 else "you may not write there"
    return said in ran.stderr and str(folder) in ran.stderr and "unchanged" in ran.stderr


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path, dajian: Dajian) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear Sir")
    for out in (letter, letter / "network"):
        ran = dajian("network", "build", TOWN, "--out", out)
        assert ran.status == 2
        assert "is a file" in ran.stderr
    assert letter.read_text() == "dear Sir"
