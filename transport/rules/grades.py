"""Size and mass grade of JTG/T 2213-2023, which decide how a route is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from transport.regulations.dated import Dated
from transport.regulations.law import Law
from transport.rules.axle_loads import largest_single_axle_t
from transport.rules.comparing import exceeds
from transport.vehicles.transport import TrailerKind, Transport

BEYOND_SIZE = "E"
BEYOND_MASS = "over_E"


def size_grade(transport: Transport, law: Law, day: date) -> str | None:
    """Return the worst grade of width, length and height (3.2.4).

    None for a special combination, which has no grade, and before the standard was in force.
    """
    if transport.trailer_kind is TrailerKind.SPECIAL:
        return None
    rows = law.grades
    hydraulic = transport.trailer_kind is TrailerKind.HYDRAULIC
    lengths = rows.hydraulic_length_m if hydraulic else rows.low_bed_length_m
    grades = (
        _grade(transport.width_m, rows.width_m, day, BEYOND_SIZE),
        _grade(transport.length_m, lengths, day, BEYOND_SIZE),
        _grade(transport.height_m, rows.height_m, day, BEYOND_SIZE),
    )
    known = [grade for grade in grades if grade is not None]
    return max(known) if known else None


def axle_grade(transport: Transport, law: Law, day: date) -> str | None:
    """Return the mass grade by the largest single axle (3.2.5), None without axle loads."""
    largest = largest_single_axle_t(transport)
    if largest is None:
        return None
    return _grade(largest, law.grades.axle_load_t, day, BEYOND_MASS)


def _grade(value: float, row: Dated[Mapping[str, float]], day: date, beyond: str) -> str | None:
    steps = row.find(day)
    if steps is None:
        return None
    return next((grade for grade, most in steps.value.items() if not exceeds(value, most)), beyond)
