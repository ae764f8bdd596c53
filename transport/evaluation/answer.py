"""What one check answers: named values, what is missing, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transport.evaluation.words import Method, Result


@dataclass(frozen=True, slots=True)
class Answer:
    """The outputs of a check under the names of the contract, `result` among them.

    `missing` names the inputs somebody has to survey. `doubts` are ids of cells of the printed
    tables that may be misprints (`config/evaluation/suspects.csv`). `measures` are codes of what
    would change a refusal. `method` is set where the answer needed another method than usual.
    """

    values: Mapping[str, Any]
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    method: Method | None = None

    @property
    def result(self) -> Result | None:
        """The result, None where the check only computes values."""
        return self.values.get("result")


def say(result: Result, *measures: str, **values: Any) -> Answer:
    """Return an answer with a result, values beside it and measures that would change it."""
    return Answer({**values, "result": result}, measures=measures)


def survey(*missing: str) -> Answer:
    """Return the answer that asks for a survey of the named inputs (3.4.4)."""
    return Answer({"result": Result.NEEDS_SURVEY}, missing=missing)
