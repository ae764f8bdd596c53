"""The ground of one plan: a network judged for one demand, with everything a search needs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Access, Bytes, Floats, Passability
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.costs import (
    SHUT,
    CostTables,
    Weights,
    beside_ms,
    cost_tables,
    enters_county,
    factor_of_outcome,
    floor_tables,
    free_ms,
)
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.passability import (
    PartVerdict,
    Passabilities,
    judge_network,
    judge_part,
)
from transport.routing.passage_rules import PassageRules
from transport.routing.paths import (
    Metric,
    PlainMetric,
    Stretch,
    forbidden_turns,
    share,
    structures_on,
    topology_of,
)
from transport.routing.patience import Patience
from transport.routing.reasons import ReasonBook, reason_book
from transport.routing.search import Turn
from transport.routing.turning import JudgedTurns, judge_turns

if TYPE_CHECKING:
    from transport.routing.engine import RouteEngine
    from transport.routing.kept_metrics import Priced
    from transport.search.pricing import Pricing

# Below this the plain kernel answers sooner than a compiled one is loaded.
SMALL_NETWORK_EDGES = 5_000


@dataclass(frozen=True, slots=True)
class Examined:
    """What examinations found of structures (by row) and turns that do not simply pass."""

    structures: Mapping[int, Passability] = field(default_factory=dict)
    turns: Mapping[Turn, Passability] = field(default_factory=dict)

    def shut_structures(self, worst: Passability) -> set[int]:
        """Return the structures that are worse."""
        return {row for row, outcome in self.structures.items() if outcome > worst}

    def shut_turns(self, worst: Passability) -> set[Turn]:
        """Return the turns that are worse."""
        return {turn for turn, outcome in self.turns.items() if outcome > worst}


NOT_EXAMINED = Examined()


@dataclass(frozen=True, slots=True)
class Ground:
    """A network judged for one demand; `avoided` are edges that the user closes.

    `toll_key` names the toll column, so that metrics made with it are found again.
    """

    network: RoadNetwork
    demand: Demand
    rules: PassageRules
    weights: Weights
    toll_yuan: Floats | None
    avoided: frozenset[int]
    judged: Passabilities
    turns: JudgedTurns
    reasons: ReasonBook
    toll_key: Hashable = None
    examined: Examined = NOT_EXAMINED
    patience: Patience = field(default_factory=lambda: Patience(None), compare=False)

    def part_verdict(self, piece: Stretch) -> PartVerdict:
        """Return what the driven part of an edge is judged, without its structures."""
        asked = self.demand, self.rules
        return judge_part(self.network, self.judged, asked, piece.edge, (piece.from_m, piece.to_m))

    def piece_outcome(self, piece: Stretch) -> Passability:
        """Return the passability of the driven part of an edge: the worst on it."""
        worst = int(self.part_verdict(piece).outcome)
        for row in structures_on(self.network, piece):
            worst = max(worst, int(self.structure_outcome(row)))
        return Passability(worst)

    def turn_outcome(self, turn: Turn) -> Passability:
        """Return the passability of a turn."""
        verdict = self.turns.get(turn)
        outcome = Passability.PASS if verdict is None else verdict.outcome
        return max(outcome, self.examined.turns.get(turn, Passability.PASS))

    def turn_outcomes(self, edges: npt.NDArray[np.int64]) -> Bytes:
        """Return the passability of every turn along a path."""
        outcome = self.turns.along(edges)
        if self.examined.turns:
            for place, turn in enumerate(pairwise(edges.tolist())):
                outcome[place] = max(int(outcome[place]), self.examined.turns.get(turn, 0))
        return outcome

    def structure_outcome(self, row: int) -> Passability:
        """Return the passability of a structure: the worse of its limits and its examination."""
        outcome = Passability(int(self.judged.structures.outcome[row]))
        return max(outcome, self.examined.structures.get(row, Passability.PASS))

    def structure_outcomes(self, rows: npt.NDArray[np.int64]) -> Bytes:
        """Return the passability of some structures."""
        outcome: Bytes = self.judged.structures.outcome[rows]
        if self.examined.structures:
            for place, row in enumerate(rows.tolist()):
                outcome[place] = max(int(outcome[place]), self.examined.structures.get(row, 0))
        return outcome

    @property
    def is_small(self) -> bool:
        """Say whether the plain kernel searches this network."""
        return self.network.edge_count < SMALL_NETWORK_EDGES

    def metric(self, worst: Passability) -> Metric:
        """Return the metric of a search over everything that is no worse than `worst`."""

        def part(edge: int, from_m: float, to_m: float) -> float:
            return self._part_ms(Stretch(edge, from_m, to_m), worst)

        if self.is_small:
            return PlainMetric(self._whole_ms(worst), part, self._turn_costs(worst))
        from transport.routing.engine import (  # noqa: PLC0415 - compiled, large networks only
            engine_of,
        )
        from transport.routing.engine_metric import EngineMetric  # noqa: PLC0415 - as above
        from transport.search.guided import Marks  # noqa: PLC0415 - as above

        engine = engine_of(self.network)
        structures = self.network.structures
        rows = self.examined.shut_structures(worst)
        shut = {int(structures.edge[row]) for row in rows} | self.avoided
        turns = self.examined.shut_turns(worst)
        arcs = frozenset(arc for turn in turns for arc in engine.arcs_of(turn))
        marks = Marks(dict.fromkeys(shut, SHUT), arcs)
        return EngineMetric(engine, self._priced(engine, worst), part, marks, self.patience)

    def _part_ms(self, piece: Stretch, worst: Passability) -> float:
        network, weights = self.network, self.weights
        outcome = self.piece_outcome(piece)
        if piece.edge in self.avoided or outcome > worst:
            return inf
        row = int(self.judged.edges.group[piece.edge])
        tables = self._plain_tables()
        permille = round(1000 * factor_of_outcome(weights)[outcome] + tables.permille[row])
        part = share(network, piece)
        total: int = (round(int(free_ms(network)[piece.edge]) * part) * permille + 500) // 1000
        if weights.seconds_per_conditional_bridge or weights.seconds_per_unknown_structure:
            total += round(part * int(self.tables(worst).added_ms[row]))
        beside = self._beside()
        return total + (round(part * int(beside[piece.edge])) if len(beside) else 0)

    def tables(self, worst: Passability) -> CostTables:
        """Return what the kinds of edges cost, closed where worse than `worst`; remembered."""
        key = ("costs", self.demand, self.rules, self.weights, int(worst))
        return remembered(
            self.network,
            key,
            lambda: cost_tables(self.network, self.judged, self.rules, self.weights, worst),
        )

    def _plain_tables(self) -> CostTables:
        """Return the cost tables without the factors of the outcome."""
        plain = replace(self.weights, conditional=0.0, unknown=0.0)
        return remembered(
            self.network,
            ("plain costs", self.demand, self.rules, plain),
            lambda: cost_tables(self.network, self.judged, self.rules, plain, Passability.FAIL),
        )

    def _beside(self) -> np.ndarray:
        if not self.weights.seconds_per_km and (
            self.toll_yuan is None or not self.weights.seconds_per_yuan
        ):
            return np.zeros(0, dtype=np.int32)
        key = ("beside", self.weights, self.toll_key)
        if self.toll_yuan is not None and self.toll_key is None:
            return beside_ms(self.network, self.weights, self.toll_yuan)
        return remembered(
            self.network, key, lambda: beside_ms(self.network, self.weights, self.toll_yuan)
        )

    def _whole_ms(self, worst: Passability) -> list[float]:
        tables, group = self.tables(worst), self.judged.edges.group
        permille = tables.permille[group].astype(np.int64)
        cost = (free_ms(self.network) * permille + 500) // 1000 + tables.added_ms[group]
        beside = self._beside()
        if len(beside):
            cost = cost + beside
        whole: list[float] = np.where(permille == SHUT, inf, cost).tolist()
        for edge in self.avoided:
            whole[edge] = inf
        for row in self.examined.shut_structures(worst):
            whole[int(self.network.structures.edge[row])] = inf
        return [cost if cost == inf else int(cost) for cost in whole]

    def _turn_costs(self, worst: Passability) -> dict[Turn, float]:
        def build() -> dict[Turn, float]:
            borders = dict[Turn, float]()
            if self.weights.seconds_per_authority:
                borders = _border_turns(
                    self.network, round(1000 * self.weights.seconds_per_authority)
                )
            banned = dict.fromkeys(self.turns.worse_than(worst), inf)
            return borders | banned | forbidden_turns(self.network)

        key = ("turn costs", self.demand, self.rules, self.weights, int(worst))
        turns = remembered(self.network, key, build)
        shut = self.examined.shut_turns(worst)
        return turns | dict.fromkeys(shut, inf) if shut else turns

    def _priced(self, engine: RouteEngine, worst: Passability) -> Priced:
        from transport.routing.kept_metrics import Priced  # noqa: PLC0415 - compiled code

        plain_rules = replace(self.rules, restrictions=())
        tolls = self.toll_key if self.weights.seconds_per_yuan else None
        beyond = tuple(d for d in Dimension if self.demand.is_beyond_ordinary(d, self.rules))
        kind = (plain_rules, self.weights, tolls)
        lowest = lowest_demand(self.demand, self.rules)
        return Priced(
            pricing=self._pricing(engine, self.tables(worst), worst),
            key=("own", self.demand, self.rules.restrictions, kind, int(worst)),
            family=("own", self.demand, kind, int(worst)),
            wider_key=(
                "own",
                self.demand,
                self.rules.restrictions,
                kind,
                int(Passability.UNKNOWN),
            ),
            floor_key=("floor", beyond, lowest.axle_load_t is None, kind),
            floor=lambda: replace(self, rules=plain_rules).for_demand(lowest).floor(engine),
        )

    def customise(self, worst: Passability, *, taking_over: bool = False) -> None:
        """Make the metric of this transport for many searches; small networks need none.

        Where transports come one after the other it is best made by `taking_over` one of those
        that are done with.
        """
        if self.is_small:
            return
        from transport.routing.engine import engine_of  # noqa: PLC0415 - compiled code

        engine = engine_of(self.network)
        engine.learns = False
        engine.customise(self._priced(engine, worst), taking_over=taking_over)

    def floor(self, engine: RouteEngine) -> Pricing:
        """Return the least prices of all transports that are judged no better than this one."""
        worst = Passability.UNKNOWN  # open to every search; what a search closes is only dearer
        return self._pricing(
            engine,
            floor_tables(self.network, self.judged, self.rules, self.weights, worst),
            worst,
        )

    def _pricing(self, engine: RouteEngine, tables: CostTables, worst: Passability) -> Pricing:
        from transport.search.pricing import Pricing  # noqa: PLC0415 - compiled code

        return Pricing(
            base_ms=free_ms(self.network),
            group=self.judged.edges.group,
            permille=tables.permille,
            added_ms=tables.added_ms,
            toll_ms=self._beside(),
            turn_group=engine.turn_group,
            turn_ms=engine.turn_table(
                self.turns.outcome > worst, round(1000 * self.weights.seconds_per_authority)
            ),
        )

    def for_demand(self, demand: Demand) -> Ground:
        """Return the same ground judged for another demand; what was examined is forgotten."""
        return replace(
            self,
            demand=demand,
            judged=judge_network(self.network, demand, self.rules),
            turns=judge_turns(self.network, demand, self.rules),
            reasons=reason_book(self.network, demand, self.rules),
            examined=NOT_EXAMINED,
        )


def lowest_demand(demand: Demand, rules: PassageRules) -> Demand:
    """Return the smallest load that is beyond the ordinary in the same dimensions."""
    ordinary = rules.ordinary
    limits = {
        Dimension.HEIGHT: ordinary.height_m,
        Dimension.WIDTH: ordinary.width_m,
        Dimension.LENGTH: ordinary.length_m,
        Dimension.MASS: ordinary.mass_t,
        Dimension.AXLE: ordinary.axle_t,
    }
    least = {
        dimension: limit + 10 * TOLERANCE if demand.is_beyond_ordinary(dimension, rules) else 0.0
        for dimension, limit in limits.items()
    }
    return Demand(
        height_m=min(least[Dimension.HEIGHT], demand.height_m),
        width_m=min(least[Dimension.WIDTH], demand.width_m),
        length_m=min(least[Dimension.LENGTH], demand.length_m),
        mass_t=min(least[Dimension.MASS], demand.mass_t),
        axle_load_t=None
        if demand.axle_load_t is None
        else min(least[Dimension.AXLE], demand.axle_load_t),
    )


def _border_turns(network: RoadNetwork, cost_ms: int) -> dict[Turn, float]:
    result: dict[Turn, float] = {}
    topology = topology_of(network)
    for edge in range(network.edge_count):
        node = topology.head[edge]
        onward = np.arange(topology.first_edge[node], topology.first_edge[node + 1])
        entering = enters_county(network, np.full(len(onward), edge), onward)
        result |= {(edge, int(to)): cost_ms for to in onward[entering]}
    return result


def ground_for(
    network: RoadNetwork,
    demand: Demand,
    rules: PassageRules,
    weights: Weights,
    *,
    toll_yuan: Floats | None = None,
    toll_key: Hashable = None,
    avoided: frozenset[int] = frozenset(),
    patience: Patience | None = None,
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
        reasons=reason_book(network, demand, rules),
        toll_key=toll_key,
        patience=patience or Patience(None),
    )


def unlimited_metric(network: RoadNetwork, patience: Patience | None = None) -> Metric:
    """Return free driving time over all open roads, whatever a transport's limits."""
    free, access = free_ms(network), network.access

    def part(edge: int, from_m: float, to_m: float) -> float:
        if access[edge] == Access.CLOSED:
            return inf
        return round(int(free[edge]) * share(network, Stretch(edge, from_m, to_m)))

    if network.edge_count < SMALL_NETWORK_EDGES:
        cost: list[float] = remembered(
            network,
            "unlimited",
            lambda: [
                int(ms) if may else inf
                for ms, may in zip(free.tolist(), (access != Access.CLOSED).tolist(), strict=True)
            ],
        )
        return PlainMetric(cost, part, forbidden_turns(network))
    from transport.routing.engine import engine_of  # noqa: PLC0415 - compiled, large networks only
    from transport.routing.engine_metric import unlimited_metric_on  # noqa: PLC0415 - as above

    return unlimited_metric_on(engine_of(network), part, patience or Patience(None))
