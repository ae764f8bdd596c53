"""The least violating way on large networks: the compiled search over counts of violations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from transport.network.attributes import Access, Passability
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.costs import free_ms
from transport.routing.engine import RouteEngine, engine_of
from transport.routing.ground import Ground
from transport.routing.paths import Found, Metric
from transport.routing.turning import turn_groups
from transport.routing.violation_counts import MILLISECONDS, PARTS, SOFT, millionths
from transport.search.violating import Faults, Triple, least_violating_way

_HARD = 2**20
_SHUT = -1


@dataclass(frozen=True, slots=True)
class ViolationMetric:
    """Counts violations; numbers are those of the plain search, hard ones first."""

    ground: Ground
    of_part: Callable[[int, float, float], float]

    def part(self, edge: int, from_m: float, to_m: float) -> float:
        """Return what a part of an edge violates; inf closes."""
        return self.of_part(edge, from_m, to_m)

    def between(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> Found | None:
        """Search from both ends."""
        ground, engine = self.ground, engine_of(network)
        roads, faults = engine.roads, _faults(ground, engine)
        shut = ground.examined.shut_turns(Passability.UNKNOWN)
        arcs = {arc: _HARD for turn in shut for arc in engine.arcs_of(turn)}
        sources = {state: _triple(cost) for state, cost in leaving.items() if cost < inf}
        targets: dict[int, Triple] = {}
        last: dict[int, int] = {}
        for end_state, cost in arriving.items():
            if cost == inf:
                continue
            edge, begun = int(roads.graph.edge[end_state]), _triple(cost)
            for arc in roads.arcs_into(edge):
                if int(roads.graph.head[arc]) != end_state:
                    continue
                group, state = int(faults.turn_group[arc]), int(roads.tails[arc])
                total = (
                    begun[0] + int(faults.turn_count[group]) + arcs.get(arc, 0),
                    begun[1] + int(faults.turn_excess[group]),
                    begun[2],
                )
                if state not in targets or total < targets[state]:
                    targets[state], last[state] = total, edge
        if not sources or not targets:
            return None
        extra = dict.fromkeys(ground.avoided, 1)
        for row in ground.examined.shut_structures(Passability.UNKNOWN):
            edge = int(network.structures.edge[row])
            extra[edge] = extra.get(edge, 0) + _HARD
        found = least_violating_way(
            roads, engine.unlimited, faults, extra, arcs, sources, targets, ground.patience.watch()
        )
        ground.patience.check()
        if found is None:
            return None
        states = roads.graph.head[found.turns]
        end = int(states[-1]) if len(states) else found.start
        edges = [int(roads.graph.edge[found.start]), *roads.graph.edge[states].tolist(), last[end]]
        return _number(found.cost), edges

    def dearer(self, permille: Mapping[int, int]) -> Metric:
        """Violations have no dearer edges."""
        raise NotImplementedError


def _triple(cost: float) -> Triple:
    rest, milliseconds = divmod(int(cost), MILLISECONDS)
    count, parts = divmod(rest, PARTS)
    hard, soft = divmod(count, SOFT)
    return hard * _HARD + soft, parts, milliseconds


def _number(cost: Triple) -> int:
    hard, soft = divmod(cost[0], _HARD)
    return ((hard * SOFT + soft) * PARTS + cost[1]) * MILLISECONDS + cost[2]


def _faults(ground: Ground, engine: RouteEngine) -> Faults:
    def build() -> Faults:
        network, verdicts = ground.network, ground.judged.edges.groups
        groups = turn_groups(network)
        failing = ground.turns.outcome == Passability.FAIL
        excess = np.where(failing, ground.demand.length_m / groups.limit_m - 1, 0.0)
        turn_excess = [0, *(millionths(one) for one in excess.tolist())]
        group = ground.judged.edges.group
        closed = np.zeros(len(verdicts.outcome), dtype=np.bool_)
        closed[group[network.access == Access.CLOSED]] = True
        return Faults(
            count=np.where(closed, _SHUT, verdicts.hard * _HARD + verdicts.soft).astype(np.int64),
            excess=np.array([millionths(one) for one in verdicts.ratio.tolist()], dtype=np.int64),
            turn_count=np.tile(np.concatenate([[0], failing * _HARD]), 2).astype(np.int64),
            turn_excess=np.tile(np.array(turn_excess), 2).astype(np.int64),
            group=group,
            turn_group=engine.turn_group,
            base_ms=free_ms(network),
        )

    return remembered(ground.network, ("faults", ground.demand, ground.rules), build)
