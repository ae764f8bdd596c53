"""Judge every edge and structure for one demand: pass, conditional, unknown or fail, vectorised.

The decision on certainty stands in `judge` (docs/decisions/001).
"""

from __future__ import annotations

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
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.elements import Booleans, Elements, edge_elements, structure_elements
from transport.routing.passage_rules import PassageRules
from transport.routing.timed import lay_restrictions


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
    lay_restrictions(network, demand, rules, alone)
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
class Compared:
    """One limit kind compared with one value, for all elements; `need` is the value with its gap.

    `tight` keeps the mandatory gap but not the recommended one.
    """

    kind: LimitKind
    column: LimitColumn
    need: Floats
    known: Booleans
    fails: Booleans
    tight: Booleans
    satisfied: Booleans


@dataclass(frozen=True, slots=True)
class Judgement:
    """One dimension judged for all elements: the outcome, and what each limit says of it."""

    outcome: Bytes
    limits: tuple[tuple[Compared, Bytes], ...] = ()


def _verdicts(elements: Elements, demand: Demand, rules: PassageRules) -> Verdicts:
    outcome = np.zeros(elements.count, dtype=np.uint8)
    counts = {True: np.zeros(elements.count, np.int64), False: np.zeros(elements.count, np.int64)}
    ratio = np.zeros(elements.count)
    for dimension in Dimension:
        judged = judge(elements, dimension, demand, rules)
        np.maximum(outcome, judged.outcome, out=outcome)
        for one, _ in judged.limits:
            counts[one.kind not in rules.liftable] += one.fails
            excess = one.need[one.fails] - one.column.value[one.fails]
            ratio[one.fails] += excess / np.maximum(one.column.value[one.fails], TOLERANCE)
    return Verdicts(outcome, counts[True], counts[False], ratio)


def judge(
    elements: Elements, dimension: Dimension, demand: Demand, rules: PassageRules
) -> Judgement:
    """Judge one dimension by the decision on certainty.

    A known or demonstration limit decides: below it fail, below the gap that the standard
    recommends for oversize loads conditional. Where no such limit stands an ordinary load passes,
    a larger one is conditional where an assumed value holds and unknown where none does.

    Sign and clearance are two questions, and the worse answer counts. A posted figure answers for
    the clearance that nobody measured; a posted "no limit" does not. No sign on record asks nothing
    where there is a clearance to ask for; a sign on record that nobody can read asks, whatever was
    measured, since it may bind below what fits (height, width) or below what a bridge was assessed
    for (mass).
    """
    value = demand.value(dimension)
    if value is None:
        return _judge_missing_axles(elements, demand, rules)
    asked = np.zeros(elements.count, dtype=np.bool_)
    if demand.is_beyond_ordinary(dimension, rules):
        asked = elements.relevant[dimension]
    signed, physical = _compare(elements, dimension, value)
    by_sign, by_silence = _settled(elements, signed, physical)
    limits = [
        (one, _answer(one, asked, settled))
        for one, settled in ((signed, by_silence), (physical, by_sign))
        if one is not None
    ]
    outcome = np.zeros(elements.count, dtype=np.uint8)
    if not limits:
        outcome[asked] = Passability.UNKNOWN
    for _, answer in limits:
        np.maximum(outcome, answer, out=outcome)
    return Judgement(outcome, tuple(limits))


def _settled(
    elements: Elements, signed: Compared | None, physical: Compared | None
) -> tuple[Booleans, Booleans]:
    """Return where a posted figure settles the clearance, and where no sign on record asks none."""
    nowhere = np.zeros(elements.count, dtype=np.bool_)
    if signed is None or physical is None:
        return nowhere, nowhere
    endless = ~np.isfinite(signed.column.value)
    assumed = signed.column.certainty == Certainty.ASSUMED
    return signed.known & ~endless, assumed & endless & signed.satisfied


def _answer(one: Compared, asked: Booleans, settled: Booleans) -> Bytes:
    """Say what one limit means where it is `asked` for and nothing else has `settled` it."""
    answer = np.zeros(len(asked), dtype=np.uint8)
    holds = (one.column.certainty == Certainty.ASSUMED) & one.satisfied
    open_ = asked & ~one.known & ~settled
    answer[open_ & holds] = Passability.CONDITIONAL
    answer[open_ & ~holds] = Passability.UNKNOWN
    answer[asked & one.tight] = Passability.CONDITIONAL
    answer[one.fails] = Passability.FAIL
    return answer


def _judge_missing_axles(elements: Elements, demand: Demand, rules: PassageRules) -> Judgement:
    """Where axle loads are not given only a limit above the gross mass is certainly kept."""
    outcome = np.zeros(elements.count, dtype=np.uint8)
    signed, _ = _compare(elements, Dimension.AXLE, demand.mass_t)
    if signed is not None and demand.is_beyond_ordinary(Dimension.AXLE, rules):
        open_ = elements.relevant[Dimension.AXLE] & ~signed.satisfied
        outcome[signed.fails | open_] = Passability.UNKNOWN
    return Judgement(outcome)


def _compare(
    elements: Elements, dimension: Dimension, value: float
) -> tuple[Compared | None, Compared | None]:
    def one(kind: LimitKind | None, *, gapped: bool) -> Compared | None:
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
        return Compared(kind, column, need, known, known & ~satisfied, tight, satisfied)

    return one(dimension.signed, gapped=False), one(dimension.physical, gapped=True)


def capacities(elements: Elements, dimension: Dimension) -> Floats:
    """Return the largest value of a dimension that no known limit of the element stops."""
    result = np.full(elements.count, np.inf)
    for one in _compare(elements, dimension, 0.0):
        if one is not None:
            usable = np.where(one.known, one.column.value - one.need, np.inf)
            np.minimum(result, usable, out=result)
    return result
