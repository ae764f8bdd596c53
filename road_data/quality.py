"""How much of a network is known: kilometres known, assumed, demonstration and unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from road_data.surveys.adding import DECIDING
from transport.network.attributes import (
    STRUCTURE_LIMITS,
    Access,
    Certainty,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Surface,
    Tolled,
)
from transport.network.graph import RoadNetwork

_WORST_FIRST = (Certainty.UNKNOWN, Certainty.ASSUMED, Certainty.DEMONSTRATION, Certainty.KNOWN)
_METRES_PER_KM = 1000.0
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How sure one attribute is on the roads of one class, in kilometres of directed edges."""

    attribute: str
    road_class: str
    known_km: float
    assumed_km: float
    demonstration_km: float
    unknown_km: float


@dataclass(frozen=True, slots=True)
class CountyCoverage:
    """How sure one attribute is on the roads of one county, in kilometres of directed edges."""

    attribute: str
    admin_code: str
    name: str
    known_km: float
    assumed_km: float
    demonstration_km: float
    unknown_km: float


@dataclass(frozen=True, slots=True)
class StructureCoverage:
    """How many structures of a kind have a limit known, assumed, invented or unknown."""

    kind: str
    attribute: str
    known: int
    assumed: int
    demonstration: int
    unknown: int


def coverage(network: RoadNetwork) -> list[Coverage]:
    """Return the coverage of every limit, of access, owner, toll and surface, per road class.

    An edge is as sure as the least sure of itself and the structures on it.
    """
    rows = []
    for attribute, (certainty, concerned) in _attributes(network).items():
        for road_class in RoadClass:
            here = (network.road_class == road_class) & concerned
            if here.any():
                rows.append(_row(attribute, road_class, _kilometres(network, certainty, here)))
    return rows


def county_coverage(network: RoadNetwork, names: Mapping[str, str]) -> list[CountyCoverage]:
    """Return the coverage of every attribute per county; `names` completes the network's own.

    Roads in no county stand under an empty code.
    """
    named = {**names, **{area.code: area.name for area in network.areas}}
    codes = sorted({(network.text(number), number) for number in np.unique(network.admin_code)})
    return [
        CountyCoverage(attribute, code, named.get(code, ""), *_kilometres(network, certainty, here))
        for attribute, (certainty, concerned) in _attributes(network).items()
        for code, number in codes
        if (here := (network.admin_code == number) & concerned).any()
    ]


def structure_coverage(network: RoadNetwork) -> list[StructureCoverage]:
    """Return for every kind how many structures have each deciding limit known or not.

    A structure on both directions of a road counts once, as its less sure direction.
    """
    structures = network.structures
    rank = np.empty(len(Certainty), dtype=np.uint8)
    rank[list(_WORST_FIRST)] = range(len(_WORST_FIRST))
    ids = np.array(list(structures.ids), dtype=object)
    rows = []
    for kind, limits in DECIDING.items():
        here = np.flatnonzero(structures.kind == kind)
        _, one_of = np.unique(ids[here].astype(str), return_inverse=True)
        for limit in limits:
            worst = np.full(one_of.max(initial=-1) + 1, len(Certainty) - 1, dtype=np.uint8)
            np.minimum.at(worst, one_of, rank[structures.limits[limit].certainty[here]])
            counts = [int((worst == rank[level]).sum()) for level in Certainty]
            rows.append(StructureCoverage(kind.word, limit.value, *counts))
    return rows


def _attributes(network: RoadNetwork) -> dict[str, tuple[Bytes, Flags]]:
    """Return for every attribute how sure it is on each edge, and which edges it is about."""
    everywhere = np.ones(network.edge_count, dtype=np.bool_)
    columns = {
        kind.value: (_with_structures(network, kind), _concerned(network, kind))
        for kind in STRUCTURE_LIMITS
    }
    recorded = np.full(network.edge_count, Certainty.UNKNOWN, dtype=np.uint8)
    recorded[network.surveys.section_edge] = Certainty.KNOWN
    counties = network.admin_certainty
    if counties is None:
        counties = _enumerated(network.admin_code > 0, 0, Certainty.ASSUMED)
    enumerated = {
        "access": _enumerated(network.access, Access.UNKNOWN, Certainty.KNOWN),
        "owner": _enumerated(network.owner, Owner.UNKNOWN, Certainty.ASSUMED),
        "toll": _enumerated(network.tolled, Tolled.UNKNOWN, Certainty.ASSUMED),
        "county": counties,
        "section_record": recorded,
    }
    if network.surface is not None:
        enumerated["surface"] = _enumerated(network.surface, Surface.UNKNOWN, Certainty.KNOWN)
    if network.grade_pct is not None:
        unknown = np.isnan(network.grade_pct).astype(np.uint8)
        enumerated["grade_pct"] = _enumerated(unknown, 1, Certainty.KNOWN)
    return columns | {name: (certainty, everywhere) for name, certainty in enumerated.items()}


def _kilometres(network: RoadNetwork, certainty: Bytes, here: Flags) -> list[float]:
    return [
        float(network.length_m[here & (certainty == level)].sum()) / _METRES_PER_KM
        for level in Certainty
    ]


def structure_counts(network: RoadNetwork) -> dict[str, int]:
    """Count structures by kind; one that stands on both directions counts once."""
    each = {*zip(network.structures.kind.tolist(), network.structures.ids, strict=True)}
    return {kind.word: sum(1 for number, _ in each if number == kind) for kind in StructureKind}


def _row(attribute: str, road_class: RoadClass, km: list[float]) -> Coverage:
    return Coverage(
        attribute=attribute,
        road_class=road_class.word,
        known_km=km[Certainty.KNOWN],
        assumed_km=km[Certainty.ASSUMED],
        demonstration_km=km[Certainty.DEMONSTRATION],
        unknown_km=km[Certainty.UNKNOWN],
    )


def _with_structures(network: RoadNetwork, kind: LimitKind) -> Bytes:
    structures = network.structures
    on_edges = network.limits.get(kind)
    rank = np.empty(len(Certainty), dtype=np.uint8)
    rank[list(_WORST_FIRST)] = range(len(_WORST_FIRST))
    start = Certainty.KNOWN if on_edges is None else on_edges.certainty
    worst = np.broadcast_to(rank[start], (network.edge_count,)).copy()
    on_structures = structures.limits.get(kind)
    if on_structures is not None:
        np.minimum.at(worst, structures.edge, rank[on_structures.certainty])
    levels: Bytes = np.array(_WORST_FIRST, dtype=np.uint8)[worst]
    return levels


def _concerned(network: RoadNetwork, kind: LimitKind) -> Flags:
    """Return the edges that the limit is about: a load rating is about edges with a bridge."""
    if kind in network.limits:
        return np.ones(network.edge_count, dtype=np.bool_)
    concerned = np.zeros(network.edge_count, dtype=np.bool_)
    column = network.structures.limits.get(kind)
    if column is not None:
        free = np.isposinf(column.value) & (column.certainty == Certainty.KNOWN)
        concerned[network.structures.edge[~free]] = True
    return concerned


def _enumerated(values: Any, unknown: int, otherwise: Certainty) -> Bytes:
    return np.where(values == unknown, Certainty.UNKNOWN, otherwise).astype(np.uint8)
