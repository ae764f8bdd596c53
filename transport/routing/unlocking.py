"""Find the smallest change of one dimension that opens a way, exactly, by bottleneck search."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

import numpy as np

from transport.network.attributes import Floats, Passability
from transport.routing.demand import Demand, Dimension
from transport.routing.elements import edge_elements, structure_elements
from transport.routing.ground import Ground
from transport.routing.passability import capacities
from transport.routing.paths import (
    Path,
    Stops,
    Stretch,
    cheapest_path,
    duration_s,
    forbidden_turns,
    length_m,
    structures_on,
    topology_of,
)
from transport.routing.route import Unlocking
from transport.routing.search import Turn, widest_capacity
from transport.routing.timed import timed_capacities
from transport.routing.turning import turn_capacities_m

# A change that leaves less than half of the load is another load.
LEAST_SHARE = 0.5
_STEP = 1000  # changes are said in whole millimetres and kilograms, rounded to the safe side


def unlocking_changes(ground: Ground, stops: Stops) -> tuple[Unlocking, ...]:
    """Return for each dimension the smallest change that opens a way, smallest share first.

    A smaller mass shrinks all axle loads with it; a smaller axle load alone keeps the mass on more
    axles. Each change is judged again as a load of its own.
    """
    found: list[tuple[float, Unlocking]] = []
    for dimension in Dimension:
        value = ground.demand.value(dimension)
        if value is None:
            continue
        largest = _largest(ground, stops, dimension)
        if not LEAST_SHARE * value <= largest < value:
            continue
        change = -math.ceil((value - largest) * _STEP - 1e-6) / _STEP
        path = _opened(ground.for_demand(_changed(ground.demand, dimension, change)), stops)
        if path is not None:
            answer = Unlocking(
                ((dimension.value, change),), length_m(path), duration_s(ground.network, path)
            )
            found.append((-change / value, answer))
    return tuple(answer for _, answer in sorted(found, key=lambda pair: pair[0]))


def _changed(demand: Demand, dimension: Dimension, change: float) -> Demand:
    value = demand.value(dimension)
    return demand.with_value(dimension, round((value or 0.0) + change, 6))


def _opened(ground: Ground, stops: Stops) -> Path | None:
    for worst in (Passability.PASS, Passability.CONDITIONAL, Passability.UNKNOWN):
        found = cheapest_path(ground.network, ground.metric(worst), stops)
        if found is not None:
            return found[1]
    return None


def _largest(ground: Ground, stops: Stops, dimension: Dimension) -> float:
    """Return the largest value of one dimension that finds a way with the others as they are."""
    if dimension is Dimension.MASS:
        return ground.demand.mass_t * _largest_of(ground, stops, _mass_shares(ground.demand))
    return _largest_of(ground, stops, {dimension: 1.0})


def _mass_shares(demand: Demand) -> dict[Dimension, float]:
    shares = {Dimension.MASS: demand.mass_t}
    if demand.axle_load_t is not None:
        shares[Dimension.AXLE] = demand.axle_load_t
    return shares


def _largest_of(ground: Ground, stops: Stops, scales: Mapping[Dimension, float]) -> float:
    network, rules = ground.network, ground.rules
    # With these dimensions next to nothing, what still fails is closed by the others.
    rest = ground.demand
    for dimension in scales:
        rest = rest.with_value(dimension, 1e-6)
    others = ground.for_demand(rest)
    edges, structures = edge_elements(network, rules), structure_elements(network, rules)
    alone = _scaled([capacities(edges, d) / scale for d, scale in scales.items()])
    standing = _scaled([capacities(structures, d) / scale for d, scale in scales.items()])
    for dimension, scale in scales.items():
        alone = np.minimum(alone, timed_capacities(network, rules, dimension) / scale)
    alone = np.where(others.judged.edges_alone.outcome == Passability.FAIL, -inf, alone)
    standing = np.where(others.judged.structures.outcome == Passability.FAIL, -inf, standing)
    alone[list(ground.avoided)] = -inf
    whole = alone.copy()
    np.minimum.at(whole, network.structures.edge, standing)

    def part(edge: int, from_m: float, to_m: float) -> float:
        rows = list(structures_on(network, Stretch(edge, from_m, to_m)))
        return float(min([alone[edge], *standing[rows]]))

    turns = _turn_capacities(others, scales) | dict.fromkeys(forbidden_turns(network), -inf)
    result = inf
    for starts, ends in pairwise(stops):
        reach = widest_capacity(
            topology_of(network),
            whole.tolist(),
            turns,
            {p.edge: part(p.edge, p.offset_m, float(network.length_m[p.edge])) for p in starts},
            {p.edge: part(p.edge, 0.0, p.offset_m) for p in ends},
        )
        for start in starts:
            for end in ends:
                if start.edge == end.edge and end.offset_m > start.offset_m:
                    reach = max(reach, part(start.edge, start.offset_m, end.offset_m))
        result = min(result, reach)
    return result


def _scaled(columns: Sequence[Floats]) -> Floats:
    result = columns[0]
    for column in columns[1:]:
        result = np.minimum(result, column)
    return result


def _turn_capacities(others: Ground, scales: Mapping[Dimension, float]) -> dict[Turn, float]:
    if Dimension.LENGTH in scales:
        return turn_capacities_m(others.network)
    return {turn: -inf for turn, v in others.turns.items() if v.outcome is Passability.FAIL}
