"""Chapter 3: grades of size and mass, what is evaluated, and by which method."""

from __future__ import annotations

from transport.evaluation.answer import Answer
from transport.evaluation.checks import Check, Positive
from transport.evaluation.comparing import at_most
from transport.evaluation.table_rows import SizeGrade
from transport.evaluation.tables import Tables
from transport.evaluation.words import GRADES, Grade, Method, Result, Train


def classify_size(
    tables: Tables, *, train: Train, length_m: Positive, width_m: Positive, height_m: Positive
) -> Answer:
    """Grade width, length and height apart; the worst of them is the size grade."""
    if train is Train.SPECIAL:
        return Answer({"grade": None, "result": Result.NEEDS_SIMULATION}, method=Method.SIMULATION)
    graded = (
        _first(tables, width_m, "width_le_m"),
        _first(tables, length_m, f"length_{train}_le_m"),
        _first(tables, height_m, "height_le_m"),
    )
    return Answer({"grade": max(graded, key=GRADES.index)})


def classify_mass(tables: Tables, *, max_axle_t: Positive) -> Answer:
    """Grade the largest load of a single axle in tonnes; above the table it is `over_E`."""
    for row in tables.mass_grades:
        if at_most(max_axle_t, row.max_axle_load_le_t):
            return Answer({"grade": row.grade})
    return Answer({"grade": "over_E"})


def scope(_tables: Tables, *, size_over: bool, mass_over: bool) -> Answer:
    """Over-size asks for the space check, over-mass for the structure check."""
    return Answer({"space": size_over, "structure": mass_over})


def survey_mode(_tables: Tables, *, restrictions_known: bool, condition_known: bool) -> Answer:
    """Survey electronically where every limit and the condition are known, else on site."""
    known = restrictions_known and condition_known
    return Answer({"mode": "electronic" if known else "on_site"})


def method_select(
    _tables: Tables,
    *,
    train: Train,
    in_table: bool,
    formula_applies: bool,
    complex_site: bool = False,
) -> Answer:
    """Choose table, calculation or simulation, in this order (3.1.2)."""
    if train is Train.SPECIAL or complex_site:
        method = Method.SIMULATION
    elif in_table:
        method = Method.LOOKUP
    else:
        method = Method.CALCULATION if formula_applies else Method.SIMULATION
    return Answer({"method": method})


def _first(tables: Tables, value_m: float, bound: str) -> Grade:
    """Return the first grade whose upper bound holds the value; below the table it is A."""

    def holds(row: SizeGrade) -> bool:
        upper_m: float | None = getattr(row, bound)
        return upper_m is None or at_most(value_m, upper_m)

    return next(row.grade for row in tables.size_grades if holds(row))


CHECKS = (
    Check(classify_size, "3.2.4", Method.LOOKUP),
    Check(classify_mass, "3.2.5", Method.LOOKUP),
    Check(scope, "3.1.1", Method.LOOKUP),
    Check(survey_mode, "3.4.4", Method.LOOKUP),
    Check(method_select, "3.1.2", Method.LOOKUP),
)
