"""Influence lines of continuous beams of constant stiffness, by the three-moment equation.

One table per pattern of span ratios: ordinates of every row (an effect at a place) for a unit load
on a fine grid. Spans are normalised by the first one; moments of the table scale with it, shears
and reactions do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GRID = 200  # points per span: divisible by 10 and 20, so that sections lie on them
_SIGNIFICANT = 9  # digits that make two ratios the same pattern
_PATTERNS_KEPT = 512


class EffectKind(StrEnum):
    """What a row measures."""

    MOMENT = "moment"
    SHEAR = "shear"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class Row:
    """One effect at one place: `at` counts spans from the left end, 1.4 is 0.4 of the second."""

    kind: EffectKind
    at: float


@dataclass(frozen=True, slots=True)
class InfluenceTable:
    """Ordinates of a beam whose first span is one.

    `ordinates` has `GRID + 1` lines per span, one after the other, and a column per row; the lines
    of two spans at a support differ where an effect jumps. `spans` are lengths over the first.
    """

    spans: Array
    ordinates: Array
    rows: tuple[Row, ...]
    is_moment: NDArray[np.bool_]


def influence_of(spans_m: tuple[float, ...], sections: int = 10) -> InfluenceTable:
    """Return the table of a beam with moments at `sections` places per span.

    Tables are remembered by ratio of spans; `sections` must divide 200.
    """
    ratios = tuple(round(span_m / spans_m[0], _SIGNIFICANT) for span_m in spans_m)
    return _table(ratios, sections)


@lru_cache(maxsize=_PATTERNS_KEPT)
def _table(spans: tuple[float, ...], sections: int) -> InfluenceTable:
    lengths = np.array(spans)
    count = len(spans)
    support = _support_moments(lengths)
    along = np.linspace(0.0, 1.0, GRID + 1)
    rows: list[Row] = []
    columns: list[Array] = []
    for span in range(count):
        for section in range(1, sections + (span < count - 1)):
            rows.append(Row(EffectKind.MOMENT, span + section / sections))
            columns.append(_moment(lengths, support, along, span, section / sections))
    shears = [_end_shears(lengths, support, along, span) for span in range(count)]
    for span, (left, right) in enumerate(shears):
        rows += [Row(EffectKind.SHEAR, span), Row(EffectKind.SHEAR, span + 1)]
        columns += [left, right]
    for place in range(count + 1):
        rows.append(Row(EffectKind.REACTION, place))
        entering = shears[place][0] if place < count else 0.0
        leaving = shears[place - 1][1] if place else 0.0
        columns.append(np.asarray(entering - leaving))
    kinds = np.array([row.kind is EffectKind.MOMENT for row in rows])
    table = np.ascontiguousarray(np.stack(columns, axis=1))
    table.setflags(write=False)
    return InfluenceTable(lengths, table, tuple(rows), kinds)


def _support_moments(lengths: Array) -> Array:
    """Return the moments over every support for a unit load at every grid line (sagging > 0)."""
    count = len(lengths)
    along = np.linspace(0.0, 1.0, GRID + 1)
    moments = np.zeros((count * (GRID + 1), count + 1))
    if count == 1:
        return moments
    stiff = np.zeros((count - 1, count - 1))
    loads = np.zeros((count - 1, count * (GRID + 1)))
    for place in range(count - 1):
        before, after = lengths[place], lengths[place + 1]
        stiff[place, place] = 2.0 * (before + after)
        if place:
            stiff[place, place - 1] = before
        if place < count - 2:
            stiff[place, place + 1] = after
        lines = slice(place * (GRID + 1), (place + 1) * (GRID + 1))
        loads[place, lines] = -(before**2) * along * (1.0 - along**2)
        lines = slice((place + 1) * (GRID + 1), (place + 2) * (GRID + 1))
        loads[place, lines] = -(after**2) * along * (1.0 - along) * (2.0 - along)
    moments[:, 1:count] = np.linalg.solve(stiff, loads).T
    return moments


def _moment(lengths: Array, support: Array, along: Array, span: int, section: float) -> Array:
    column = support[:, span] * (1.0 - section) + support[:, span + 1] * section
    simple = np.minimum(along * (1.0 - section), section * (1.0 - along)) * lengths[span]
    column[span * (GRID + 1) : (span + 1) * (GRID + 1)] += simple
    return np.asarray(column)


def _end_shears(lengths: Array, support: Array, along: Array, span: int) -> tuple[Array, Array]:
    """Return the shears just inside the left and the right end of a span."""
    lines = slice(span * (GRID + 1), (span + 1) * (GRID + 1))
    ends = (support[:, span + 1] - support[:, span]) / lengths[span]
    left, right = ends.copy(), ends.copy()
    left[lines] += 1.0 - along
    right[lines] -= along
    return left, right
