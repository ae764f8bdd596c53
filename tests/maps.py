"""Small hand-drawn road networks: `draw("A---B---C", "AB BC")`.

A letter is a junction where it stands: one character is one kilometre eastwards, one line one
kilometre southwards. A road `AB` runs both ways, `A>B` one way. Everything that is not said is
known and limits nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    Access,
    Certainty,
    LimitColumn,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Tolled,
)
from transport.network.graph import RoadNetwork, Structures
from transport.network.places import Place

Limit = float | tuple[float, Certainty] | Certainty
Limits = Mapping[LimitKind, Limit]

METRES_A_STEP = 1000.0
_WEST, _NORTH = 110.0, 40.0
_DEGREE_M = 111_194.93
_SOURCES = ("drawn",)


@dataclass(frozen=True)
class Standing:
    """A structure on a drawn road, on both directions unless the road is written `A>B`."""

    road: str
    kind: StructureKind
    limits: Limits = field(default_factory=dict)
    share: float = 0.5
    id: str = ""
    name: str = ""


def draw(
    picture: str,
    roads: str,
    *,
    limits: Mapping[str, Limits] | None = None,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    structures: Sequence[Standing] = (),
    no_turns: str = "",
    lengths_m: Mapping[str, float] | None = None,
    otherwise: Limit = math.inf,
    places: Sequence[Place] | None = None,
    network_id: str = "drawn",
) -> RoadNetwork:
    """Draw a network.

    `limits["AB"]` limits the road AB in both directions, `limits["A>B"]` only from A to B;
    `otherwise` is the limit of every kind on every road that `limits` does not mention.
    `facts["AB"]` sets ref, name, owner, road_class, urban, access, tolled, admin_code, speed_km_h.
    `no_turns="ABC DEF"` forbids going from AB into BC, and from DE into EF.
    """
    spots = _spots(picture)
    letters = sorted(spots)
    edges = sorted(_directed(roads), key=lambda pair: letters.index(pair[0]))
    number = {pair: index for index, pair in enumerate(edges)}
    tails = [letters.index(a) for a, _ in edges]
    lon = np.array([spots[letter][0] for letter in letters])
    lat = np.array([spots[letter][1] for letter in letters])
    known = _per_edge(edges, facts or {})
    length = np.array([_length(pair, spots, lengths_m or {}) for pair in edges])
    speed = np.array([known[pair].get("speed_km_h", 60.0) for pair in edges])
    strings = _strings(known)

    def column(name: str, default: int) -> Any:
        return np.array([int(known[pair].get(name, default)) for pair in edges], dtype=np.uint8)

    def words(name: str) -> Any:
        return np.array([strings.index(known[p].get(name, "")) for p in edges], dtype=np.int32)

    return RoadNetwork(
        id=network_id,
        built_at="2026-01-01T00:00:00+08:00",
        sources=_SOURCES,
        strings=strings,
        node_lon=lon,
        node_lat=lat,
        first_edge=np.searchsorted(tails, range(len(letters) + 1)).astype(np.int32),
        tail=np.array(tails, dtype=np.int32),
        head=np.array([letters.index(b) for _, b in edges], dtype=np.int32),
        reverse=np.array([number.get((b, a), -1) for a, b in edges], dtype=np.int32),
        length_m=length,
        duration_s=length / (speed / 3.6),
        road_class=column("road_class", RoadClass.CLASS_2),
        owner=column("owner", Owner.HIGHWAY),
        urban=column("urban", 0),
        access=column("access", Access.OPEN),
        tolled=column("tolled", Tolled.NO),
        lanes=column("lanes", 2),
        design_speed_km_h=column("design_speed_km_h", 80),
        ref=words("ref"),
        name=words("name"),
        name_en=words("name_en"),
        admin_code=words("admin_code"),
        shape_start=np.arange(0, 2 * len(edges) + 1, 2, dtype=np.int32),
        shape_lon=np.array([spots[letter][0] for pair in edges for letter in pair]),
        shape_lat=np.array([spots[letter][1] for pair in edges for letter in pair]),
        limits=_limit_columns(EDGE_LIMITS, _per_edge(edges, limits or {}), edges, otherwise),
        structures=_structures(structures, edges, spots, length),
        forbidden_turns=_turns(no_turns, number),
        places=_named(spots) if places is None else tuple(places),
        notes=(),
    )


def edge(network: RoadNetwork, road: str) -> int:
    """Return the number of the directed edge `AB`."""
    ends = [_letter_number(network, letter) for letter in road.replace(">", "")]
    for index in range(network.first_edge[ends[0]], network.first_edge[ends[0] + 1]):
        if network.head[index] == ends[1]:
            return int(index)
    raise KeyError(road)


def road_names(network: RoadNetwork, edges: Sequence[int]) -> list[str]:
    """Return the edges as pairs of letters."""
    letters = [place.name for place in network.places]
    return [letters[network.tail[e]] + letters[network.head[e]] for e in edges]


def _letter_number(network: RoadNetwork, letter: str) -> int:
    return [place.name for place in network.places].index(letter)


def _spots(picture: str) -> dict[str, tuple[float, float]]:
    east = METRES_A_STEP / (_DEGREE_M * math.cos(math.radians(_NORTH)))
    south = METRES_A_STEP / _DEGREE_M
    lines = [line for line in picture.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return {
        sign: (_WEST + (x - margin) * east, _NORTH - y * south)
        for y, line in enumerate(lines)
        for x, sign in enumerate(line)
        if sign.isalpha()
    }


def _directed(roads: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for road in roads.split():
        pairs.append((road[0], road[-1]))
        if ">" not in road:
            pairs.append((road[-1], road[0]))
    return pairs


def _per_edge(
    edges: Sequence[tuple[str, str]], said: Mapping[str, Mapping[Any, Any]]
) -> dict[tuple[str, str], dict[Any, Any]]:
    result: dict[tuple[str, str], dict[Any, Any]] = {pair: {} for pair in edges}
    for road, what in said.items():
        for pair in _directed(road):
            if pair not in result and ">" not in road and (pair[1], pair[0]) in result:
                continue  # the road itself is drawn one way
            result[pair].update(what)
    return result


def _length(
    pair: tuple[str, str],
    spots: Mapping[str, tuple[float, float]],
    lengths_m: Mapping[str, float],
) -> float:
    for road in (pair[0] + pair[1], pair[1] + pair[0], pair[0] + ">" + pair[1]):
        if road in lengths_m:
            return lengths_m[road]
    (x1, y1), (x2, y2) = spots[pair[0]], spots[pair[1]]
    east = (x2 - x1) * math.cos(math.radians(_NORTH))
    return math.hypot(east, y2 - y1) * _DEGREE_M


def _strings(known: Mapping[Any, Mapping[str, Any]]) -> list[str]:
    names = ("ref", "name", "name_en", "admin_code")
    used = {str(what[name]) for what in known.values() for name in names if name in what}
    return ["", *sorted(used - {""})]


def _split(limit: Limit) -> tuple[float, Certainty]:
    if isinstance(limit, Certainty):
        return math.nan, limit
    return limit if isinstance(limit, tuple) else (limit, Certainty.KNOWN)


def _limit_columns(
    kinds: Sequence[LimitKind],
    said: Mapping[Any, Mapping[LimitKind, Limit]],
    order: Sequence[Any],
    otherwise: Limit,
) -> dict[LimitKind, LimitColumn]:
    columns = {}
    for kind in kinds:
        pairs = [_split(said[key].get(kind, otherwise)) for key in order]
        columns[kind] = LimitColumn(
            value=np.array([value for value, _ in pairs], dtype=np.float64),
            certainty=np.array([int(how) for _, how in pairs], dtype=np.uint8),
            source=np.zeros(len(pairs), dtype=np.int32),
        )
    return columns


def _structures(
    standing: Sequence[Standing],
    edges: Sequence[tuple[str, str]],
    spots: Mapping[str, tuple[float, float]],
    length: Any,
) -> Structures:
    rows = []
    for count, item in enumerate(standing):
        for turn, pair in enumerate(_directed(item.road)):
            share = item.share if turn == 0 else 1 - item.share
            rows.append((edges.index(pair), share, item, item.id or f"s{count + 1}"))
    rows.sort(key=lambda row: (row[0], row[1]))
    on = [row[0] for row in rows]
    columns = _limit_columns(
        STRUCTURE_LIMITS,
        {index: row[2].limits for index, row in enumerate(rows)},
        range(len(rows)),
        math.inf,
    )

    def between(row: Any, axis: int) -> float:
        start, end = (spots[letter][axis] for letter in edges[row[0]])
        return float(start + (end - start) * row[1])

    return Structures(
        first=np.searchsorted(on, range(len(edges) + 1)).astype(np.int32),
        edge=np.array(on, dtype=np.int32),
        kind=np.array([int(row[2].kind) for row in rows], dtype=np.uint8),
        offset_m=np.array([length[row[0]] * row[1] for row in rows], dtype=np.float64),
        lon=np.array([between(row, 0) for row in rows], dtype=np.float64),
        lat=np.array([between(row, 1) for row in rows], dtype=np.float64),
        ids=[row[3] for row in rows],
        names=[row[2].name or row[3] for row in rows],
        names_en=[row[2].name or row[3] for row in rows],
        limits=columns,
    )


def _turns(no_turns: str, number: Mapping[tuple[str, str], int]) -> Any:
    pairs = sorted((number[t[0], t[1]], number[t[1], t[2]]) for t in no_turns.split())
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def _named(spots: Mapping[str, tuple[float, float]]) -> tuple[Place, ...]:
    return tuple(
        Place(letter, letter.lower(), letter, "other", spots[letter][0], spots[letter][1], "")
        for letter in sorted(spots)
    )
