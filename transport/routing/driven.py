"""A path as columns: what describing it asks of every piece at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork
from transport.routing.blockers import along_shape
from transport.routing.paths import Path, driven_m, edge_array, structure_rows
from transport.routing.route import LonLat

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Driven:
    """A path with its edges, the metres of each piece, and the metres driven before each one.

    `leg_starts` are the pieces where another road, class, owner or county begins, `whole` those
    whose edge is driven from end to end. `standing` are the rows of the structures on the path,
    `standing_on` the place of the piece that each of them is on.
    """

    path: Path
    edges: Indices
    piece_m: Floats
    before_m: Floats
    whole: npt.NDArray[np.bool_]
    leg_starts: Indices
    standing: Indices
    standing_on: Indices


def driven(network: RoadNetwork, path: Path) -> Driven:
    """Lay a path out in columns."""
    edges, piece_m = edge_array(path), driven_m(path)
    rows = np.array(structure_rows(network, path), dtype=np.int64).reshape(-1, 2)
    columns = [
        column[edges]
        for column in (
            network.ref,
            network.name,
            network.road_class,
            network.owner,
            network.admin_code,
            network.urban,
        )
    ]
    changes = np.zeros(len(edges), dtype=np.bool_)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    from_m = np.array([piece.from_m for piece in path])
    return Driven(
        path=path,
        edges=edges,
        piece_m=piece_m,
        before_m=np.concatenate(([0.0], np.cumsum(piece_m)[:-1])),
        whole=(from_m <= 0) & (from_m + piece_m >= network.length_m[edges]),
        leg_starts=np.flatnonzero(changes),
        standing=rows[:, 1],
        standing_on=rows[:, 0],
    )


def shape_of(network: RoadNetwork, way: Driven) -> tuple[LonLat, ...]:
    """Return the shape points of a path, without those that follow their like."""
    parts = [
        _whole_shapes(network, way.edges[low:high])
        if way.whole[low]
        else _part_shape(network, way, low)
        for low, high in _runs(way.whole)
    ]
    lon = np.round(np.concatenate([part[0] for part in parts]), 6)
    lat = np.round(np.concatenate([part[1] for part in parts]), 6)
    new = np.ones(len(lon), dtype=np.bool_)
    new[1:] = (lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1])
    points = list(zip(lon[new].tolist(), lat[new].tolist(), strict=True))
    if len(points) == 1:  # a LineString has two points even where nothing is driven
        points.append(points[0])
    return tuple(points)


def _runs(whole: npt.NDArray[np.bool_]) -> Sequence[tuple[int, int]]:
    """Return runs of whole edges as one, every other piece by itself."""
    starts = np.ones(len(whole), dtype=np.bool_)
    starts[1:] = ~(whole[1:] & whole[:-1])
    begin = np.flatnonzero(starts).tolist()
    return list(zip(begin, [*begin[1:], len(whole)], strict=True))


def _whole_shapes(network: RoadNetwork, edges: Indices) -> tuple[Floats, Floats]:
    low = network.shape_start[edges].astype(np.int64)
    count = network.shape_start[edges + 1] - low
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    points = np.repeat(low, count) + within
    return network.shape_lon[points], network.shape_lat[points]


def _part_shape(network: RoadNetwork, way: Driven, place: int) -> tuple[Floats, Floats]:
    piece = way.path[place]
    low, high = network.shape_start[piece.edge], network.shape_start[piece.edge + 1]
    lon, lat = network.shape_lon[low:high], network.shape_lat[low:high]
    whole_m = float(network.length_m[piece.edge])
    along = along_shape(lon, lat)
    start, end = piece.from_m / whole_m, piece.to_m / whole_m
    at = np.concatenate(([start], along[(along > start) & (along < end)], [end]))
    return np.interp(at, along, lon), np.interp(at, along, lat)
