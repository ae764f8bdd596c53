"""One metric on a hierarchy: the cost of every arc up and down, and its repair.

Costs are whole milliseconds, so that sums are exact; CLOSED is more than any way costs. `via`
remembers where an arc's cost comes from: a vertex below it, or -1 - turn for a turn of its own.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.hierarchy import Hierarchy

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

CLOSED = 2**31 - 1
_NOWHERE = -(2**31)


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


def customise(hierarchy: Hierarchy, turn_ms: Ints) -> CustomMetric:
    """Return the metric in which every turn costs `turn_ms`, which includes the edge it enters."""
    arrays = _begin(hierarchy.arc, hierarchy.upward, turn_ms, hierarchy.arc_count)
    _relax(hierarchy.first, hierarchy.head, *arrays)
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
    arc: Ints, upward: Flags, turn_ms: Ints, arcs: int
) -> tuple[Ints, Ints, Ints, Ints]:  # pragma: no cover - compiled
    up = np.full(arcs, CLOSED, dtype=np.int32)
    down = np.full(arcs, CLOSED, dtype=np.int32)
    up_via = np.full(arcs, _NOWHERE, dtype=np.int32)
    down_via = np.full(arcs, _NOWHERE, dtype=np.int32)
    for turn in range(len(arc)):
        place = arc[turn]
        if place < 0:
            continue
        if upward[turn]:
            if turn_ms[turn] < up[place]:
                up[place] = turn_ms[turn]
                up_via[place] = -1 - turn
        elif turn_ms[turn] < down[place]:
            down[place] = turn_ms[turn]
            down_via[place] = -1 - turn
    return up, down, up_via, down_via


@njit(cache=True, nogil=True)
def _relax(
    first: Longs, head: Ints, up: Ints, down: Ints, up_via: Ints, down_via: Ints
) -> None:  # pragma: no cover - compiled
    """Let every pair of arcs above a vertex offer its way over the vertex, lowest first."""
    for vertex in range(len(first) - 1):
        begin, end = first[vertex], first[vertex + 1]
        for one in range(begin, end):
            down_one, up_one = np.int64(down[one]), np.int64(up[one])
            if down_one == CLOSED and up_one == CLOSED:
                continue
            place = first[head[one]]
            for other in range(one + 1, end):
                target = head[other]
                while head[place] != target:
                    place += 1
                cost = down_one + up[other]
                if cost < up[place]:
                    up[place] = cost
                    up_via[place] = vertex
                cost = up_one + down[other]
                if cost < down[place]:
                    down[place] = cost
                    down_via[place] = vertex


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
                    best_up, via_up = cost, tail[to_low]
                cost = np.int64(up[to_low]) + down[to_high]
                if cost < best_down:
                    best_down, via_down = cost, tail[to_low]
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
                up_via[above] == low
                or down_via[above] == low
                or np.int64(down[to_small]) + up[to_large] < up[above]
                or np.int64(up[to_small]) + down[to_large] < down[above]
            ):
                queued[above] = 1
                heapq.heappush(waiting, above)
