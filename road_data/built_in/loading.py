"""Turn the data files into a RoadNetwork: both directions of every link, in compressed rows."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from road_data.built_in.limits import LimitBook, Reading
from road_data.built_in.tables import Row, Tables, points, read_tables
from road_data.manifest import SourceFile
from road_data.places import pinyin
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    Access,
    Floats,
    Ints,
    LimitColumn,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Tolled,
)
from transport.network.graph import RoadNetwork, Structures
from transport.network.places import Place

# The day the data files were last reviewed; a build at another time gives the same bytes.
REVIEWED_AT = "2026-11-24T00:00:00+08:00"
LICENCE = "Apache-2.0; positions with source geonames: GeoNames, CC BY 4.0"
_EARTH_M = 6_371_008.8
_NOTES = (
    "内置内蒙古示范路网:走向与里程按地理常识编写，为约值;净空、宽度、桥梁评定均非实测。",
    "示范走廊(corridors.csv)与示范限行(limits.csv)的数值为虚构,仅供演示，不得用于真实通行。",
    "非走廊道路按技术等级推定;走廊以外的桥梁没有评定资料，标为未知。",
    "Built-in demonstration network: alignments and lengths are approximate.",
    "Positions of some towns: GeoNames, CC BY 4.0.",
    "Clearances, widths and bridge ratings are never measured; corridor values are invented.",
)

Shape = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Edge:
    """One direction of a link."""

    link: Row
    tail: int
    head: int
    forward: bool
    shape: Shape

    @property
    def length_m(self) -> float:
        return float(self.link["length_km"]) * 1000


@dataclass(slots=True)
class _Texts:
    """Texts numbered in the order of their first use."""

    numbers: dict[str, int]

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def all(self) -> tuple[str, ...]:
        return tuple(self.numbers)


def build_built_in(*, built_at: str = REVIEWED_AT, tables: Tables | None = None) -> RoadNetwork:
    """Build the network of Inner Mongolia; its id names the content of the data files.

    `tables` replaces the files that come with the product. Raises InvalidInputError for a faulty
    file.
    """
    tables = tables or read_tables()
    book = LimitBook.of(tables)
    node_rows = tables.rows("nodes.csv")
    lon, lat = _numbers(node_rows, "lon"), _numbers(node_rows, "lat")
    edges = _edges(tables.rows("links.csv"), node_rows)
    sources, strings = _Texts({}), _Texts({"": 0})
    first = np.zeros(len(node_rows) + 1, dtype=np.int32)
    np.add.at(first, [edge.tail + 1 for edge in edges], 1)
    starts = np.cumsum([0, *(len(edge.shape) for edge in edges)]).astype(np.int32)
    shape = np.array([point for edge in edges for point in edge.shape], dtype=np.float64)
    return RoadNetwork(
        id=f"inner-mongolia-{tables.content_hash}",
        built_at=built_at,
        node_lon=lon,
        node_lat=lat,
        first_edge=np.cumsum(first).astype(np.int32),
        tail=_ints(edge.tail for edge in edges),
        head=_ints(edge.head for edge in edges),
        reverse=_reverse(edges),
        length_m=np.array([edge.length_m for edge in edges]),
        duration_s=np.array([_duration_s(edge, book) for edge in edges]),
        road_class=_bytes(RoadClass[edge.link["road_class"].upper()] for edge in edges),
        owner=_bytes(Owner[edge.link["owner"].upper()] for edge in edges),
        urban=_bytes(edge.link["urban"] == "yes" for edge in edges),
        access=_bytes(Access[edge.link["access"].upper()] for edge in edges),
        tolled=_bytes(_tolled(edge.link) for edge in edges),
        lanes=_bytes(_lanes_one_way(edge.link) for edge in edges),
        design_speed_km_h=_bytes(int(edge.link["design_speed_km_h"]) for edge in edges),
        ref=_ints(strings.number(edge.link["ref"]) for edge in edges),
        name=_ints(strings.number(edge.link["name"]) for edge in edges),
        name_en=_ints(strings.number(edge.link["name_en"]) for edge in edges),
        admin_code=_ints(strings.number(edge.link["admin_code"]) for edge in edges),
        shape_start=starts,
        shape_lon=shape[:, 0].copy(),
        shape_lat=shape[:, 1].copy(),
        limits=_columns(EDGE_LIMITS, [book.of_link(edge.link) for edge in edges], sources),
        structures=_structures(tables.rows("structures.csv"), edges, book, sources),
        forbidden_turns=np.zeros((0, 2), dtype=np.int32),
        places=_places(tables.rows("places.csv")),
        notes=_NOTES,
        sources=sources.all(),
        strings=strings.all(),
    )


def built_in_sources() -> tuple[SourceFile, ...]:
    """Return what a manifest says of the data files the network is made from."""
    as_of = REVIEWED_AT[:10]
    return tuple(
        SourceFile(name, "built-in", hashlib.sha256(text.encode()).hexdigest(), as_of, LICENCE)
        for name, text in sorted(read_tables().texts.items())
    )


def _edges(link_rows: Sequence[Row], node_rows: Sequence[Row]) -> list[_Edge]:
    """Return both directions of every link, ordered by tail, then as in the file."""
    number = {row["node"]: index for index, row in enumerate(node_rows)}
    position = [(float(row["lon"]), float(row["lat"])) for row in node_rows]
    edges: list[_Edge] = []
    for link in link_rows:
        tail, head = number[link["from_node"]], number[link["to_node"]]
        shape = [position[tail], *points(link["shape"]), position[head]]
        edges.append(_Edge(link, tail, head, forward=True, shape=shape))
        edges.append(_Edge(link, head, tail, forward=False, shape=shape[::-1]))
    return sorted(edges, key=lambda edge: edge.tail)


def _reverse(edges: Sequence[_Edge]) -> Ints:
    number = {(edge.link["link_id"], edge.forward): index for index, edge in enumerate(edges)}
    return _ints(number[edge.link["link_id"], not edge.forward] for edge in edges)


def _duration_s(edge: _Edge, book: LimitBook) -> float:
    return edge.length_m / 1000 / float(book.class_row(edge.link)["truck_speed_km_h"]) * 3600


def _tolled(link: Row) -> Tolled:
    return Tolled.YES if link["tolled"] == "yes" else Tolled.NO


def _lanes_one_way(link: Row) -> int:
    return max(1, int(link["lanes"]) // 2)


def _structures(
    rows: Sequence[Row], edges: Sequence[_Edge], book: LimitBook, sources: _Texts
) -> Structures:
    """Return the structures of both directions in the order of their edges and offsets."""
    by_link: dict[str, list[Row]] = {}
    for row in rows:
        by_link.setdefault(row["link_id"], []).append(row)
    placed: list[tuple[int, float, Row]] = []
    for index, edge in enumerate(edges):
        for row in by_link.get(edge.link["link_id"], []):
            offset_m = float(row["offset_km"]) * 1000
            placed.append((index, offset_m if edge.forward else edge.length_m - offset_m, row))
    placed.sort(key=lambda item: item[:2])
    at = [_along(edges[index].shape, offset / edges[index].length_m) for index, offset, _ in placed]
    counts = np.bincount([index for index, _, _ in placed], minlength=len(edges))
    readings = [book.of_structure(row, edges[index].link) for index, _, row in placed]
    return Structures(
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        edge=_ints(index for index, _, _ in placed),
        kind=_bytes(StructureKind[row["kind"].upper()] for _, _, row in placed),
        offset_m=np.array([offset for _, offset, _ in placed]),
        lon=np.array([lon for lon, _ in at]),
        lat=np.array([lat for _, lat in at]),
        ids=tuple(row["structure_id"] for _, _, row in placed),
        names=tuple(row["name"] for _, _, row in placed),
        names_en=tuple(row["name_en"] for _, _, row in placed),
        limits=_columns(STRUCTURE_LIMITS, readings, sources),
    )


def _along(shape: Shape, share: float) -> tuple[float, float]:
    """Return the point at a share of the drawn line."""
    steps = [distance_m(a, b) for a, b in pairwise(shape)]
    left = share * sum(steps)
    for (a, b), step in zip(pairwise(shape), steps, strict=True):
        if left <= step and step > 0:
            part = left / step
            return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
        left -= step
    return shape[-1]


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the straight distance of two points (lon, lat) on the sphere."""
    lat_a, lat_b = math.radians(a[1]), math.radians(b[1])
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b[0] - a[0]) / 2
    squared = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(squared))


def _places(rows: Sequence[Row]) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=row["name"],
            pinyin=pinyin(row["name"]),
            name_en=row["name_en"],
            kind=row["kind"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            admin_code=row["admin_code"],
            aliases=_spellings(row["aliases"]),
        )
        for row in rows
    )


def _spellings(cell: str) -> tuple[str, ...]:
    """Return the aliases and, after them, the pinyin of the Chinese ones."""
    aliases = [alias for alias in cell.split(";") if alias]
    sounds = [pinyin(alias) for alias in aliases if not alias.isascii()]
    return tuple(dict.fromkeys([*aliases, *sounds]))


def _columns(
    kinds: Sequence[LimitKind], rows: Sequence[Sequence[Reading]], sources: _Texts
) -> dict[LimitKind, LimitColumn]:
    return {
        kind: LimitColumn(
            value=np.array([row[place].value for row in rows]),
            certainty=_bytes(row[place].certainty for row in rows),
            source=_ints(sources.number(row[place].source) for row in rows),
        )
        for place, kind in enumerate(kinds)
    }


def _numbers(rows: Sequence[Row], column: str) -> Floats:
    return np.array([float(row[column]) for row in rows])


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _bytes(values: Iterable[int]) -> npt.NDArray[np.uint8]:
    return np.fromiter(values, dtype=np.uint8)
