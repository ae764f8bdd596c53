"""The customised metrics that an engine keeps: made, shared, repaired, and forgotten by a bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import numpy as np

from transport.network.attributes import Ints
from transport.routing.kept_metrics import Kept
from transport.search.customising import CLOSED, CustomMetric, customise, repair
from transport.search.prepared import PreparedRoads
from transport.search.pricing import Pricing

METRICS_BYTES = 1_500_000_000
# Repairing pays while fewer than one in so many edges have changed, or as few as that.
_CHANGED_EDGES_PART = 250
_FEW_EDGES = 300


class MetricKeeper:
    """Keeps metrics by vehicle within a bound of memory; safe in threads.

    Vehicles to which everything costs the same share one, and one that differs little from another
    is made of it. Those used longest ago go first, and their memory is used again.
    """

    def __init__(self, roads: PreparedRoads, most_bytes: int) -> None:
        self.roads = roads
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()
        self._making = Lock()

    def find(self, key: Hashable) -> Kept | None:
        """Return the metric of a vehicle, which is used now; None where it has to be made."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    @property
    def kept_bytes(self) -> int:
        """Memory that customised metrics take, the unlimited one apart."""
        with self._lock:
            return sum(kept.byte_count for kept in self._all_kept())

    def make(
        self,
        key: Hashable,
        family: Hashable,
        pricing_of: Callable[[], Pricing],
        *,
        repairable: bool,
        spared: Hashable = None,
    ) -> Kept:
        """Return the metric of a vehicle, made now where it is not kept.

        `family` is its key without restrictions for a time. A metric that is not `repairable` is
        never changed. With a `spared` key it may take over the metric of any vehicle but that one.
        """
        with self._making:
            with self._lock:
                kept = self._kept.get(key)
            if kept is not None:
                return kept
            pricing = pricing_of()
            edge_ms = pricing.edge_ms()
            kept = None
            if repairable:
                kept = self._shared(key, family, edge_ms, pricing.turn_ms) or self._repaired(
                    key, family, pricing, edge_ms, spared=spared
                )
            if kept is None:
                turn_ms = pricing.all_turns_ms(self.roads.graph)
                metric = customise(self.roads.hierarchy, turn_ms, self._memory())
                kept = Kept(metric, {key}, {family})
                if repairable:
                    kept.edge_ms, kept.turn_ms, kept.table_ms = edge_ms, turn_ms, pricing.turn_ms
            with self._lock:
                self._kept[key] = kept
                self._shrink()
            return kept

    def _shared(
        self, key: Hashable, family: Hashable, edge_ms: Ints, table_ms: Ints
    ) -> Kept | None:
        """Take the metric of a vehicle to which everything costs the same."""
        with self._lock:
            for kept in self._kept.values():
                if kept.costs_the_same(edge_ms, table_ms):
                    kept.keys.add(key)
                    kept.families.add(family)
                    return kept
        return None

    def _repaired(
        self,
        key: Hashable,
        family: Hashable,
        pricing: Pricing,
        edge_ms: Ints,
        *,
        spared: Hashable,
    ) -> Kept | None:
        """Take the nearest metric that differs in restrictions alone, and repair it for these ones.

        With a `spared` key it may be the metric of any other vehicle but that one.
        """
        with self._lock:
            near = [
                kept
                for kept in self._all_kept()
                if family in kept.families or (spared is not None and spared not in kept.keys)
            ]
        differing = [(one.edges_apart(edge_ms, pricing.turn_ms), one) for one in near]
        found = [(edges, one) for edges, one in differing if edges is not None]
        if not found:
            return None
        edges, kept = min(found, key=lambda pair: len(pair[0]))
        if len(edges) > max(self.roads.edge_count // _CHANGED_EDGES_PART, _FEW_EDGES):
            return None
        self._release(kept)
        with kept.lock:
            self._repair(kept, pricing, edge_ms, edges)
            kept.keys, kept.families = {key}, {family}
        return kept

    def _repair(self, kept: Kept, pricing: Pricing, edge_ms: Ints, edges: Ints) -> None:
        """Bring a metric up to date where some edges cost something else."""
        if kept.turn_ms is None:
            return
        arcs, graph = self.roads.all_arcs_into(edges), self.roads.graph
        entered = edge_ms[graph.edge[graph.head[arcs]]].astype(np.int64)
        turned = pricing.turn_ms[pricing.turn_group[arcs]]
        shut = (entered == CLOSED) | (turned == CLOSED)
        kept.turn_ms[arcs] = np.where(shut, CLOSED, np.minimum(entered + turned, CLOSED))
        repair(self.roads.hierarchy, kept.metric, kept.turn_ms, arcs)
        kept.edge_ms, kept.table_ms = edge_ms, pricing.turn_ms

    def _release(self, kept: Kept) -> None:
        """Let a metric answer nobody any more; who searches on it now may end."""
        with self._lock:
            for key in kept.keys:
                self._kept.pop(key, None)
        with kept.lock:
            kept.keys = set()

    def _memory(self) -> CustomMetric | None:
        """Take the memory of the metric that was used longest ago where there is none for more."""
        with self._lock:
            oldest = next((one for one in self._kept.values() if one.is_repairable), None)
            total = sum(one.byte_count for one in self._all_kept())
            if oldest is None or total + oldest.byte_count <= self._most_bytes:
                return None
        self._release(oldest)
        return oldest.metric

    def _all_kept(self) -> list[Kept]:
        """Return every metric once, however many vehicles share it."""
        return list({id(one): one for one in self._kept.values()}.values())

    def _shrink(self) -> None:
        while len(kept := self._all_kept()) > 1:
            if sum(one.byte_count for one in kept) <= self._most_bytes:
                break
            self._kept.popitem(last=False)
