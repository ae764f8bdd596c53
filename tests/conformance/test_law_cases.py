"""Runs the cases of `law/*.yaml`: one file per article, readable without knowing the program."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from tests.legal_questions import Case, answer, classify_case, read_cases
from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law
from transport.working_days import WorkingCalendar

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = {
    file.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "law").glob("*.yaml"))
}
CASES = [case for document in DOCUMENTS.values() for case in read_cases(document)]
# One unit of the last written place: a centimetre, ten kilograms, a kilometre an hour.
UNITS = {"_km_h": 1.0, "_m": 0.01, "_t": 0.01}
EPSILON = 1e-6


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(ROOT / "config")


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(ROOT / "config")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.article}: {case.name}")
def test_the_law_says(case: Case, law: Law, calendar: WorkingCalendar) -> None:
    assert answer(case, law, calendar) == dict(case.says)


def test_every_case_is_told_once() -> None:
    names = Counter(f"{case.article}: {case.name}" for case in CASES)
    asked = Counter(_question(case) for case in CASES)

    assert [name for name, times in names.items() if times > 1] == []
    assert [question for question, times in asked.items() if times > 1] == []
    assert len(CASES) >= 150


def test_every_case_names_its_article() -> None:
    assert [case.name for case in CASES if not case.article.strip()] == []


def test_every_threshold_has_a_case_at_below_and_above_it(
    law: Law, calendar: WorkingCalendar
) -> None:
    met: dict[tuple[str, float], set[str]] = defaultdict(set)
    for case in CASES:
        if case.asks != "classify":
            continue
        for found in classify_case(case, law, calendar).findings:
            unit = next((u for end, u in UNITS.items() if found.rule.endswith(end)), None)
            if unit is None or not isinstance(found.value, float) or found.limit is None:
                continue
            distance = found.value - float(found.limit)
            if abs(distance) < EPSILON:
                met[found.rule, float(found.limit)].add("at")
            elif abs(distance) <= unit + EPSILON:
                met[found.rule, float(found.limit)].add("above" if distance > 0 else "below")
    open_ones = {
        f"{rule} {limit:g}: {', '.join(sorted({'at', 'below', 'above'} - told))}"
        for (rule, limit), told in met.items()
        if told != {"at", "below", "above"}
    }
    assert open_ones == set()
    assert len(met) > 25


def _question(case: Case) -> str:
    """Return what a case asks of its article, written so that equal questions are equal texts."""
    parts = (case.article, case.asks, dict(case.given), dict(case.trip))
    return yaml.safe_dump(list(parts), sort_keys=True, allow_unicode=True)
