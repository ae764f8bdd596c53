"""Commands called as users call them, without a process of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from webapp.command_line.main import run


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    stdout: str
    stderr: str

    def answer(self) -> Any:
        """Return the JSON document that a command printed."""
        assert self.status == 0, self.stderr
        return json.loads(self.stdout)


Dajian = Callable[..., Ran]


def caller(capsys: pytest.CaptureFixture[str]) -> Dajian:
    """Return a function that runs `dajian` with some words."""

    def call(*words: object) -> Ran:
        status = run([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call
