"""Find the edges of a restriction: a road and kilometres, two points, a structure, a county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from road_data.restrictions import RestrictionRecord
from road_data.surveys.matching import Matcher
from road_data.surveys.roads import edges_by_ref, edges_near, nearest_on, refs_of
from road_data.surveys.rows import Bundle
from road_data.surveys.sections import overlap
from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import RoadClass
from transport.network.graph import RoadNetwork
from transport.network.snapping import snap
from transport.routing.ground import unlimited_metric
from transport.routing.paths import cheapest_path

UP, DOWN, BOTH = "up", "down", "both"
_REACH_M = 200.0
_SHORTEST_M = 1.0


Part = tuple[int, float, float]


def placed(
    network: RoadNetwork, bundle: Bundle, record: RestrictionRecord, *, or_nowhere: bool = False
) -> RestrictionRecord:
    """Return a restriction with the edges it applies to, in order, and the part of each.

    Raises InvalidInputError on the field that names no road; with `or_nowhere` it has no edges.
    """
    spans: dict[int, tuple[float, float]] = {}
    try:
        for edge, begin_m, end_m in _parts(network, bundle, record):
            # Two parts of one edge are taken with what lies between them.
            before = spans.get(edge, (begin_m, end_m))
            spans[edge] = min(before[0], begin_m), max(before[1], end_m)
        if not spans:
            raise _fault("where", "no road of this network lies there; try two points on the road")
    except InvalidInputError:
        if not or_nowhere:
            raise
        spans = {}
    edges = tuple(sorted(spans))
    parts = tuple((round(a, 3), round(b, 3)) for a, b in (spans[edge] for edge in edges))
    lengths = network.length_m[list(edges)].tolist()
    whole = all(
        a <= 0 and b >= round(length, 3) for (a, b), length in zip(parts, lengths, strict=True)
    )
    return replace(record, edges=edges, spans=() if whole else parts)


def _fault(field: str, message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault(field, message, "restriction_place")])


def _whole(network: RoadNetwork, edges: Iterable[int]) -> Iterator[Part]:
    for edge in edges:
        yield int(edge), 0.0, float(network.length_m[edge])


def _parts(network: RoadNetwork, bundle: Bundle, record: RestrictionRecord) -> Iterator[Part]:
    where = record.where
    if "road" in where:
        yield from _on_road(network, bundle, where, record.direction)
    elif "at" in where:
        yield from _between(network, where, record.direction)
    elif "structure" in where:
        name = str(where["structure"])
        rows = [row for row, other in enumerate(network.structures.ids) if other == name]
        rows = rows or _recorded_rows(network, name)
        if not rows:
            raise _fault("structure", f"no structure '{name}' in this network")
        for row in rows:
            at_m = float(network.structures.offset_m[row])
            yield int(network.structures.edge[row]), at_m, at_m
    else:
        yield from _whole(network, _in_county(network, where))


def _recorded_rows(network: RoadNetwork, name: str) -> list[int]:
    """Return the rows of a structure by the id of its official record."""
    surveys = network.surveys
    named = [
        number
        for number in np.unique(surveys.of_structure).tolist()
        if surveys.record(number).get("structure_id") == name
    ]
    found: list[int] = np.flatnonzero(np.isin(surveys.of_structure, named)).tolist()
    return found


def _on_road(
    network: RoadNetwork, bundle: Bundle, where: Mapping[str, Any], direction: str
) -> Iterator[Part]:
    matcher = Matcher(network, bundle)
    for ref in refs_of(str(where["road"])):
        edges = edges_by_ref(network).get(ref)
        if not edges:
            raise _fault("road", f"this network has no road '{ref}'")
        chainage = matcher.chainage(ref)
        if "from_km" not in where and direction == BOTH:
            yield from _whole(network, edges)
            continue
        if chainage is None:
            raise _fault(
                "road",
                f"no kilometre of {ref} is fixed in this network: import its sections, or "
                "structures with coordinate and kilometre, or give two points (--at, --to-at)",
            )
        low_m, high_m = 0.0, chainage.line.length_m
        if "from_km" in where:
            low_m, high_m = chainage.span_m(float(where["from_km"]), float(where["to_km"]))
        for index, edge in enumerate(chainage.line.edges):
            tail_m, head_m = chainage.line.tail_m[index], chainage.line.head_m[index]
            grows = (head_m > tail_m) == chainage.forward
            meant = direction == BOTH or grows == (direction == UP)
            ends = float(tail_m), float(head_m)
            part = overlap(ends, (low_m, high_m), float(network.length_m[edge]))
            if meant and part is not None:
                yield int(edge), *part


def _between(network: RoadNetwork, where: Mapping[str, Any], direction: str) -> Iterator[Part]:
    lon, lat = (float(part) for part in where["at"])
    if "to_at" not in where:
        near = nearest_on(network, edges_near(network, lon, lat, _REACH_M), lon, lat)
        if near is None or near.distance_m > _REACH_M:
            raise _fault("at", f"no road within {_REACH_M:.0f} m of {lon:g},{lat:g}")
        found = [(near.edge, near.offset_m, near.offset_m)]
    else:
        to_lon, to_lat = (float(part) for part in where["to_at"])
        stops = [
            snap(network, lon, lat, field="at", reach_m=_REACH_M),
            snap(network, to_lon, to_lat, field="to_at", reach_m=_REACH_M),
        ]
        way = cheapest_path(network, unlimited_metric(network), stops)
        if way is None:
            raise _fault("to_at", "no open road leads from one point to the other")
        found = [
            (piece.edge, piece.from_m, piece.to_m)
            for piece in way[1]
            if piece.to_m - piece.from_m >= _SHORTEST_M
        ]
    backward = [
        (int(network.reverse[edge]), length - end_m, length - begin_m)
        for edge, begin_m, end_m in found
        if network.reverse[edge] >= 0 and (length := float(network.length_m[edge]))
    ]
    if direction != DOWN:
        yield from found
    if direction != UP:
        yield from backward


def _in_county(network: RoadNetwork, where: Mapping[str, Any]) -> Iterator[int]:
    code = str(where.get("county", ""))
    numbers = [number for number, text in enumerate(network.strings) if code and text == code]
    if not numbers:
        raise _fault("county", f"no edge of this network lies in '{code}'")
    meant = np.isin(network.admin_code, numbers)
    words = where.get("classes") or []
    if words:
        known = {road_class.word: int(road_class) for road_class in RoadClass}
        wrong = [word for word in words if word not in known]
        if wrong:
            raise _fault("class", f"'{wrong[0]}' is none of {', '.join(known)}")
        meant &= np.isin(network.road_class, [known[word] for word in words])
    yield from np.flatnonzero(meant).tolist()
