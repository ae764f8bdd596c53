"""Put transports in an order in which each costs nearly what the one before it cost.

A metric that was made for one vehicle is soon repaired for another to which few edges cost
something else, so many vehicles are best searched one after the other in such an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transport.network.attributes import Ints, Passability
from transport.network.remembering import remembered
from transport.routing.ground import Ground


@dataclass(frozen=True, slots=True)
class PriceList:
    """What every kind of edge costs a transport, and how many edges are of each kind."""

    kinds: Ints
    edges: Ints
    permille: Ints
    added_ms: Ints

    def edges_apart(self, other: PriceList) -> int:
        """Return how many edges cost the two something else; all where their kinds differ."""
        if self.kinds is not other.kinds:
            return len(self.kinds)
        apart = (self.permille != other.permille) | (self.added_ms != other.added_ms)
        return int(self.edges[apart].sum())


def price_list(ground: Ground) -> PriceList:
    """Return the prices of a transport on everything that is not closed to it."""
    kinds, tables = ground.judged.edges.group, ground.tables(Passability.UNKNOWN)
    edges = remembered(
        ground.network,
        ("edges of each kind", ground.rules.restrictions),
        lambda: np.bincount(kinds, minlength=len(tables.permille)).astype(np.int32),
    )
    return PriceList(kinds, edges, tables.permille, tables.added_ms)


def in_kindred_order(lists: Sequence[PriceList]) -> list[int]:
    """Return the places of some price lists, beginning with the first, each beside its nearest."""
    left = list(range(1, len(lists)))
    order = list(range(min(len(lists), 1)))
    while left:
        nearest = min(left, key=lambda place: lists[order[-1]].edges_apart(lists[place]))
        left.remove(nearest)
        order.append(nearest)
    return order
