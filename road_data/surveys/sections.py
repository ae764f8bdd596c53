"""Lay section rows and areas on edges: class, width, lanes, owner; urban or not; county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely import STRtree, points
from shapely.geometry import shape

from road_data.surveys.cells import Kind
from road_data.surveys.draft import Draft, Lower, Numbered
from road_data.surveys.matching import Matcher
from road_data.surveys.roads import refs_of
from road_data.surveys.rows import Row
from transport.network.attributes import Certainty, Floats, Ints, LimitKind, Owner, RoadClass
from transport.network.graph import RoadNetwork
from transport.network.places import Area

# A row that covers less of an edge says nothing about the edge as a whole.
_MOST_OF_IT = 0.5
_SHORTEST_M = 1.0


@dataclass(slots=True)
class EdgeChanges:
    """Columns of edges being changed, and which pieces of edges the section rows describe."""

    columns: dict[str, Any] = field(default_factory=dict)
    pieces: list[tuple[int, float, float, int]] = field(default_factory=list)
    widths: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    area: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    areas: tuple[Area, ...] = ()
    admin_certainty: np.ndarray | None = None

    def beside(self, edge: int, part: tuple[float, float]) -> bool:
        """Note metres of an edge that have a width; say whether earlier ones lie beside them."""
        earlier = self.widths.setdefault(edge, [])
        beside = bool(earlier) and all(
            min(part[1], end) - max(part[0], begin) < _SHORTEST_M for begin, end in earlier
        )
        earlier.append(part)
        return beside

    def own(self, network: RoadNetwork, name: str) -> Any:
        """Return a column that may be written."""
        if name not in self.columns:
            self.columns[name] = np.array(getattr(network, name))
        return self.columns[name]


def lay_section(
    draft: Draft, changes: EdgeChanges, matcher: Matcher, row: Row, record: int
) -> tuple[str, str]:
    """Lay one section row; return how it was placed and a note."""
    network, values = draft.network, row.values(Kind.SECTIONS)
    covered: dict[int, tuple[float, float]] = {}
    assumed = False
    for ref in refs_of(values["road_ref"]):
        chainage = matcher.chainage(ref)
        if chainage is None:
            continue
        assumed |= chainage.assumed_start
        low_m, high_m = chainage.span_m(values["from_km"], values["to_km"])
        line = chainage.line
        for index, edge in enumerate(line.edges):
            part = overlap(
                (float(line.tail_m[index]), float(line.head_m[index])),
                (low_m, high_m),
                float(network.length_m[edge]),
            )
            if part is not None:
                covered[edge] = part
    if not covered:
        return "unplaced", "the network has no road of this number and these kilometres"
    for edge, (from_m, to_m) in sorted(covered.items()):
        changes.pieces.append((edge, from_m, to_m, record))
        most = to_m - from_m >= _MOST_OF_IT * float(network.length_m[edge])
        _lay_on_edge(draft, changes, (edge, (from_m, to_m)), (row, values), most=most)
    note = "the first kilometre is assumed to stand at the beginning of the road" if assumed else ""
    return "chainage", note


def overlap(
    edge: tuple[float, float], run: tuple[float, float], length_m: float
) -> tuple[float, float] | None:
    """Return the metres from the tail of an edge that lie within a run of its road."""
    tail_m, head_m = edge
    low, high = max(min(edge), run[0]), min(max(edge), run[1])
    if tail_m == head_m or high - low < _SHORTEST_M:
        return None
    ends = sorted((at - tail_m) / (head_m - tail_m) * length_m for at in (low, high))
    return max(ends[0], 0.0), min(ends[1], length_m)


def _lay_on_edge(
    draft: Draft,
    changes: EdgeChanges,
    place: tuple[int, tuple[float, float]],
    said: tuple[Row, Mapping[str, Any]],
    *,
    most: bool,
) -> None:
    network, (edge, part), (row, values) = draft.network, place, said
    two_way = bool(network.reverse[edge] >= 0)
    if most:
        if "class" in values:
            changes.own(network, "road_class")[edge] = RoadClass[values["class"].upper()]
        if "owner" in values:
            changes.own(network, "owner")[edge] = Owner[values["owner"].upper()]
        if "design_speed_km_h" in values:
            changes.own(network, "design_speed_km_h")[edge] = values["design_speed_km_h"]
        if "lanes" in values:
            changes.own(network, "lanes")[edge] = _lanes_one_way(values, two_way=two_way)
    width_m = _width_m(values, two_way=two_way)
    if width_m is not None:
        about = (Kind.SECTIONS, row, f"edge:{edge}")
        if changes.beside(edge, part):
            lower = Lower(width_m, row.source)
            draft.lower(draft.edge_limits, LimitKind.CLEAR_WIDTH, edge, lower)
        else:
            draft.lay(draft.edge_limits, LimitKind.CLEAR_WIDTH, edge, width_m, about)


def _lanes_one_way(values: Mapping[str, Any], *, two_way: bool) -> int:
    lanes = int(values["lanes"])
    return max(1, lanes // 2) if two_way or values.get("divided") else lanes


def _width_m(values: Mapping[str, Any], *, two_way: bool) -> float | None:
    """Return the width that a transport can use: lanes and hard shoulders of its carriageway."""
    if "lanes" not in values or "lane_width_m" not in values:
        return None
    lanes, shoulder_m = int(values["lanes"]), float(values.get("hard_shoulder_m", 0.0))
    if values.get("divided"):
        return max(1, lanes // 2) * float(values["lane_width_m"]) + shoulder_m
    shoulders = 2 if two_way else 1
    return lanes * float(values["lane_width_m"]) + shoulders * shoulder_m


def lay_urban_areas(
    draft: Draft, changes: EdgeChanges, rows: list[tuple[Row, int]]
) -> list[tuple[str, str]]:
    """Mark the edges whose middle lies in an urban area; the first area that holds it counts."""
    network = draft.network
    area = np.full(network.edge_count, -1, dtype=np.int32)
    urban, owner = changes.own(network, "urban"), changes.own(network, "owner")
    said = []
    for (_, record), inside in zip(rows, _inside(network, [row for row, _ in rows]), strict=True):
        mine = inside[area[inside] < 0]
        area[mine] = record
        urban[mine] = 1
        owner[mine] = np.where(owner[mine] == Owner.UNKNOWN, Owner.MUNICIPAL, owner[mine])
        said.append(("polygon", "" if len(inside) else "no road of the network lies in it"))
    changes.area = area
    return said


def lay_admin_areas(
    draft: Draft, changes: EdgeChanges, rows: list[tuple[Row, int]], strings: Numbered
) -> list[tuple[str, str]]:
    """Give the edges in a county its code, known; edges outside all keep what they had."""
    network = draft.network
    codes = changes.own(network, "admin_code")
    if network.admin_certainty is not None:
        certainty = np.array(network.admin_certainty)
    else:
        certainty = np.where(codes > 0, Certainty.ASSUMED, Certainty.UNKNOWN).astype(np.uint8)
    said = []
    areas = {area.code: area for area in network.areas}
    for (row, _), inside in zip(rows, _inside(network, [row for row, _ in rows]), strict=True):
        code, parent = row.cells["admin_code"], row.cells.get("parent_code", "")
        codes[inside] = strings.number(code)
        certainty[inside] = Certainty.KNOWN
        areas[code] = Area(code, row.cells["name"], parent)
        if parent and row.cells.get("parent_name"):
            areas.setdefault(parent, Area(parent, row.cells["parent_name"]))
        said.append(("polygon", "" if len(inside) else "no road of the network lies in it"))
    changes.admin_certainty = certainty
    changes.areas = tuple(areas[code] for code in sorted(areas))
    return said


def _inside(network: RoadNetwork, rows: list[Row]) -> list[Ints]:
    """Return for every row the edges whose middle lies in its polygon."""
    lon, lat = middles(network)
    middle_points: Any = points(lon, lat)
    tree = STRtree(middle_points)
    polygons = [shape(row.geometry) for row in rows if row.geometry is not None]
    found, middle = tree.query(polygons, predicate="contains")
    return [np.sort(middle[found == number]).astype(np.int32) for number in range(len(rows))]


def middles(network: RoadNetwork) -> tuple[Floats, Floats]:
    """Return the middle of every edge, half way along its shape points by length."""
    starts = network.shape_start.astype(np.int64)
    if network.edge_count == 0:
        return np.zeros(0), np.zeros(0)
    lon, lat = np.asarray(network.shape_lon), np.asarray(network.shape_lat)
    steps = np.hypot(np.diff(lon) * np.cos(np.radians(lat[:-1])), np.diff(lat))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    # The steps between edges only shift all that follows, so positions stay in order.
    half = (along[starts[:-1]] + along[starts[1:] - 1]) / 2
    return np.interp(half, along, lon), np.interp(half, along, lat)
