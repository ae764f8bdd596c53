"""The folder tree is the architecture, and this proves it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("transport", "road_data", "webapp")
VAGUE = {
    "utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base",
    "constants", "shared", "stuff", "tools", "core", "lib",
}  # fmt: skip


def _modules() -> list[Path]:
    return [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]


def test_every_import_contract_is_kept() -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_or_folder_has_a_name_that_says_nothing(package: str) -> None:
    names = {
        part.lower()
        for path in (ROOT / package).rglob("*.py")
        for part in (*path.relative_to(ROOT).parts[:-1], path.stem)
    }
    assert not names & VAGUE


def test_every_package_map_is_a_docstring_and_nothing_else() -> None:
    import ast  # noqa: PLC0415 - used here only

    wordy = []
    for path in _modules():
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            if len(body) != 1 or not isinstance(body[0], ast.Expr):
                wordy.append(str(path.relative_to(ROOT)))
    assert wordy == []


def test_config_holds_data_and_never_python() -> None:
    assert list((ROOT / "config").rglob("*.py")) == []


def test_the_top_level_holds_only_what_the_design_card_names() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {line.split("/")[0] for line in listed if line and not line.startswith(".")}
    assert top <= {
        "transport", "webapp", "road_data", "config", "tests", "docs",
        "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "tasks.py",
    }  # fmt: skip
