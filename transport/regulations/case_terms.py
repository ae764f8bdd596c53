"""Limits of the acts beside the highway permit: city acts and consultations (ALL 42, R62 12)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """Working days: a licence decision in general, and the answer of a consulted body."""

    general_decision_days: Dated[int]
    consultation_answer_days: Dated[int]
