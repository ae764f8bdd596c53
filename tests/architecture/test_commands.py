"""Every command states who may use it, explains itself, and the README shows only real ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from webapp.command_line.main import COMMANDS, dajian

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:sh|bash)\n(.*?)```", README, re.DOTALL)
LINES = [
    line.strip().removeprefix("$ ")
    for block in BLOCKS
    for line in block.replace("\\\n", " ").splitlines()
    if line.strip() and not line.strip().startswith("#")
]


def _load(name: str) -> click.Command:
    command = dajian.get_command(click.Context(dajian), name)
    assert command is not None
    return command


def _leaves(name: str) -> list[tuple[str, click.Command]]:
    return _below(name, _load(name))


def _below(name: str, command: click.Command) -> list[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        subs = command.commands.items()
        return [leaf for sub, one in subs for leaf in _below(f"{name} {sub}", one)]
    return [(name, command)]


ALL = [pair for name in COMMANDS for pair in _leaves(name)]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_states_who_may_use_it(name: str) -> None:
    assert COMMANDS[name].who.value


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_explains_itself_with_an_example(name: str, command: click.Command) -> None:
    text = " ".join(command.get_help(click.Context(command, info_name=name)).split())
    assert f"Example: dajian {name}" in text or "not in this version" in text


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("dajian ")])
def test_every_command_in_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.rsplit("&&", maxsplit=1)[-1].split(" #", maxsplit=1)[0])[1:]
    name, rest = words[0], words[1:]
    command = _load(name)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), rest[0])
        assert found is not None, rest[0]
        command, rest = found, rest[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in rest if word.startswith("--")} <= known


def test_the_readme_shows_the_two_commands_of_the_contract() -> None:
    assert "pip install -e . && dajian demo" in LINES
    assert "pip install -e '.[test]' && pytest" in LINES


def test_ci_runs_the_test_command_exactly_as_the_readme_writes_it() -> None:
    assert "pip install -e '.[test]' && pytest" in (ROOT / ".ci" / "run").read_text()
