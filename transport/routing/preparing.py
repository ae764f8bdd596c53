"""What the engine prepares once for a network: the hierarchy, groups of turns, free times on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transport.network.attributes import Access, Ints, RoadClass
from transport.network.graph import RoadNetwork
from transport.routing.costs import enters_county, free_ms
from transport.routing.paths import sequences_on
from transport.routing.turning import sharp_turns, turn_groups
from transport.search.customising import CLOSED, CustomMetric, customise
from transport.search.prepared import PreparedRoads, prepare
from transport.search.turn_graph import turn_graph

PREPARED = "prepared roads"


def turn_groups_between(network: RoadNetwork, edge_in: Ints, edge_out: Ints) -> Ints:
    """Return 0 for a plain turn, 1 + its group for a sharp one; more where it enters a county."""
    sharp, groups = sharp_turns(network), turn_groups(network)
    result = np.zeros(len(edge_in), dtype=np.int32)
    if len(sharp.key):
        key = edge_in.astype(np.int64) * network.edge_count + edge_out
        row = np.minimum(np.searchsorted(sharp.key, key), len(sharp.key) - 1)
        result[:] = np.where(sharp.key[row] == key, groups.group[row] + 1, 0)
    return result + (len(groups.limit_m) + 1) * enters_county(network, edge_in, edge_out).astype(
        np.int32
    )


def prepare_roads(network: RoadNetwork) -> PreparedRoads:
    """Prepare a network for the engine: some 20 s for each million edges."""
    sequences = sequences_on(network)
    graph = turn_graph(
        network.first_edge,
        network.head,
        network.reverse,
        bans_of(network),
        edge_of=sequences.edge,
        steps=sequences.step,
    )
    return prepare(graph, network.tail, network.head, network.node_count)


def bans_of(network: RoadNetwork) -> Ints:
    """Return the pairs of edges that no turn graph of the network has as a turn, sorted."""
    # As `forbidden_turns`, but without a dictionary: a fresh process waits for this.
    fast = np.flatnonzero(network.road_class == RoadClass.EXPRESSWAY)
    back = np.stack([fast, network.reverse[fast]], axis=1)
    pairs = np.concatenate([back, network.forbidden_turns.reshape(-1, 2)]).astype(np.int64)
    # The way back of a one-way road is -1, so one is added to the second of each pair.
    keys = np.unique(pairs[:, 0] * 2**32 + pairs[:, 1] + 1)
    return np.stack([keys >> 32, (keys & (2**32 - 1)) - 1], axis=1).astype(np.int32)


def unlimited_metric_of(network: RoadNetwork, roads: PreparedRoads) -> CustomMetric:
    """Customise free driving time over all open roads."""
    entered = np.where(network.access == Access.CLOSED, CLOSED, free_ms(network)).astype(np.int32)
    return customise(roads.hierarchy, entered[roads.graph.edge[roads.graph.head]])


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a store keeps of a network for the engine."""

    roads: PreparedRoads
    unlimited: CustomMetric | None = None
    turn_group: Ints | None = None
