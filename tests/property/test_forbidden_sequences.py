"""Bans over several edges: the kernel equals an oracle that remembers the whole way so far."""

from __future__ import annotations

import heapq
import itertools
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from transport.routing.search import (
    Sequences,
    Topology,
    cheapest_edges,
    sequences_of,
    widest_capacity,
)

Edges = list[tuple[int, int]]
Rows = set[tuple[int, ...]]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Edges, list[int], Rows, int, int]:
    nodes = draw(st.integers(3, 6))
    pairs = [(a, b) for a in range(nodes) for b in range(nodes) if a != b]
    edges = sorted(draw(st.sets(st.sampled_from(pairs), min_size=4, max_size=14)))
    cost = draw(st.lists(st.integers(1, 20), min_size=len(edges), max_size=len(edges)))
    walks: list[list[tuple[int, ...]]] = [[(e,) for e in range(len(edges))]]
    for _ in range(3):
        walks.append([(*walk, f) for walk in walks[-1] for f in range(len(edges))
                      if edges[walk[-1]][1] == edges[f][0]])  # fmt: skip
    long_walks = [walk for several in walks[1:] for walk in several]
    rows = draw(st.sets(st.sampled_from(long_walks), max_size=8)) if long_walks else set()
    source = draw(st.integers(0, len(edges) - 1))
    return edges, cost, rows, source, draw(st.integers(0, len(edges) - 1))


def _topology(edges: Edges, sequences: Sequences) -> Topology:
    nodes = 1 + max(max(pair) for pair in edges)
    first = [sum(tail < node for tail, _ in edges) for node in range(nodes + 1)]
    number = {pair: index for index, pair in enumerate(edges)}
    reverse = [number.get((b, a), -1) for a, b in edges]
    return Topology(first, [b for _, b in edges], reverse, sequences)


def _may_go(edges: Edges, rows: Rows, way: tuple[int, ...], onward: int) -> bool:
    (tail, node), (start, end) = edges[way[-1]], edges[onward]
    turns_back = (start, end) == (node, tail) and sum(pair[0] == node for pair in edges) > 1
    path = (*way, onward)
    banned = any(path[place:] in rows for place in range(len(path)))
    return start == node and not turns_back and not banned


def _oracle(edges: Edges, cost: list[int], rows: Rows, source: int, target: int) -> float:
    """Search over the last four edges of the way, which no ban is longer than."""
    heap: list[tuple[int, tuple[int, ...]]] = [(0, (source,))]
    done: set[tuple[int, ...]] = set()
    while heap:
        spent, way = heapq.heappop(heap)
        if way in done:
            continue
        done.add(way)
        if len(way) > 1 and way[-1] == target:
            return spent
        for onward in range(len(edges)):
            if _may_go(edges, rows, way, onward):
                heapq.heappush(heap, (spent + cost[onward], (*way, onward)[-4:]))
    return math.inf


@settings(deadline=None, max_examples=400)
@given(_cases())
def test_the_cheapest_way_keeps_every_ban_and_nothing_cheaper_does(
    case: tuple[Edges, list[int], Rows, int, int],
) -> None:
    edges, cost, rows, source, target = case
    topology = _topology(edges, sequences_of(rows, len(edges)))
    targets = dict.fromkeys(topology.sequences.states_of(target), cost[target])
    found = cheapest_edges(topology, cost, {}, {source: 0}, targets)
    expected = _oracle(edges, cost, rows, source, target)
    if found is None:
        assert expected == math.inf
        return
    assert found[0] == expected == sum(cost[edge] for edge in found[1][1:])
    path = tuple(found[1])
    assert all(edges[a][1] == edges[b][0] for a, b in itertools.pairwise(path))
    assert not any(path[i:j] in rows for i in range(len(path)) for j in range(len(path) + 1))


@settings(deadline=None, max_examples=200)
@given(_cases())
def test_the_widest_way_keeps_every_ban(
    case: tuple[Edges, list[int], Rows, int, int],
) -> None:
    edges, capacity, rows, source, target = case
    topology = _topology(edges, sequences_of(rows, len(edges)))
    widest = widest_capacity(topology, capacity, {}, {source: math.inf}, {target: capacity[target]})
    feasible = -math.inf
    for bound in sorted({*capacity}):
        closed = [1 if value >= bound else 10**6 for value in capacity]
        if _oracle(edges, closed, rows, source, target) < 10**6:
            feasible = bound
    assert min(widest, capacity[target]) == feasible


def test_a_ban_over_a_way_leaves_its_parts_free() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (4, 1)]
    topology = _topology(sorted(edges), sequences_of([(0, 1, 2)], 4))
    assert cheapest_edges(topology, [1, 1, 1, 1], {}, {0: 0}, {2: 1}) is None
    assert cheapest_edges(topology, [1, 1, 1, 1], {}, {3: 0}, {2: 1}) == (2, [3, 1, 2])
    halfway = dict.fromkeys(topology.sequences.states_of(1), 1)
    assert cheapest_edges(topology, [1, 1, 1, 1], {}, {0: 0}, halfway) == (1, [0, 1])
