"""What edges and turns cost one vehicle, in small tables that many of them share.

Most edges are alike to a vehicle, so a new vehicle changes a few hundred table entries and not
millions of edges. Costs are whole milliseconds, so sums are exact and every search agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from transport.search.customising import CLOSED
from transport.search.turn_graph import TurnGraph

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]

SHUT = -1
PLAIN = 1000


@dataclass(frozen=True, slots=True)
class Pricing:
    """Tables of one vehicle's costs.

    Edge `e` of group `g` costs `base_ms[e] * permille[g] / 1000`, rounded, plus `added_ms[g]`, plus
    `toll_ms[e]` where that is not empty; SHUT in `permille` closes. A turn costs `turn_ms` of its
    `turn_group`; CLOSED closes.
    """

    base_ms: Ints
    group: Ints
    permille: Ints
    added_ms: Ints
    toll_ms: Ints
    turn_group: Ints
    turn_ms: Ints

    def edge_ms(self) -> Ints:
        """Return what every whole edge costs."""
        return _edge_ms(self.base_ms, self.group, self.permille, self.added_ms, self.toll_ms)

    def all_turns_ms(self, graph: TurnGraph) -> Ints:
        """Return what every turn of a graph costs together with the edge it enters."""
        return _turns_ms(graph.head, graph.edge, self.edge_ms(), self.turn_group, self.turn_ms)


@njit(cache=True, nogil=True)
def price(
    edge: int, base_ms: Ints, group: Ints, permille: Ints, added_ms: Ints, toll_ms: Ints
) -> Any:  # pragma: no cover - compiled
    """Return what an edge costs, CLOSED where it is shut."""
    of = group[edge]
    factor = permille[of]
    if factor == SHUT:
        return CLOSED
    # Unsigned, because dividing them takes half as long.
    scaled = (np.uint64(base_ms[edge]) * np.uint64(factor) + np.uint64(500)) // np.uint64(1000)
    total = np.int64(scaled) + added_ms[of]
    if len(toll_ms):
        total += toll_ms[edge]
    return min(total, np.int64(CLOSED))


@njit(cache=True, nogil=True)
def _edge_ms(
    base_ms: Ints, group: Ints, permille: Ints, added_ms: Ints, toll_ms: Ints
) -> Ints:  # pragma: no cover - compiled
    result = np.empty(len(base_ms), dtype=np.int32)
    for edge in range(len(base_ms)):
        result[edge] = price(edge, base_ms, group, permille, added_ms, toll_ms)
    return result


@njit(cache=True, nogil=True)
def _turns_ms(
    head: Ints, edge_of: Ints, edge_ms: Ints, turn_group: Ints, turn_ms: Ints
) -> Ints:  # pragma: no cover - compiled
    result = np.empty(len(head), dtype=np.int32)
    for arc in range(len(head)):
        entered, turned = edge_ms[edge_of[head[arc]]], turn_ms[turn_group[arc]]
        if entered == CLOSED or turned == CLOSED:
            result[arc] = CLOSED
        else:
            result[arc] = min(np.int64(entered) + turned, np.int64(CLOSED))
    return result
