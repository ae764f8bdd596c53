"""Compares measured values with legal limits in whole millimetres and kilograms.

Binary fractions would otherwise put 4.2 m on the wrong side of 4.2 m.
"""

from __future__ import annotations

from typing import Any

from transport.regulations.dated import Provision
from transport.rules.findings import Finding, Outcome

_STEPS = 1000


def exceeds(value: float, limit: float) -> bool:
    """Whether a value in metres or tonnes is larger than a limit, to the millimetre or kilogram."""
    return round(value * _STEPS) > round(limit * _STEPS)


def judge(
    rule: str,
    value: float,
    limit: Provision[float],
    beyond: Outcome = Outcome.PERMIT_NEEDED,
) -> Finding:
    """Return the finding of one limit: within it, or the outcome named for what lies beyond."""
    outcome = beyond if exceeds(value, limit.value) else Outcome.WITHIN_LIMIT
    return Finding(rule, outcome, value, limit.value, limit.clause, limit.status)


def unknown(
    rule: str,
    law: Provision[Any],
    *,
    value: float | str | None = None,
    limit: float | None = None,
) -> Finding:
    """Return the finding of a rule that the data at hand cannot answer."""
    return Finding(rule, Outcome.UNKNOWN, value, limit, law.clause, law.status)
