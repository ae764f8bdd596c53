"""The turn graph: a state per directed edge, an arc per allowed turn.

An edge that was reached along the beginning of a forbidden sequence is a state of its own, so bans
over several edges are exact. States are numbered edges first, then those of sequences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TurnGraph:
    """Arcs leaving state `s` are `first[s]:first[s + 1]`, sorted by `head` state.

    `edge` gives the road edge of every state.
    """

    first: Ints
    head: Ints
    edge: Ints

    @property
    def state_count(self) -> int:
        """Number of states."""
        return len(self.edge)

    @property
    def arc_count(self) -> int:
        """Number of arcs."""
        return len(self.head)

    def tails(self) -> Ints:
        """Return the state each arc leaves."""
        return np.repeat(np.arange(self.state_count, dtype=np.int32), np.diff(self.first))


def turn_graph(
    first_edge: Ints,
    head: Ints,
    reverse: Ints,
    banned: Ints,
    *,
    edge_of: Mapping[int, int] | None = None,
    steps: Mapping[tuple[int, int], int] | None = None,
) -> TurnGraph:
    """Build the turn graph of a network in compressed rows.

    `reverse` is the opposite edge or -1; turning back is allowed at dead ends only. `banned` holds
    pairs (edge in, edge out). `edge_of` gives the edge of every further state, numbered on from
    the edges; `steps[state, onward edge]` the state reached where it is not the edge itself, -1
    where a sequence would be complete.
    """
    edges = len(head)
    more = edge_of or {}
    state_edge = np.concatenate(
        [np.arange(edges), [more[edges + number] for number in range(len(more))]]
    ).astype(np.int32)
    tails, heads = _plain_turns(
        np.asarray(first_edge, dtype=np.int32),
        np.asarray(head, dtype=np.int32),
        np.asarray(reverse, dtype=np.int32),
        state_edge,
    )
    kept = np.ones(len(tails), dtype=np.bool_)
    if len(banned):
        key = state_edge[tails].astype(np.int64) * edges + heads
        kept &= ~np.isin(key, banned[:, 0].astype(np.int64) * edges + banned[:, 1])
    if steps:
        heads, kept = _stepped(tails, heads, kept, steps, edges)
    tails, heads = tails[kept], heads[kept]
    order = np.lexsort((heads, tails))
    first = np.zeros(len(state_edge) + 1, dtype=np.int32)
    np.cumsum(np.bincount(tails, minlength=len(state_edge)), out=first[1:])
    return TurnGraph(first, heads[order], state_edge)


def _stepped(
    tails: Ints, heads: Ints, kept: Flags, steps: Mapping[tuple[int, int], int], edges: int
) -> tuple[Ints, Flags]:
    """Lead the turns that begin, continue or complete a forbidden sequence to their states."""
    heads = heads.copy()
    key = tails.astype(np.int64) * edges + heads
    for (state, onward), reached in steps.items():
        places = np.flatnonzero(key == state * edges + onward)
        kept[places] &= reached >= 0
        heads[places] = max(reached, 0)
    return heads, kept


@njit(cache=True, nogil=True)
def _plain_turns(
    first_edge: Ints, head: Ints, reverse: Ints, state_edge: Ints
) -> tuple[Ints, Ints]:  # pragma: no cover - compiled
    count = 0
    for edge in state_edge:
        node = head[edge]
        count += first_edge[node + 1] - first_edge[node]
    tails = np.empty(count, dtype=np.int32)
    heads = np.empty(count, dtype=np.int32)
    count = 0
    for state in range(len(state_edge)):
        edge = state_edge[state]
        node = head[edge]
        low, high = first_edge[node], first_edge[node + 1]
        back = reverse[edge] if high - low > 1 else -1
        for onward in range(low, high):
            if onward != back:
                tails[count] = state
                heads[count] = onward
                count += 1
    return tails[:count], heads[:count]
