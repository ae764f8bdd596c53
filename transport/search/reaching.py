"""Is there any way at all? A search from both ends over what is open, whatever it costs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.prepared import PreparedRoads

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNDECIDED = 2


def reaches(
    roads: PreparedRoads,
    open_group: Flags,
    group: Ints,
    open_turn_group: Flags,
    turn_group: Ints,
    sources: Iterable[int],
    targets: Iterable[int],
    *,
    shut: Iterable[int] = (),
    at_most: int = 2**31,
) -> bool | None:
    """Say whether open turns over open edges lead from a source state to a target state.

    `group` is that of each edge, `shut` holds single edges that are closed too. None where
    `at_most` states were looked at without an answer.
    """
    graph = roads.graph
    answer = int(
        _reaches(
            graph.first,
            graph.head,
            graph.edge,
            roads.tails,
            roads.into_first,
            roads.into_arc,
            open_group,
            group,
            open_turn_group,
            turn_group,
            np.array(sorted(set(sources)), dtype=np.int32),
            np.array(sorted(set(targets)), dtype=np.int32),
            np.array(sorted(set(shut)), dtype=np.int64),
            at_most,
        )
    )
    return None if answer == UNDECIDED else bool(answer)


@njit(cache=True, nogil=True)
def _is_closed(
    edge: int, open_group: Flags, group: Ints, shut: Longs
) -> bool:  # pragma: no cover - compiled
    if not open_group[group[edge]]:
        return True
    if len(shut) == 0:
        return False
    place = np.searchsorted(shut, edge)
    return bool(place < len(shut) and shut[place] == edge)


@njit(cache=True, nogil=True)
def _reaches(
    first: Ints,
    head: Ints,
    edge_of: Ints,
    tails: Ints,
    into_first: Ints,
    into_arc: Ints,
    open_group: Flags,
    group: Ints,
    open_turn_group: Flags,
    turn_group: Ints,
    sources: Ints,
    targets: Ints,
    shut: Longs,
    at_most: int,
) -> int:  # pragma: no cover - compiled
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
            return 1
        seen[state] |= 2
        behind.append(state)
    looked_at = 0
    while len(ahead) and len(behind):
        looked_at += min(len(ahead), len(behind))
        if looked_at > at_most:
            return UNDECIDED
        # Grow the smaller side by one round, so that a small pocket at either end is found soon.
        grown = [np.int32(0)]
        grown.pop()
        if len(ahead) <= len(behind):
            for state in ahead:
                for arc in range(first[state], first[state + 1]):
                    onward = head[arc]
                    if seen[onward] & 1 or not open_turn_group[turn_group[arc]]:
                        continue
                    if _is_closed(edge_of[onward], open_group, group, shut):
                        continue
                    if seen[onward] & 2:
                        return 1
                    seen[onward] |= 1
                    grown.append(onward)
            ahead = grown
        else:
            for state in behind:
                if _is_closed(edge_of[state], open_group, group, shut):
                    continue  # it can only be started from
                for place in range(into_first[state], into_first[state + 1]):
                    arc = into_arc[place]
                    if not open_turn_group[turn_group[arc]]:
                        continue
                    before = tails[arc]
                    if seen[before] & 2:
                        continue
                    if seen[before] & 1:
                        return 1
                    seen[before] |= 2
                    grown.append(before)
            behind = grown
    return 0
