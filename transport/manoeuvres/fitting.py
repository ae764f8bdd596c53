"""KERNEL: how far the points of a train leave a pavement, for many placements of its path.

Arrays in, arrays out; imports nothing of ours. The pavement is a union of strips that begin at the
origin and of corners between them (see `outlines`).
"""

from __future__ import annotations

from math import hypot

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True, nogil=True)
def worst_exceedance(
    points: Array, allowed: Array, moves: Array, strips: Array, corners: Array, bound: float
) -> tuple[float, int]:  # pragma: no cover - compiled
    """Return how far the worst point of the best placement leaves the pavement, and which it is.

    `points` (n, 2) are moved by every line of `moves`; `allowed` (n) is how far each point may
    leave. Only placements better than `bound` count (-1 where there is none); the search ends at
    one that does not leave at all. The point that refused a placement is asked first in the next.
    """
    best, best_at, refusing = bound, -1, 0
    for move in range(len(moves)):
        worst = -np.inf
        for number in range(-1, len(points)):
            point = refusing if number < 0 else number
            left = (
                _outside(
                    points[point, 0] + moves[move, 0],
                    points[point, 1] + moves[move, 1],
                    strips,
                    corners,
                )
                - allowed[point]
            )
            if left > worst:
                worst = left
                if worst >= best:
                    refusing = point
                    break
        if worst < best:
            best, best_at = worst, move
            if best <= 0.0:
                break
    return best, best_at


@njit(cache=True, nogil=True)
def exceedances(
    points: Array, strips: Array, corners: Array, reach_m: float
) -> Array:  # pragma: no cover - compiled
    """Return how far every point lies outside a pavement whose strips end after a reach."""
    found = np.empty(len(points))
    for point in range(len(points)):
        x_m, y_m = points[point, 0], points[point, 1]
        left = _outside(x_m, y_m, strips, corners)
        if left <= 0.0:
            left = _beyond(x_m, y_m, strips, left, reach_m)
        found[point] = left
    return found


@njit(cache=True, nogil=True, inline="always")
def _beyond(
    x_m: float, y_m: float, strips: Array, inside: float, reach_m: float
) -> float:  # pragma: no cover - compiled
    """Return how far a point inside lies behind the end of every strip that holds it."""
    distance = hypot(x_m, y_m)
    if distance <= reach_m:
        return inside
    least = np.inf
    for strip in range(len(strips)):
        ahead, side, half = strips[strip, 0], strips[strip, 1], strips[strip, 2]
        along = x_m * ahead + y_m * side
        across = abs(-x_m * side + y_m * ahead) - half
        if along >= 0.0 and across <= 0.0:
            least = min(least, along - reach_m)
    return max(inside, least) if np.isfinite(least) else inside


@njit(cache=True, nogil=True, inline="always")
def _outside(x_m: float, y_m: float, strips: Array, corners: Array) -> float:  # pragma: no cover
    """Return how far a point lies outside; 0 or less inside (then how deep in its strip)."""
    nearest = np.inf
    for strip in range(len(strips)):
        ahead, side, half = strips[strip, 0], strips[strip, 1], strips[strip, 2]
        along = x_m * ahead + y_m * side
        across = abs(-x_m * side + y_m * ahead) - half
        if along >= 0.0:
            nearest = min(nearest, across)
        elif across > 0.0:
            nearest = min(nearest, hypot(along, across))
        else:
            nearest = min(nearest, -along)
        if nearest <= 0.0:
            return nearest
    for corner in range(len(corners)):
        row = corners[corner]
        if row[8] <= 0.0:
            continue
        if _in_kite(x_m, y_m, row):
            nearest = min(nearest, row[8] - hypot(x_m - row[4], y_m - row[5]))
    return nearest


@njit(cache=True, nogil=True, inline="always")
def _in_kite(x_m: float, y_m: float, row: Array) -> bool:  # pragma: no cover - compiled
    """Say whether a point lies between tip, both touching points and the arc's middle."""
    sign = 0.0
    for edge in range(4):
        one, two = 2 * edge, 2 * ((edge + 1) % 4)
        cross = (row[two] - row[one]) * (y_m - row[one + 1]) - (row[two + 1] - row[one + 1]) * (
            x_m - row[one]
        )
        if cross == 0.0:
            continue
        if sign == 0.0:
            sign = cross
        elif sign * cross < 0.0:
            return False
    return True
