"""KERNEL: envelopes of an axle train that runs over a beam, compiled.

Arrays in, arrays out; imports nothing of ours. Each axle in turn stands on each node, the nodes
lie twenty to a span; then every row's best place is refined between its neighbours.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

NODES = 20  # per span: ten leave hogging moments 0.4 % short
_REFINEMENTS = 8
_INSIDE = 1e-9  # of a span: just before and just behind a support, where shears jump


@njit(cache=True)
def train_envelope(
    ordinates: Array, spans: Array, loads: Array, places: Array
) -> tuple[Array, Array]:  # pragma: no cover - compiled
    """Return the largest and smallest effect of every row for one direction of travel.

    `ordinates` holds equal numbers of lines per span and a column per row, `spans` the lengths,
    `loads` the axles front to rear, `places` how far each stands behind the front one, in the unit
    of `spans`. Axles off the beam count nothing; the empty beam is one of the states.
    """
    lines = ordinates.shape[0] // spans.shape[0]
    rows = ordinates.shape[1]
    ends = np.zeros(spans.shape[0] + 1)
    for span in range(spans.shape[0]):
        ends[span + 1] = ends[span] + spans[span]
    largest = np.zeros(rows)
    smallest = np.zeros(rows)
    front_of_largest = np.zeros(rows)
    front_of_smallest = np.zeros(rows)
    state = np.zeros(rows)
    step = spans.min() / NODES
    for span in range(spans.shape[0]):
        for node in range(NODES + 1):
            along = min(max(node / NODES, _INSIDE), 1.0 - _INSIDE)
            at = ends[span] + along * spans[span]
            for axle in range(loads.shape[0]):
                front = at + places[axle]
                _effects(ordinates, lines, ends, loads, places, front, state)
                for row in range(rows):
                    if state[row] > largest[row]:
                        largest[row] = state[row]
                        front_of_largest[row] = front
                    elif state[row] < smallest[row]:
                        smallest[row] = state[row]
                        front_of_smallest[row] = front
    _refine(ordinates, lines, ends, loads, places, step, front_of_largest, largest)
    _refine(ordinates, lines, ends, loads, places, step, front_of_smallest, smallest)
    return largest, smallest


@njit(cache=True)
def _refine(
    ordinates: Array,
    lines: int,
    ends: Array,
    loads: Array,
    places: Array,
    step: float,
    fronts: Array,
    extremes: Array,
) -> None:  # pragma: no cover - compiled
    """Look for more between the nodes beside every row's best place, on the side it lies on."""
    for row in range(len(extremes)):
        if extremes[row] == 0.0:
            continue  # no place of the train moved it to this side
        for part in range(1, _REFINEMENTS):
            front = fronts[row] + step * (2.0 * part / _REFINEMENTS - 1.0)
            found = _effect(ordinates, lines, ends, loads, places, front, row)
            if extremes[row] > 0.0:
                extremes[row] = max(extremes[row], found)
            else:
                extremes[row] = min(extremes[row], found)


@njit(cache=True)
def with_axles_at_sections(
    ordinates: Array,
    spans: Array,
    loads: Array,
    places: Array,
    sections: Array,
    largest: Array,
    smallest: Array,
) -> None:  # pragma: no cover - compiled
    """Put each axle on the very section of each row too; `sections` are from the left end.

    A moment peaks with an axle on its section: needed where sections lie closer than the nodes.
    """
    lines = ordinates.shape[0] // spans.shape[0]
    ends = np.zeros(spans.shape[0] + 1)
    for span in range(spans.shape[0]):
        ends[span + 1] = ends[span] + spans[span]
    for row in range(ordinates.shape[1]):
        for axle in range(loads.shape[0]):
            front = sections[row] + places[axle]
            found = _effect(ordinates, lines, ends, loads, places, front, row)
            largest[row] = max(largest[row], found)
            smallest[row] = min(smallest[row], found)


@njit(cache=True, inline="always")
def _cell(ends: Array, lines: int, at: float) -> tuple[int, float]:  # pragma: no cover - compiled
    """Return the line of the table before a place on the beam, and how far beyond it that is."""
    span = 0
    while at > ends[span + 1]:
        span += 1
    cell = (at - ends[span]) / (ends[span + 1] - ends[span]) * (lines - 1)
    line = min(int(cell), lines - 2)
    return span * lines + line, cell - line


@njit(cache=True, inline="always")
def _effects(
    ordinates: Array,
    lines: int,
    ends: Array,
    loads: Array,
    places: Array,
    front: float,
    state: Array,
) -> None:  # pragma: no cover - compiled
    """Write every row's effect for one place of the train into `state`."""
    state[:] = 0.0
    spans = ends.shape[0] - 1
    for axle in range(loads.shape[0]):
        at = front - places[axle]
        if at <= 0.0 or at >= ends[spans]:
            continue
        line, share = _cell(ends, lines, at)
        below = loads[axle] * (1.0 - share)
        above = loads[axle] * share
        here, next_ = ordinates[line], ordinates[line + 1]
        for row in range(state.shape[0]):
            state[row] += below * here[row] + above * next_[row]


@njit(cache=True, inline="always")
def _effect(
    ordinates: Array,
    lines: int,
    ends: Array,
    loads: Array,
    places: Array,
    front: float,
    row: int,
) -> float:  # pragma: no cover - compiled
    """Return one row's effect for one place of the train."""
    total = 0.0
    spans = ends.shape[0] - 1
    for axle in range(loads.shape[0]):
        at = front - places[axle]
        if at <= 0.0 or at >= ends[spans]:
            continue
        line, share = _cell(ends, lines, at)
        total += loads[axle] * (
            (1.0 - share) * ordinates[line, row] + share * ordinates[line + 1, row]
        )
    return total
