"""How many working days the authority has, and until when (R62 art. 15-16)."""

from __future__ import annotations

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
