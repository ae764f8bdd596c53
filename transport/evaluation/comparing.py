"""Comparisons that binary fractions cannot upset: 5.0 - 4.9 is 0.1 here."""

from __future__ import annotations

# Far below a millimetre, far above the error of a few additions of metres.
_TOLERANCE = 1e-9


def at_least(value: float, bound: float) -> bool:
    """Whether a value is the bound or more."""
    return value >= bound - _TOLERANCE


def above(value: float, bound: float) -> bool:
    """Whether a value is strictly more than the bound."""
    return value > bound + _TOLERANCE


def at_most(value: float, bound: float) -> bool:
    """Whether a value is the bound or less."""
    return value <= bound + _TOLERANCE


def below(value: float, bound: float) -> bool:
    """Whether a value is strictly less than the bound."""
    return value < bound - _TOLERANCE
