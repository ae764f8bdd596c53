"""Nodes that stop or limit who passes them: roads end or are divided there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from road_data.osm.describing import read_node_hours, read_node_limits
from road_data.osm.roads import RawRoads
from road_data.osm.simplifying import Array, Chains, Flags
from road_data.osm.tags.barrier import missing_on_node, read_node_access, read_node_structure
from road_data.osm.tags.stated import Reading, Tags, Unread
from transport.network.attributes import Access, LimitKind, StructureKind


class NodeRule(NamedTuple):
    """What the tags of a node ask of those who pass it; `hours` as `EdgeProfile.closed_hours`."""

    access: Access
    limits: dict[LimitKind, Reading]
    structure: StructureKind | None
    hours: str
    unread: list[Unread]


@dataclass(frozen=True, slots=True)
class Stops:
    """Which numbered nodes nobody passes, and which must be ends of edges."""

    closing: Flags
    ends: Flags


def read_nodes(node_tags: dict[int, Tags]) -> dict[int, NodeRule]:
    """Return what every tagged node asks, by its id."""
    rules = {}
    for node, tags in node_tags.items():
        limits, unread = read_node_limits(tags)
        rules[node] = NodeRule(
            read_node_access(tags),
            limits,
            read_node_structure(tags),
            read_node_hours(tags, limits),
            unread,
        )
    return rules


def find_stops(roads: RawRoads, rules: dict[int, NodeRule], ids: Array, flat: Array) -> Stops:
    """Say where roads are divided: at a closed node, and on both sides of one that limits.

    What concerns a point must not concern the addresses before it, so only the steps of the line
    that touch a limiting node carry what it asks. `flat` numbers the points of all ways.
    """
    closing = [node for node, rule in rules.items() if rule.access is Access.CLOSED]
    limiting = [
        node
        for node, rule in rules.items()
        if rule.access not in (Access.CLOSED, Access.OPEN)
        or rule.hours
        or (rule.structure is None and (rule.limits or missing_on_node(roads.node_tags[node])))
    ]
    closed, ends = _flags(closing, ids), _flags(limiting, ids)
    starts = np.zeros(len(flat) + 1, dtype=bool)
    starts[np.array(roads.start, dtype=np.int64)] = True
    limits = ends[flat]
    before = np.flatnonzero(limits[1:] & ~starts[1:-1])
    after = np.flatnonzero(limits[:-1] & ~starts[1:-1]) + 1
    ends[flat[before]] = True
    ends[flat[after]] = True
    return Stops(closed, ends | closed)


def _flags(nodes: list[int], ids: Array) -> Flags:
    return np.isin(ids, np.array(sorted(nodes), dtype=np.int64))


def part_at(chains: Chains, closing: Flags) -> tuple[Chains, Array]:
    """Give every chain that ends at a closed node an end of its own, as if the road ended there.

    Returns the chains and, for the new nodes in order, which one each stands for.
    """
    places = np.concatenate([chains.start[:-1], chains.start[1:] - 1])
    there = np.sort(places[closing[chains.nodes[places]]])
    nodes: npt.NDArray[np.int64] = chains.nodes.copy()
    nodes[there] = len(closing) + np.arange(len(there))
    return replace(chains, nodes=nodes), chains.nodes[there]
