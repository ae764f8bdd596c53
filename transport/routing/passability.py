"""Judge every edge and structure for one demand: pass, conditional, unknown or fail, vectorised.

The decision on certainty stands in `judge` (docs/decisions/001).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import (
    Access,
    Bytes,
    Certainty,
    Floats,
    Ints,
    LimitColumn,
    LimitKind,
    Passability,
    RoadClass,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.alike import Alike, alike
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.elements import Booleans, Elements, edge_elements, structure_elements
from transport.routing.passage_rules import PassageRules
from transport.routing.timed import excess_ratio, lay_restrictions, untouched, violations_on


@dataclass(frozen=True, slots=True)
class GroupVerdicts:
    """Per group of like elements: outcome, hard and soft violations, and their summed ratio."""

    outcome: Bytes
    hard: npt.NDArray[np.int64]
    soft: npt.NDArray[np.int64]
    ratio: Floats


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Outcome per element; with `groups`, what the group of each element violates."""

    outcome: Bytes
    groups: GroupVerdicts
    group: Ints

    @property
    def hard(self) -> npt.NDArray[np.int64]:
        """Number of violations per element that no consent lifts."""
        return self.groups.hard[self.group]

    @property
    def soft(self) -> npt.NDArray[np.int64]:
        """Number of violations per element that consent can lift."""
        return self.groups.soft[self.group]

    @property
    def ratio(self) -> Floats:
        """Sum of exceeded / limit per element."""
        return self.groups.ratio[self.group]


@dataclass(frozen=True, slots=True)
class Passabilities:
    """The network judged for one demand: `edges` includes what stands on each edge.

    `edges_bare` are the edges alone without restrictions for a time.
    """

    edges: Verdicts
    edges_alone: Verdicts
    structures: Verdicts
    edges_bare: Verdicts


def judge_network(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Passabilities:
    """Judge a whole network; remembered per network, demand and rules."""
    return remembered(network, ("passability", demand, rules), lambda: _all(network, demand, rules))


def _all(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Passabilities:
    kinds = alike(network, rules.restrictions)
    alone = _verdicts(edge_elements(network, rules, kinds.edge_row), demand, rules)
    access = _access_outcome(network, demand, rules, kinds.edge_row)
    np.maximum(alone.outcome, access, out=alone.outcome)
    bare = alone
    if rules.restrictions:
        bare = GroupVerdicts(*(part.copy() for part in astuple(alone)))
        lay_restrictions(network, demand, rules, alone, kinds.edge)
    standing = _verdicts(structure_elements(network, rules, kinds.structure_row), demand, rules)
    whole = _together(kinds, alone, standing)
    return Passabilities(
        edges=Verdicts(whole.outcome[kinds.whole], whole, kinds.whole),
        edges_alone=Verdicts(alone.outcome[kinds.edge], alone, kinds.edge),
        structures=Verdicts(standing.outcome[kinds.structure], standing, kinds.structure),
        edges_bare=Verdicts(bare.outcome[kinds.edge], bare, kinds.edge),
    )


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """What the driven part of an edge is judged, without the structures on it."""

    outcome: Passability
    hard: int
    soft: int
    ratio: float


def judge_part(
    network: RoadNetwork,
    judged: Passabilities,
    asked: tuple[Demand, PassageRules],
    edge: int,
    driven: tuple[float, float],
) -> PartVerdict:
    """Judge a part of an edge, in metres from its tail: restrictions beside it do not count."""
    demand, rules = asked
    elsewhere = untouched(network, rules, edge, driven)
    verdicts = judged.edges_bare if elsewhere else judged.edges_alone
    groups, row = verdicts.groups, int(verdicts.group[edge])
    outcome, hard = int(groups.outcome[row]), int(groups.hard[row])
    soft, ratio = int(groups.soft[row]), float(groups.ratio[row])
    for one in violations_on(network, demand, rules, edge) if elsewhere else ():
        if one.number in elsewhere:
            continue
        outcome = max(outcome, int(one.outcome))
        if one.outcome is Passability.FAIL:
            hard, soft = hard + one.restriction.hard, soft + (not one.restriction.hard)
            ratio += excess_ratio(one)
    return PartVerdict(Passability(outcome), hard, soft, ratio)


def _together(kinds: Alike, alone: GroupVerdicts, standing: GroupVerdicts) -> GroupVerdicts:
    """Add to each group of whole edges what the structures on it are judged."""
    on = np.repeat(np.arange(len(kinds.whole_edge)), np.diff(kinds.whole_first))
    result = GroupVerdicts(
        alone.outcome[kinds.whole_edge],
        alone.hard[kinds.whole_edge],
        alone.soft[kinds.whole_edge],
        alone.ratio[kinds.whole_edge],
    )
    np.maximum.at(result.outcome, on, standing.outcome[kinds.whole_structures])
    np.add.at(result.hard, on, standing.hard[kinds.whole_structures])
    np.add.at(result.soft, on, standing.soft[kinds.whole_structures])
    np.add.at(result.ratio, on, standing.ratio[kinds.whole_structures])
    return result


def _access_outcome(network: RoadNetwork, demand: Demand, rules: PassageRules, rows: Ints) -> Bytes:
    access, road_class = network.access[rows], network.road_class[rows]
    result = np.zeros(len(rows), dtype=np.uint8)
    result[access == Access.PRIVATE] = Passability.CONDITIONAL
    result[access == Access.UNKNOWN] = Passability.UNKNOWN
    if rules.barred_from_expressways:
        slow_on = road_class == RoadClass.EXPRESSWAY
        np.maximum(result, slow_on * np.uint8(Passability.CONDITIONAL), out=result)
    if demand.is_over_limit(rules):
        ferry = road_class == RoadClass.FERRY
        np.maximum(result, ferry * np.uint8(Passability.CONDITIONAL), out=result)
    result[access == Access.CLOSED] = Passability.FAIL
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


def _verdicts(elements: Elements, demand: Demand, rules: PassageRules) -> GroupVerdicts:
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
    return GroupVerdicts(outcome, counts[True], counts[False], ratio)


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
