"""Is there any way at all? A search from both ends over what is open, whatever it costs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.prepared import PreparedRoads

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


def reaches(
    roads: PreparedRoads,
    open_edge: Flags,
    open_turn_group: Flags,
    turn_group: Ints,
    sources: Iterable[int],
    targets: Iterable[int],
) -> bool:
    """Say whether open turns over open edges lead from a source state to a target state."""
    graph = roads.graph
    return bool(
        _reaches(
            graph.first,
            graph.head,
            graph.edge,
            roads.tails,
            roads.into_first,
            roads.into_arc,
            open_edge,
            open_turn_group,
            turn_group,
            np.array(sorted(set(sources)), dtype=np.int32),
            np.array(sorted(set(targets)), dtype=np.int32),
        )
    )


@njit(cache=True, nogil=True)
def _reaches(
    first: Ints,
    head: Ints,
    edge_of: Ints,
    tails: Ints,
    into_first: Ints,
    into_arc: Ints,
    open_edge: Flags,
    open_turn_group: Flags,
    turn_group: Ints,
    sources: Ints,
    targets: Ints,
) -> bool:  # pragma: no cover - compiled
    seen = np.zeros(len(edge_of), dtype=np.uint8)
    ahead = [np.int32(0)]
    ahead.pop()
    behind = [np.int32(0)]
    behind.pop()
    for state in sources:
        seen[state] |= 1
        ahead.append(state)
    for state in targets:
        if seen[state] & 1:
            return True
        seen[state] |= 2
        behind.append(state)
    while len(ahead) and len(behind):
        # Grow the smaller side by one round, so that a small pocket at either end is found soon.
        grown = [np.int32(0)]
        grown.pop()
        if len(ahead) <= len(behind):
            for state in ahead:
                for arc in range(first[state], first[state + 1]):
                    onward = head[arc]
                    if seen[onward] & 1 or not open_turn_group[turn_group[arc]]:
                        continue
                    if not open_edge[edge_of[onward]]:
                        continue
                    if seen[onward] & 2:
                        return True
                    seen[onward] |= 1
                    grown.append(onward)
            ahead = grown
        else:
            for state in behind:
                if not open_edge[edge_of[state]]:
                    continue  # it can only be started from
                for place in range(into_first[state], into_first[state + 1]):
                    arc = into_arc[place]
                    if not open_turn_group[turn_group[arc]]:
                        continue
                    before = tails[arc]
                    if seen[before] & 2:
                        continue
                    if seen[before] & 1:
                        return True
                    seen[before] |= 2
                    grown.append(before)
            behind = grown
    return False
