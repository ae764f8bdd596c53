"""Set structures that only records know into the structure arrays of a network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from road_data.surveys.draft import Numbered
from road_data.surveys.matching import Spot
from transport.network.attributes import (
    STRUCTURE_LIMITS,
    Certainty,
    Ints,
    LimitColumn,
    LimitKind,
    StructureKind,
)
from transport.network.graph import Structures

_NOT_RECORDED = "not recorded"
_NOT_HERE = "does not apply here"
# What decides whether a structure passes; a missing one is unknown.
DECIDING: Mapping[StructureKind, tuple[LimitKind, ...]] = {
    StructureKind.BRIDGE: (LimitKind.CLEAR_WIDTH, LimitKind.RATED_MASS),
    StructureKind.TUNNEL: (LimitKind.CLEAR_HEIGHT, LimitKind.CLEAR_WIDTH),
    StructureKind.OVERBRIDGE: (LimitKind.CLEAR_HEIGHT,),
    StructureKind.TOLL_STATION: (LimitKind.CLEAR_WIDTH, LimitKind.CLEAR_HEIGHT),
    StructureKind.LEVEL_CROSSING: (LimitKind.CLEAR_HEIGHT,),
    StructureKind.JUNCTION: (LimitKind.TURN_LENGTH,),
}
# No sign on a bridge that is on record is likely none, but nobody says so.
_POSTED = (LimitKind.SIGNED_MASS, LimitKind.SIGNED_AXLE)


@dataclass(frozen=True, slots=True)
class NewStructure:
    """A structure to add: on each of its spots, with the number of its record."""

    id: str
    kind: StructureKind
    name: str
    spots: tuple[Spot, ...]
    record: int


def with_structures(
    structures: Structures, of_structure: Ints, new: Sequence[NewStructure], sources: Numbered
) -> tuple[Structures, Ints]:
    """Return the structures with new ones in their order, and the record of every row."""
    if not new:
        return structures, of_structure
    placed = [(spot, one) for one in new for spot in one.spots]
    edge = np.concatenate([structures.edge, [spot.edge for spot, _ in placed]]).astype(np.int32)
    offset = np.concatenate([structures.offset_m, [spot.offset_m for spot, _ in placed]])
    order = np.lexsort((np.arange(len(edge)), offset, edge))
    count = len(structures.first) - 1

    def joined(old: Sequence[str], added: list[str]) -> tuple[str, ...]:
        texts = [*old, *added]
        return tuple(texts[row] for row in order.tolist())

    names, kinds = [one.name for _, one in placed], [one.kind for _, one in placed]
    arranged = Structures(
        first=np.searchsorted(edge[order], np.arange(count + 1)).astype(np.int32),
        edge=edge[order],
        kind=np.concatenate([structures.kind, np.array(kinds, dtype=np.uint8)])[order].astype(
            np.uint8
        ),
        offset_m=offset[order],
        lon=np.concatenate([structures.lon, [spot.lon for spot, _ in placed]])[order],
        lat=np.concatenate([structures.lat, [spot.lat for spot, _ in placed]])[order],
        ids=joined(structures.ids, [one.id for _, one in placed]),
        names=joined(structures.names, names),
        names_en=joined(structures.names_en, [""] * len(names)),
        limits={
            kind: _column(
                structures.limits[kind], kind, [o.kind for _, o in placed], sources, order
            )
            for kind in STRUCTURE_LIMITS
        },
    )
    records = np.concatenate([of_structure, [one.record for _, one in placed]])
    return arranged, records[order].astype(np.int32)


def _column(
    column: LimitColumn,
    kind: LimitKind,
    added: Sequence[StructureKind],
    sources: Numbered,
    order: np.ndarray,
) -> LimitColumn:
    readings = [_reading(kind, structure) for structure in added]
    numbers = [sources.number(source) for _, _, source in readings]
    value = np.concatenate([column.value, [value for value, _, _ in readings]])
    certainty = np.concatenate([column.certainty, [how for _, how, _ in readings]])
    source = np.concatenate([column.source, numbers])
    return LimitColumn(
        value[order], certainty[order].astype(np.uint8), source[order].astype(np.int32)
    )


def _reading(kind: LimitKind, structure: StructureKind) -> tuple[float, Certainty, str]:
    """Return what is taken where a record says nothing."""
    if kind in DECIDING[structure]:
        return math.nan, Certainty.UNKNOWN, _NOT_RECORDED
    if structure is StructureKind.BRIDGE and kind in _POSTED:
        return math.inf, Certainty.ASSUMED, _NOT_RECORDED
    return math.inf, Certainty.KNOWN, _NOT_HERE
