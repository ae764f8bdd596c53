"""Say why an edge or a structure does not simply pass, limit by limit.

It asks the function that judged, so an explanation can never differ from the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from transport.network.attributes import (
    Access,
    Certainty,
    LimitColumn,
    LimitKind,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.alike import alike
from transport.routing.demand import Demand, Dimension
from transport.routing.elements import Elements, edge_elements, one_row, structure_elements
from transport.routing.passability import judge
from transport.routing.passage_rules import PassageRules
from transport.routing.timed import untouched, violations_on


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an element does not simply pass, for one limit.

    `kind` is a limit kind or access, expressway_entry, ferry, axle_loads; `gap_m` is the air
    that is needed in all, on both sides for widths. `hard` says that no consent lifts it.
    A restriction for a time says why in `source`, and who ordered it; `window` are its hours where
    the day has others, `place` is where in words, `restriction` its number in the network.
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
    issued_by: str = ""
    window: str = ""
    place: str = ""
    restriction: int = -1


class ReasonBook:
    """Why elements do not simply pass for one demand, worked out once for each group of them."""

    def __init__(self, network: RoadNetwork, demand: Demand, rules: PassageRules) -> None:
        self._network, self._demand, self._rules = network, demand, rules
        self._kinds = alike(network, rules.restrictions)
        self._edges: dict[int, tuple[Reason, ...]] = {}
        self._structures: dict[int, tuple[Reason, ...]] = {}
        self._tightest: dict[int, Reason | None] = {}

    def on_edge(self, edge: int) -> tuple[Reason, ...]:
        """Say why an edge itself, without its structures, does not simply pass."""
        group = int(self._kinds.edge[edge])
        if group not in self._edges:
            network, demand, rules = self._network, self._demand, self._rules
            row = edge_elements(network, rules, one_row(edge))
            road_class = RoadClass(int(network.road_class[edge]))
            self._edges[group] = (
                *_access_reasons(network, demand, rules, edge),
                *_timed_reasons(network, demand, rules, edge),
                *_reasons(network, row, demand, rules, (road_class, None)),
            )
        return self._edges[group]

    def on_part(self, edge: int, driven: tuple[float, float]) -> tuple[Reason, ...]:
        """Say why a part of an edge, in metres from its tail, does not simply pass."""
        elsewhere = untouched(self._network, self._rules, edge, driven)
        found = self.on_edge(edge)
        return (
            tuple(one for one in found if one.restriction not in elsewhere) if elsewhere else found
        )

    def on_structure(self, index: int) -> tuple[Reason, ...]:
        """Say why a structure does not simply pass."""
        group = int(self._kinds.structure[index])
        if group not in self._structures:
            network, demand, rules = self._network, self._demand, self._rules
            row = structure_elements(network, rules, one_row(index))
            road_class = RoadClass(int(network.road_class[network.structures.edge[index]]))
            kind = StructureKind(int(network.structures.kind[index]))
            self._structures[group] = tuple(
                _reasons(network, row, demand, rules, (road_class, kind))
            )
        return self._structures[group]

    def tightest(self, index: int, find: Callable[[], Reason | None]) -> Reason | None:
        """Return what `find` says of a structure, found once for all that are like it."""
        group = int(self._kinds.structure[index])
        if group not in self._tightest:
            self._tightest[group] = find()
        return self._tightest[group]


def reason_book(network: RoadNetwork, demand: Demand, rules: PassageRules) -> ReasonBook:
    """Return the book of a demand; remembered."""
    key = ("reasons", demand, rules)
    return remembered(network, key, lambda: ReasonBook(network, demand, rules))


def reasons_on_edge(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> list[Reason]:
    """Say why an edge itself, without its structures, does not simply pass."""
    return list(reason_book(network, demand, rules).on_edge(edge))


def reasons_on_structure(
    network: RoadNetwork, demand: Demand, rules: PassageRules, index: int
) -> list[Reason]:
    """Say why a structure does not simply pass."""
    return list(reason_book(network, demand, rules).on_structure(index))


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


def _timed_reasons(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> Iterator[Reason]:
    for one in violations_on(network, demand, rules, edge):
        yield Reason(
            kind=one.kind,
            outcome=one.outcome,
            limit=one.limit,
            value=one.value,
            gap_m=one.gap_m,
            clause="",
            certainty=one.certainty,
            source=f"{one.restriction.reason} ({one.restriction.id})",
            hard=one.restriction.hard,
            issued_by=one.restriction.issued_by,
            window=one.window,
            place=one.restriction.place,
            restriction=one.number,
        )


def _reasons(
    network: RoadNetwork,
    row: Elements,
    demand: Demand,
    rules: PassageRules,
    where: tuple[RoadClass, StructureKind | None],
) -> Iterator[Reason]:
    for dimension in Dimension:
        judged = judge(row, dimension, demand, rules)
        outcome = Passability(int(judged.outcome[0]))
        if outcome is Passability.PASS:
            continue
        value = demand.value(dimension)
        if value is None:
            column = row.limits[dimension.signed]
            yield _reason(network, column, None, rules, ("axle_loads", outcome, 0.0, ""))
            continue
        for one, answer in judged.limits:
            if answer[0] != outcome:
                continue
            clause = clause_of(one.kind, rules, where)
            gap_m = float(one.need[0] - value)
            if outcome is not Passability.FAIL and one.kind is dimension.physical:
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
