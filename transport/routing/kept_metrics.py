"""Customised metrics that an engine keeps, and what a search is priced by."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from transport.network.attributes import Ints
from transport.search.customising import CustomMetric
from transport.search.pricing import Pricing


@dataclass(frozen=True, slots=True)
class Priced:
    """Costs of one search: tables, and the key by which the same ones are found again.

    `family` is the key without restrictions for a time, `wider_key` that of the same vehicle on all
    roads that are not closed to it. `floor` makes tables that are nowhere above, for a whole class
    of vehicles known by `floor_key`.
    """

    pricing: Pricing
    key: Hashable
    family: Hashable
    wider_key: Hashable
    floor_key: Hashable
    floor: Callable[[], Pricing]


@dataclass(slots=True)
class Kept:
    """A customised metric with what it was made from; nobody searches while it is repaired.

    It was made from costs of edges and, by group (`table_ms`) and one by one, of turns.

    `keys` are the searches that it answers: vehicles to which every edge and turn costs the same
    share one. Whoever has waited for the lock looks whether its key is still among them, because
    a metric may have been repaired for another, or its memory taken, meanwhile.
    """

    metric: CustomMetric
    keys: set[Hashable]
    families: set[Hashable]
    edge_ms: Ints | None = None
    turn_ms: Ints | None = None
    table_ms: Ints | None = None
    lock: Lock = field(default_factory=Lock)

    @property
    def is_repairable(self) -> bool:
        """Say whether it may change; others are read without the lock."""
        return self.edge_ms is not None

    def costs_the_same(self, edge_ms: Ints, table_ms: Ints) -> bool:
        """Say whether every edge and every group of turns costs what the metric was made from."""
        mine, table = self.edge_ms, self.table_ms
        if mine is None or table is None or not np.array_equal(table, table_ms):
            return False
        few = slice(None, None, 997)  # mostly tells
        return bool((mine[few] == edge_ms[few]).all()) and np.array_equal(mine, edge_ms)

    def edges_apart(self, edge_ms: Ints, table_ms: Ints) -> Ints | None:
        """Return the edges that cost something else; None where turns do, or it may not change."""
        mine, table = self.edge_ms, self.table_ms
        if mine is None or table is None or not np.array_equal(table, table_ms):
            return None
        return np.flatnonzero(mine != edge_ms).astype(np.int32)

    @property
    def byte_count(self) -> int:
        """Memory that the metric and what it was made from take."""
        made_from = (self.edge_ms, self.turn_ms)
        return self.metric.byte_count + sum(a.nbytes for a in made_from if a is not None)
