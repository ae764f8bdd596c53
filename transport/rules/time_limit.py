"""How many working days the authority has, and until when (R62 art. 15-16, ALL 42)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.rules.category import Category


def time_limit(
    law: Law, day: date, category: Category, *, crosses_provinces: bool
) -> Provision[int]:
    """Return the time limit in working days from acceptance."""
    rows = law.time_limits
    inside = {
        Category.I: rows.one_jurisdiction_category_1_days,
        Category.II: rows.one_jurisdiction_category_2_days,
        Category.III: rows.one_jurisdiction_category_3_days,
    }
    across = {
        Category.I: rows.cross_province_category_1_days,
        Category.II: rows.cross_province_category_2_days,
        Category.III: rows.cross_province_category_3_days,
    }
    return (across if crosses_provinces else inside)[category].on(day)


def province_answer(law: Law, day: date, category: Category) -> Provision[int] | None:
    """Return the working days a province en route has, from receipt (R62 art. 16).

    None for category I, of which the article says nothing.
    """
    rows = law.time_limits
    answers = {
        Category.II: rows.province_answer_category_2_days,
        Category.III: rows.province_answer_category_3_days,
    }
    return answers[category].on(day) if category in answers else None


def back_stop(
    law: Law, day: date, *, joint: bool = False, extended: bool = False
) -> Provision[int]:
    """Return the longest an authority may take by ALL art. 42, `extended` with approval."""
    rows = law.time_limits
    limit = (rows.joint_handling_days if joint else law.case_terms.general_decision_days).on(day)
    if not extended:
        return limit
    more = (rows.joint_extension_days if joint else rows.general_extension_days).on(day)
    return replace(limit, value=limit.value + more.value)
