"""One metric on a hierarchy: the cost of every arc up and down, and its repair.

Costs are whole milliseconds, so that sums are exact; CLOSED is more than any way costs. `via`
remembers where an arc's cost comes from: over a vertex below both of its ends, given by that
vertex's arc to the lower end, or -1 - turn for a turn of its own.
"""

from __future__ import annotations

import heapq
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.hierarchy import PARTS, TOP, Hierarchy

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

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
    starts = np.linspace(0, arcs, PARTS + 1).astype(np.int64).tolist()
    own = (hierarchy.turn_first, hierarchy.turns, hierarchy.upward, turn_ms)
    rows = (hierarchy.first, hierarchy.head, hierarchy.part)
    with ThreadPoolExecutor(_THREADS) as threads:
        for job in [threads.submit(_begin, *own, a, b, *arrays) for a, b in pairwise(starts)]:
            job.result()
        for job in [threads.submit(_relax, *rows, n, *arrays) for n in range(PARTS)]:
            job.result()
    _relax(*rows, TOP, *arrays)
    return CustomMetric(*arrays)


def repair(hierarchy: Hierarchy, metric: CustomMetric, turn_ms: Ints, changed: Ints) -> None:
    """Bring a metric up to date after the costs of the `changed` turns became those of `turn_ms`.

    Only arcs whose cost depends on a changed one are computed again, from below upwards. Nobody may
    search on the metric meanwhile.
    """
    arcs = np.unique(hierarchy.arc[changed]).astype(np.int64)
    arcs = arcs[arcs >= 0]
    if len(arcs):
        _repair(
            hierarchy.first,
            hierarchy.head,
            hierarchy.tail,
            hierarchy.down_first,
            hierarchy.down_arc,
            hierarchy.turn_first,
            hierarchy.turns,
            hierarchy.upward,
            turn_ms,
            arcs,
            metric.up,
            metric.down,
            metric.up_via,
            metric.down_via,
        )


@njit(cache=True, nogil=True)
def _begin(
    turn_first: Ints,
    turns: Ints,
    upward: Flags,
    turn_ms: Ints,
    begin: int,
    end: int,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
) -> None:  # pragma: no cover - compiled
    """Give a range of arcs the costs of the turns that run on them."""
    for arc in range(begin, end):
        best_up, best_down = CLOSED, CLOSED
        via_up, via_down = _NOWHERE, _NOWHERE
        for place in range(turn_first[arc], turn_first[arc + 1]):
            turn = turns[place]
            if upward[turn]:
                if turn_ms[turn] < best_up:
                    best_up, via_up = turn_ms[turn], -1 - turn
            elif turn_ms[turn] < best_down:
                best_down, via_down = turn_ms[turn], -1 - turn
        up[arc], down[arc] = best_up, best_down
        up_via[arc], down_via[arc] = via_up, via_down


@njit(cache=True, nogil=True)
def _relax(
    first: Longs,
    head: Ints,
    part: Bytes,
    number: int,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
) -> None:  # pragma: no cover - compiled
    """Let every vertex of one part offer ways over it, lowest first, to arcs that begin below TOP.

    Those arcs belong to this part alone, so the parts can be worked on at once. TOP itself, last,
    means all vertices and the arcs that begin in TOP.
    """
    for vertex in range(len(first) - 1):
        begin, end = first[vertex], first[vertex + 1]
        if begin == end or (part[vertex] != number and number != TOP):
            continue
        if number == TOP and part[head[end - 1]] != TOP:
            continue
        for one in range(begin, end):
            low = head[one]
            if (part[low] == TOP) != (number == TOP):
                continue
            down_one, up_one = np.int64(down[one]), np.int64(up[one])
            if down_one == CLOSED and up_one == CLOSED:
                continue
            place = first[low]
            for other in range(one + 1, end):
                target = head[other]
                while head[place] != target:
                    place += 1
                cost = down_one + up[other]
                if cost < up[place]:
                    up[place] = cost
                    up_via[place] = one
                cost = up_one + down[other]
                if cost < down[place]:
                    down[place] = cost
                    down_via[place] = one


@njit(cache=True, nogil=True)
def _repair(
    first: Longs,
    head: Ints,
    tail: Ints,
    down_first: Longs,
    down_arc: Ints,
    turn_first: Ints,
    turns: Ints,
    upward: Flags,
    turn_ms: Ints,
    arcs: Longs,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
) -> None:  # pragma: no cover - compiled
    # Arcs are numbered by their lower vertex, so the smallest number is settled first.
    queued = np.zeros(len(head), dtype=np.uint8)
    waiting = [arcs[0]]
    waiting.pop()
    for number in range(len(arcs)):
        queued[arcs[number]] = 1
        waiting.append(arcs[number])
    heapq.heapify(waiting)
    while len(waiting):
        arc = heapq.heappop(waiting)
        queued[arc] = 0
        low, high = tail[arc], head[arc]
        best_up, best_down = np.int64(CLOSED), np.int64(CLOSED)
        via_up, via_down = _NOWHERE, _NOWHERE
        for place in range(turn_first[arc], turn_first[arc + 1]):
            turn = turns[place]
            if upward[turn]:
                if turn_ms[turn] < best_up:
                    best_up, via_up = np.int64(turn_ms[turn]), -1 - turn
            elif turn_ms[turn] < best_down:
                best_down, via_down = np.int64(turn_ms[turn]), -1 - turn
        one, one_end = down_first[low], down_first[low + 1]
        other, other_end = down_first[high], down_first[high + 1]
        while one < one_end and other < other_end:
            to_low, to_high = down_arc[one], down_arc[other]
            if tail[to_low] < tail[to_high]:
                one += 1
            elif tail[to_low] > tail[to_high]:
                other += 1
            else:
                cost = np.int64(down[to_low]) + up[to_high]
                if cost < best_up:
                    best_up, via_up = cost, to_low
                cost = np.int64(up[to_low]) + down[to_high]
                if cost < best_down:
                    best_down, via_down = cost, to_low
                one += 1
                other += 1
        same = best_up == up[arc] and best_down == down[arc]
        up[arc], down[arc] = best_up, best_down
        up_via[arc], down_via[arc] = via_up, via_down
        if same:
            continue
        for beside in range(first[low], first[low + 1]):
            if beside == arc:
                continue
            if high < head[beside]:
                to_small, to_large = arc, beside
            else:
                to_small, to_large = beside, arc
            small, large = head[to_small], head[to_large]
            begin, end = first[small], first[small + 1]
            above = begin + np.searchsorted(head[begin:end], large)
            if queued[above]:
                continue
            # Only an arc that came from here, or is now undercut from here, can change.
            if (
                up_via[above] == to_small
                or down_via[above] == to_small
                or np.int64(down[to_small]) + up[to_large] < up[above]
                or np.int64(up[to_small]) + down[to_large] < down[above]
            ):
                queued[above] = 1
                heapq.heappush(waiting, above)
