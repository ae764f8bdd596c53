"""One metric on a hierarchy: the cost of every arc up and down, and its repair.

Costs are whole milliseconds, so that sums are exact; CLOSED is more than any way costs. `via`
remembers where an arc's cost comes from: over a vertex below both of its ends, given by that
vertex's arc to the lower end, or -1 - turn for a turn of its own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.hierarchy import LAST, PARTS, TOP, Hierarchy

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Marked = NDArray[np.uint32]
Words = NDArray[np.uint64]

_Rows = tuple[Longs, Marked, int, Longs, Ints, Ints, Ints, Flags, Ints]

CLOSED = 2**31 - 1
_NOWHERE = -(2**31)
_THREADS = 2


@dataclass(frozen=True, slots=True)
class CustomMetric:
    """Costs of a hierarchy's arcs in milliseconds, and what they are made of."""

    up: Ints
    down: Ints
    up_via: Ints
    down_via: Ints

    @property
    def byte_count(self) -> int:
        """Memory the metric holds."""
        arrays = (self.up, self.down, self.up_via, self.down_via)
        return sum(array.nbytes for array in arrays)


def customise(
    hierarchy: Hierarchy, turn_ms: Ints, memory: CustomMetric | None = None
) -> CustomMetric:
    """Return the metric in which every turn costs `turn_ms`, which includes the edge it enters.

    `memory` is a metric of the same hierarchy that nobody needs any more: it is written over, which
    spares the first touch of hundreds of megabytes.
    """
    arcs = hierarchy.arc_count
    if memory is None:
        arrays = tuple(np.empty(arcs, dtype=np.int32) for _ in range(4))
    else:
        arrays = (memory.up, memory.down, memory.up_via, memory.down_via)
    work = (*_rows(hierarchy, turn_ms), hierarchy.part)
    with ThreadPoolExecutor(_THREADS) as threads:
        for job in [threads.submit(_settle, *work, number, *arrays) for number in range(PARTS)]:
            job.result()
    _settle(*work, TOP, *arrays)
    return CustomMetric(*arrays)


def repair(hierarchy: Hierarchy, metric: CustomMetric, turn_ms: Ints, changed: Ints) -> None:
    """Bring a metric up to date after the costs of the `changed` turns became those of `turn_ms`.

    Only the arcs of vertices that something changed for are computed again, from below upwards.
    Nobody may search on the metric meanwhile.
    """
    arcs = hierarchy.arc[changed]
    vertices = np.unique(hierarchy.tail[arcs[arcs >= 0]]).astype(np.int64)
    if len(vertices):
        arrays = (metric.up, metric.down, metric.up_via, metric.down_via)
        _repair(*_rows(hierarchy, turn_ms), hierarchy.head, vertices, *arrays)


def _rows(hierarchy: Hierarchy, turn_ms: Ints) -> _Rows:
    """Return what settling a vertex reads."""
    return (
        hierarchy.first,
        hierarchy.ladder,
        hierarchy.height,
        hierarchy.down_first,
        hierarchy.down_arc,
        hierarchy.turn_first,
        hierarchy.turns,
        hierarchy.upward,
        turn_ms,
    )


# Costs and what they come from are compared as one number: the cost above 32 bits, below it the
# turn, or the number of turns plus the arc. Unsigned numbers spare the check for negative places.
_SHIFT = np.uint64(32)
_LOW_BITS = np.uint64(2**32 - 1)
_CLOSED_KEY = np.uint64(CLOSED << 32)
_ONE = np.uint64(1)
_LAST = np.uint32(LAST)
_RUNG = np.uint32(LAST - 1)


@njit(cache=True, nogil=True)
def _settle(
    first: Longs,
    ladder: Marked,
    height: int,
    down_first: Longs,
    down_arc: Ints,
    turn_first: Ints,
    turns: Ints,
    upward: Flags,
    turn_ms: Ints,
    part: Bytes,
    number: int,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
) -> None:  # pragma: no cover - compiled
    """Settle the arcs that begin in one part, lowest vertex first.

    Parts read none of each other's arcs; TOP, last, reads them all.
    """
    new_up = np.empty(height, dtype=np.uint64)
    new_down = np.empty(height, dtype=np.uint64)
    turn_count = np.uint64(len(turn_ms))
    for vertex in range(len(part)):
        if part[vertex] != number or first[vertex] == first[vertex + 1]:
            continue
        _make(
            vertex, first, ladder, down_first, down_arc, turn_first, turns, upward, turn_ms,
            up, down, new_up, new_down,
        )  # fmt: skip
        for arc in range(first[vertex], first[vertex + 1]):
            at = ladder[arc] & _RUNG
            up[arc], up_via[arc] = _read(new_up[at], turn_count)
            down[arc], down_via[arc] = _read(new_down[at], turn_count)


@njit(cache=True, nogil=True)
def _make(
    vertex: int,
    first: Longs,
    ladder: Marked,
    down_first: Longs,
    down_arc: Ints,
    turn_first: Ints,
    turns: Ints,
    upward: Flags,
    turn_ms: Ints,
    up: Ints,
    down: Ints,
    new_up: Words,
    new_down: Words,
) -> None:  # pragma: no cover - compiled
    """Find the least costs of all arcs of a vertex: of their turns, and of ways over lower ones.

    The vertices above a vertex differ in depth, so costs in the making stand by depth, near at
    hand.
    """
    turn_count = np.uint64(len(turn_ms))
    arc: Any = np.uint64(first[vertex])
    end: Any = np.uint64(first[vertex + 1])
    while arc < end:
        best_up = best_down = _CLOSED_KEY
        for of in range(turn_first[arc], turn_first[arc + _ONE]):
            turn = np.uint64(turns[of])
            key = (np.uint64(turn_ms[turn]) << _SHIFT) | turn
            if upward[turn]:
                best_up = min(best_up, key)
            else:
                best_down = min(best_down, key)
        new_up[ladder[arc] & _RUNG] = best_up
        new_down[ladder[arc] & _RUNG] = best_down
        arc += _ONE
    place: Any = np.uint64(down_first[vertex])
    places: Any = np.uint64(down_first[vertex + 1])
    while place < places:
        below = np.uint64(down_arc[place])
        place += _ONE
        rung = ladder[below]
        if rung >= _LAST or (up[below] == CLOSED and down[below] == CLOSED):
            continue
        from_here = (np.uint64(down[below]) << _SHIFT) + turn_count + below
        to_here = (np.uint64(up[below]) << _SHIFT) + turn_count + below
        beside = below
        while rung < _LAST:
            beside += _ONE
            rung = ladder[beside]
            at = rung & _RUNG
            new_up[at] = min(new_up[at], from_here + (np.uint64(up[beside]) << _SHIFT))
            new_down[at] = min(new_down[at], to_here + (np.uint64(down[beside]) << _SHIFT))


@njit(cache=True, nogil=True, inline="always")
def _read(key: Any, turn_count: Any) -> Any:  # pragma: no cover - compiled
    """Return cost and origin that a key is made of."""
    if key >= _CLOSED_KEY:
        return np.int32(CLOSED), np.int32(_NOWHERE)
    low = np.int64(key & _LOW_BITS)
    is_turn = low < np.int64(turn_count)
    return np.int32(key >> _SHIFT), np.int32(-1 - low if is_turn else low - np.int64(turn_count))


@njit(cache=True, nogil=True)
def _repair(
    first: Longs,
    ladder: Marked,
    height: int,
    down_first: Longs,
    down_arc: Ints,
    turn_first: Ints,
    turns: Ints,
    upward: Flags,
    turn_ms: Ints,
    head: Ints,
    vertices: Longs,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
) -> None:  # pragma: no cover - compiled
    """Settle the given vertices again, lowest first, and every vertex above that needs it then."""
    new_up = np.empty(height, dtype=np.uint64)
    new_down = np.empty(height, dtype=np.uint64)
    turn_count = np.uint64(len(turn_ms))
    marked = np.zeros(len(first), dtype=np.bool_)
    marked[vertices] = True
    for vertex in range(vertices[0], len(first) - 1):
        if not marked[vertex]:
            continue
        _make(
            vertex, first, ladder, down_first, down_arc, turn_first, turns, upward, turn_ms,
            up, down, new_up, new_down,
        )  # fmt: skip
        begin, end = first[vertex], first[vertex + 1]
        for arc in range(begin, end):
            at = ladder[arc] & _RUNG
            cost_up, from_up = _read(new_up[at], turn_count)
            cost_down, from_down = _read(new_down[at], turn_count)
            same = cost_up == up[arc] and cost_down == down[arc]
            up[arc], up_via[arc] = cost_up, from_up
            down[arc], down_via[arc] = cost_down, from_down
            if not same:
                _mark_above(arc, begin, end, first, head, up, down, up_via, down_via, marked)


@njit(cache=True, nogil=True)
def _mark_above(
    arc: int,
    begin: int,
    end: int,
    first: Longs,
    head: Ints,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
    marked: Flags,
) -> None:  # pragma: no cover - compiled
    """Mark the vertices with an arc that came over `arc`, or that is undercut over it now."""
    for beside in range(begin, end):
        to_small, to_large = min(arc, beside), max(arc, beside)
        small = head[to_small]
        if beside == arc or marked[small]:
            continue
        row = head[first[small] : first[small + 1]]
        above = first[small] + np.searchsorted(row, head[to_large])
        if (
            up_via[above] == to_small
            or down_via[above] == to_small
            or np.int64(down[to_small]) + up[to_large] < up[above]
            or np.int64(up[to_small]) + down[to_large] < down[above]
        ):
            marked[small] = True
