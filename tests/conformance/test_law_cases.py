"""Runs the cases of `law/*.yaml`: one file per article, readable without knowing the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law
from transport.rules.classification import Classification, classify
from transport.rules.findings import Outcome
from transport.vehicles.describing import describe_transport
from transport.working_days import WorkingCalendar

ROOT = Path(__file__).parent.parent.parent
# A transport within every limit; a case names only what differs from it.
ORDINARY = {"height_m": 3.9, "width_m": 2.5, "length_m": 16.5, "mass_t": 40}
EXPECTATIONS: dict[str, Callable[[Classification], Any]] = {
    "over_limit": lambda r: r.over_limit,
    "exceeded": lambda r: [found.rule for found in r.exceeded],
    "category": lambda r: r.category and str(r.category),
    "size_grade": lambda r: r.size_grade,
    "axle_grade": lambda r: r.axle_grade,
    "level": lambda r: r.authority and r.authority.level,
    "authority": lambda r: r.authority and r.authority.name,
    "days": lambda r: r.time_limit_working_days,
    "due_on": lambda r: r.due_on,
    "required_documents": lambda r: [need.code for need in r.documents if need.required],
    "escort_plan": lambda r: r.escort_plan_required,
    "refused": lambda r: [found.rule for found in r.refusals],
    "unknown": lambda r: [f.rule for f in r.findings if f.outcome is Outcome.UNKNOWN],
}


def _cases() -> list[Any]:
    found = []
    for file in sorted((Path(__file__).parent / "law").glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [
            pytest.param(document, case, id=f"{document['article']}: {case['case']}")
            for case in document["cases"]
        ]
    return found


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(ROOT / "config")


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(ROOT / "config")


def _transport(document: Mapping[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    """Spread the mass equally where a case gives `axles` and no loads."""
    given: dict[str, Any] = (
        ORDINARY | {"axles": 6} | document.get("given", {}) | case.get("given", {})
    )
    axles = given.pop("axles")
    if axles and "axle_loads_t" not in given and "axle_notation" not in given:
        given["axle_loads_t"] = [given["mass_t"] / axles] * axles
    elif "axle_loads_t" in given and "mass_t" not in case.get("given", {}):
        given["mass_t"] = sum(given["axle_loads_t"])
    elif "axle_notation" in given and "mass_t" not in case.get("given", {}):
        del given["mass_t"]
    return given


@pytest.mark.parametrize(("document", "case"), _cases())
def test_the_law_says(
    document: Mapping[str, Any], case: Mapping[str, Any], law: Law, calendar: WorkingCalendar
) -> None:
    trip = document.get("trip", {}) | case.get("trip", {})
    result: Classification = classify(
        describe_transport(_transport(document, case)),
        law,
        trip.get("day", date(2026, 5, 11)),
        trip.get("from"),
        trip.get("to"),
        trip.get("through", ()),
        calendar,
    )
    said = {name: EXPECTATIONS[name](result) for name in case["says"] if name != "finding"}
    expected = {name: value for name, value in case["says"].items() if name != "finding"}
    assert said == expected
    outcomes = {found.rule: str(found.outcome) for found in result.findings}
    for rule, outcome in case["says"].get("finding", {}).items():
        assert outcomes.get(rule) == outcome


def test_every_case_is_told_once() -> None:
    names = [parameter.id for parameter in _cases()]

    assert len(names) == len(set(names))
    assert len(names) > 150
