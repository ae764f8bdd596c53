"""The kernel equals slow oracles on random graphs with turn bans."""

from __future__ import annotations

import itertools
import math

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from transport.routing.search import Topology, cheapest_edges, widest_capacity

Edges = list[tuple[int, int]]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Edges, list[int], set[tuple[int, int]], int, int]:
    nodes = draw(st.integers(3, 7))
    pairs = [(a, b) for a in range(nodes) for b in range(nodes) if a != b]
    edges = sorted(draw(st.sets(st.sampled_from(pairs), min_size=3)))
    cost = draw(st.lists(st.integers(1, 20), min_size=len(edges), max_size=len(edges)))
    turns = [
        (e, f)
        for e, f in itertools.product(range(len(edges)), repeat=2)
        if edges[e][1] == edges[f][0]
    ]
    banned = draw(st.sets(st.sampled_from(turns), max_size=6)) if turns else set()
    source = draw(st.integers(0, len(edges) - 1))
    target = draw(st.integers(0, len(edges) - 1))
    return edges, cost, banned, source, target


def _topology(edges: Edges) -> Topology:
    nodes = 1 + max(max(pair) for pair in edges)
    first = [sum(tail < node for tail, _ in edges) for node in range(nodes + 1)]
    number = {pair: index for index, pair in enumerate(edges)}
    return Topology(first, [b for _, b in edges], [number.get((b, a), -1) for a, b in edges])


def _turn_graph(edges: Edges, banned: set[tuple[int, int]]) -> nx.DiGraph[int]:
    """Edges as nodes: the oracle's own reading of bans and of turning back at dead ends."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(edges)))
    for (e, (a, b)), (f, (c, d)) in itertools.product(enumerate(edges), repeat=2):
        leaving = [pair for pair in edges if pair[0] == b]
        turns_back = (c, d) == (b, a) and len(leaving) > 1
        if b == c and (e, f) not in banned and not turns_back:
            graph.add_edge(e, f)
    return graph


@settings(deadline=None, max_examples=300)
@given(_cases())
def test_the_cheapest_path_costs_what_the_oracle_says(
    case: tuple[Edges, list[int], set[tuple[int, int]], int, int],
) -> None:
    edges, cost, banned, source, target = case
    found = cheapest_edges(
        _topology(edges),
        cost,
        dict.fromkeys(banned, math.inf),
        {source: cost[source]},
        {target: cost[target]},
    )
    graph = _turn_graph(edges, banned)
    lengths = nx.single_source_dijkstra_path_length(graph, source, weight=lambda _e, f, _: cost[f])
    # The kernel drives at least one turn: from an edge to itself it leaves and comes back.
    ways = [lengths[e] for e in graph.predecessors(target) if e in lengths]
    if not ways:
        assert found is None
        return
    assert found is not None
    total, path = found
    assert total == cost[source] + min(ways) + cost[target]
    assert sum(cost[e] for e in path) == total
    assert all(graph.has_edge(e, f) for e, f in itertools.pairwise(path))
    assert (path[0], path[-1]) == (source, target)


@settings(deadline=None, max_examples=300)
@given(_cases())
def test_the_widest_capacity_is_the_last_one_that_still_connects(
    case: tuple[Edges, list[int], set[tuple[int, int]], int, int],
) -> None:
    edges, capacity, banned, source, target = case
    found = widest_capacity(
        _topology(edges),
        capacity,
        dict.fromkeys(banned, -math.inf),
        {source: capacity[source]},
        {target: capacity[target]},
    )
    graph = _turn_graph(edges, banned)
    best = -math.inf
    for least in sorted(set(capacity)):
        wide = graph.subgraph([e for e in graph if capacity[e] >= least])
        if source in wide and target in wide:
            onward = set(wide.successors(source))
            reached = set().union(*(nx.descendants(wide, e) | {e} for e in onward))
            if target in reached:
                best = least
    assert found == best
