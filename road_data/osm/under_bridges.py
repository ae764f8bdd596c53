"""Overbridges: the clearance under a bridge is a question to the road below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from road_data.osm.crossing import Crossing, Levels, crossings
from road_data.osm.describing import EdgeProfile, structure_readings
from road_data.osm.standing import NamedProfile, Row, Standing
from road_data.osm.tags.stated import ABSENT, NAN, Reading
from transport.network.attributes import EDGE_LIMITS, Certainty, LimitKind, StructureKind

Array = npt.NDArray[np.int64]
_ON_THE_ROAD = Reading(math.inf, Certainty.KNOWN, "recorded on the road below")
_MISSING = Reading(NAN, Certainty.UNKNOWN, "clear height under the bridge not recorded")
_SIGN, _CLEAR = (
    EDGE_LIMITS.index(kind) for kind in (LimitKind.SIGNED_HEIGHT, LimitKind.CLEAR_HEIGHT)
)


def under_bridges(standing: Standing, kinds: Sequence[NamedProfile], carried: Array) -> list[Row]:
    """Return an overbridge on every edge that runs under a bridge of any kind."""
    found = crossings(
        standing.chains,
        standing.ids,
        standing.lon,
        standing.lat,
        standing.along,
        _levels(standing, kinds, carried),
        standing.roads.above,
    )
    if not found:
        return []
    concerned = {chain for crossing in found for chain in (crossing.chain, crossing.bridge)}
    edges = _edges_by_chain(standing, concerned)
    names = {
        bridge: _bridge_names(standing, kinds, carried, bridge, edges.get(bridge, [0])[0])
        for bridge in {crossing.bridge for crossing in found}
    }
    return [
        _row(standing, crossing, edge, kinds[carried[edge]].profile, names[crossing.bridge])
        for crossing in found
        for edge in edges.get(crossing.chain, ())
    ]


def _levels(standing: Standing, kinds: Sequence[NamedProfile], carried: Array) -> Levels:
    """Return the levels of the chains; what travels in both directions lies on one level."""
    count = len(standing.chains.start) - 1
    layer = np.array([kind.profile.layer for kind in kinds], dtype=np.int64)
    bridge = np.array([kind.profile.structure is StructureKind.BRIDGE for kind in kinds])
    hidden = np.array(
        [
            kind.profile.structure in (StructureKind.TUNNEL, StructureKind.OVERBRIDGE)
            for kind in kinds
        ]
    )
    levels = Levels(np.zeros(count, np.int64), np.zeros(count, bool), np.ones(count, bool))
    levels.layer[standing.edge_chain] = layer[carried]
    levels.bridge[standing.edge_chain] = bridge[carried]
    levels.hidden[standing.edge_chain] = hidden[carried]
    return levels


def _edges_by_chain(standing: Standing, chains: set[int]) -> dict[int, list[int]]:
    edges: dict[int, list[int]] = {}
    concerned = np.isin(standing.edge_chain, np.array(sorted(chains), dtype=np.int64))
    for edge in np.flatnonzero(concerned).tolist():
        edges.setdefault(int(standing.edge_chain[edge]), []).append(edge)
    return edges


def _bridge_names(
    standing: Standing, kinds: Sequence[NamedProfile], carried: Array, bridge: int, edge: int
) -> tuple[int, str, str]:
    """Return way id and names of a bridge: a chain with one of its edges, or a record."""
    if bridge < 0:
        record = standing.roads.above[-1 - bridge]
        return record.way_id, record.name, record.name_en
    way = standing.roads.way_ids[int(standing.chains.name_way[bridge])]
    kind = kinds[carried[edge]]
    return way, kind.structure_name or kind.name, kind.structure_name_en or kind.name_en


def _row(
    standing: Standing,
    crossing: Crossing,
    edge: int,
    below: EdgeProfile,
    bridge: tuple[int, str, str],
) -> Row:
    way, name, name_en = bridge
    chains = standing.chains
    under = standing.roads.way_ids[int(chains.name_way[crossing.chain])]
    length_m = float(standing.along[chains.start[crossing.chain + 1] - 1])
    backward = bool(standing.edge_backward[edge])
    return Row(
        edge,
        length_m - crossing.offset_m if backward else crossing.offset_m,
        StructureKind.OVERBRIDGE,
        crossing.lon,
        crossing.lat,
        f"way/{way}/over/{under}",
        name,
        name_en,
        structure_readings(
            StructureKind.OVERBRIDGE, {}, {LimitKind.CLEAR_HEIGHT: _clearance(below)}
        ),
    )


def _clearance(below: EdgeProfile) -> Reading:
    """Leave the clearance to the road where it states any height, else ask for it."""
    sign, clear = below.limits[_SIGN], below.limits[_CLEAR]
    if math.isfinite(sign.value) or Certainty.UNKNOWN in (sign.certainty, clear.certainty):
        return _ON_THE_ROAD
    return _MISSING if clear == ABSENT else _ON_THE_ROAD
