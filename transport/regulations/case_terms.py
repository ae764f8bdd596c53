"""Limits beside the highway permit: city acts, consultations, remedies (ALL 38, 42, R62 12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """Working days: a licence decision in general, and the answer of a consulted body.

    Remedies against a decision: calendar days for an administrative review, months for a lawsuit.
    How the number of a letter is written: its form, the word of each kind of letter, and of each
    kind of office that has no word of its own.
    """

    general_decision_days: Dated[int]
    consultation_answer_days: Dated[int]
    review_days: Dated[int]
    lawsuit_months: Dated[int]
    promised_category_1_days: Dated[int]
    promised_category_2_days: Dated[int]
    promised_category_3_days: Dated[int]
    promised_city_days: Dated[int]
    letter_number_form: Dated[str]
    letter_kind_words: Dated[Mapping[str, str]]
    letter_office_words: Dated[Mapping[str, str]]
