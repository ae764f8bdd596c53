"""The worked cases of the passage evaluation: every row of vectors.csv."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation_tables import shipped_tables
from transport.evaluation.catalogue import CHECKS

ROOT = Path(__file__).parents[2]
with (ROOT / "tests" / "conformance" / "evaluation" / "vectors.csv").open(encoding="utf-8") as file:
    VECTORS = list(csv.DictReader(file))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: f"{one['id']} {one['check']}")
def test_a_worked_case_comes_out_as_printed(vector: dict[str, str]) -> None:
    found = CHECKS[vector["check"]].answer(shipped_tables(), json.loads(vector["inputs_json"]))[
        "values"
    ]
    tolerance = float(vector["abs_tolerance"])
    for name, expected in json.loads(vector["expected_json"]).items():
        assert _equal(found[name], expected, tolerance), (name, found[name], expected)


def _equal(found: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, float) or (
        isinstance(expected, int) and not isinstance(expected, bool)
    ):
        return abs(float(found) - expected) <= tolerance
    return bool(found == expected)
