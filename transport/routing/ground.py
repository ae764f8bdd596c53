"""The ground of one plan: a network judged for one demand, with everything a search needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from transport.network.attributes import Access, Floats, Passability
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.costs import Weights, cost_columns
from transport.routing.demand import Demand
from transport.routing.passability import Passabilities, judge_network
from transport.routing.passage_rules import PassageRules
from transport.routing.paths import (
    Metric,
    Stretch,
    forbidden_turns,
    share,
    structures_on,
)
from transport.routing.search import Turn
from transport.routing.turning import TurnVerdict, judge_turns


@dataclass(frozen=True, slots=True)
class Ground:
    """A network judged for one demand; `avoided` are edges that the user closes."""

    network: RoadNetwork
    demand: Demand
    rules: PassageRules
    weights: Weights
    toll_yuan: Floats | None
    avoided: frozenset[int]
    judged: Passabilities
    turns: dict[Turn, TurnVerdict]

    def piece_outcome(self, piece: Stretch) -> Passability:
        """Return the passability of the driven part of an edge: the worst on it."""
        worst = int(self.judged.edges_alone.outcome[piece.edge])
        for row in structures_on(self.network, piece):
            worst = max(worst, int(self.judged.structures.outcome[row]))
        return Passability(worst)

    def turn_outcome(self, turn: Turn) -> Passability:
        """Return the passability of a turn."""
        verdict = self.turns.get(turn)
        return Passability.PASS if verdict is None else verdict.outcome

    def metric(self, worst: Passability) -> Metric:
        """Return the metric of a search over everything that is no worse than `worst`."""
        whole, columns = self._columns(worst)
        closed = self.avoided

        def part(edge: int, from_m: float, to_m: float) -> float:
            piece = Stretch(edge, from_m, to_m)
            if edge in closed or self.piece_outcome(piece) > worst:
                return inf
            return float(columns[edge]) * share(self.network, piece)

        turn_cost = self._turn_costs(worst)
        if closed:
            whole = list(whole)
            for edge in closed:
                whole[edge] = inf
        return Metric(whole, part, turn_cost)

    def _columns(self, worst: Passability) -> tuple[list[float], Floats]:
        def build() -> tuple[list[float], Floats]:
            outcome = self.judged.edges.outcome
            cost = cost_columns(self.network, outcome, self.weights, self.toll_yuan)
            return np.where(outcome <= worst, cost, inf).tolist(), cost

        if self.toll_yuan is not None and self.weights.seconds_per_yuan:
            return build()
        key = ("costs", self.demand, self.rules, self.weights, int(worst))
        return remembered(self.network, key, build)

    def _turn_costs(self, worst: Passability) -> dict[Turn, float]:
        def build() -> dict[Turn, float]:
            banned = {turn: inf for turn, verdict in self.turns.items() if verdict.outcome > worst}
            return banned | forbidden_turns(self.network)

        if not self.turns:
            return forbidden_turns(self.network)
        key = ("turn costs", self.demand, self.rules, int(worst))
        return remembered(self.network, key, build)

    def for_demand(self, demand: Demand) -> Ground:
        """Return the same ground judged for another demand."""
        return replace(
            self,
            demand=demand,
            judged=judge_network(self.network, demand, self.rules),
            turns=judge_turns(self.network, demand, self.rules),
        )


def ground_for(
    network: RoadNetwork,
    demand: Demand,
    rules: PassageRules,
    weights: Weights,
    *,
    toll_yuan: Floats | None = None,
    avoided: frozenset[int] = frozenset(),
) -> Ground:
    """Judge a network for a demand."""
    return Ground(
        network=network,
        demand=demand,
        rules=rules,
        weights=weights,
        toll_yuan=toll_yuan,
        avoided=avoided,
        judged=judge_network(network, demand, rules),
        turns=judge_turns(network, demand, rules),
    )


def unlimited_metric(network: RoadNetwork) -> Metric:
    """Return free driving time over all open roads, whatever a transport's limits."""

    def build() -> list[float]:
        open_ = network.access != Access.CLOSED
        seconds: list[float] = np.where(open_, network.duration_s, inf).tolist()
        return seconds

    cost = remembered(network, "unlimited", build)

    def part(edge: int, from_m: float, to_m: float) -> float:
        return cost[edge] * share(network, Stretch(edge, from_m, to_m))

    return Metric(cost, part, forbidden_turns(network))
