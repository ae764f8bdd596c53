"""Find cheapest and widest paths over arrays: the kernel, which imports nothing of ours.

States are directed edges, so turn costs are exact; an edge that was reached along the beginning of
a forbidden sequence is a state of its own, so bans over several edges are exact too. Costs are any
numbers that add and compare: floats in seconds, or integers that encode an order of several
criteria. `inf` closes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

Turn = tuple[int, int]


FORBIDDEN = -1


@dataclass(frozen=True, slots=True)
class Sequences:
    """Forbidden sequences of edges as states beside the edges.

    `edge` gives the edge of every such state. `step[state, onward edge]` is the next state where
    it is not the plain edge, FORBIDDEN where a sequence would be complete; `from_state` holds the
    states that occur in it.
    """

    edge: Mapping[int, int] = field(default_factory=dict)
    step: Mapping[Turn, int] = field(default_factory=dict)
    from_state: frozenset[int] = frozenset()

    def states_of(self, edge: int) -> list[int]:
        """Return every state in which an edge can be driven, the plain one first."""
        return [edge, *(state for state, its_edge in self.edge.items() if its_edge == edge)]

    def after(self, state: int, onward: Iterable[int]) -> int:
        """Return the state in which further edges end, FORBIDDEN where a sequence is completed."""
        for edge in onward:
            if state == FORBIDDEN:
                break
            state = self.step.get((state, edge), edge)
        return state


NO_SEQUENCES = Sequences()


def sequences_of(rows: Iterable[Sequence[int]], edge_count: int) -> Sequences:
    """Return the states that sequences of two or more edges need (Aho and Corasick, 1975)."""
    banned = {tuple(row) for row in rows}
    banned = {row for row in banned if len(row) > 1}
    begun = {row[:length] for row in banned for length in range(1, len(row))}
    longer = sorted(prefix for prefix in begun if len(prefix) > 1)
    state = {prefix: edge_count + number for number, prefix in enumerate(longer)}
    state |= {prefix: prefix[0] for prefix in begun if len(prefix) == 1}
    after: dict[tuple[int, ...], set[int]] = {prefix: set() for prefix in begun}
    for row in banned:
        for length in range(1, len(row)):
            after[row[:length]].add(row[length])
    step: dict[Turn, int] = {}
    for prefix, number in state.items():
        ends = [prefix[start:] for start in range(len(prefix))]
        for onward in set[int]().union(*(after.get(end, ()) for end in ends)):
            path = (*prefix, onward)
            suffixes = [path[start:] for start in range(len(path) - 1)]
            if banned.intersection(suffixes):
                step[number, onward] = FORBIDDEN
                continue
            kept = next((suffix for suffix in suffixes if suffix in begun), None)
            if kept is not None:
                step[number, onward] = state[kept]
    edge = {state[prefix]: prefix[-1] for prefix in longer}
    return Sequences(edge, step, frozenset(number for number, _ in step))


@dataclass(frozen=True, slots=True)
class Topology:
    """A directed graph in compressed rows; plain sequences, as heap loops want them.

    `reverse[e]` is the opposite edge of the same road or -1.
    """

    first_edge: Sequence[int]
    head: Sequence[int]
    reverse: Sequence[int]
    sequences: Sequences = NO_SEQUENCES

    def may_turn_back(self, edge: int) -> bool:
        """Say whether an edge ends where only the way back goes on: a dead end."""
        node = self.head[edge]
        return self.first_edge[node + 1] - self.first_edge[node] == 1


def cheapest_edges(  # noqa: C901, PLR0912 - one hot loop, kept without calls
    topology: Topology,
    cost: Sequence[float],
    turn_cost: Mapping[Turn, float],
    sources: Mapping[int, float],
    targets: Mapping[int, float],
) -> tuple[float, list[int]] | None:
    """Return the least cost and its edges from a source state to a target state, or None.

    A state is an edge, or one of `Sequences` where a forbidden sequence has begun. `sources` gives
    for each state to start in the cost of the rest of its edge, `targets` for each state to end in
    the cost of its beginning. The path has at least two edges. `turn_cost` of (edge in, edge
    out) is added, `inf` forbids the turn. Turning back is allowed at dead ends only.
    """
    first_edge, head, reverse = topology.first_edge, topology.head, topology.reverse
    edge_of, step = topology.sequences.edge, topology.sequences.step
    begun = topology.sequences.from_state
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
        spent, state = heapq.heappop(heap)
        if spent >= end_best:
            break
        if state in done:
            continue
        done.add(state)
        edge = edge_of.get(state, state)
        node = head[edge]
        low, high = first_edge[node], first_edge[node + 1]
        back = reverse[edge] if high - low > 1 else -1
        judged = edge in turns_into
        within = state in begun
        for onward in range(low, high):
            if onward == back:
                continue
            reached = onward
            if within:
                reached = step.get((state, onward), onward)
                if reached == FORBIDDEN:
                    continue
            so_far = spent
            if judged:
                so_far = spent + turn_cost.get((edge, onward), 0)
            if reached in targets and so_far + targets[reached] < end_best:
                end_best, end, last = so_far + targets[reached], reached, state
            total = so_far + cost[onward]
            if total < best.get(reached, inf):
                best[reached] = total
                before[reached] = state
                heapq.heappush(heap, (total, reached))
    if end < 0:
        return None
    path = [end, last]
    while path[-1] in before:
        path.append(before[path[-1]])
    return end_best, [edge_of.get(state, state) for state in reversed(path)]


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
    edge_of, step = topology.sequences.edge, topology.sequences.step
    begun = topology.sequences.from_state
    best = {edge: part for edge, part in sources.items() if part > -inf}
    done: set[int] = set()
    heap = [(-part, edge) for edge, part in best.items()]
    heapq.heapify(heap)
    turns_into = {turn[0] for turn in turn_capacity}
    result = -inf
    while heap:
        negative, state = heapq.heappop(heap)
        if -negative <= result:
            break
        if state in done:
            continue
        done.add(state)
        edge = edge_of.get(state, state)
        node = head[edge]
        low, high = first_edge[node], first_edge[node + 1]
        back = reverse[edge] if high - low > 1 else -1
        judged = edge in turns_into
        within = state in begun
        for onward in range(low, high):
            if onward == back:
                continue
            reached = onward
            if within:
                reached = step.get((state, onward), onward)
                if reached == FORBIDDEN:
                    continue
            through = -negative
            if judged and turn_capacity.get((edge, onward), inf) < through:
                through = turn_capacity[edge, onward]
            if onward in targets:
                result = max(result, min(through, targets[onward]))
            if reached in done:
                continue
            if capacity[onward] < through:  # noqa: PLR1730 - min() would double the time of the loop
                through = capacity[onward]
            if through > best.get(reached, -inf):
                best[reached] = through
                heapq.heappush(heap, (-through, reached))
    return result
