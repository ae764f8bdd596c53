"""What roadworks, closures and limits for a time do to a transport at the time of its journey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from transport.network.attributes import Floats, Ints, Passability
from transport.network.closures import Restriction
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.passage_rules import PassageRules


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a restriction stops a transport, for all of the journey or some hours.

    `limit` and `value` are None where the road is closed to everybody. `outcome` is conditional
    where the day has other hours, and unknown where axle loads are not given.
    """

    restriction: Restriction
    kind: str
    outcome: Passability
    limit: float | None
    value: float | None
    window: str


def violations(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Iterator[Violation]:
    """Yield what restrictions in force hold against a transport."""
    for one in rules.restrictions:
        restriction = network.restrictions[one.number]
        window = ";".join("/".join(times) for times in one.windows)
        outcome = Passability.CONDITIONAL if window else Passability.FAIL
        if restriction.closed:
            yield Violation(restriction, restriction.kind.value, outcome, None, None, window)
            continue
        for dimension in Dimension:
            limit = dict(restriction.limits).get(dimension.signed)
            if limit is None:
                continue
            value = demand.value(dimension)
            if value is None and demand.mass_t > limit + TOLERANCE:
                unknown = Passability.UNKNOWN
                yield Violation(restriction, "axle_loads", unknown, limit, None, window)
            elif value is not None and value > limit + TOLERANCE:
                kind = dimension.signed.value
                yield Violation(restriction, kind, outcome, limit, value, window)


def lay_restrictions(
    network: RoadNetwork, demand: Demand, rules: PassageRules, verdicts: Any, group: Ints
) -> None:
    """Worsen the verdicts of edge groups (outcome, hard, soft, ratio) by restrictions in force."""
    for one in violations(network, demand, rules):
        edges = np.unique(group[np.array(one.restriction.edges, dtype=np.int64)])
        verdicts.outcome[edges] = np.maximum(verdicts.outcome[edges], one.outcome)
        if one.outcome is Passability.FAIL:
            counts = verdicts.hard if one.restriction.hard else verdicts.soft
            counts[edges] += 1
            if one.limit is not None and one.value is not None:
                verdicts.ratio[edges] += (one.value - one.limit) / max(one.limit, TOLERANCE)


def violations_on(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> Iterator[Violation]:
    """Yield the violations on one edge."""
    if not rules.restrictions:
        return
    restricted = remembered(
        network,
        "restricted edges",
        lambda: {one.id: frozenset(one.edges) for one in network.restrictions},
    )
    for one in violations(network, demand, rules):
        if edge in restricted[one.restriction.id]:
            yield one


def timed_capacities(
    network: RoadNetwork, rules: PassageRules, dimension: Dimension, group: Ints
) -> Floats:
    """Return for each edge group the largest value that the restrictions in force let through."""
    result = np.full(int(group.max(initial=-1)) + 1, inf)
    for one in rules.restrictions:
        restriction = network.restrictions[one.number]
        limit = dict(restriction.limits).get(dimension.signed)
        if limit is not None and not one.windows:
            edges = group[np.array(restriction.edges, dtype=np.int64)]
            result[edges] = np.minimum(result[edges], limit)
    return result
