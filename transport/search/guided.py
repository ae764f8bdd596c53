"""Cheapest way for one vehicle without customising: A* guided by exact distances of a base metric.

The base metric is that of an unlimited truck. A vehicle only closes turns or makes them dearer, so
distances of the base metric stay lower bounds (CH-Potentials: Strasser and Zeitz, 2021). They are
computed where the search asks for them, from the top of the hierarchy downwards.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.customising import CLOSED, CustomMetric
from transport.search.hierarchy import ROOT
from transport.search.prepared import PreparedRoads
from transport.search.pricing import SHUT, Pricing, price

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_FAR = 2**61
_UNKNOWN = -1
_LOOK_UP_EVERY = 1024  # settled states between two looks at the stop sign


class Ending(IntEnum):
    """How a search ended."""

    FOUND = 0
    NO_WAY = 1
    STOPPED = 2


@dataclass(frozen=True, slots=True)
class GuidedWay:
    """A search's result: cost in milliseconds, turns in order, the state they start from."""

    ending: Ending
    cost_ms: int
    turns: Ints
    start: int
    settled: int


@dataclass(frozen=True, slots=True)
class GuideSpace:
    """Arrays one guided search at a time works in; each thread keeps its own."""

    spent: Longs
    bound: Longs
    behind: Longs
    by: Ints
    chain: Ints
    mark: Bytes
    turn_mark: Bytes

    @classmethod
    def for_roads(cls, roads: PreparedRoads) -> GuideSpace:
        """Make a clean space."""
        size = roads.hierarchy.vertex_count
        return cls(
            np.full(size, _FAR),
            np.full(size, _UNKNOWN, dtype=np.int64),
            np.full(size, _FAR),
            np.full(size, -1, dtype=np.int32),
            np.empty(size, dtype=np.int32),
            np.zeros(roads.edge_count, dtype=np.uint8),
            np.zeros(roads.graph.arc_count, dtype=np.uint8),
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """What this search alone changes: edges in thousandths of their cost or SHUT, shut turns.

    A mark never makes an edge cheaper: at most 250 different factors, none below 1000.
    """

    edges: Mapping[int, int] = field(default_factory=dict)
    arcs: frozenset[int] = frozenset()


NO_MARKS = Marks()


def guided_way(
    roads: PreparedRoads,
    base: CustomMetric,
    pricing: Pricing,
    sources: Mapping[int, int],
    targets: Mapping[int, int],
    space: GuideSpace,
    stop: Bytes,
    marks: Marks = NO_MARKS,
) -> GuidedWay:
    """Return the cheapest way by `pricing` with `marks`, no turn of which is below `base`.

    Sources and targets are those of `cheapest_way`. Another thread ends the search by writing a
    one to `stop[0]`.
    """
    graph, hierarchy = roads.graph, roads.hierarchy
    factors = sorted(set(marks.edges.values()))
    number = {factor: place + 1 for place, factor in enumerate(factors)}
    marked = np.fromiter(marks.edges, dtype=np.int64, count=len(marks.edges))
    shut = np.fromiter(marks.arcs, dtype=np.int64, count=len(marks.arcs))
    space.mark[marked] = [number[factor] for factor in marks.edges.values()]
    space.turn_mark[shut] = 1
    try:
        ending, cost, turns, start, settled = _search(
            graph.first,
            graph.head,
            graph.edge,
            roads.tails,
            pricing.base_ms,
            pricing.group,
            pricing.permille,
            pricing.added_ms,
            pricing.toll_ms,
            pricing.turn_group,
            pricing.turn_ms,
            space.mark,
            np.array([1000, *factors], dtype=np.int64),
            space.turn_mark,
            hierarchy.first,
            hierarchy.head,
            hierarchy.parent,
            hierarchy.rank,
            base.up,
            base.down,
            np.fromiter(sources, dtype=np.int32, count=len(sources)),
            np.fromiter(sources.values(), dtype=np.int64, count=len(sources)),
            np.fromiter(targets, dtype=np.int32, count=len(targets)),
            np.fromiter(targets.values(), dtype=np.int64, count=len(targets)),
            space.spent,
            space.bound,
            space.behind,
            space.by,
            space.chain,
            stop,
        )
    finally:
        space.mark[marked] = 0
        space.turn_mark[shut] = 0
    return GuidedWay(Ending(ending), int(cost), turns, int(start), int(settled))


@njit(cache=True, nogil=True)
def _search(
    first: Ints,
    head: Ints,
    edge_of: Ints,
    tails: Ints,
    base_ms: Ints,
    group: Ints,
    permille: Ints,
    added_ms: Ints,
    toll_ms: Ints,
    turn_group: Ints,
    turn_ms: Ints,
    mark: Bytes,
    mark_permille: Longs,
    turn_mark: Bytes,
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    rank: Ints,
    up: Ints,
    down: Ints,
    starts: Ints,
    start_costs: Longs,
    ends: Ints,
    end_costs: Longs,
    spent: Longs,
    bound: Longs,
    behind: Longs,
    by: Ints,
    chain: Ints,
    stop: Bytes,
) -> tuple[Any, ...]:  # pragma: no cover - compiled
    climbed = _climb_back(up_first, up_head, parent, down, rank, ends, end_costs, behind)
    known = [np.int32(0)]
    known.pop()
    touched = [np.int32(0)]
    touched.pop()
    heap = [(np.int64(0), np.int32(0))]
    heap.pop()
    for number in range(len(starts)):
        state = starts[number]
        ahead = _ahead(up_first, up_head, parent, up, behind, bound, known, chain, rank[state])
        if ahead < _FAR and start_costs[number] < spent[state]:
            if spent[state] == _FAR:
                touched.append(state)
            spent[state] = start_costs[number]
            heapq.heappush(heap, (start_costs[number] + ahead, state))
    best, last = np.int64(_FAR), np.int32(-1)
    settled = 0
    ending = 1
    while len(heap):
        total, state = heapq.heappop(heap)
        if total >= best:
            break
        if total > spent[state] + bound[rank[state]]:
            continue  # an older, dearer entry
        settled += 1
        if settled % _LOOK_UP_EVERY == 0 and stop[0]:
            ending = 2
            break
        for number in range(len(ends)):
            if ends[number] == state and spent[state] + end_costs[number] < best:
                best, last = spent[state] + end_costs[number], state
        for arc in range(first[state], first[state + 1]):
            turned = turn_ms[turn_group[arc]]
            if turned == CLOSED or turn_mark[arc]:
                continue
            onward = head[arc]
            edge = edge_of[onward]
            entered = np.int64(price(edge, base_ms, group, permille, added_ms, toll_ms))
            if entered == CLOSED:
                continue
            if mark[edge]:
                dearer = mark_permille[mark[edge]]
                if dearer == SHUT:
                    continue
                entered = entered * dearer // 1000
            reached = spent[state] + turned + entered
            if reached >= spent[onward]:
                continue
            ahead = bound[rank[onward]]
            if ahead == _UNKNOWN:
                ahead = _ahead(
                    up_first, up_head, parent, up, behind, bound, known, chain, rank[onward]
                )
            if ahead >= _FAR or reached + ahead >= best:
                continue
            if spent[onward] == _FAR:
                touched.append(onward)
            spent[onward] = reached
            by[onward] = arc
            heapq.heappush(heap, (reached + ahead, onward))
    turns = np.empty(0, dtype=np.int32)
    if last >= 0 and ending != 2:
        ending = 0
        count = 0
        state = last
        while by[state] >= 0:
            count += 1
            state = tails[by[state]]
        turns = np.empty(count, dtype=np.int32)
        state = last
        while by[state] >= 0:
            count -= 1
            turns[count] = by[state]
            state = tails[by[state]]
        last = state
    for state in touched:
        spent[state] = _FAR
        by[state] = -1
    for vertex in known:
        bound[vertex] = _UNKNOWN
    for vertex in climbed:
        behind[vertex] = _FAR
    return ending, best, turns, last, settled


@njit(cache=True, nogil=True)
def _climb_back(
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    down: Ints,
    rank: Ints,
    ends: Ints,
    end_costs: Longs,
    behind: Longs,
) -> Ints:  # pragma: no cover - compiled
    """Settle the way down to the targets for every vertex above them."""
    above = []
    for number in range(len(ends)):
        vertex = rank[ends[number]]
        behind[vertex] = min(behind[vertex], end_costs[number])
        while vertex != ROOT:
            above.append(vertex)
            vertex = parent[vertex]
    order = np.unique(np.array(above, dtype=np.int32))
    for vertex in order:
        if behind[vertex] >= _FAR:
            continue
        for arc in range(up_first[vertex], up_first[vertex + 1]):
            if down[arc] != CLOSED:
                total = behind[vertex] + down[arc]
                if total < behind[up_head[arc]]:
                    behind[up_head[arc]] = total
    return order


@njit(cache=True, nogil=True)
def _ahead(
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    up: Ints,
    behind: Longs,
    bound: Longs,
    known: list[Any],
    chain: Ints,
    vertex: int,
) -> Any:  # pragma: no cover - compiled
    """Return the base distance from a vertex to the targets, remembering every one on the way."""
    if bound[vertex] != _UNKNOWN:
        return bound[vertex]
    length = 0
    above = vertex
    while above != ROOT and bound[above] == _UNKNOWN:
        chain[length] = above
        length += 1
        above = parent[above]
    for place in range(length - 1, -1, -1):
        here = chain[place]
        best = behind[here]
        for arc in range(up_first[here], up_first[here + 1]):
            if up[arc] != CLOSED:
                best = min(best, up[arc] + bound[up_head[arc]])
        bound[here] = best
        known.append(np.int32(here))
    return bound[vertex]
