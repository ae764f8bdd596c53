"""Find cheapest and widest paths over arrays: the kernel, which imports nothing of ours.

States are directed edges, so turn costs are exact. Costs are any numbers that add and compare:
floats in seconds, or integers that encode an order of several criteria. `inf` closes.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

Turn = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Topology:
    """A directed graph in compressed rows; plain sequences, as heap loops want them.

    `reverse[e]` is the opposite edge of the same road or -1.
    """

    first_edge: Sequence[int]
    head: Sequence[int]
    reverse: Sequence[int]

    def may_turn_back(self, edge: int) -> bool:
        """Say whether an edge ends where only the way back goes on: a dead end."""
        node = self.head[edge]
        return self.first_edge[node + 1] - self.first_edge[node] == 1


def cheapest_edges(  # noqa: C901 - one hot loop, kept without calls
    topology: Topology,
    cost: Sequence[float],
    turn_cost: Mapping[Turn, float],
    sources: Mapping[int, float],
    targets: Mapping[int, float],
) -> tuple[float, list[int]] | None:
    """Return the least cost and its edges from a source edge to a target edge, or None.

    `sources` gives for each edge to start on the cost of its rest, `targets` for each edge to end
    on the cost of its beginning. The path has at least two edges. `turn_cost` of (edge in, edge
    out) is added, `inf` forbids the turn. Turning back is allowed at dead ends only.
    """
    first_edge, head, reverse = topology.first_edge, topology.head, topology.reverse
    best: dict[int, float] = {}
    before: dict[int, int] = {}
    done: set[int] = set()
    end_best: float = inf
    end = last = -1
    heap: list[tuple[float, int]] = []
    for edge, rest in sources.items():
        if rest < inf:
            best[edge] = rest
            heap.append((rest, edge))
    heapq.heapify(heap)
    turns_into = {turn[0] for turn in turn_cost}
    while heap:
        spent, edge = heapq.heappop(heap)
        if spent >= end_best:
            break
        if edge in done:
            continue
        done.add(edge)
        node = head[edge]
        low, high = first_edge[node], first_edge[node + 1]
        back = reverse[edge] if high - low > 1 else -1
        judged = edge in turns_into
        for onward in range(low, high):
            if onward == back:
                continue
            so_far = spent
            if judged:
                so_far = spent + turn_cost.get((edge, onward), 0)
            if onward in targets and so_far + targets[onward] < end_best:
                end_best, end, last = so_far + targets[onward], onward, edge
            total = so_far + cost[onward]
            if total < best.get(onward, inf):
                best[onward] = total
                before[onward] = edge
                heapq.heappush(heap, (total, onward))
    if end < 0:
        return None
    path = [end, last]
    while path[-1] in before:
        path.append(before[path[-1]])
    return end_best, path[::-1]


def widest_capacity(  # noqa: C901 - one hot loop, kept without calls
    topology: Topology,
    capacity: Sequence[float],
    turn_capacity: Mapping[Turn, float],
    sources: Mapping[int, float],
    targets: Mapping[int, float],
) -> float:
    """Return the largest c for which some path has all capacities >= c; `-inf` if none.

    `sources` and `targets` give the capacity of the part of the edge that is used. Turn rules are
    those of `cheapest_edges`; `-inf` forbids a turn.
    """
    first_edge, head, reverse = topology.first_edge, topology.head, topology.reverse
    best = {edge: part for edge, part in sources.items() if part > -inf}
    done: set[int] = set()
    heap = [(-part, edge) for edge, part in best.items()]
    heapq.heapify(heap)
    turns_into = {turn[0] for turn in turn_capacity}
    result = -inf
    while heap:
        negative, edge = heapq.heappop(heap)
        if -negative <= result:
            break
        if edge in done:
            continue
        done.add(edge)
        node = head[edge]
        low, high = first_edge[node], first_edge[node + 1]
        back = reverse[edge] if high - low > 1 else -1
        judged = edge in turns_into
        for onward in range(low, high):
            if onward == back:
                continue
            through = -negative
            if judged and turn_capacity.get((edge, onward), inf) < through:
                through = turn_capacity[edge, onward]
            if onward in targets:
                result = max(result, min(through, targets[onward]))
            if onward in done:
                continue
            if capacity[onward] < through:  # noqa: PLR1730 - min() would double the time of the loop
                through = capacity[onward]
            if through > best.get(onward, -inf):
                best[onward] = through
                heapq.heappush(heap, (-through, onward))
    return result
