"""Edges and structures as one kind of thing to judge: their limits, needed gaps, what matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Bytes, Floats, Ints, LimitColumn, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.routing.demand import Dimension
from transport.routing.passage_rules import PassageRules

Booleans = npt.NDArray[np.bool_]
Rows = slice | Ints

RELEVANT = {
    StructureKind.BRIDGE: (Dimension.WIDTH, Dimension.MASS, Dimension.AXLE),
    StructureKind.TUNNEL: (Dimension.HEIGHT, Dimension.WIDTH),
    StructureKind.OVERBRIDGE: (Dimension.HEIGHT,),
    StructureKind.TOLL_STATION: (Dimension.HEIGHT, Dimension.WIDTH),
    StructureKind.LEVEL_CROSSING: (Dimension.HEIGHT,),
    StructureKind.JUNCTION: (),
}


@dataclass(frozen=True, slots=True)
class Elements:
    """Edges or structures seen alike: limit columns, needed gaps, and which dimensions matter."""

    limits: Mapping[LimitKind, LimitColumn]
    gaps: Mapping[Dimension, tuple[Floats, Floats]]
    relevant: Mapping[Dimension, Booleans]
    count: int


def edge_elements(network: RoadNetwork, rules: PassageRules, rows: Rows) -> Elements:
    """Return these edges as elements to judge."""
    lateral = _lateral(network.road_class[rows], rules)
    vertical, size = rules.vertical, len(lateral[0])
    gaps = {
        Dimension.WIDTH: lateral,
        Dimension.HEIGHT: (
            np.full(size, vertical.mandatory_m),
            np.full(size, vertical.recommended_m),
        ),
    }
    everything = np.ones(size, dtype=np.bool_)
    return Elements(_limits(network.limits, rows), gaps, dict.fromkeys(Dimension, everything), size)


def structure_elements(network: RoadNetwork, rules: PassageRules, rows: Rows) -> Elements:
    """Return these structures as elements to judge."""
    kind = network.structures.kind[rows]
    tunnel = kind == StructureKind.TUNNEL
    must, should = _lateral(network.road_class[network.structures.edge[rows]], rules)
    side, above, roof = rules.lateral_tunnel, rules.vertical, rules.vertical_tunnel
    gaps = {
        Dimension.WIDTH: (
            np.where(tunnel, 2 * side.mandatory_m, must),
            np.where(tunnel, 2 * side.recommended_m, should),
        ),
        Dimension.HEIGHT: (
            np.where(tunnel, roof.mandatory_m, above.mandatory_m),
            np.where(tunnel, roof.recommended_m, above.recommended_m),
        ),
    }
    relevant = {
        dimension: np.isin(kind, [k for k, matters in RELEVANT.items() if dimension in matters])
        for dimension in Dimension
    }
    return Elements(_limits(network.structures.limits, rows), gaps, relevant, len(kind))


def one_row(row: int) -> Rows:
    """Return a single edge or structure as rows."""
    return slice(row, row + 1)


def _limits(columns: Mapping[LimitKind, LimitColumn], rows: Rows) -> dict[LimitKind, LimitColumn]:
    return {
        kind: LimitColumn(column.value[rows], column.certainty[rows], column.source[rows])
        for kind, column in columns.items()
    }


def _lateral(road_class: Bytes, rules: PassageRules) -> tuple[Floats, Floats]:
    must = np.array([gap.mandatory_m for gap in rules.lateral])[road_class]
    should = np.array([gap.recommended_m for gap in rules.lateral])[road_class]
    return 2 * must, 2 * should  # the gap is needed on both sides
