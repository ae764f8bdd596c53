"""How large a load may be and still get there, on large networks: reach tried value by value.

Capacities have few different values, so halving them takes a handful of searches that look at what
is open and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, product
from math import inf

import numpy as np

from transport.network.attributes import Floats, Ints
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing.costs import SHUT
from transport.routing.engine import RouteEngine, engine_of
from transport.routing.engine_metric import EngineMetric
from transport.routing.paths import Metric, Stops
from transport.search.customising import CLOSED
from transport.search.reaching import reaches

Capacities = tuple[Ints, Floats, Floats]


def widest_reach(
    network: RoadNetwork,
    capacities: Capacities,
    leaving: Mapping[int, float],
    arriving: Mapping[int, float],
    shut: Collection[int],
) -> float:
    """Return the largest value that some way lets through, `-inf` where there is none.

    `capacities` are the group of every edge, what each group lets through, and what each group of
    sharp turns does; `leaving` and `arriving` those of the driven parts at the ends.
    """
    engine = engine_of(network)
    group, of_group, of_turn = capacities
    values = np.unique(
        np.concatenate([of_group, of_turn, list(leaving.values()), list(arriving.values())])
    )
    values = values[values > -inf]
    low, high = 0, len(values)  # values[:low] reach
    while low < high:
        middle = (low + high) // 2
        least = float(values[middle])
        opened = (group, of_group >= least, np.concatenate([[True], of_turn >= least]))
        if _reaches(
            engine,
            opened,
            [edge for edge, value in leaving.items() if value >= least],
            [edge for edge, value in arriving.items() if value >= least],
            shut,
        ):
            low = middle + 1
        else:
            high = middle
    return float(values[low - 1]) if low else -inf


def is_reached(metric: Metric, stops: Stops) -> bool:
    """Say whether a metric of the engine leaves any way open from stop to stop."""
    if not isinstance(metric, EngineMetric):
        raise TypeError("only metrics of the engine are looked at this way")
    return all(_leg_is_open(metric, starts, ends) for starts, ends in pairwise(stops))


def _leg_is_open(
    metric: EngineMetric, starts: Sequence[PlaceOnEdge], ends: Sequence[PlaceOnEdge]
) -> bool:
    engine, pricing = metric.engine, metric.priced.pricing
    length_m = engine.network.length_m
    for one, other in product(starts, ends):
        along = one.edge == other.edge and one.offset_m < other.offset_m
        if along and metric.part(one.edge, one.offset_m, other.offset_m) < inf:
            return True
    sources = [
        p.edge for p in starts if metric.part(p.edge, p.offset_m, float(length_m[p.edge])) < inf
    ]
    open_turn = pricing.turn_ms != CLOSED
    targets = {
        int(engine.roads.tails[arc])
        for place in ends
        if metric.part(place.edge, 0.0, place.offset_m) < inf
        for arc in engine.roads.arcs_into(place.edge)
        if open_turn[pricing.turn_group[arc]]
    }
    if not sources or not targets:
        return False
    return bool(
        reaches(
            engine.roads,
            pricing.permille != SHUT,
            pricing.group,
            open_turn,
            pricing.turn_group,
            sources,
            targets,
            shut=[edge for edge, factor in metric.marks.edges.items() if factor == SHUT],
        )
    )


def _reaches(
    engine: RouteEngine,
    opened: tuple[Ints, np.ndarray, np.ndarray],
    sources: Collection[int],
    ends: Collection[int],
    shut: Collection[int],
) -> bool:
    group, open_group, open_turn = opened
    open_turns = np.tile(open_turn, 2)
    targets = {
        int(engine.roads.tails[arc])
        for edge in ends
        for arc in engine.roads.arcs_into(edge)
        if open_turns[engine.turn_group[arc]]
    }
    return bool(
        sources
        and targets
        and reaches(
            engine.roads, open_group, group, open_turns, engine.turn_group, sources, targets,
            shut=shut,
        )
    )  # fmt: skip
