"""Chapter 11 and the conclusion of the report (A.2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from transport.evaluation.answer import Answer
from transport.evaluation.checks import Check
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result


class Conclusion(StrEnum):
    """The three words of A.2.6."""

    PASSABLE = "可通行"
    AFTER_MEASURES = "采取改善措施后可通行"
    NOT_PASSABLE = "不可通行"


_OPEN = {
    Result.NEEDS_CALCULATION,
    Result.NEEDS_SIMULATION,
    Result.NEEDS_SURVEY,
    Result.OUT_OF_RANGE,
}


def plan_complete(tables: Tables, *, items: Sequence[str], emergency: Sequence[str]) -> Answer:
    """Traffic organisation and emergency plan hold every item; a gap is no refusal (11.0)."""
    given = {"organisation": set(items), "emergency": set(emergency)}
    missing = [row.key for row in tables.plan_items if row.key not in given[row.group]]
    return Answer({"complete": not missing, "missing": missing})


def conclude(_tables: Tables, *, results: Sequence[Result]) -> Answer:
    """One refusal decides; an open check leaves no conclusion; a measure stays a condition."""
    return Answer({"conclusion": conclusion_of(results)})


def conclusion_of(results: Sequence[Result]) -> Conclusion | None:
    """Return the conclusion, None while a check is open."""
    if Result.NOT_PASSABLE in results:
        return Conclusion.NOT_PASSABLE
    if _OPEN.intersection(results):
        return None
    if Result.PASS_WITH_MEASURES in results:
        return Conclusion.AFTER_MEASURES
    return Conclusion.PASSABLE


CHECKS = (
    Check(plan_complete, "11.0.1, 11.0.2", Method.LOOKUP),
    Check(conclude, "A.2.6", Method.LOOKUP),
)
