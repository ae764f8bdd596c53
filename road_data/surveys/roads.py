"""Roads by number as lines: how far along its road every edge of a network begins and ends."""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from road_data.surveys.carriageways import facing_points
from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.snapping import EARTH_RADIUS_M, distance_m

_DEGREE_M = math.pi / 180 * EARTH_RADIUS_M
# A space between letters and digits belongs to the number (`B 14`), any other one ends it.
_SEPARATORS = re.compile(r"[;,/、；，]+|\s++(?!\d)|(?<=\d)\s+")
_CAPITAL = 116.4, 39.9
_HUB_OF_REGION = 111.7, 40.8
_RADIAL, _SOUTHWARD = "1", "2"


@dataclass(frozen=True, slots=True)
class RoadLine:
    """The directed edges of one road with metres along it at their tail and head.

    Positions grow from the end where the kilometres of the road begin by convention: the capital
    for radial roads, the north or the east for the others.
    """

    ref: str
    edges: tuple[int, ...]
    tail_m: Floats
    head_m: Floats

    @property
    def length_m(self) -> float:
        """Metres from the first to the last position."""
        return float(max(self.tail_m.max(), self.head_m.max())) if self.edges else 0.0

    def position_m(self, index: int, offset_m: float, length_m: float) -> float:
        """Return the position of a point on the edge `edges[index]`."""
        share = offset_m / length_m if length_m else 0.0
        return float(self.tail_m[index] + share * (self.head_m[index] - self.tail_m[index]))


def plain_ref(ref: str) -> str:
    """Return a road number as it is compared: capitals, nothing between."""
    return re.sub(r"[\s\-]", "", ref).upper()


def refs_of(text: str) -> list[str]:
    """Return the numbers in a `ref`, the one that counts the kilometres first."""
    return [plain_ref(part) for part in _SEPARATORS.split(text) if part.strip()]


def edges_by_ref(network: RoadNetwork) -> dict[str, list[int]]:
    """Return the directed edges of every road number; remembered."""

    def build() -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        refs = {number: refs_of(network.text(number)) for number in np.unique(network.ref).tolist()}
        for edge, number in enumerate(network.ref.tolist()):
            for ref in refs[number]:
                found[ref].append(edge)
        return dict(found)

    return remembered(network, "edges by ref", build)


def road_lines(network: RoadNetwork, ref: str) -> tuple[RoadLine, ...]:
    """Return a road as a line, remembered; where it shares another's kilometres in two ways.

    In the second way the stretches that are counted by another road have no length.
    """

    def build() -> tuple[RoadLine, ...]:
        edges = edges_by_ref(network).get(ref, [])
        own = [refs_of(network.text(network.ref[edge]))[0] == ref for edge in edges]
        length = network.length_m[edges]
        whole = _line(network, ref, edges, length)
        if all(own):
            return (whole,)
        return whole, _line(network, ref, edges, np.where(own, length, 0.0))

    return remembered(network, ("road line", ref), build)


def _line(network: RoadNetwork, ref: str, edges: list[int], length: Floats) -> RoadLine:
    graph = _graph(network, edges, length)
    nodes = {node for node in graph if node < network.node_count}
    spot = {node: (float(network.node_lon[node]), float(network.node_lat[node])) for node in nodes}
    pieces = []
    left = set(nodes)
    while left:
        farthest = _farthest(_distances(graph, min(left)), nodes)
        one_end = _distances(graph, farthest)
        other_end = _farthest(one_end, nodes)
        if _order(ref, spot[other_end]) < _order(ref, spot[farthest]):
            one_end, farthest, other_end = _distances(graph, other_end), other_end, farthest
        pieces.append((_order(ref, spot[farthest]), farthest, other_end, one_end))
        left -= set(one_end)
    position: dict[int, float] = {}
    begin, before = 0.0, -1
    for _, first, last, along in sorted(pieces, key=lambda piece: piece[:2]):
        if before >= 0:
            begin += distance_m(*spot[before], *spot[first])
        position |= {node: begin + far for node, far in along.items()}
        begin, before = begin + along[last], last
    tail_m = np.array([position[int(network.tail[edge])] for edge in edges])
    head_m = np.array([position[int(network.head[edge])] for edge in edges])
    return RoadLine(ref, tuple(edges), tail_m, head_m)


def _graph(
    network: RoadNetwork, edges: list[int], length: Floats
) -> dict[int, list[tuple[int, float]]]:
    """Return the road as an undirected graph; points that face each other are joined across.

    Points are numbered on from the junctions.
    """
    facing = facing_points(network, edges)
    points: dict[int, list[tuple[float, int]]] = defaultdict(list)
    ends = {0.0: network.tail, 1.0: network.head}
    known: list[int] = []
    for edge, share in zip(facing.edge.tolist(), facing.share.tolist(), strict=True):
        junction = ends.get(share)
        known.append(network.node_count + len(known) if junction is None else int(junction[edge]))
        points[edge].append((share, known[-1]))
    graph: dict[int, list[tuple[int, float]]] = defaultdict(list)

    def join(one: int, other: int, long_m: float) -> None:
        graph[one].append((other, long_m))
        graph[other].append((one, long_m))

    for edge, long_m in zip(edges, length.tolist(), strict=True):
        stops = points[edge] or [(0.0, int(network.tail[edge])), (1.0, int(network.head[edge]))]
        for (begin, one), (end, other) in pairwise(stops):
            join(one, other, (end - begin) * long_m)
    for (one, other), ahead_m in zip(facing.pairs.tolist(), facing.ahead_m.tolist(), strict=True):
        join(known[one], known[other], ahead_m)
    return graph


def _distances(graph: dict[int, list[tuple[int, float]]], start: int) -> dict[int, float]:
    best = {start: 0.0}
    heap = [(0.0, start)]
    while heap:
        far, node = heapq.heappop(heap)
        if far > best[node]:
            continue
        for onward, long_m in graph[node]:
            if far + long_m < best.get(onward, math.inf):
                best[onward] = far + long_m
                heapq.heappush(heap, (far + long_m, onward))
    return best


def _farthest(along: dict[int, float], nodes: set[int]) -> int:
    return max(nodes.intersection(along), key=lambda node: (along[node], -node))


def _order(ref: str, spot: tuple[float, float]) -> float:
    """Return a number that is smaller where the kilometres of a road begin."""
    letter, digits = ref[:1], "".join(filter(str.isdigit, ref))
    radial = len(digits) == 1 or (len(digits) == 3 and digits[0] == _RADIAL)  # noqa: PLR2004
    if radial:
        hub = _HUB_OF_REGION if letter == "S" else _CAPITAL
        return distance_m(*spot, *hub)
    if len(digits) == 3:  # noqa: PLR2004 - G and S roads of three figures: 2 southward, 3 westward
        southward = digits[0] == _SOUTHWARD
    else:
        southward = bool(digits) and int(digits[-1]) % 2 == 1
    return -spot[1] if southward else -spot[0]


@dataclass(frozen=True, slots=True)
class NearEdge:
    """The place on an edge that is nearest to a point."""

    edge: int
    offset_m: float
    lon: float
    lat: float
    distance_m: float


def nearest_on(network: RoadNetwork, edges: list[int], lon: float, lat: float) -> NearEdge | None:
    """Return the nearest place on some edges, whatever their access; None without edges."""
    best: NearEdge | None = None
    east, north = _DEGREE_M * math.cos(math.radians(lat)), _DEGREE_M
    for edge in edges:
        low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
        x = (network.shape_lon[low:high] - lon) * east
        y = (network.shape_lat[low:high] - lat) * north
        dx, dy = np.diff(x), np.diff(y)
        square = dx * dx + dy * dy
        share = -(x[:-1] * dx + y[:-1] * dy) / np.where(square > 0, square, 1.0)
        share = np.clip(share, 0.0, 1.0)
        px, py = x[:-1] + share * dx, y[:-1] + share * dy
        far = np.hypot(px, py)
        piece = int(np.argmin(far))
        if best is None or far[piece] < best.distance_m - 0.01:
            steps = np.sqrt(square)
            along = float(steps[:piece].sum() + share[piece] * steps[piece])
            whole = float(steps.sum()) or 1.0
            best = NearEdge(
                edge=edge,
                offset_m=along / whole * float(network.length_m[edge]),
                lon=lon + float(px[piece]) / east,
                lat=lat + float(py[piece]) / north,
                distance_m=float(far[piece]),
            )
    return best


def edges_near(network: RoadNetwork, lon: float, lat: float, reach_m: float) -> list[int]:
    """Return the edges whose bounding box comes within a distance of a point."""
    west, south, east, north = remembered(network, "edge boxes", lambda: _boxes(network))
    high = reach_m / _DEGREE_M
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    boxed = (
        (west <= lon + wide) & (east >= lon - wide) & (south <= lat + high) & (north >= lat - high)
    )
    found: list[int] = np.flatnonzero(boxed).tolist()
    return found


def _boxes(network: RoadNetwork) -> tuple[Floats, Floats, Floats, Floats]:
    starts = network.shape_start[:-1].astype(np.int64)
    if not len(starts):
        nothing = np.zeros(0)
        return nothing, nothing, nothing, nothing
    return (
        np.minimum.reduceat(network.shape_lon, starts),
        np.minimum.reduceat(network.shape_lat, starts),
        np.maximum.reduceat(network.shape_lon, starts),
        np.maximum.reduceat(network.shape_lat, starts),
    )
