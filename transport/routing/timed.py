"""What roadworks, closures and limits for a time do to a transport at the time of its journey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isnan
from typing import Any

import numpy as np

from transport.network.attributes import Certainty, Floats, Ints, LimitKind, Passability
from transport.network.closures import InForce, Restriction, touches
from transport.network.graph import RoadNetwork
from transport.network.lane_closures import WidthLeft, widths_left
from transport.network.remembering import remembered
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.passage_rules import PassageRules

_NO_SPANS: tuple[tuple[int, tuple[float, float]], ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a restriction stops a transport, for all of the journey or some hours.

    `limit` and `value` are None where the road is closed to everybody. `outcome` is conditional
    where the day has other hours, else unknown where axle loads are not given or the width that
    closed lanes leave cannot be told. It concerns `edges`; `number` is that of the restriction.
    """

    restriction: Restriction
    kind: str
    outcome: Passability
    limit: float | None
    value: float | None
    window: str
    number: int
    edges: tuple[int, ...]
    certainty: Certainty = Certainty.KNOWN
    gap_m: float = 0.0


def violations(network: RoadNetwork, demand: Demand, rules: PassageRules) -> Iterator[Violation]:
    """Yield what restrictions in force hold against a transport."""
    for one in rules.restrictions:
        yield from _of_one(network, one, demand, rules)


def _of_one(
    network: RoadNetwork, one: InForce, demand: Demand, rules: PassageRules
) -> Iterator[Violation]:
    restriction = network.restrictions[one.number]
    for what in _against(restriction, demand):
        yield _violation(restriction, one, what, restriction.edges)
    for left in widths_left(network, one.number):
        yield from _by_lanes(restriction, one, left, demand, rules)


def _against(
    restriction: Restriction, demand: Demand
) -> Iterator[tuple[str, Passability, float | None, float | None]]:
    if restriction.closed:
        yield restriction.kind.value, Passability.FAIL, None, None
        return
    limits = dict(restriction.limits)
    for dimension in Dimension:
        limit = limits.get(dimension.signed)
        if limit is None:
            continue
        value = demand.value(dimension)
        if value is None and demand.mass_t > limit + TOLERANCE:
            yield "axle_loads", Passability.UNKNOWN, limit, None
        elif value is not None and value > limit + TOLERANCE:
            yield dimension.signed.value, Passability.FAIL, limit, value


def _violation(
    restriction: Restriction,
    in_force: InForce,
    what: tuple[str, Passability, float | None, float | None],
    edges: tuple[int, ...],
    certainty: Certainty = Certainty.KNOWN,
    gap_m: float = 0.0,
) -> Violation:
    kind, outcome, limit, value = what
    window = ";".join("/".join(times) for times in in_force.windows)
    if window:  # the day has other hours
        outcome = min(outcome, Passability.CONDITIONAL)
    return Violation(
        restriction, kind, outcome, limit, value, window, in_force.number, edges, certainty, gap_m
    )


def _by_lanes(
    restriction: Restriction,
    in_force: InForce,
    left: WidthLeft,
    demand: Demand,
    rules: PassageRules,
) -> Iterator[Violation]:
    """Yield what the width that closed lanes leave holds against a transport.

    A recorded width decides. Otherwise an ordinary load passes, and a wider one is a question: it
    is never passed by silence.
    """
    kind, value = LimitKind.CLEAR_WIDTH.value, demand.width_m
    if left.width_m == 0:
        closed = (restriction.kind.value, Passability.FAIL, None, None)
        yield _violation(restriction, in_force, closed, left.edges)
        return
    limit = None if isnan(left.width_m) else left.width_m
    gap, wide = rules.beside(left.road_class), demand.is_beyond_ordinary(Dimension.WIDTH, rules)
    gap_m = 2 * gap.mandatory_m
    fits = limit is not None and value + gap_m <= limit + TOLERANCE
    outcome = Passability.PASS
    if left.certainty is not Certainty.KNOWN:
        if wide:
            outcome = Passability.CONDITIONAL if fits else Passability.UNKNOWN
    elif not fits:
        outcome = Passability.FAIL
    elif wide and limit is not None and value + 2 * gap.recommended_m > limit + TOLERANCE:
        outcome, gap_m = Passability.CONDITIONAL, 2 * gap.recommended_m
    if outcome is not Passability.PASS:
        what = (kind, outcome, limit, value)
        yield _violation(restriction, in_force, what, left.edges, left.certainty, gap_m)


def lay_restrictions(
    network: RoadNetwork, demand: Demand, rules: PassageRules, verdicts: Any, group: Ints
) -> None:
    """Worsen the verdicts of edge groups (outcome, hard, soft, ratio) by restrictions in force."""
    for one in violations(network, demand, rules):
        edges = np.unique(group[np.array(one.edges, dtype=np.int64)])
        verdicts.outcome[edges] = np.maximum(verdicts.outcome[edges], one.outcome)
        if one.outcome is Passability.FAIL:
            counts = verdicts.hard if one.restriction.hard else verdicts.soft
            counts[edges] += 1
            verdicts.ratio[edges] += excess_ratio(one)


def excess_ratio(one: Violation) -> float:
    """Return exceeded / limit; 0 where the road is closed."""
    if one.limit is None or one.value is None:
        return 0.0
    return (one.value + one.gap_m - one.limit) / max(one.limit, TOLERANCE)


def violations_on(
    network: RoadNetwork, demand: Demand, rules: PassageRules, edge: int
) -> Iterator[Violation]:
    """Yield the violations on one edge, on whichever part of it."""
    if not rules.restrictions:
        return
    restricted = remembered(
        network,
        "restricted edges",
        lambda: [frozenset(one.edges) for one in network.restrictions],
    )
    for one in rules.restrictions:
        if edge in restricted[one.number]:
            found = _of_one(network, one, demand, rules)
            yield from (violation for violation in found if edge in violation.edges)


def untouched(
    network: RoadNetwork, rules: PassageRules, edge: int, driven: tuple[float, float]
) -> frozenset[int]:
    """Return the numbers of the restrictions in force that lie on other parts of an edge."""
    if not rules.restrictions:
        return frozenset()
    spans = remembered(network, "restricted parts", lambda: _spans(network)).get(edge, _NO_SPANS)
    if not spans:
        return frozenset()
    numbers = {one.number for one in rules.restrictions}
    return frozenset(
        number for number, span in spans if number in numbers and not touches(span, driven)
    )


def _spans(network: RoadNetwork) -> dict[int, tuple[tuple[int, tuple[float, float]], ...]]:
    found: dict[int, list[tuple[int, tuple[float, float]]]] = defaultdict(list)
    for number, one in enumerate(network.restrictions):
        for edge, span in zip(one.edges, one.spans, strict=False):
            if span[0] > 0 or span[1] < network.length_m[edge]:
                found[edge].append((number, span))
    return {edge: tuple(spans) for edge, spans in found.items()}


def timed_capacities(
    network: RoadNetwork, rules: PassageRules, dimension: Dimension, group: Ints
) -> Floats:
    """Return for each edge group the largest value that the restrictions in force let through."""
    result = np.full(int(group.max(initial=-1)) + 1, inf)
    for one in rules.restrictions:
        if one.windows:
            continue
        for limit, on in _limiting(network, rules, one.number, dimension):
            edges = group[np.array(on, dtype=np.int64)]
            result[edges] = np.minimum(result[edges], limit)
    return result


def _limiting(
    network: RoadNetwork, rules: PassageRules, number: int, dimension: Dimension
) -> Iterator[tuple[float, tuple[int, ...]]]:
    restriction = network.restrictions[number]
    limit = dict(restriction.limits).get(dimension.signed)
    if limit is not None:
        yield limit, restriction.edges
    if dimension is Dimension.WIDTH:
        for left in widths_left(network, number):
            if left.certainty is Certainty.KNOWN and left.width_m > 0:
                yield left.width_m - 2 * rules.beside(left.road_class).mandatory_m, left.edges
