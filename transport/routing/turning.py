"""Judge sharp turns between roads for long loads, where no check of the swept path exists yet.

A junction that was examined carries the overall length it lets turn; without one the turn of a
load longer than ordinary is an open question.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import (
    Bytes,
    Certainty,
    Floats,
    Ints,
    LimitKind,
    Passability,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.alike import grouped
from transport.routing.demand import TOLERANCE, Demand, Dimension
from transport.routing.passage_rules import PassageRules
from transport.routing.search import Turn

# A junction structure this near the end of its edge belongs to the node there.
_AT_NODE_M = 100.0
_NO_STRUCTURE = -1
# A sharper turn between roads is surveyed for a long load: a choice of this product until
# the swept path is computed.
SHARP_TURN_DEG = 60.0
SHARP_TURNS, TURN_GROUPS = "sharp turns", "turn groups"
Booleans = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SharpTurns:
    """Sharp turns as parallel arrays, sorted by edge in and edge out; `stays` on one road's number.

    `key` is edge in times the number of edges plus edge out.
    """

    edge_in: Indices
    edge_out: Indices
    stays: Booleans
    key: Indices


@dataclass(frozen=True, slots=True)
class _Examined:
    """Per node the overall length that may turn there, how sure, and which structure says so."""

    length_m: Floats
    certainty: Bytes
    structure: Indices


@dataclass(frozen=True, slots=True)
class TurnVerdict:
    """One turn that does not simply pass."""

    outcome: Passability
    limit: float | None
    certainty: Certainty
    structure: int


@dataclass(frozen=True, slots=True)
class TurnGroups:
    """Sharp turns that no load can tell apart: their group, and what decides of each group."""

    group: Ints
    limit_m: Floats
    certainty: Bytes
    asked: Booleans


@dataclass(frozen=True, slots=True)
class JudgedTurns:
    """The sharp turns of a network judged for one length; every other turn simply passes."""

    network: RoadNetwork
    outcome: Bytes
    sharp: SharpTurns
    groups: TurnGroups

    def get(self, turn: Turn) -> TurnVerdict | None:
        """Return the verdict on a turn that does not simply pass."""
        sharp = self.sharp
        key = turn[0] * self.network.edge_count + turn[1]
        row = int(sharp.key.searchsorted(key))
        if row == len(sharp.key) or sharp.key[row] != key:
            return None
        outcome = Passability(int(self.outcome[self.groups.group[row]]))
        if outcome is Passability.PASS:
            return None
        examined, node = _examined(self.network), int(self.network.head[turn[0]])
        limit = float(examined.length_m[node])
        return TurnVerdict(
            outcome,
            limit if math.isfinite(limit) else None,
            Certainty(int(examined.certainty[node])),
            int(examined.structure[node]),
        )

    def along(self, edges: Indices) -> Bytes:
        """Return the outcome of each turn from one edge of a path to the next."""
        if len(edges) < 2 or not len(self.sharp.key):  # noqa: PLR2004 - a turn has two edges
            return np.zeros(max(len(edges) - 1, 0), dtype=np.uint8)
        keys = edges[:-1] * self.network.edge_count + edges[1:]
        rows = np.minimum(np.searchsorted(self.sharp.key, keys), len(self.sharp.key) - 1)
        found = self.outcome[self.groups.group[rows]]
        outcome: Bytes = np.where(self.sharp.key[rows] == keys, found, np.uint8(0))
        return outcome

    def worse_than(self, worst: Passability) -> list[Turn]:
        """Return the turns whose verdict is worse."""
        rows = np.flatnonzero(self.outcome[self.groups.group] > worst)
        sharp = self.sharp
        return list(zip(sharp.edge_in[rows].tolist(), sharp.edge_out[rows].tolist(), strict=True))


def judge_turns(network: RoadNetwork, demand: Demand, rules: PassageRules) -> JudgedTurns:
    """Judge the turns of a network for this length."""
    beyond = demand.is_beyond_ordinary(Dimension.LENGTH, rules)
    groups = turn_groups(network)
    known = np.isin(groups.certainty, (Certainty.KNOWN, Certainty.DEMONSTRATION))
    holds = groups.limit_m >= demand.length_m - TOLERANCE
    outcome = np.full(len(known), Passability.PASS, dtype=np.uint8)
    if beyond:
        assumed = (groups.certainty == Certainty.ASSUMED) & holds
        outcome[~known & groups.asked] = Passability.UNKNOWN
        outcome[assumed] = Passability.CONDITIONAL
    outcome[known] = np.where(holds[known], Passability.PASS, Passability.FAIL)
    return JudgedTurns(network, outcome, sharp_turns(network), groups)


def turn_groups(network: RoadNetwork) -> TurnGroups:
    """Group the sharp turns by what decides of them; remembered."""

    def build() -> TurnGroups:
        sharp, examined = sharp_turns(network), _examined(network)
        node = network.head[sharp.edge_in]
        asked = ~sharp.stays | (examined.structure[node] != _NO_STRUCTURE)
        limit, certainty = examined.length_m[node], examined.certainty[node]
        if network.opened_turns:
            opened = np.isin(sharp.edge_in, list(network.opened_turns))
            limit = np.where(opened, np.inf, limit)
            certainty = np.where(opened, np.uint8(Certainty.KNOWN), certainty)
        group, rows = grouped([limit, certainty, asked])
        return TurnGroups(group, limit[rows], certainty[rows], asked[rows])

    return remembered(network, TURN_GROUPS, build)


def turn_capacities_m(network: RoadNetwork) -> Floats:
    """Return the known overall length that each group of sharp turns lets through."""
    groups = turn_groups(network)
    known = np.isin(groups.certainty, (Certainty.KNOWN, Certainty.DEMONSTRATION))
    return np.where(known & np.isfinite(groups.limit_m), groups.limit_m, np.inf)


def sharp_turns(network: RoadNetwork) -> SharpTurns:
    """Return the sharp turns at real junctions, and turning back at dead ends; remembered."""
    return remembered(network, SHARP_TURNS, lambda: _sharp(network))


def _sharp(network: RoadNetwork) -> SharpTurns:
    out_degree = np.diff(network.first_edge)
    in_degree = np.bincount(network.head, minlength=network.node_count)
    fan = out_degree[network.head]
    edge_in = np.repeat(np.arange(network.edge_count), fan)
    starts = np.repeat(network.first_edge[network.head], fan)
    within = np.arange(len(edge_in)) - np.repeat(np.cumsum(fan) - fan, fan)
    edge_out = starts + within
    back = network.reverse[edge_in] == edge_out
    leaves, arrives = bearings_deg(network)
    change = np.abs((leaves[edge_out] - arrives[edge_in] + 180) % 360 - 180)
    node = network.head[edge_in]
    two_way_in, two_way_out = network.reverse[edge_in] >= 0, network.reverse[edge_out] >= 0
    junction = (out_degree[node] - two_way_in > 1) | (in_degree[node] - two_way_out > 1)
    turns_back = back & (out_degree[node] == 1)
    keep = turns_back | (~back & junction & (change > SHARP_TURN_DEG))
    edge_in, edge_out, turns_back = edge_in[keep], edge_out[keep], turns_back[keep]
    same_ref = (network.ref[edge_in] == network.ref[edge_out]) & (network.ref[edge_in] != 0)
    same_name = (network.name[edge_in] == network.name[edge_out]) & (network.name[edge_in] != 0)
    edge_out = edge_out.astype(np.int64)
    key = edge_in * network.edge_count + edge_out
    return SharpTurns(edge_in, edge_out, (same_ref | same_name) & ~turns_back, key)


def bearings_deg(network: RoadNetwork) -> tuple[Floats, Floats]:
    """Return the compass direction of every edge where it leaves and where it arrives."""

    def compute() -> tuple[Floats, Floats]:
        first, last = network.shape_start[:-1], network.shape_start[1:] - 1
        return (
            bearing_deg(network, first, first + 1),
            bearing_deg(network, last - 1, last),
        )

    return remembered(network, "bearings", compute)


def bearing_deg(network: RoadNetwork, start: Ints, end: Ints) -> Floats:
    """Return the compass directions from shape points to others."""
    lat = network.shape_lat
    east = (network.shape_lon[end] - network.shape_lon[start]) * np.cos(np.radians(lat[start]))
    direction: Floats = np.degrees(np.arctan2(east, lat[end] - lat[start])) % 360
    return direction


def _examined(network: RoadNetwork) -> _Examined:
    return remembered(network, "examined junctions", lambda: _examine(network))


def _examine(network: RoadNetwork) -> _Examined:
    result = _Examined(
        np.full(network.node_count, np.nan),
        np.full(network.node_count, Certainty.UNKNOWN, dtype=np.uint8),
        np.full(network.node_count, _NO_STRUCTURE, dtype=np.int64),
    )
    structures = network.structures
    column = structures.limits.get(LimitKind.TURN_LENGTH)
    if column is None:
        return result
    for row in np.flatnonzero(structures.kind == StructureKind.JUNCTION):
        edge, offset_m = int(structures.edge[row]), float(structures.offset_m[row])
        length_m = float(network.length_m[edge])
        if min(offset_m, length_m - offset_m) > _AT_NODE_M:
            continue
        node = network.tail[edge] if offset_m < length_m - offset_m else network.head[edge]
        certainty, value = Certainty(int(column.certainty[row])), float(column.value[row])
        held = Certainty(int(result.certainty[node]))
        first = result.structure[node] == _NO_STRUCTURE
        better = _SURENESS[certainty] < _SURENESS[held]
        smaller = certainty == held and value < result.length_m[node]
        if first or better or smaller:
            result.length_m[node] = value
            result.certainty[node] = certainty
            result.structure[node] = row
    return result


# A known junction decides over an assumed one at the same node.
_SURENESS = {
    Certainty.KNOWN: 0,
    Certainty.DEMONSTRATION: 0,
    Certainty.ASSUMED: 1,
    Certainty.UNKNOWN: 2,
}
