"""Put a point on the road: a place on its junction, a coordinate on the nearest open edges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import Access, Floats, Ints
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered

EARTH_RADIUS_M = 6_371_008.8
_DEGREE_M = math.pi / 180 * EARTH_RADIUS_M
# Roads as near as the nearest one plus this much are equally meant: a place at a junction lies on
# all of its roads.
_SAME_PLACE_M = 25.0
_SHORTEST_REACH_M, _LONGEST_REACH_M = 1_000.0, 20_000.0
_REACH_IN_EDGES = 5.0
_FIRST_BOX_M = 250.0
_SMALLEST_CELL_DEG = 0.005
_COLUMNS = 10_000_000  # more than any grid has; a cell is row times this plus column
_MOST_ROWS = 2_000
SEGMENTS = "segments"
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlaceOnEdge:
    """A point `offset_m` metres of road after the tail of an edge, and where that is."""

    edge: int
    offset_m: float
    lon: float
    lat: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Segments:
    """All straight pieces of all open edges, with the road length up to their start.

    The pieces whose box touches a cell of a grid of `cell_deg` are `in_cell` from `cell_first` of
    the cell's place in `cell`, sorted by row and column of the grid.
    """

    edge: Ints
    lon: Floats
    lat: Floats
    lon_on: Floats
    lat_on: Floats
    share_start: Floats
    share_length: Floats
    cell: Longs
    cell_first: Longs
    in_cell: Ints
    cell_deg: float


def usual_reach_m(network: RoadNetwork) -> float:
    """Return how far from a road a place may lie: 1 to 20 km, wider on sparse networks."""

    def reach() -> float:
        usual = float(np.median(network.length_m)) * _REACH_IN_EDGES if network.edge_count else 0.0
        return min(max(usual, _SHORTEST_REACH_M), _LONGEST_REACH_M)

    return remembered(network, "usual reach", reach)


def snap(
    network: RoadNetwork, lon: float, lat: float, *, field: str, reach_m: float | None = None
) -> list[PlaceOnEdge]:
    """Return the nearest place on the road on each edge that is equally near, nearest first.

    Raises InvalidInputError on `field` where no open road is within `reach_m`, saying how far the
    nearest one is and which named place is nearest.
    """
    reach_m = usual_reach_m(network) if reach_m is None else reach_m
    segments = segments_of(network)
    if not len(segments.edge):
        raise InvalidInputError([FieldFault(field, "the network has no open road", "no_open_road")])
    rows, share, distance = _near(segments, lon, lat, reach_m)
    if not len(rows) or distance.min() > reach_m:
        raise InvalidInputError([_too_far(network, segments, (lon, lat), field, reach_m)])
    near = distance <= distance.min() + _SAME_PLACE_M
    rows, share, distance = rows[near], share[near], distance[near]
    found: dict[int, PlaceOnEdge] = {}
    for index in np.argsort(distance, kind="stable"):
        row = int(rows[index])
        edge = int(segments.edge[row])
        if edge in found:
            continue
        part = float(share[index])
        along = segments.share_start[row] + part * segments.share_length[row]
        found[edge] = PlaceOnEdge(
            edge=edge,
            offset_m=float(along * network.length_m[edge]),
            lon=float(segments.lon[row] + part * (segments.lon_on[row] - segments.lon[row])),
            lat=float(segments.lat[row] + part * (segments.lat_on[row] - segments.lat[row])),
            distance_m=float(distance[index]),
        )
    return list(found.values())


def standing_on(network: RoadNetwork, lon: float, lat: float) -> list[PlaceOnEdge]:
    """Return the ends of all edges of the junction that stands exactly here, closed ones too.

    A named place on a junction belongs to that junction: where all its roads are closed it cannot
    be reached, and is not moved to a neighbouring road. Empty where no junction stands here.
    """
    here = np.flatnonzero((network.node_lon == lon) & (network.node_lat == lat))
    if not len(here):
        return []
    leaving = np.flatnonzero(np.isin(network.tail, here)).tolist()
    arriving = np.flatnonzero(np.isin(network.head, here)).tolist()
    ends = [(edge, 0.0) for edge in leaving]
    ends += [(edge, float(network.length_m[edge])) for edge in arriving]
    return [PlaceOnEdge(edge, offset, lon, lat, 0.0) for edge, offset in ends]


def _near(
    segments: Segments, lon: float, lat: float, reach_m: float
) -> tuple[Ints, Floats, Floats]:
    """Look close by, then in wider boxes, until all that is equally near was found."""
    box_m = min(_FIRST_BOX_M, reach_m)
    while True:
        rows, share, distance = _nearest(segments, lon, lat, box_m)
        if box_m >= reach_m or (len(rows) and distance.min() + _SAME_PLACE_M <= box_m):
            return rows, share, distance
        box_m = min(4 * box_m, reach_m)


def _in_box(segments: Segments, lon: float, lat: float, wide: float, high: float) -> Ints:
    """Return the segments whose box touches this one, by the grid where that is shorter."""
    low_row, low_column = _cells(lat - high, segments), _cells(lon - wide, segments)
    high_row, high_column = _cells(lat + high, segments), _cells(lon + wide, segments)
    if high_row - low_row > _MOST_ROWS:
        rows = np.arange(len(segments.edge), dtype=np.int32)
    else:
        grid_rows = np.arange(low_row, high_row + 1) * _COLUMNS
        first = np.searchsorted(segments.cell, grid_rows + low_column)
        last = np.searchsorted(segments.cell, grid_rows + high_column, side="right")
        starts = segments.cell_first
        parts = [segments.in_cell[starts[a] : starts[b]] for a, b in zip(first, last, strict=True)]
        rows = np.unique(np.concatenate(parts)).astype(np.int32)
    boxed = (
        (np.minimum(segments.lon[rows], segments.lon_on[rows]) <= lon + wide)
        & (np.maximum(segments.lon[rows], segments.lon_on[rows]) >= lon - wide)
        & (np.minimum(segments.lat[rows], segments.lat_on[rows]) <= lat + high)
        & (np.maximum(segments.lat[rows], segments.lat_on[rows]) >= lat - high)
    )
    inside: Ints = rows[boxed]
    return inside


def _cells(degrees: float, segments: Segments) -> int:
    return math.floor((degrees + 360) / segments.cell_deg)


def _nearest(
    segments: Segments, lon: float, lat: float, reach_m: float
) -> tuple[Ints, Floats, Floats]:
    """Return rows of segments in a box of `reach_m`, the share along each, and the distance."""
    high = reach_m / _DEGREE_M
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    rows = _in_box(segments, lon, lat, wide, high)
    # Local equirectangular plane with the asked point as its origin: exact enough for 20 km.
    east, north = _DEGREE_M * math.cos(math.radians(lat)), _DEGREE_M
    x1, y1 = (segments.lon[rows] - lon) * east, (segments.lat[rows] - lat) * north
    x2, y2 = (segments.lon_on[rows] - lon) * east, (segments.lat_on[rows] - lat) * north
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    share = np.clip(-(x1 * dx + y1 * dy) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    return rows, share, np.hypot(x1 + share * dx, y1 + share * dy)


def segments_of(network: RoadNetwork) -> Segments:
    """Return the straight pieces of the open edges with their grid; remembered."""
    return remembered(network, SEGMENTS, lambda: _segments(network))


def _segments(network: RoadNetwork) -> Segments:
    starts = network.shape_start.astype(np.int64)
    points = len(network.shape_lon)
    owner = np.repeat(np.arange(network.edge_count), np.diff(starts))
    last = np.zeros(points, dtype=np.bool_)
    last[starts[1:] - 1] = True
    first = np.flatnonzero(~last)
    first = first[network.access[owner[first]] != Access.CLOSED]
    edge = owner[first].astype(np.int32)
    lon, lat = network.shape_lon, network.shape_lat
    dx = (lon[first + 1] - lon[first]) * np.cos(np.radians(lat[first]))
    piece = np.hypot(dx, lat[first + 1] - lat[first])
    whole = np.bincount(edge, weights=piece, minlength=network.edge_count)
    before = np.concatenate(([0.0], np.cumsum(piece)))[:-1]
    edge_begins = np.concatenate(([0.0], np.cumsum(whole)))[:-1]
    length = np.where(whole[edge] > 0, whole[edge], 1.0)
    ends = (lon[first], lat[first], lon[first + 1], lat[first + 1])
    cell, cell_first, in_cell, cell_deg = _grid(*ends)
    return Segments(
        edge=edge,
        lon=ends[0],
        lat=ends[1],
        lon_on=ends[2],
        lat_on=ends[3],
        share_start=np.clip((before - edge_begins[edge]) / length, 0.0, 1.0),
        share_length=piece / length,
        cell=cell,
        cell_first=cell_first,
        in_cell=in_cell,
        cell_deg=cell_deg,
    )


def _grid(
    lon: Floats, lat: Floats, lon_on: Floats, lat_on: Floats
) -> tuple[Longs, Longs, Ints, float]:
    """Enter every piece in all cells that its box touches."""
    wide, high = np.abs(lon_on - lon), np.abs(lat_on - lat)
    usual = np.quantile(np.maximum(wide, high), 0.99) if len(lon) else 0.0
    cell_deg = max(_SMALLEST_CELL_DEG, float(usual))
    west = np.floor((np.minimum(lon, lon_on) + 360) / cell_deg).astype(np.int64)
    south = np.floor((np.minimum(lat, lat_on) + 360) / cell_deg).astype(np.int64)
    columns = np.floor((np.maximum(lon, lon_on) + 360) / cell_deg).astype(np.int64) - west + 1
    count = (
        np.floor((np.maximum(lat, lat_on) + 360) / cell_deg).astype(np.int64) - south + 1
    ) * columns
    row = np.repeat(np.arange(len(lon)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    of = (south[row] + number // columns[row]) * _COLUMNS + west[row] + number % columns[row]
    order = np.argsort(of, kind="stable")
    cell, first = np.unique(of[order], return_index=True)
    return (
        cell,
        np.append(first, len(order)).astype(np.int64),
        row[order].astype(np.int32),
        cell_deg,
    )


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance of two points in metres."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((other_phi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def _too_far(
    network: RoadNetwork,
    segments: Segments,
    point: tuple[float, float],
    field: str,
    reach_m: float,
) -> FieldFault:
    lon, lat = point
    rows, share, distance = _nearest(segments, lon, lat, 360.0 * _DEGREE_M)
    best = int(np.argmin(distance))
    row, part = int(rows[best]), float(share[best])
    road_km = (
        distance_m(
            lon,
            lat,
            float(segments.lon[row] + part * (segments.lon_on[row] - segments.lon[row])),
            float(segments.lat[row] + part * (segments.lat_on[row] - segments.lat[row])),
        )
        / 1000
    )
    edge = int(segments.edge[row])
    name = network.text(network.ref[edge]) or network.text(network.name[edge])
    road = f", {name}" if name else ""
    nearest = min(
        network.places,
        key=lambda place: distance_m(lon, lat, place.lon, place.lat),
        default=None,
    )
    message = (
        f"{lon:.5f},{lat:.5f} is {road_km:.1f} km from the nearest road of this network{road} "
        f"(at most {reach_m / 1000:.1f} km)"
    )
    params = [
        ("distance_km", f"{road_km:.1f}"),
        ("reach_km", f"{reach_m / 1000:.1f}"),
        ("road", road.strip(" ,") or "—"),
    ]
    if nearest is not None:
        place_km = distance_m(lon, lat, nearest.lon, nearest.lat) / 1000
        message += (
            f"; the nearest place is {nearest.name} ({nearest.name_en}), {place_km:.1f} km away"
        )
        params += [("place", nearest.name), ("place_km", f"{place_km:.1f}")]
    return FieldFault(field, message, "too_far_from_road", tuple(params))
