"""The least violating way: fewest violations, then least excess, then least time.

Searched from both ends at once, since what is closed in is mostly closed in near one of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.customising import CLOSED, CustomMetric
from transport.search.hierarchy import ROOT
from transport.search.prepared import PreparedRoads

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

Triple = tuple[int, int, int]
_FAR = 2**61
_LOOK_UP_EVERY = 1024


@dataclass(frozen=True, slots=True)
class Faults:
    """What driving an edge or a turn violates, by group; negative counts close.

    `count` holds hard violations times 2**20 plus soft ones, `excess` parts per million.
    """

    count: Longs
    excess: Longs
    turn_count: Longs
    turn_excess: Longs
    group: Ints
    turn_group: Ints
    base_ms: Ints


@dataclass(frozen=True, slots=True)
class FaultyWay:
    """The least triple, the turns in order, the state they start from; stopped says it gave up."""

    cost: Triple
    turns: Ints
    start: int


def least_violating_way(
    roads: PreparedRoads,
    unlimited: CustomMetric,
    faults: Faults,
    extra: Mapping[int, int],
    extra_arcs: Mapping[int, int],
    sources: Mapping[int, Triple],
    targets: Mapping[int, Triple],
    stop: Bytes,
) -> FaultyWay | None:
    """Return the least violating way, None where nothing connects or `stop[0]` was set.

    `extra` adds to the count of single edges, such as those that a user avoids, `extra_arcs` to
    that of single turns. `unlimited` is the metric of `base_ms` over everything that no count
    closes.
    """
    graph, hierarchy = roads.graph, roads.hierarchy
    edges, arcs = sorted(extra), sorted(extra_arcs)
    states = graph.state_count
    # Zeros cost nothing until they are written to, and most states are not reached.
    found, cost, turns, start = _search(
        graph.first,
        graph.head,
        graph.edge,
        roads.tails,
        roads.into_first,
        roads.into_arc,
        faults.count,
        faults.excess,
        faults.turn_count,
        faults.turn_excess,
        faults.group,
        faults.turn_group,
        faults.base_ms,
        np.array(edges, dtype=np.int64),
        np.array([extra[edge] for edge in edges], dtype=np.int64),
        np.array(arcs, dtype=np.int64),
        np.array([extra_arcs[arc] for arc in arcs], dtype=np.int64),
        np.array(list(sources), dtype=np.int32),
        np.array(list(sources.values()), dtype=np.int64).reshape(-1, 3),
        np.array(list(targets), dtype=np.int32),
        np.array(list(targets.values()), dtype=np.int64).reshape(-1, 3),
        hierarchy.first,
        hierarchy.head,
        hierarchy.parent,
        hierarchy.rank,
        unlimited.up,
        unlimited.down,
        np.zeros((2, states, 3), dtype=np.int64),
        np.zeros((2, states), dtype=np.int32),
        np.zeros((2, states), dtype=np.uint8),
        np.zeros((2, states), dtype=np.int64),
        np.zeros((2, states), dtype=np.int64),
        np.empty(states, dtype=np.int32),
        stop,
    )
    if not found:
        return None
    return FaultyWay((int(cost[0]), int(cost[1]), int(cost[2])), turns, int(start))


@njit(cache=True, nogil=True)
def _climb(
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    cost: Ints,
    rank: Ints,
    begun: Ints,
    begun_costs: Longs,
    climbed: Longs,
) -> None:  # pragma: no cover - compiled
    """Enter the cost to climb to every vertex above some states, plus one; 0 is not reached."""
    above = []
    for number in range(len(begun)):
        vertex = rank[begun[number]]
        if climbed[vertex] == 0 or begun_costs[number, 2] + 1 < climbed[vertex]:
            climbed[vertex] = begun_costs[number, 2] + 1
        while vertex != ROOT:
            above.append(vertex)
            vertex = parent[vertex]
    for vertex in np.unique(np.array(above, dtype=np.int32)):
        if climbed[vertex] == 0:
            continue
        for arc in range(up_first[vertex], up_first[vertex + 1]):
            if cost[arc] != CLOSED:
                total = climbed[vertex] + cost[arc]
                if climbed[up_head[arc]] == 0 or total < climbed[up_head[arc]]:
                    climbed[up_head[arc]] = total


@njit(cache=True, nogil=True)
def _least_ms(
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    cost: Ints,
    climbed: Longs,
    bound: Longs,
    chain: Ints,
    vertex: int,
) -> Any:  # pragma: no cover - compiled
    """Return the unlimited time between a vertex and the states climbed from; _FAR for no way.

    `bound` remembers it plus one for every vertex above, 0 where nobody asked.
    """
    length = 0
    above = vertex
    while above != ROOT and bound[above] == 0:
        chain[length] = above
        length += 1
        above = parent[above]
    for place in range(length - 1, -1, -1):
        here = chain[place]
        best = climbed[here] or np.int64(_FAR)
        for arc in range(up_first[here], up_first[here + 1]):
            if cost[arc] != CLOSED:
                best = min(best, cost[arc] + bound[up_head[arc]])
        bound[here] = best
    return bound[vertex] - 1 if bound[vertex] < _FAR else np.int64(_FAR)


@njit(cache=True, nogil=True)
def _search(
    first: Ints,
    head: Ints,
    edge_of: Ints,
    tails: Ints,
    into_first: Ints,
    into_arc: Ints,
    count: Longs,
    excess: Longs,
    turn_count: Longs,
    turn_excess: Longs,
    group: Ints,
    turn_group: Ints,
    base_ms: Ints,
    extra_edges: Longs,
    extra: Longs,
    extra_arcs: Longs,
    extra_turns: Longs,
    starts: Ints,
    start_costs: Longs,
    ends: Ints,
    end_costs: Longs,
    up_first: Longs,
    up_head: Ints,
    parent: Ints,
    rank: Ints,
    up: Ints,
    down: Ints,
    label: Longs,
    by: Ints,
    known: Bytes,
    climbed: Longs,
    bound: Longs,
    chain: Ints,
    stop: Bytes,
) -> tuple[Any, ...]:  # pragma: no cover - compiled
    # Side 0 searches forward from the sources, side 1 backward from the targets. `known` is 1 for
    # states with a label and 2 for settled ones, `by` the arc of the label plus one.
    # Both are drawn together by the unlimited time from the sources and to the targets: twice the
    # time so far, plus the one and minus the other, never shrinks along a way.
    _climb(up_first, up_head, parent, up, rank, starts, start_costs, climbed[0])
    _climb(up_first, up_head, parent, down, rank, ends, end_costs, climbed[1])
    zero = np.int64(0)
    ahead = [(zero, zero, zero, np.int32(0))]
    ahead.pop()
    behind = [(zero, zero, zero, np.int32(0))]
    behind.pop()
    best = (np.int64(_FAR), np.int64(_FAR), np.int64(_FAR))
    meeting = np.int32(-1)
    for side in range(2):
        begun = starts if side == 0 else ends
        begun_costs = start_costs if side == 0 else end_costs
        for number in range(len(begun)):
            state = begun[number]
            cost = (begun_costs[number, 0], begun_costs[number, 1], begun_costs[number, 2])
            vertex = rank[state]
            since = _least_ms(up_first, up_head, parent, down, climbed[0], bound[0], chain, vertex)
            until = _least_ms(up_first, up_head, parent, up, climbed[1], bound[1], chain, vertex)
            if since >= _FAR or until >= _FAR:
                continue
            here = label[side, state]
            if known[side, state] and cost >= (here[0], here[1], here[2]):
                continue
            known[side, state] = 1
            here[0], here[1], here[2] = cost
            key = 2 * cost[2] + (until - since if side == 0 else since - until)
            if side == 0:
                heapq.heappush(ahead, (cost[0], cost[1], key, state))
                continue
            heapq.heappush(behind, (cost[0], cost[1], key, state))
            if known[0, state]:
                total = (
                    label[0, state, 0] + cost[0],
                    label[0, state, 1] + cost[1],
                    label[0, state, 2] + cost[2],
                )
                if total < best:
                    best, meeting = total, state
    settled = 0
    side = 0
    while len(ahead) and len(behind):
        top, low = ahead[0], behind[0]
        if (top[0] + low[0], top[1] + low[1], top[2] + low[2]) >= (best[0], best[1], 2 * best[2]):
            break
        settled += 1
        if settled % _LOOK_UP_EVERY == 0 and stop[0]:
            meeting = np.int32(-1)
            break
        side = 1 - side
        _, _, _, state = heapq.heappop(ahead) if side == 0 else heapq.heappop(behind)
        if known[side, state] == 2:
            continue
        known[side, state] = 2
        a, b, c = label[side, state, 0], label[side, state, 1], label[side, state, 2]
        if side == 0:
            begin, end = first[state], first[state + 1]
        else:
            begin, end = into_first[state], into_first[state + 1]
        for place in range(begin, end):
            arc = np.int32(place) if side == 0 else into_arc[place]
            onward = head[arc] if side == 0 else tails[arc]
            entered = edge_of[head[arc]]
            more = count[group[entered]]
            turned = turn_count[turn_group[arc]]
            if more < 0 or turned < 0 or known[side, onward] == 2:
                continue
            if len(extra_edges):
                near = np.searchsorted(extra_edges, entered)
                if near < len(extra_edges) and extra_edges[near] == entered:
                    more += extra[near]
            if len(extra_arcs):
                near = np.searchsorted(extra_arcs, arc)
                if near < len(extra_arcs) and extra_arcs[near] == arc:
                    more += extra_turns[near]
            reached = (
                a + more + turned,
                b + excess[group[entered]] + turn_excess[turn_group[arc]],
                c + base_ms[entered],
            )
            there = label[side, onward]
            if known[side, onward] and reached >= (there[0], there[1], there[2]):
                continue
            vertex = rank[onward]
            since = _least_ms(up_first, up_head, parent, down, climbed[0], bound[0], chain, vertex)
            until = _least_ms(up_first, up_head, parent, up, climbed[1], bound[1], chain, vertex)
            if since >= _FAR or until >= _FAR:
                continue
            left = until if side == 0 else since
            if (reached[0], reached[1], reached[2] + left) >= best:
                continue
            known[side, onward] = 1
            there[0], there[1], there[2] = reached
            by[side, onward] = arc + 1
            key = 2 * reached[2] + (until - since if side == 0 else since - until)
            if side == 0:
                heapq.heappush(ahead, (reached[0], reached[1], key, onward))
            else:
                heapq.heappush(behind, (reached[0], reached[1], key, onward))
            other = 1 - side
            if known[other, onward]:
                total = (
                    reached[0] + label[other, onward, 0],
                    reached[1] + label[other, onward, 1],
                    reached[2] + label[other, onward, 2],
                )
                if total < best:
                    best, meeting = total, onward
    turns = [np.int32(0)]
    turns.pop()
    start = meeting
    if meeting >= 0:
        while by[0, start]:
            turns.append(by[0, start] - 1)
            start = tails[by[0, start] - 1]
        turns.reverse()
        state = meeting
        while by[1, state]:
            turns.append(by[1, state] - 1)
            state = head[by[1, state] - 1]
    return meeting >= 0, best, np.array(turns, dtype=np.int32), start
