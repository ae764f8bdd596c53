"""Name what blocks: the limits on the least-violating way, hard ones counted before soft ones."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

import numpy as np

from transport.network.attributes import Access, LimitKind, Passability
from transport.network.graph import RoadNetwork
from transport.routing.costs import free_ms
from transport.routing.ground import Ground
from transport.routing.paths import (
    Metric,
    Path,
    PlainMetric,
    Stops,
    Stretch,
    cheapest_path,
    edge_array,
    forbidden_turns,
    share,
    structure_rows,
    structures_on,
)
from transport.routing.reasons import Reason
from transport.routing.route import Blocker, LonLat
from transport.routing.search import Turn
from transport.routing.violation_counts import encoded

# Kind of a blocker that an examination found, not a limit.
EXAMINATION = "examination"


def least_violating_path(ground: Ground, stops: Stops) -> Path | None:
    """Return the path with the fewest hard, then soft violations, then excess, then duration."""
    found = cheapest_path(ground.network, _violation_metric(ground), stops)
    return None if found is None else found[1]


def _violation_metric(ground: Ground) -> Metric:
    network, judged = ground.network, ground.judged
    closed = network.access == Access.CLOSED
    free = free_ms(network)

    def part(edge: int, from_m: float, to_m: float) -> float:
        if closed[edge]:
            return inf
        piece = Stretch(edge, from_m, to_m)
        alone = ground.part_verdict(piece)
        standing = judged.structures
        rows = list(structures_on(network, piece))
        kinds = standing.group[rows]
        examined = sum(row in ground.examined.shut_structures(Passability.UNKNOWN) for row in rows)
        return encoded(
            alone.hard + int(standing.groups.hard[kinds].sum()) + examined,
            alone.soft + int(standing.groups.soft[kinds].sum()) + (edge in ground.avoided),
            alone.ratio + float(standing.groups.ratio[kinds].sum()),
            round(int(free[edge]) * share(network, piece)),
        )

    if ground.is_small:
        return PlainMetric(_whole_violations(ground), part, _turn_violations(ground))
    from transport.routing.violations import (  # noqa: PLC0415 - compiled, large networks only
        ViolationMetric,
    )

    return ViolationMetric(ground, part)


def _whole_violations(ground: Ground) -> list[float]:
    network, verdicts = ground.network, ground.judged.edges
    hard, soft, ratio = verdicts.hard.tolist(), verdicts.soft.tolist(), verdicts.ratio.tolist()
    free, closed = free_ms(network).tolist(), (network.access == Access.CLOSED).tolist()
    cost: list[float] = [
        inf if closed[e] else encoded(hard[e], soft[e], ratio[e], free[e])
        for e in range(network.edge_count)
    ]
    for edge in ground.avoided:  # the user's wish can be lifted like a posted limit
        cost[edge] += encoded(0, 1, 0.0, 0)
    for row in ground.examined.shut_structures(Passability.UNKNOWN):
        cost[int(network.structures.edge[row])] += encoded(1, 0, 0.0, 0)
    return cost


def _turn_violations(ground: Ground) -> dict[Turn, float]:
    shut = ground.examined.shut_turns(Passability.UNKNOWN)
    turn_cost: dict[Turn, float] = dict.fromkeys(shut, encoded(1, 0, 0.0, 0))
    for turn in ground.turns.worse_than(Passability.UNKNOWN):
        verdict = ground.turns.get(turn)
        limit = inf if verdict is None else verdict.limit or inf
        turn_cost[turn] = encoded(1, 0, ground.demand.length_m / limit - 1, 0)
    return turn_cost | forbidden_turns(ground.network)


def blockers_on(ground: Ground, path: Path) -> tuple[Blocker, ...]:
    """Return every limit that stops the transport on a path, in the order of travel."""
    return tuple(_on_path(ground, path))


def _on_path(ground: Ground, path: Path) -> Iterator[Blocker]:
    """Look only at pieces of a path where something fails."""
    network, edges = ground.network, edge_array(path)
    suspect = ground.judged.edges.outcome[edges] == Passability.FAIL
    suspect[1:] |= ground.turn_outcomes(edges) == Passability.FAIL
    if ground.avoided:
        suspect |= np.isin(edges, list(ground.avoided))
    if ground.examined.structures:
        for place, row in structure_rows(network, path):
            suspect[place] |= row in ground.examined.structures
    for place in np.flatnonzero(suspect).tolist():
        piece = path[place]
        if place:
            yield from _at_turn(ground, (path[place - 1].edge, piece.edge))
        yield from _on_edge(ground, piece)
        for row in structures_on(network, piece):
            if ground.judged.structures.outcome[row] == Passability.FAIL:
                yield from _at_structure(ground, row)
            elif ground.structure_outcome(row) is Passability.FAIL:
                yield _examined(ground, row)


def _on_edge(ground: Ground, piece: Stretch) -> Iterator[Blocker]:
    network, edge = ground.network, piece.edge
    failing = ground.part_verdict(piece).outcome is Passability.FAIL
    if not failing and edge not in ground.avoided:
        return
    name = network.text(network.ref[edge]) or network.text(network.name[edge])
    where = middle_of(ground, piece)
    if edge in ground.avoided:
        yield Blocker("avoided", False, where, f"edge:{edge}", name, 0, 0, 0, "", "", "known")
    if not failing:
        return
    for reason in ground.reasons.on_part(edge, (piece.from_m, piece.to_m)):
        if reason.outcome is Passability.FAIL:
            there = middle_of(ground, restricted_part(network, piece, reason.restriction))
            yield _blocker(reason, there, f"edge:{edge}", name)


def _at_structure(ground: Ground, row: int) -> Iterator[Blocker]:
    structures = ground.network.structures
    where = (float(structures.lon[row]), float(structures.lat[row]))
    for reason in ground.reasons.on_structure(row):
        if reason.outcome is Passability.FAIL:
            yield _blocker(reason, where, structures.ids[row], structures.names[row])


def _examined(ground: Ground, row: int) -> Blocker:
    structures = ground.network.structures
    where = (float(structures.lon[row]), float(structures.lat[row]))
    element, name = structures.ids[row], structures.names[row]
    return Blocker(EXAMINATION, True, where, element, name, 0, 0, 0, "", "", "known")


def _at_turn(ground: Ground, turn: Turn) -> Iterator[Blocker]:
    verdict = ground.turns.get(turn)
    if ground.examined.turns.get(turn) is Passability.FAIL:
        node = int(ground.network.head[turn[0]])
        where = (float(ground.network.node_lon[node]), float(ground.network.node_lat[node]))
        yield Blocker(EXAMINATION, True, where, f"edge:{turn[0]}", "", 0, 0, 0, "", "", "known")
    if verdict is None or verdict.outcome is not Passability.FAIL or verdict.limit is None:
        return
    network, structures = ground.network, ground.network.structures
    node = int(network.head[turn[0]])
    source = int(structures.limits[LimitKind.TURN_LENGTH].source[verdict.structure])
    yield Blocker(
        kind=LimitKind.TURN_LENGTH.value,
        hard=True,
        at=(float(network.node_lon[node]), float(network.node_lat[node])),
        element=structures.ids[verdict.structure],
        name=structures.names[verdict.structure],
        limit=verdict.limit,
        value=ground.demand.length_m,
        exceeds_by=round(ground.demand.length_m - verdict.limit, 6),
        unit="m",
        source=network.sources[source],
        certainty=verdict.certainty.word,
    )


def _blocker(reason: Reason, where: LonLat, element: str, name: str) -> Blocker:
    limit, value = reason.limit or 0.0, reason.value or 0.0
    return Blocker(
        kind=reason.kind,
        hard=reason.hard,
        at=where,
        element=element,
        name=name,
        limit=limit,
        value=value,
        exceeds_by=round(value + reason.gap_m - limit, 6) if reason.limit is not None else 0.0,
        unit=unit_of(reason.kind),
        source=reason.source,
        certainty=reason.certainty.word,
        gap_m=round(reason.gap_m, 6),
        issued_by=reason.issued_by,
        place=reason.place,
    )


def unit_of(kind: str) -> str:
    """Return the unit that a limit's name ends with."""
    return {"_m": "m", "_t": "t"}.get(kind[-2:], "")


def restricted_part(network: RoadNetwork, piece: Stretch, number: int) -> Stretch:
    """Return the part of a driven piece under a restriction, by its number or -1 for none."""
    span = network.restrictions[number].span_on(piece.edge) if number >= 0 else None
    if span is None:
        return piece
    return Stretch(piece.edge, max(span[0], piece.from_m), min(span[1], piece.to_m))


def middle_of(ground: Ground, piece: Stretch) -> LonLat:
    """Return the point halfway along the driven part of an edge."""
    network = ground.network
    low, high = int(network.shape_start[piece.edge]), int(network.shape_start[piece.edge + 1])
    lon, lat = network.shape_lon[low:high].tolist(), network.shape_lat[low:high].tolist()
    along = _along(lon, lat)
    whole_m = float(network.length_m[piece.edge]) or 1.0
    at = (piece.from_m + piece.to_m) / 2 / whole_m
    place = min(max(bisect_right(along, at), 1), len(along) - 1)
    before, after = along[place - 1], along[place]
    part = min(max((at - before) / (after - before), 0.0), 1.0) if after > before else 0.0
    return (
        lon[place - 1] + part * (lon[place] - lon[place - 1]),
        lat[place - 1] + part * (lat[place] - lat[place - 1]),
    )


def along_shape(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return for every shape point its share of the way along the edge."""
    return np.array(_along(lon.tolist(), lat.tolist()))


def _along(lon: Sequence[float], lat: Sequence[float]) -> list[float]:
    along, so_far = [0.0], 0.0
    for (x1, y1), (x2, y2) in pairwise(zip(lon, lat, strict=True)):
        so_far += math.hypot((x2 - x1) * math.cos(math.radians(y1)), y2 - y1)
        along.append(so_far)
    return [one / so_far for one in along] if so_far > 0 else along
