"""Edges and structures as one kind of thing to judge: their limits, needed gaps, what matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Bytes, Floats, LimitColumn, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.demand import Dimension
from transport.routing.passage_rules import PassageRules

Booleans = npt.NDArray[np.bool_]

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

    def row(self, index: int) -> Elements:
        """Return the same for one element."""
        part = slice(index, index + 1)
        return Elements(
            {
                kind: LimitColumn(column.value[part], column.certainty[part], column.source[part])
                for kind, column in self.limits.items()
            },
            {key: (must[part], should[part]) for key, (must, should) in self.gaps.items()},
            {dimension: mask[part] for dimension, mask in self.relevant.items()},
            1,
        )


def edge_elements(network: RoadNetwork, rules: PassageRules) -> Elements:
    """Return the edges as elements to judge; remembered."""
    return remembered(network, ("edge elements", rules), lambda: _edges(network, rules))


def structure_elements(network: RoadNetwork, rules: PassageRules) -> Elements:
    """Return the structures as elements to judge; remembered."""
    return remembered(network, ("structure elements", rules), lambda: _structures(network, rules))


def _edges(network: RoadNetwork, rules: PassageRules) -> Elements:
    lateral = _lateral(network.road_class, rules)
    vertical = rules.vertical
    size = network.edge_count
    gaps = {
        Dimension.WIDTH: lateral,
        Dimension.HEIGHT: (
            np.full(size, vertical.mandatory_m),
            np.full(size, vertical.recommended_m),
        ),
    }
    everything = np.ones(size, dtype=np.bool_)
    return Elements(network.limits, gaps, dict.fromkeys(Dimension, everything), size)


def _structures(network: RoadNetwork, rules: PassageRules) -> Elements:
    kind = network.structures.kind
    tunnel = kind == StructureKind.TUNNEL
    must, should = _lateral(network.road_class[network.structures.edge], rules)
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
    return Elements(network.structures.limits, gaps, relevant, len(kind))


def _lateral(road_class: Bytes, rules: PassageRules) -> tuple[Floats, Floats]:
    must = np.array([gap.mandatory_m for gap in rules.lateral])[road_class]
    should = np.array([gap.recommended_m for gap in rules.lateral])[road_class]
    return 2 * must, 2 * should  # the gap is needed on both sides
