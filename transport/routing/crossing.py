"""Describe one structure on a route: its outcome, the limit that governs, and the margin."""

from __future__ import annotations

from transport.network.attributes import (
    Certainty,
    LimitKind,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.routing.demand import Dimension
from transport.routing.elements import one_row, structure_elements
from transport.routing.ground import Ground
from transport.routing.reasons import Reason, clause_of
from transport.routing.route import StructureOnRoute


def structure_on_route(ground: Ground, row: int, chainage_km: float) -> StructureOnRoute:
    """Describe a structure; where it simply passes, the known limit with the least margin."""
    structures = ground.network.structures
    outcome = ground.structure_outcome(row)
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
    return StructureOnRoute(
        id=structures.ids[row],
        kind=StructureKind(int(structures.kind[row])).word,
        name=structures.names[row],
        at=(float(structures.lon[row]), float(structures.lat[row])),
        chainage_km=round(chainage_km, 3),
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
