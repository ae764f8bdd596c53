"""Runs the loads of `loads/*.yaml`: worked by hand, compared within half a per cent."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.selection.axle_distribution import axle_distribution

HERE = Path(__file__).parent
DAY = date(2026, 5, 11)
WITHIN = 0.005
CASES = [
    (file.stem, document["units"], case)
    for file in sorted((HERE / "loads").glob("*.yaml"))
    for document in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    for case in document["cases"]
]
NAMES = [f"{stem}: {case['name']}" for stem, _, case in CASES]
STEPS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(HERE.parent.parent / "config")


@pytest.mark.parametrize(("_file", "units", "case"), CASES, ids=NAMES)
def test_axle_loads_are_those_worked_by_hand(
    _file: str, units: dict[str, Any], case: dict[str, Any], law: Law
) -> None:
    values = axle_distribution(_input(units, case), law=law, day=DAY)
    expected = case["expect"]

    assert values["axle_loads_t"] == pytest.approx(expected["axle_loads_t"], rel=WITHIN)
    assert sum(values["axle_loads_t"]) == pytest.approx(values["gross_mass_t"], abs=1e-3)
    if "kingpin_load_t" in expected:
        assert values["kingpin_load_t"] == pytest.approx(expected["kingpin_load_t"], rel=WITHIN)
    for side, loads in expected.get("half_sets_t", {}).items():
        assert values["half_sets_t"][side] == pytest.approx(loads, rel=WITHIN)
    for limit, share in expected.get("utilisation", {}).items():
        assert values["utilisation"][limit] == pytest.approx(share, rel=WITHIN)


@pytest.mark.parametrize(("_file", "_units", "case"), CASES, ids=NAMES)
def test_every_line_of_the_working_is_right(
    _file: str, _units: dict[str, Any], case: dict[str, Any]
) -> None:
    for line in case["working"]:
        expression, _, result = line.partition(": ")[2].rpartition(" = ")
        assert _worked(expression) == pytest.approx(float(result), abs=2e-4, rel=1e-5), line


@pytest.mark.parametrize(("_file", "_units", "case"), CASES, ids=NAMES)
def test_what_is_expected_stands_in_the_working(
    _file: str, _units: dict[str, Any], case: dict[str, Any]
) -> None:
    results = {float(line.rpartition(" = ")[2]) for line in case["working"]}
    wanted = [*case["expect"]["axle_loads_t"], *_halves(case)]
    assert [load for load in wanted if not _near(load, results)] == []


def test_there_are_thirty_of_every_kind_of_vehicle() -> None:
    assert len(CASES) >= 30
    assert len({case["name"] for _, _, case in CASES}) == len(CASES)
    kinds = {stem for stem, _, _ in CASES}
    assert kinds == {
        "hydraulic_and_full_trailers",
        "jeeps_and_girders",
        "rigid_trucks",
        "semi_trailers",
    }


def _input(units: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    change = case.get("change", {})
    given = dict(case["input"])
    for name in ("tractor", "jeep", "trailer"):
        if name in given:
            given[name] = units[given[name]] | change.get(name, {})
    return given


def _halves(case: dict[str, Any]) -> list[float]:
    return [load for side in case["expect"].get("half_sets_t", {}).values() for load in side]


def _near(load: float, results: set[float]) -> bool:
    return any(abs(load - result) < 1e-3 for result in results)


def _worked(expression: str) -> float:
    """Return the value of a sum, difference, product or quotient of written numbers."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return STEPS[type(node.op)](value(node.left), value(node.right))
        assert isinstance(node, ast.Constant), expression
        return float(node.value)  # type: ignore[arg-type]

    return value(ast.parse(expression, mode="eval").body)
