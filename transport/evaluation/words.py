"""Words of the passage evaluation: results, methods, grades, trains, road classes."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """What a check says (JTG/T 2213-2023, 3.1.2, 3.1.3, 3.4.4 and A.2.6)."""

    PASS = "PASS"  # noqa: S105 - a result, no password
    PASS_WITH_MEASURES = "PASS_WITH_MEASURES"  # noqa: S105 - a result, no password
    NOT_PASSABLE = "NOT_PASSABLE"
    NEEDS_CALCULATION = "NEEDS_CALCULATION"
    NEEDS_SIMULATION = "NEEDS_SIMULATION"
    NEEDS_SURVEY = "NEEDS_SURVEY"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    OUT_OF_RANGE = "OUT_OF_RANGE"  # no rule there: impose a limit


class Method(StrEnum):
    """How a check decides, in the order of 3.1.2."""

    LOOKUP = "lookup"
    CALCULATION = "calculation"
    SIMULATION = "simulation"


class Train(StrEnum):
    """Kinds of trains (3.2.3); a special combination has no grade and is simulated only."""

    LOW_BED = "low_bed"
    HYDRAULIC = "hydraulic"
    SPECIAL = "special"


class Grade(StrEnum):
    """Size and mass grades of 3.2.4 and 3.2.5, the smallest first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class RoadClass(StrEnum):
    """Technical classes of JTG B01-2014."""

    EXPRESSWAY = "expressway"
    CLASS1 = "class1"
    CLASS2 = "class2"
    CLASS3 = "class3"
    CLASS4 = "class4"


GRADES = tuple(Grade)
