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
    faults: Faults,
    extra: Mapping[int, int],
    extra_arcs: Mapping[int, int],
    sources: Mapping[int, Triple],
    targets: Mapping[int, Triple],
    stop: Bytes,
) -> FaultyWay | None:
    """Return the least violating way, None where nothing connects or `stop[0]` was set.

    `extra` adds to the count of single edges, such as those that a user avoids, `extra_arcs` to
    that of single turns.
    """
    graph = roads.graph
    edges, arcs = sorted(extra), sorted(extra_arcs)
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
        stop,
    )
    if not found:
        return None
    return FaultyWay((int(cost[0]), int(cost[1]), int(cost[2])), turns, int(start))


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
    stop: Bytes,
) -> tuple[Any, ...]:  # pragma: no cover - compiled
    states = len(edge_of)
    # Side 0 searches forward from the sources, side 1 backward from the targets.
    label = np.full((2, states, 3), _FAR, dtype=np.int64)
    by = np.full((2, states), -1, dtype=np.int32)
    done = np.zeros((2, states), dtype=np.uint8)
    zero = np.int64(0)
    ahead = [(zero, zero, zero, np.int32(0))]
    ahead.pop()
    behind = [(zero, zero, zero, np.int32(0))]
    behind.pop()
    best = (np.int64(_FAR), np.int64(_FAR), np.int64(_FAR))
    meeting = np.int32(-1)
    for number in range(len(starts)):
        state, cost = starts[number], start_costs[number]
        if (cost[0], cost[1], cost[2]) < (
            label[0, state, 0],
            label[0, state, 1],
            label[0, state, 2],
        ):
            label[0, state] = cost
            heapq.heappush(ahead, (cost[0], cost[1], cost[2], state))
    for number in range(len(ends)):
        state, cost = ends[number], end_costs[number]
        if (cost[0], cost[1], cost[2]) < (
            label[1, state, 0],
            label[1, state, 1],
            label[1, state, 2],
        ):
            label[1, state] = cost
            heapq.heappush(behind, (cost[0], cost[1], cost[2], state))
            if label[0, state, 0] < _FAR:
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
        if (top[0] + low[0], top[1] + low[1], top[2] + low[2]) >= best:
            break
        settled += 1
        if settled % _LOOK_UP_EVERY == 0 and stop[0]:
            meeting = np.int32(-1)
            break
        side = 1 - side
        a, b, c, state = heapq.heappop(ahead) if side == 0 else heapq.heappop(behind)
        if done[side, state]:
            continue
        done[side, state] = 1
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
            if more < 0 or turned < 0:
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
            if reached >= (label[side, onward, 0], label[side, onward, 1], label[side, onward, 2]):
                continue
            label[side, onward, 0], label[side, onward, 1] = reached[0], reached[1]
            label[side, onward, 2] = reached[2]
            by[side, onward] = arc
            entry = (reached[0], reached[1], reached[2], onward)
            if side == 0:
                heapq.heappush(ahead, entry)
            else:
                heapq.heappush(behind, entry)
            other = 1 - side
            if label[other, onward, 0] < _FAR:
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
        while by[0, start] >= 0:
            turns.append(by[0, start])
            start = tails[by[0, start]]
        turns.reverse()
        state = meeting
        while by[1, state] >= 0:
            turns.append(by[1, state])
            state = head[by[1, state]]
    return meeting >= 0, best, np.array(turns, dtype=np.int32), start
