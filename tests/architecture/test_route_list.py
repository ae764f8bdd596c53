"""Every address of the application, as a reviewed list: none appears or vanishes unnoticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from webapp.access import roles_of

LIST = Path(__file__).parents[1] / "golden" / "route_list.txt"


def _lines(app: Flask) -> str:
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        roles = " ".join(sorted(roles_of(app.view_functions[rule.endpoint]))) or "files"
        lines.append(f"{rule.rule}  {methods}  {rule.endpoint}  {roles}\n")
    return "".join(sorted(lines))


@pytest.mark.golden
def test_the_list_of_addresses_is_the_reviewed_one(app: Flask) -> None:
    if os.environ.get("DAJIAN_APPROVE") == "1":
        LIST.write_text(_lines(app), encoding="utf-8")
    assert _lines(app) == LIST.read_text(encoding="utf-8"), "python tasks.py approve; read the diff"
