"""The metric of one search on the engine: its ends as states, its marks, its way as edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from transport.network.attributes import Ints
from transport.network.graph import RoadNetwork
from transport.routing.costs import SHUT
from transport.routing.engine import RouteEngine
from transport.routing.kept_metrics import Priced
from transport.routing.paths import Found, dearer_part
from transport.routing.patience import Patience
from transport.search.customising import CLOSED
from transport.search.guided import Marks


@dataclass(frozen=True, slots=True)
class EngineMetric:
    """A metric whose searches the engine makes; shut edges and turns are marks of this one."""

    engine: RouteEngine
    priced: Priced
    of_part: Callable[[int, float, float], float]
    marks: Marks
    patience: Patience

    def part(self, edge: int, from_m: float, to_m: float) -> float:
        """Return the cost of a part of an edge; inf closes."""
        return self.of_part(edge, from_m, to_m)

    def between(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> Found | None:
        """Search with the engine."""
        if network is not self.engine.network:
            raise ValueError("this metric belongs to another network")
        sources, targets, last = self._ends(leaving, arriving)
        found = self.engine.find(
            self.priced, sources, targets, marks=self.marks, patience=self.patience
        )
        if found is None:
            return None
        total, turns, start = found
        return total, self._edges(turns, start, last)

    def others(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> list[Ints]:
        """Return candidates for other ways that keep off shut edges and turns, cheapest first."""
        if network is not self.engine.network:
            raise ValueError("this metric belongs to another network")
        sources, targets, last = self._ends(leaving, arriving)
        if not sources or not targets:
            return []
        found = self.engine.ways_over_others(self.priced, sources, targets)
        shut = np.array([edge for edge, of in self.marks.edges.items() if of == SHUT], np.int64)
        turns = np.array(sorted(self.marks.arcs), dtype=np.int64)
        ways: list[Ints] = []
        for place, start in enumerate(found.start.tolist()):
            turned = found.turns[found.first[place] : found.first[place + 1]]
            edges = np.array(self._edges(turned, start, last), dtype=np.int32)
            if not np.isin(turned, turns).any() and not np.isin(edges, shut).any():
                ways.append(edges)
        return ways

    def _ends(
        self, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
        """Return costs to begin and end with by state, and the last edge behind each end."""
        roads, pricing = self.engine.roads, self.priced.pricing
        sources = {state: int(cost) for state, cost in leaving.items() if cost < inf}
        targets: dict[int, int] = {}
        last: dict[int, int] = {}
        for end_state, cost in arriving.items():
            if cost == inf:
                continue
            edge = int(roads.graph.edge[end_state])
            for arc in roads.arcs_into(edge):
                turned = int(pricing.turn_ms[pricing.turn_group[arc]])
                state, total = int(roads.tails[arc]), int(cost) + turned
                if turned == CLOSED or arc in self.marks.arcs:
                    continue
                if int(roads.graph.head[arc]) != end_state:
                    continue
                if total < targets.get(state, CLOSED):
                    targets[state], last[state] = total, edge
        return sources, targets, last

    def _edges(self, turns: Ints, start: int, last: Mapping[int, int]) -> list[int]:
        graph = self.engine.roads.graph
        states = graph.head[turns]
        end = int(states[-1]) if len(states) else start
        return [int(graph.edge[start]), *graph.edge[states].tolist(), last[end]]

    def dearer(self, permille: Mapping[int, int]) -> EngineMetric:
        """Return the metric with some edges dearer."""
        edges = dict(self.marks.edges)
        for edge, factor in permille.items():
            if edges.get(edge) != SHUT:
                edges[edge] = factor
        of_part = dearer_part(self.of_part, permille)
        return replace(self, of_part=of_part, marks=Marks(edges, self.marks.arcs))


def unlimited_metric_on(
    engine: RouteEngine, part: Callable[[int, float, float], float], patience: Patience
) -> EngineMetric:
    """Return the metric of free driving time over all open roads."""
    return EngineMetric(engine, engine.unlimited_priced(), part, Marks(), patience)
