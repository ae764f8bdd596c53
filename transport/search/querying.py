"""Cheapest ways on a customised metric: up both elimination trees, met, unpacked into turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.customising import CLOSED, CustomMetric
from transport.search.hierarchy import ROOT, Hierarchy

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_FAR = 2**61  # twice of it still fits


@dataclass(frozen=True, slots=True)
class Workspace:
    """Arrays one search at a time works in; each thread keeps its own."""

    forward: Longs
    backward: Longs
    came_by: Ints
    leaves_by: Ints

    @classmethod
    def for_hierarchy(cls, hierarchy: Hierarchy) -> Workspace:
        """Make a clean workspace."""
        size = hierarchy.vertex_count
        return cls(
            np.full(size, _FAR),
            np.full(size, _FAR),
            np.full(size, -1, dtype=np.int32),
            np.full(size, -1, dtype=np.int32),
        )


def cheapest_way(
    hierarchy: Hierarchy,
    metric: CustomMetric,
    sources: Mapping[int, int],
    targets: Mapping[int, int],
    workspace: Workspace,
) -> tuple[int, Ints, int] | None:
    """Return cost, turns in order and the state they start from; None where there is no way.

    `sources` gives the cost in milliseconds at which each state is begun with, `targets` what is
    still to be paid behind each. Without a turn, source and target are the same state.
    """
    starts = np.fromiter(sources, dtype=np.int32, count=len(sources))
    ends = np.fromiter(targets, dtype=np.int32, count=len(targets))
    cost, turns, start = _search(
        hierarchy.first,
        hierarchy.head,
        hierarchy.tail,
        hierarchy.parent,
        metric.up,
        metric.down,
        metric.up_via,
        metric.down_via,
        hierarchy.rank[starts],
        np.fromiter(sources.values(), dtype=np.int64, count=len(sources)),
        hierarchy.rank[ends],
        np.fromiter(targets.values(), dtype=np.int64, count=len(targets)),
        workspace.forward,
        workspace.backward,
        workspace.came_by,
        workspace.leaves_by,
    )
    if cost >= _FAR:
        return None
    return int(cost), turns, int(hierarchy.state[start])


@njit(cache=True, nogil=True)
def _search(
    first: Longs,
    head: Ints,
    tail: Ints,
    parent: Ints,
    up: Ints,
    down: Ints,
    up_via: Ints,
    down_via: Ints,
    starts: Ints,
    start_costs: Longs,
    ends: Ints,
    end_costs: Longs,
    forward: Longs,
    backward: Longs,
    came_by: Ints,
    leaves_by: Ints,
) -> tuple[int, Ints, int]:  # pragma: no cover - compiled
    there = _climb(first, head, parent, up, starts, start_costs, forward, came_by)
    back = _climb(first, head, parent, down, ends, end_costs, backward, leaves_by)
    best, top = _FAR, -1
    for vertex in there:
        both = forward[vertex] + backward[vertex]
        if both < best:
            best, top = both, vertex
    turns = np.empty(0, dtype=np.int32)
    start = -1
    if top >= 0:
        way = []
        vertex = top
        while came_by[vertex] >= 0:
            arc = came_by[vertex]
            way.append(arc)
            vertex = tail[arc]
        start = vertex
        rises = len(way)
        packed = np.empty(rises, dtype=np.int64)
        for place in range(rises):
            packed[place] = way[rises - 1 - place]
        falls = []
        vertex = top
        while leaves_by[vertex] >= 0:
            arc = leaves_by[vertex]
            falls.append(arc)
            vertex = tail[arc]
        turns = _unpacked(head, up_via, down_via, packed, falls)
    for vertex in there:
        forward[vertex] = _FAR
        came_by[vertex] = -1
    for vertex in back:
        backward[vertex] = _FAR
        leaves_by[vertex] = -1
    return best, turns, start


@njit(cache=True, nogil=True)
def _climb(
    first: Longs,
    head: Ints,
    parent: Ints,
    cost: Ints,
    starts: Ints,
    start_costs: Longs,
    reached: Longs,
    by: Ints,
) -> Ints:  # pragma: no cover - compiled
    """Settle every vertex above the starts, lowest first, and return them."""
    above = []
    for number in range(len(starts)):
        vertex = starts[number]
        while vertex != ROOT and by[vertex] == -1:
            by[vertex] = -2  # seen, not reached by an arc yet
            above.append(vertex)
            vertex = parent[vertex]
        vertex = starts[number]
        reached[vertex] = min(reached[vertex], start_costs[number])
    order = np.sort(np.array(above, dtype=np.int32))
    for vertex in order:
        so_far = reached[vertex]
        if so_far >= _FAR:
            continue
        for arc in range(first[vertex], first[vertex + 1]):
            if cost[arc] == CLOSED:
                continue
            total = so_far + cost[arc]
            if total < reached[head[arc]]:
                reached[head[arc]] = total
                by[head[arc]] = arc
    return order


@njit(cache=True, nogil=True)
def _unpacked(
    head: Ints,
    up_via: Ints,
    down_via: Ints,
    rises: Longs,
    falls: list[int],
) -> Ints:  # pragma: no cover - compiled
    """Unpack arcs driven up, then arcs driven down, into turns."""
    turns = []
    # Arcs waiting to be unpacked, the next one last; an arc driven down is written as -1 - arc.
    waiting = [np.int64(0)]
    waiting.pop()
    for place in range(len(falls) - 1, -1, -1):
        waiting.append(-1 - np.int64(falls[place]))
    for place in range(len(rises) - 1, -1, -1):
        waiting.append(rises[place])
    while len(waiting):
        arc = waiting.pop()
        plain = arc if arc >= 0 else -1 - arc
        via = up_via[plain] if arc >= 0 else down_via[plain]
        if via < 0:
            turns.append(np.int32(-1 - via))
            continue
        # The arc to the lower end comes first of the vertex's arcs, that to the higher one later.
        to_low, to_high = np.int64(via), np.int64(via) + 1
        while head[to_high] != head[plain]:
            to_high += 1
        if arc >= 0:  # low -> via -> high
            waiting.append(to_high)
            waiting.append(-1 - to_low)
        else:  # high -> via -> low
            waiting.append(to_low)
            waiting.append(-1 - to_high)
    return np.array(turns, dtype=np.int32)
