"""Ways over other vertices than the cheapest one: candidates for alternatives.

Each vertex above both ends stands for the cheapest way over it that goes up and then down the
hierarchy (Abraham, Delling, Goldberg and Werneck, 2013). They are offered, cheapest first, as
candidates only: whether one is worth driving is for others to test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.customising import CustomMetric
from transport.search.hierarchy import Hierarchy
from transport.search.querying import _FAR, Workspace, _climb, _unpacked

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ways:
    """Some ways, cheapest first: the turns of way `n` are `turns[first[n]:first[n + 1]]`.

    `start` is the state that each begins with.
    """

    turns: Ints
    first: Longs
    start: Ints


def ways_over_others(
    hierarchy: Hierarchy,
    metric: CustomMetric,
    head: Ints,
    sources: Mapping[int, int],
    targets: Mapping[int, int],
    workspace: Workspace,
    *,
    stretch_permille: int,
    most: int,
) -> Ways:
    """Return at most `most` ways no dearer than so many thousandths of the cheapest.

    `head` is the state that each turn leads to. Sources and targets are those of `cheapest_way`;
    the cheapest way itself is the first.
    """
    starts = np.fromiter(sources, dtype=np.int32, count=len(sources))
    ends = np.fromiter(targets, dtype=np.int32, count=len(targets))
    turns, first, start = _search(
        hierarchy.first,
        hierarchy.head,
        hierarchy.tail,
        hierarchy.parent,
        metric.up,
        metric.down,
        metric.up_via,
        metric.down_via,
        hierarchy.rank,
        head,
        hierarchy.rank[starts],
        np.fromiter(sources.values(), dtype=np.int64, count=len(sources)),
        hierarchy.rank[ends],
        np.fromiter(targets.values(), dtype=np.int64, count=len(targets)),
        workspace.forward,
        workspace.backward,
        workspace.came_by,
        workspace.leaves_by,
        stretch_permille,
        most,
    )
    return Ways(turns, first, hierarchy.state[start])


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
    rank: Ints,
    turn_head: Ints,
    starts: Ints,
    start_costs: Longs,
    ends: Ints,
    end_costs: Longs,
    forward: Longs,
    backward: Longs,
    came_by: Ints,
    leaves_by: Ints,
    stretch_permille: int,
    most: int,
) -> tuple[Any, ...]:  # pragma: no cover - compiled
    there = _climb(first, head, parent, up, starts, start_costs, forward, came_by)
    back = _climb(first, head, parent, down, ends, end_costs, backward, leaves_by)
    best = np.int64(_FAR)
    for vertex in there:
        best = min(best, forward[vertex] + backward[vertex])
    over = [np.int32(0)]
    over.pop()
    costs = [np.int64(0)]
    costs.pop()
    if best < _FAR:
        for vertex in there:
            both = forward[vertex] + backward[vertex]
            if both <= best * stretch_permille // 1000:
                over.append(vertex)
                costs.append(both)
    order = np.argsort(np.array(costs, dtype=np.int64), kind="mergesort")
    driven = {np.int32(-1)}
    turns = [np.empty(0, dtype=np.int32)]
    turns.pop()
    place = [np.int64(0)]
    begun = [np.int32(0)]
    begun.pop()
    for number in order:
        if len(turns) >= most:
            break
        top = over[number]
        if top in driven:
            continue  # a way that is offered already runs over it
        way = []
        vertex = top
        while came_by[vertex] >= 0:
            way.append(came_by[vertex])
            vertex = tail[came_by[vertex]]
        start = vertex
        rises = np.empty(len(way), dtype=np.int64)
        for step in range(len(way)):
            rises[step] = way[len(way) - 1 - step]
        falls = []
        vertex = top
        while leaves_by[vertex] >= 0:
            falls.append(leaves_by[vertex])
            vertex = tail[leaves_by[vertex]]
        unpacked = _unpacked(head, up_via, down_via, rises, falls)
        for turn in unpacked:
            vertex = rank[turn_head[turn]]
            if forward[vertex] < _FAR and backward[vertex] < _FAR:
                driven.add(vertex)
        driven.add(np.int32(start))
        turns.append(unpacked)
        place.append(place[-1] + len(unpacked))
        begun.append(np.int32(start))
    for vertex in there:
        forward[vertex] = _FAR
        came_by[vertex] = -1
    for vertex in back:
        backward[vertex] = _FAR
        leaves_by[vertex] = -1
    joined = np.empty(place[-1], dtype=np.int32)
    for number in range(len(turns)):
        joined[place[number] : place[number + 1]] = turns[number]
    return joined, np.array(place, dtype=np.int64), np.array(begun, dtype=np.int32)
