"""Judge every edge and structure for one demand: pass, conditional, unknown or fail, vectorised.

The decision on certainty stands in `_judge`; `reasons_on_edge` asks the same function about one
edge, so an explanation can never differ from the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import (
    Access,
    Bytes,
    Certainty,
    Floats,
    LimitColumn,
    LimitKind,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.passage_rules import PassageRules

Booleans = npt.NDArray[np.bool_]

RELEVANT = {
    StructureKind.BRIDGE: (Dimension.WIDTH, Dimension.MASS, Dimension.AXLE),
    StructureKind.TUNNEL: (Dimension.HEIGHT, Dimension.WIDTH),
    StructureKind.OVERBRIDGE: (Dimension.HEIGHT,),
    StructureKind.TOLL_STATION: (Dimension.HEIGHT, Dimension.WIDTH),
    StructureKind.LEVEL_CROSSING: (Dimension.HEIGHT,),
    StructureKind.JUNCTION: (),
}


@dataclass(frozen=True, slots=True)
class Elements:
    """Edges or structures seen alike: limit columns, needed gaps, and which dimensions matter."""

    limits: Mapping[LimitKind, LimitColumn]
    gaps: Mapping[Dimension, tuple[Floats, Floats]]
    relevant: Mapping[Dimension, Booleans]
    count: int

    def row(self, index: int) -> Elements:
        """Return the same for one element."""
        part = slice(index, index + 1)
        return Elements(
            {
                kind: LimitColumn(column.value[part], column.certainty[part], column.source[part])
                for kind, column in self.limits.items()
            },
            {dimension: (must[part], should[part]) for dimension, (must, should) in _each(self)},
            {dimension: mask[part] for dimension, mask in self.relevant.items()},
            1,
        )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Per element: outcome, number of hard and soft violations, and their summed ratio."""

    outcome: Bytes
    hard: npt.NDArray[np.int64]
    soft: npt.NDArray[np.int64]
    ratio: Floats


@dataclass(frozen=True, slots=True)
class Passabilities:
    """The network judged for one demand: `edges` includes what stands on each edge."""

    edges: Verdicts
    edges_alone: Verdicts
    structures: Verdicts


def judge_network(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Passabilities:
    """Judge a whole network; remembered per network, demand and rules."""
    return remembered(network, ("passability", demand, rules), lambda: _all(network, demand, rules))


def _all(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Passabilities:
    edges = edge_elements(network, rules)
    alone = _verdicts(edges, demand, rules)
    np.maximum(alone.outcome, _access_outcome(network, demand, rules), out=alone.outcome)
    structures = _verdicts(structure_elements(network, rules), demand, rules)
    on = network.structures.edge
    together = Verdicts(
        alone.outcome.copy(), alone.hard.copy(), alone.soft.copy(), alone.ratio.copy()
    )
    np.maximum.at(together.outcome, on, structures.outcome)
    np.add.at(together.hard, on, structures.hard)
    np.add.at(together.soft, on, structures.soft)
    np.add.at(together.ratio, on, structures.ratio)
    return Passabilities(together, alone, structures)


def edge_elements(network: RoadNetwork, rules: PassageRules) -> Elements:
    """Return the edges as elements to judge; remembered."""
    return remembered(network, ("edge elements", rules), lambda: _edges(network, rules))


def structure_elements(network: RoadNetwork, rules: PassageRules) -> Elements:
    """Return the structures as elements to judge; remembered."""
    return remembered(network, ("structure elements", rules), lambda: _structures(network, rules))


def _edges(network: RoadNetwork, rules: PassageRules) -> Elements:
    lateral = _lateral(network.road_class, rules)
    vertical = rules.vertical
    size = network.edge_count
    gaps = {
        Dimension.WIDTH: lateral,
        Dimension.HEIGHT: (
            np.full(size, vertical.mandatory_m),
            np.full(size, vertical.recommended_m),
        ),
    }
    everything = np.ones(size, dtype=np.bool_)
    return Elements(network.limits, gaps, dict.fromkeys(Dimension, everything), size)


def _structures(network: RoadNetwork, rules: PassageRules) -> Elements:
    kind = network.structures.kind
    tunnel = kind == StructureKind.TUNNEL
    must, should = _lateral(network.road_class[network.structures.edge], rules)
    side, above, roof = rules.lateral_tunnel, rules.vertical, rules.vertical_tunnel
    gaps = {
        Dimension.WIDTH: (
            np.where(tunnel, 2 * side.mandatory_m, must),
            np.where(tunnel, 2 * side.recommended_m, should),
        ),
        Dimension.HEIGHT: (
            np.where(tunnel, roof.mandatory_m, above.mandatory_m),
            np.where(tunnel, roof.recommended_m, above.recommended_m),
        ),
    }
    relevant = {
        dimension: np.isin(kind, [k for k, matters in RELEVANT.items() if dimension in matters])
        for dimension in Dimension
    }
    return Elements(network.structures.limits, gaps, relevant, len(kind))


def _lateral(road_class: Bytes, rules: PassageRules) -> tuple[Floats, Floats]:
    must = np.array([gap.mandatory_m for gap in rules.lateral])[road_class]
    should = np.array([gap.recommended_m for gap in rules.lateral])[road_class]
    return 2 * must, 2 * should  # the gap is needed on both sides


def _access_outcome(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Bytes:
    result = np.zeros(network.edge_count, dtype=np.uint8)
    result[network.access == Access.PRIVATE] = Passability.CONDITIONAL
    result[network.access == Access.UNKNOWN] = Passability.UNKNOWN
    if rules.barred_from_expressways:
        slow_on = network.road_class == RoadClass.EXPRESSWAY
        np.maximum(result, slow_on * np.uint8(Passability.CONDITIONAL), out=result)
    if demand.is_over_limit(rules):
        ferry = network.road_class == RoadClass.FERRY
        np.maximum(result, ferry * np.uint8(Passability.CONDITIONAL), out=result)
    result[network.access == Access.CLOSED] = Passability.FAIL
    return result


@dataclass(frozen=True, slots=True)
class _Compared:
    """One limit kind compared with one value, for all elements."""

    kind: LimitKind
    column: LimitColumn
    need: Floats
    known: Booleans
    fails: Booleans
    tight: Booleans
    satisfied: Booleans


def _verdicts(elements: Elements, demand: Demand, rules: PassageRules) -> Verdicts:
    outcome = np.zeros(elements.count, dtype=np.uint8)
    counts = {True: np.zeros(elements.count, np.int64), False: np.zeros(elements.count, np.int64)}
    ratio = np.zeros(elements.count)
    for dimension in Dimension:
        judged, compared = _judge(elements, dimension, demand, rules)
        np.maximum(outcome, judged, out=outcome)
        for one in compared:
            counts[one.kind not in rules.liftable] += one.fails
            excess = one.need[one.fails] - one.column.value[one.fails]
            ratio[one.fails] += excess / np.maximum(one.column.value[one.fails], TOLERANCE)
    return Verdicts(outcome, counts[True], counts[False], ratio)


def _compare(
    elements: Elements, dimension: Dimension, value: float
) -> tuple[_Compared | None, _Compared | None]:
    def one(kind: LimitKind | None, *, gapped: bool) -> _Compared | None:
        column = elements.limits.get(kind) if kind is not None else None
        if kind is None or column is None:
            return None
        nothing = np.zeros(elements.count)
        must, should = elements.gaps.get(dimension, (nothing, nothing))
        need = value + (must if gapped else nothing)
        known = np.isin(column.certainty, (Certainty.KNOWN, Certainty.DEMONSTRATION))
        known &= ~np.isnan(column.value)
        satisfied = column.value >= need - TOLERANCE  # nan is not
        wish = value + (should if gapped else nothing)
        tight = known & satisfied & (column.value < wish - TOLERANCE)
        return _Compared(kind, column, need, known, known & ~satisfied, tight, satisfied)

    return one(dimension.signed, gapped=False), one(dimension.physical, gapped=True)


def _judge(
    elements: Elements, dimension: Dimension, demand: Demand, rules: PassageRules
) -> tuple[Bytes, list[_Compared]]:
    """Judge one dimension by the decision on certainty.

    A known or demonstration limit decides: below it fail, below the gap that the standard
    recommends for oversize loads conditional.
    A posted "no limit" says nothing about the air above, so there the clearance must be known too.
    Otherwise an ordinary load passes, a larger one is conditional where an assumed value holds and
    unknown where none does.
    """
    value = demand.value(dimension)
    if value is None:
        return _judge_missing_axles(elements, demand, rules), []
    signed, physical = _compare(elements, dimension, value)
    compared = [one for one in (signed, physical) if one is not None]
    fails = np.zeros(elements.count, dtype=np.bool_)
    tight, decided = fails.copy(), fails.copy()
    for one in compared:
        fails |= one.fails
        tight |= one.tight
        decides = one is physical or physical is None
        decided |= one.known & (decides | np.isfinite(one.column.value))
    outcome = np.zeros(elements.count, dtype=np.uint8)
    if demand.is_beyond_ordinary(dimension, rules):
        open_ = elements.relevant[dimension] & ~decided
        outcome[open_] = _assumed(elements, compared, physical or signed)[open_]
        outcome[tight] = np.maximum(outcome[tight], Passability.CONDITIONAL)
    outcome[fails] = Passability.FAIL
    return outcome, compared


def _assumed(elements: Elements, compared: list[_Compared], main: _Compared | None) -> Bytes:
    if main is None:
        return np.full(elements.count, Passability.UNKNOWN, dtype=np.uint8)
    assumed = main.column.certainty == Certainty.ASSUMED
    holds = assumed & main.satisfied
    for one in compared:  # an assumed sign that is violated is a question too
        holds &= ~((one.column.certainty == Certainty.ASSUMED) & ~one.satisfied)
    result: Bytes = np.where(holds, Passability.CONDITIONAL, Passability.UNKNOWN).astype(np.uint8)
    return result


def _judge_missing_axles(elements: Elements, demand: Demand, rules: PassageRules) -> Bytes:
    """Where axle loads are not given only a limit above the gross mass is certainly kept."""
    outcome = np.zeros(elements.count, dtype=np.uint8)
    signed, _ = _compare(elements, Dimension.AXLE, demand.mass_t)
    if signed is not None and demand.is_beyond_ordinary(Dimension.AXLE, rules):
        outcome[signed.fails] = Passability.UNKNOWN
    return outcome


def capacities(elements: Elements, dimension: Dimension) -> Floats:
    """Return the largest value of a dimension that no known limit of the element stops."""
    result = np.full(elements.count, np.inf)
    for one in _compare(elements, dimension, 0.0):
        if one is not None:
            usable = np.where(one.known, one.column.value - one.need, np.inf)
            np.minimum(result, usable, out=result)
    return result


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an element does not simply pass, for one limit.

    `kind` is a limit kind or access, expressway_entry, ferry, axle_loads; `gap_m` is the air
    that is needed in all, on both sides for widths. `hard` says that no consent lifts it.
    """

    kind: str
    outcome: Passability
    limit: float | None
    value: float | None
    gap_m: float
    clause: str
    certainty: Certainty
    source: str
    hard: bool


def reasons_on_edge(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> list[Reason]:
    """Say why an edge itself, without its structures, does not simply pass."""
    row = edge_elements(network, rules).row(edge)
    road_class = RoadClass(int(network.road_class[edge]))
    return [
        *_access_reasons(network, demand, rules, edge),
        *_reasons(network, row, demand, rules, (road_class, None)),
    ]


def reasons_on_structure(
    network: RoadNetwork, demand: Demand, rules: PassageRules, index: int
) -> list[Reason]:
    """Say why a structure does not simply pass."""
    row = structure_elements(network, rules).row(index)
    road_class = RoadClass(int(network.road_class[network.structures.edge[index]]))
    kind = StructureKind(int(network.structures.kind[index]))
    return list(_reasons(network, row, demand, rules, (road_class, kind)))


def _access_reasons(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> Iterator[Reason]:
    def reason(kind: str, outcome: Passability, clause: str = "") -> Reason:
        return Reason(kind, outcome, None, None, 0.0, clause, Certainty.KNOWN, "", hard=True)

    access = Access(int(network.access[edge]))
    road_class = RoadClass(int(network.road_class[edge]))
    if access is Access.CLOSED:
        yield reason("access", Passability.FAIL)
    if access is Access.PRIVATE:
        yield reason("access", Passability.CONDITIONAL)
    if access is Access.UNKNOWN:
        yield reason("access", Passability.UNKNOWN)
    if rules.barred_from_expressways and road_class is RoadClass.EXPRESSWAY:
        yield reason("expressway_entry", Passability.CONDITIONAL, rules.expressway_clause)
    if road_class is RoadClass.FERRY and demand.is_over_limit(rules):
        yield reason("ferry", Passability.CONDITIONAL)


def _reasons(
    network: RoadNetwork,
    row: Elements,
    demand: Demand,
    rules: PassageRules,
    where: tuple[RoadClass, StructureKind | None],
) -> Iterator[Reason]:
    for dimension in Dimension:
        judged, compared = _judge(row, dimension, demand, rules)
        outcome = Passability(int(judged[0]))
        if outcome is Passability.PASS:
            continue
        value = demand.value(dimension)
        if value is None:
            column = row.limits[dimension.signed]
            yield _reason(network, column, None, rules, ("axle_loads", outcome, 0.0, ""))
            continue
        failing = [one for one in compared if one.fails[0]]
        if not failing:  # the kind that is tight or open: the physical one where there is one
            failing = [one for one in compared if one.tight[0]] or compared[-1:]
        for one in failing:
            gap_m = float(one.need[0] - value)
            clause = clause_of(one.kind, rules, where)
            if not one.fails[0]:
                gap_m = float(row.gaps[dimension][1][0]) if dimension in row.gaps else 0.0
            yield _reason(network, one.column, value, rules, (one.kind, outcome, gap_m, clause))


def _reason(
    network: RoadNetwork,
    column: LimitColumn,
    value: float | None,
    rules: PassageRules,
    what: tuple[str, Passability, float, str],
) -> Reason:
    kind, outcome, gap_m, clause = what
    limit = float(column.value[0])
    return Reason(
        kind=str(kind),
        outcome=outcome,
        limit=limit if np.isfinite(limit) else None,
        value=value,
        gap_m=gap_m,
        clause=clause,
        certainty=Certainty(int(column.certainty[0])),
        source=network.sources[int(column.source[0])] if network.sources else "",
        hard=kind not in rules.liftable,
    )


def clause_of(
    kind: LimitKind, rules: PassageRules, where: tuple[RoadClass, StructureKind | None]
) -> str:
    """Return the clause that a limit of this kind follows from, on a road and structure."""
    if kind is LimitKind.CLEAR_WIDTH:
        return rules.beside(*where).clause
    if kind is LimitKind.CLEAR_HEIGHT:
        return rules.above(where[1]).clause
    return rules.rated_mass_clause if kind is LimitKind.RATED_MASS else rules.posted_clause


def _each(elements: Elements) -> Iterator[tuple[Dimension, tuple[Floats, Floats]]]:
    yield from elements.gaps.items()
