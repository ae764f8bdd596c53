"""Compile every search once, on a road with three junctions, so that later starts find the code."""

from __future__ import annotations

import numpy as np

from transport.search.customising import customise, repair
from transport.search.detouring import ways_over_others
from transport.search.guided import GuideSpace, Marks, guided_way
from transport.search.prepared import PreparedRoads, prepare
from transport.search.pricing import Pricing
from transport.search.querying import Workspace, cheapest_way
from transport.search.reaching import reaches
from transport.search.turn_graph import turn_graph
from transport.search.violating import Faults, least_violating_way

_PLAIN = np.zeros(1, dtype=np.int32)


def compile_searches() -> None:
    """Run all kernels with arrays of the kinds that real searches have."""
    roads = _three_junctions()
    pricing = Pricing(
        base_ms=np.full(roads.edge_count, 1000, dtype=np.int32),
        group=np.zeros(roads.edge_count, dtype=np.int32),
        permille=np.array([1000], dtype=np.int32),
        added_ms=_PLAIN,
        toll_ms=np.zeros(0, dtype=np.int32),
        turn_group=np.zeros(roads.graph.arc_count, dtype=np.int32),
        turn_ms=_PLAIN,
    )
    turn_ms = pricing.all_turns_ms(roads.graph)
    metric = customise(roads.hierarchy, turn_ms)
    repair(roads.hierarchy, metric, turn_ms, np.array([0], dtype=np.int32))
    ends = {2: 0}
    workspace = Workspace.for_hierarchy(roads.hierarchy)
    cheapest_way(roads.hierarchy, metric, {0: 0}, ends, workspace)
    ways_over_others(
        roads.hierarchy, metric, roads.graph.head, {0: 0}, ends, workspace,
        stretch_permille=2000, most=2,
    )  # fmt: skip
    sign = np.zeros(1, dtype=np.uint8)
    space = GuideSpace.for_roads(roads)
    guided_way(roads, metric, pricing, {0: 0}, ends, space, sign, Marks({1: 1100}))
    every = np.ones(1, dtype=np.bool_)
    reaches(roads, every, pricing.group, every, pricing.turn_group, [0], ends)
    none = np.zeros(1, dtype=np.int64)
    faults = Faults(none, none, none, none, pricing.group, pricing.turn_group, pricing.base_ms)
    least_violating_way(roads, metric, faults, {}, {}, {0: (0, 0, 0)}, {2: (0, 0, 0)}, sign)


def _three_junctions() -> PreparedRoads:
    tail = np.array([0, 1, 1, 2], dtype=np.int32)
    head = np.array([1, 0, 2, 1], dtype=np.int32)
    first = np.array([0, 1, 3, 4], dtype=np.int32)
    reverse = np.array([1, 0, 3, 2], dtype=np.int32)
    graph = turn_graph(first, head, reverse, np.zeros((0, 2), dtype=np.int32))
    return prepare(graph, tail, head, 3)
