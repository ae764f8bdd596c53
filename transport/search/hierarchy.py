"""The hierarchy of one network version: its turn graph contracted in a fixed order.

Customizable contraction hierarchies (Dibbelt, Strasser and Wagner, 2016): the order and the arcs
depend on the roads alone, so one hierarchy serves every vehicle and every cost. Vertices are
states by rank: vertex 0 is contracted first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.turn_graph import TurnGraph

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

ROOT = -1
PARTS = 4
TOP = 255
# Marks the last arc of a vertex on the ladder.
LAST = 2**31
# A subtree with more than this share of all the effort is cut open.
_PIECES = 16


@dataclass(frozen=True)
class Hierarchy:
    """Upward arcs of vertex `v` are `first[v]:first[v + 1]`, sorted by `head`; `tail` its inverse.

    `parent` is the lowest upward neighbour, ROOT above the last. `down_arc` lists for every vertex
    `down_first[v]:down_first[v + 1]` the arcs that lead to it from below, sorted by tail. `rank`
    gives the vertex of every state, `state` the state of every vertex. `arc` is the hierarchy's
    arc of every turn, `upward` whether the turn goes up on it. `turns` lists, for every arc
    `turn_first[a]:turn_first[a + 1]`, the turns that run on it. `part` divides the vertices below
    the widest separators into parts that share no arc; those above are TOP.
    """

    first: Longs
    head: Ints
    tail: Ints
    parent: Ints
    down_first: Longs
    down_arc: Ints
    rank: Ints
    state: Ints
    arc: Ints
    upward: Flags
    turn_first: Ints
    turns: Ints
    part: Bytes

    @property
    def vertex_count(self) -> int:
        """Number of vertices, one a state."""
        return len(self.parent)

    @property
    def arc_count(self) -> int:
        """Number of arcs, each with a cost up and a cost down."""
        return len(self.head)

    @cached_property
    def depth(self) -> Ints:
        """How many vertices are above each vertex."""
        return _depths(self.parent)

    @property
    def height(self) -> int:
        """How many different depths there are."""
        return int(self.depth.max(initial=-1)) + 1

    @cached_property
    def ladder(self) -> NDArray[np.uint32]:
        """The depth of every arc's head, with LAST added to the last arc of each vertex."""
        result = self.depth.astype(np.uint32)[self.head]
        result[self.first[1:][np.diff(self.first) > 0] - 1] |= np.uint32(LAST)
        return result


def contract(graph: TurnGraph, rank: Ints) -> Hierarchy:
    """Contract a turn graph in the order of `rank`."""
    vertices = graph.state_count
    tails, heads = rank[graph.tails()], rank[graph.head]
    low, high = np.minimum(tails, heads), np.maximum(tails, heads)
    apart = low != high
    first_given, given = _rows(low[apart], high[apart], vertices)
    first, head, parent = _fill_in(first_given, given, vertices)
    tail = np.repeat(np.arange(vertices, dtype=np.int32), np.diff(first))
    order = np.argsort(head, kind="stable").astype(np.int32)
    down_first = np.zeros(vertices + 1, dtype=np.int64)
    np.cumsum(np.bincount(head, minlength=vertices), out=down_first[1:])
    arc = _arcs_of(first, head, low, high).astype(np.int32)
    state = np.empty(vertices, dtype=np.int32)
    state[rank] = np.arange(vertices, dtype=np.int32)
    by_arc = np.argsort(arc, kind="stable").astype(np.int32)
    by_arc = by_arc[arc[by_arc] >= 0]
    turn_first = np.zeros(len(head) + 1, dtype=np.int32)
    np.cumsum(np.bincount(arc[arc >= 0], minlength=len(head)), out=turn_first[1:])
    return Hierarchy(
        first=first,
        head=head,
        tail=tail,
        parent=parent,
        down_first=down_first,
        down_arc=order,
        rank=rank,
        state=state,
        arc=arc,
        upward=tails < heads,
        turn_first=turn_first,
        turns=by_arc,
        part=divide(first, parent),
    )


def divide(first: Longs, parent: Ints) -> Bytes:
    """Return for every vertex one of PARTS parts of like effort, or TOP.

    Two vertices of different parts have no arc between them, and no vertex below both.
    """
    effort = _efforts(first, parent)
    cut = effort * _PIECES > effort[parent == ROOT].sum()
    roots = np.flatnonzero(~cut & ((parent == ROOT) | cut[parent]))
    part_of_root = np.full(len(parent), TOP, dtype=np.uint8)
    load = np.zeros(PARTS, dtype=np.int64)
    for root in roots[np.argsort(-effort[roots], kind="stable")].tolist():
        place = int(np.argmin(load))
        part_of_root[root] = place
        load[place] += effort[root]
    return _spread(parent, cut, part_of_root)


@njit(cache=True, nogil=True)
def _efforts(first: Longs, parent: Ints) -> Longs:  # pragma: no cover - compiled
    """Return for every vertex how many pairs of arcs are above it and all vertices below it."""
    effort = np.zeros(len(parent), dtype=np.int64)
    for vertex in range(len(parent)):
        degree = first[vertex + 1] - first[vertex]
        effort[vertex] += degree * (degree + 1) // 2 + 1
        if parent[vertex] != ROOT:
            effort[parent[vertex]] += effort[vertex]
    return effort


@njit(cache=True, nogil=True)
def _depths(parent: Ints) -> Ints:  # pragma: no cover - compiled
    depth = np.zeros(len(parent), dtype=np.int32)
    for vertex in range(len(parent) - 1, -1, -1):
        if parent[vertex] != ROOT:
            depth[vertex] = depth[parent[vertex]] + 1
    return depth


@njit(cache=True, nogil=True)
def _spread(parent: Ints, cut: Flags, part: Bytes) -> Bytes:  # pragma: no cover - compiled
    """Give the part of each root to everything below it."""
    for vertex in range(len(parent) - 1, -1, -1):
        if not cut[vertex] and part[vertex] == TOP:
            part[vertex] = part[parent[vertex]]
    return part


def _rows(low: Ints, high: Ints, vertices: int) -> tuple[Longs, Ints]:
    """Return the distinct pairs in compressed rows by their lower vertex."""
    pairs = np.unique(low.astype(np.int64) * vertices + high)
    first = np.zeros(vertices + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs // vertices, minlength=vertices), out=first[1:])
    return first, (pairs % vertices).astype(np.int32)


@njit(cache=True, nogil=True)
def _fill_in(
    first_given: Longs, given: Ints, vertices: int
) -> tuple[Longs, Ints, Ints]:  # pragma: no cover - compiled
    """Complete the rows: whoever is above a vertex is above its parent too, or is the parent."""
    first = np.zeros(vertices + 1, dtype=np.int64)
    parent = np.full(vertices, ROOT, dtype=np.int32)
    youngest = np.full(vertices, ROOT, dtype=np.int32)  # child lists, linked through `older`
    older = np.full(vertices, ROOT, dtype=np.int32)
    seen = np.full(vertices, ROOT, dtype=np.int32)
    head = np.empty(max(2 * len(given), 16), dtype=np.int32)
    row = np.empty(vertices, dtype=np.int32)
    count = 0
    for vertex in range(vertices):
        size = 0
        for place in range(first_given[vertex], first_given[vertex + 1]):
            above = given[place]
            if seen[above] != vertex:
                seen[above] = vertex
                row[size] = above
                size += 1
        child = youngest[vertex]
        while child != ROOT:
            for place in range(first[child], first[child + 1]):
                above = head[place]
                if above != vertex and seen[above] != vertex:
                    seen[above] = vertex
                    row[size] = above
                    size += 1
            child = older[child]
        if count + size > len(head):
            grown = np.empty(2 * (count + size), dtype=np.int32)
            grown[:count] = head[:count]
            head = grown
        if size:
            head[count : count + size] = np.sort(row[:size])
            above = head[count]
            parent[vertex] = above
            older[vertex] = youngest[above]
            youngest[above] = vertex
        count += size
        first[vertex + 1] = count
    return first, head[:count].copy(), parent


@njit(cache=True, nogil=True)
def _arcs_of(
    first: Longs, head: Ints, low: Ints, high: Ints
) -> Longs:  # pragma: no cover - compiled
    result = np.full(len(low), -1, dtype=np.int64)
    for turn in range(len(low)):
        if low[turn] != high[turn]:
            begin, end = first[low[turn]], first[low[turn] + 1]
            result[turn] = begin + np.searchsorted(head[begin:end], high[turn])
    return result
