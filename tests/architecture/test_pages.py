"""Every view states who may use it; texts are complete; nothing asks another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from webapp.access import roles_of
from webapp.translations import catalogue

SHELL = Path(__file__).parents[2] / "webapp"
# Views of Flask and of the interface's page that give out files and nothing else.
FILES_ONLY = {"static", "api_documentation.static"}
OWN_FILES = [
    *(SHELL / "templates").rglob("*.html"),
    *(path for path in (SHELL / "static").rglob("*") if "vendor" not in path.parts),
]


def test_every_view_states_who_may_use_it(app: Flask) -> None:
    silent = [
        f"{rule.rule} -> {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in FILES_ONLY and not roles_of(app.view_functions[rule.endpoint])
    ]
    assert silent == []


def test_addresses_are_written_in_lower_case_with_dashes(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if re.search(r"[A-Z_]", re.sub(r"<[^>]*>", "", rule.rule))
    ]
    assert odd == []


def test_every_text_of_the_pages_has_its_chinese() -> None:
    assert catalogue.faults() == []


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_own_pages_and_files_name_no_other_host(path: Path) -> None:
    if path.suffix not in {".html", ".css", ".js", ".svg"}:
        return
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]{2,}", text)


def test_every_vendored_library_comes_with_its_licence() -> None:
    for folder in (SHELL / "static" / "vendor").iterdir():
        if folder.is_dir():
            assert list(folder.glob("LICENSE*")), folder.name
    assert (SHELL / "static" / "fonts" / "OFL.txt").exists()
