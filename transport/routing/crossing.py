"""Describe the structures on a route: outcome, the limit that governs, and the margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from transport.network.attributes import (
    Certainty,
    LimitKind,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.network.remembering import remembered
from transport.routing.demand import Dimension
from transport.routing.driven import Driven
from transport.routing.elements import one_row, structure_elements
from transport.routing.ground import Ground
from transport.routing.reasons import Reason, clause_of
from transport.routing.route import StructureOnRoute


@dataclass(frozen=True, slots=True)
class _Crossing:
    """What is said of every structure of one kind with one outcome."""

    kind: str
    outcome: str
    limit: float | None
    value: float | None
    margin: float | None
    clause: str
    condition: str
    certainty: str
    source: str


def structures_on_way(ground: Ground, way: Driven) -> Iterator[StructureOnRoute]:
    """Describe the structures on a path in driving order; what simply passes by its least margin.

    A junction recorded at the end of one edge and the start of the next is one.
    """
    network = ground.network
    structures, rows = network.structures, way.standing
    from_m = np.array([way.path[place].from_m for place in way.standing_on.tolist()])
    at_m = way.before_m[way.standing_on] + structures.offset_m[rows] - from_m
    known = remembered(network, ("crossings", ground.demand, ground.rules), _Crossings)
    crossed = ""
    columns = (
        rows,
        ground.structure_outcomes(rows),
        ground.judged.structures.group[rows],
        structures.lon[rows],
        structures.lat[rows],
        at_m,
    )
    for row, outcome, group, lon, lat, along_m in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        name = structures.ids[row]
        if name == crossed:
            continue
        crossed = name
        said = known.get((group, outcome))
        if said is None:
            said = known[group, outcome] = _crossing(ground, row, Passability(outcome))
        yield StructureOnRoute(
            id=name,
            kind=said.kind,
            name=structures.names[row],
            at=(lon, lat),
            chainage_km=round(along_m / 1000, 3),
            outcome=said.outcome,
            limit=said.limit,
            value=said.value,
            margin=said.margin,
            clause=said.clause,
            condition=said.condition,
            certainty=said.certainty,
            source=said.source,
        )


# By group and outcome, for one demand.
_Crossings = dict[tuple[int, int], _Crossing]


def _crossing(ground: Ground, row: int, outcome: Passability) -> _Crossing:
    passes = outcome is Passability.PASS
    governing = (
        ground.reasons.tightest(row, lambda: _tightest(ground, row))
        if passes
        else _worst(ground, row)
    )
    limit = value = margin = None
    clause = condition = source = ""
    certainty = Certainty.KNOWN if governing is None else governing.certainty
    if governing is not None:
        limit, value, clause = governing.limit, governing.value, governing.clause
        source = governing.source
        if limit is not None and value is not None:
            margin = round(limit - value, 4)
        if outcome is Passability.CONDITIONAL:
            verify = governing.certainty is Certainty.ASSUMED
            condition = f"verify:{governing.kind}" if verify else f"small_gap:{governing.kind}"
    return _Crossing(
        kind=StructureKind(int(ground.network.structures.kind[row])).word,
        outcome=outcome.word,
        limit=limit,
        value=value,
        margin=margin,
        clause=clause,
        condition=condition,
        certainty=certainty.word,
        source=source,
    )


def _worst(ground: Ground, row: int) -> Reason | None:
    reasons = ground.reasons.on_structure(row)
    return max(reasons, key=lambda reason: reason.outcome, default=None)


def _tightest(ground: Ground, row: int) -> Reason | None:
    """Return the known limit that is nearest to the load, as share of the limit."""
    elements = structure_elements(ground.network, ground.rules, one_row(row))
    best: tuple[float, LimitKind, Dimension] | None = None
    for dimension in Dimension:
        value = ground.demand.value(dimension)
        for kind in (dimension.signed, dimension.physical):
            column = elements.limits.get(kind) if kind is not None else None
            if kind is None or column is None or value is None:
                continue
            limit = float(column.value[0])
            if limit > 0 and (best is None or value / limit > best[0]):
                best = value / limit, kind, dimension
    if best is None or best[0] == 0:  # an infinite limit has no share
        return None
    _, kind, dimension = best
    column = elements.limits[kind]
    road_class = RoadClass(int(ground.network.road_class[ground.network.structures.edge[row]]))
    structure = StructureKind(int(ground.network.structures.kind[row]))
    return Reason(
        kind=kind.value,
        outcome=Passability.PASS,
        limit=float(column.value[0]),
        value=ground.demand.value(dimension),
        gap_m=0.0,
        clause=clause_of(kind, ground.rules, (road_class, structure)),
        certainty=Certainty(int(column.certainty[0])),
        source=ground.network.sources[int(column.source[0])],
        hard=kind not in ground.rules.liftable,
    )
