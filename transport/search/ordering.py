"""The contraction order: nested dissection of the junctions, carried over to the states."""

from __future__ import annotations

import numpy as np
import pymetis
from numpy.typing import NDArray

Ints = NDArray[np.int32]


def dissect(tail: Ints, head: Ints, node_count: int) -> Ints:
    """Return the rank of every junction in a nested dissection order, separators last."""
    ends = np.concatenate([tail, head]).astype(np.int64)
    others = np.concatenate([head, tail]).astype(np.int64)
    pairs = np.unique(ends * node_count + others)
    ends, others = pairs // node_count, pairs % node_count
    apart = ends != others
    ends, others = ends[apart], others[apart]
    starts = np.zeros(node_count + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=node_count), out=starts[1:])
    _, rank = pymetis.nested_dissection(
        adjacency=pymetis.CSRAdjacency(adj_starts=starts, adjacent=others)
    )
    return np.asarray(rank, dtype=np.int32)


def order_states(rank: Ints, head: Ints, state_edge: Ints) -> Ints:
    """Return the rank of every state: that of the junction it leads to, states of one together.

    Whoever passes a junction arrives on one of its states, so a separator of junctions separates
    the states too.
    """
    order = np.lexsort((np.arange(len(state_edge)), rank[head[state_edge]]))
    result = np.empty(len(state_edge), dtype=np.int32)
    result[order] = np.arange(len(state_edge), dtype=np.int32)
    return result
