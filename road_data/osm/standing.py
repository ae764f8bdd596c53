"""What stands on the roads: limits and barriers of nodes, and structures at their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from road_data.osm.columns import Sources, columns
from road_data.osm.describing import EdgeProfile, stricter, structure_readings
from road_data.osm.roads import RawRoads
from road_data.osm.simplifying import Chains
from road_data.osm.stops import NodeRule
from road_data.osm.tags.access_words import worse
from road_data.osm.tags.barrier import missing_on_node
from road_data.osm.tags.stated import Reading, Tags, Unread
from road_data.osm.tags.structure import BELONGING
from transport.network.attributes import (
    STRUCTURE_LIMITS,
    Access,
    Bytes,
    Certainty,
    LimitColumn,
    LimitKind,
    StructureKind,
)
from transport.network.graph import Structures

Array = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]


class NamedProfile(Protocol):
    """What an edge carries, with the names of its structure."""

    @property
    def profile(self) -> EdgeProfile:
        """What the edge carries."""

    @property
    def name(self) -> str:
        """Name of the road."""

    @property
    def name_en(self) -> str:
        """English name of the road."""

    @property
    def structure_name(self) -> str:
        """Name of the structure itself."""

    @property
    def structure_name_en(self) -> str:
        """English name of the structure itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where things can stand: the chains with metres along them, and the edges on each chain."""

    roads: RawRoads
    ids: Array
    lon: Degrees
    lat: Degrees
    chains: Chains
    along: Degrees
    edge_chain: Array
    edge_backward: npt.NDArray[np.bool_]


class Row(NamedTuple):
    """One structure on one edge, before it becomes part of the columns."""

    edge: int
    offset_m: float
    kind: StructureKind
    lon: float
    lat: float
    id: str
    name: str
    name_en: str
    readings: tuple[Reading, ...]


class Found(NamedTuple):
    """What nodes bring: structures, and bans and limits at hours (lines) by edge."""

    rows: list[Row]
    hours: dict[int, list[str]]


def apply_nodes(
    standing: Standing,
    limits: dict[LimitKind, LimitColumn],
    access: Bytes,
    sources: Sources,
    rules: dict[int, NodeRule],
    unread: Counter[Unread],
) -> Found:
    """Lay the limits and barriers of nodes on their edges; return the structures and hours there.

    A node inside an edge concerns both directions; a node at an end concerns the edges that arrive.
    What stands where a road ends, such as a bollard with a path behind it, is passed by nobody;
    roads end at closed nodes (`road_data.osm.stops`).
    """
    rows: list[Row] = []
    hours: dict[int, list[str]] = {}
    seen: set[int] = set()
    for node, edge, offset_m in _places_on_edges(standing):
        node_id = int(standing.ids[node])
        tags = standing.roads.node_tags[node_id]
        node_access, stated, kind, at_hours, faults = rules[node_id]
        if node_id not in seen:
            unread.update(faults)
            seen.add(node_id)
        access[edge] = worse(Access(int(access[edge])), node_access)
        if at_hours:
            hours.setdefault(edge, []).extend(at_hours.splitlines())
        if kind is None:
            _restrict(limits, edge, _with_missing(stated, tags), sources)
            continue
        here = {limit: value for limit, value in stated.items() if limit in BELONGING[kind]}
        _restrict(limits, edge, {k: v for k, v in stated.items() if k not in here}, sources)
        rows.append(
            Row(edge, offset_m, kind, float(standing.lon[node]), float(standing.lat[node]),
                f"node/{node_id}", tags.get("name", ""), tags.get("name:en", ""),
                structure_readings(kind, missing_on_node(tags), here))
        )  # fmt: skip
    return Found(rows, hours)


def _with_missing(stated: dict[LimitKind, Reading], tags: Tags) -> dict[LimitKind, Reading]:
    missing = missing_on_node(tags)
    sign = stated.get(LimitKind.SIGNED_HEIGHT)
    if sign is not None and sign.certainty is Certainty.UNKNOWN:
        missing.setdefault(LimitKind.CLEAR_HEIGHT, sign)
    elif sign is not None:
        missing.pop(LimitKind.CLEAR_HEIGHT, None)
    return {**missing, **stated}


def _restrict(
    limits: dict[LimitKind, LimitColumn],
    edge: int,
    stated: dict[LimitKind, Reading],
    sources: Sources,
) -> None:
    for kind, reading in stated.items():
        column = limits[kind]
        there = Reading(
            float(column.value[edge]),
            Certainty(int(column.certainty[edge])),
            sources.text(int(column.source[edge])),
        )
        strict = stricter(there, reading)
        column.value[edge] = strict.value
        column.certainty[edge] = strict.certainty
        column.source[edge] = sources.number(strict.source)


def _places_on_edges(standing: Standing) -> Iterator[tuple[int, int, float]]:
    """Yield (node, edge, metres from the tail) for every tagged node on a road."""
    chains = standing.chains
    ends = np.concatenate([chains.nodes[chains.start[:-1]], chains.nodes[chains.start[1:] - 1]])
    dead_end = np.bincount(ends, minlength=len(standing.ids)) == 1
    tagged = np.isin(standing.ids, np.array(sorted(standing.roads.node_tags), dtype=np.int64))
    by_chain: dict[int, list[int]] = {}
    for edge, chain in enumerate(standing.edge_chain.tolist()):
        by_chain.setdefault(chain, []).append(edge)
    for place in np.flatnonzero(tagged[chains.nodes]).tolist():
        chain = int(np.searchsorted(chains.start, place, side="right")) - 1
        first, last = int(chains.start[chain]), int(chains.start[chain + 1]) - 1
        if place in (first, last) and dead_end[chains.nodes[place]]:
            continue
        length_m = float(standing.along[last])
        for edge in by_chain.get(chain, ()):
            backward = bool(standing.edge_backward[edge])
            if place == (last if backward else first):
                continue  # the tail: the edges that arrive there carry it
            offset_m = float(standing.along[place])
            yield int(chains.nodes[place]), edge, length_m - offset_m if backward else offset_m


def structures(
    standing: Standing,
    on_ways: list[tuple[int, NamedProfile]],
    at_nodes: list[Row],
    sources: Sources,
) -> Structures:
    """Return all structures in the order of their edges."""
    rows = at_nodes + [_on_way(standing, edge, carried) for edge, carried in on_ways]
    rows.sort(key=lambda row: (row.edge, row.offset_m, row.id))
    edge = np.array([row.edge for row in rows], dtype=np.int32)
    count = len(standing.edge_chain)
    return Structures(
        first=np.searchsorted(edge, np.arange(count + 1)).astype(np.int32),
        edge=edge,
        kind=np.array([row.kind for row in rows], dtype=np.uint8),
        offset_m=np.array([row.offset_m for row in rows], dtype=np.float64),
        lon=np.array([row.lon for row in rows], dtype=np.float64),
        lat=np.array([row.lat for row in rows], dtype=np.float64),
        ids=tuple(row.id for row in rows),
        names=tuple(row.name for row in rows),
        names_en=tuple(row.name_en for row in rows),
        limits=columns(STRUCTURE_LIMITS, [row.readings for row in rows], sources),
    )


def _on_way(standing: Standing, edge: int, carried: NamedProfile) -> Row:
    """Place a structure that fills its edge at the middle of it."""
    chains = standing.chains
    chain = int(standing.edge_chain[edge])
    part = slice(int(chains.start[chain]), int(chains.start[chain + 1]))
    along, nodes = standing.along[part], chains.nodes[part]
    middle_m = float(along[-1]) / 2
    kind = carried.profile.structure
    if kind is None:  # pragma: no cover - callers pass edges with a structure
        raise ValueError(edge)
    way = standing.roads.way_ids[int(chains.name_way[chain])]
    return Row(
        edge, middle_m, kind,
        float(np.interp(middle_m, along, standing.lon[nodes])),
        float(np.interp(middle_m, along, standing.lat[nodes])),
        f"way/{way}",
        carried.structure_name or carried.name,
        carried.structure_name_en or carried.name_en,
        carried.profile.structure_limits,
    )  # fmt: skip
