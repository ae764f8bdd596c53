"""Where a road runs under a bridge: ways that cross without meeting, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from road_data.osm.roads import AboveRecord
from road_data.osm.simplifying import Chains

Array = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# Cells of some 100 m, in which roads near bridges are looked for.
_CELL_DEG = 0.001


@dataclass(frozen=True, slots=True)
class Levels:
    """What decides which chain lies above: its layer, whether it is a bridge, or hidden below."""

    layer: Array
    bridge: Flags
    hidden: Flags


class Crossing(NamedTuple):
    """A chain under a bridge: metres along it, and the bridge: a chain, or a record as `-1 - n`."""

    chain: int
    offset_m: float
    lon: float
    lat: float
    bridge: int


@dataclass(frozen=True, slots=True)
class _Segments:
    """Straight pieces: where they begin and end, their end nodes, and what they belong to."""

    x: Degrees
    y: Degrees
    to_x: Degrees
    to_y: Degrees
    node: Array
    to_node: Array
    of: Array
    layer: Array

    def at(self, rows: npt.NDArray[np.intp]) -> _Segments:
        return _Segments(
            self.x[rows], self.y[rows], self.to_x[rows], self.to_y[rows],
            self.node[rows], self.to_node[rows], self.of[rows], self.layer[rows],
        )  # fmt: skip

    def boxes(self) -> npt.NDArray[np.object_]:
        made: npt.NDArray[np.object_] = shapely.box(
            np.minimum(self.x, self.to_x), np.minimum(self.y, self.to_y),
            np.maximum(self.x, self.to_x), np.maximum(self.y, self.to_y),
        )  # fmt: skip
        return made


def crossings(
    chains: Chains,
    ids: Array,
    lon: Degrees,
    lat: Degrees,
    along: Degrees,
    levels: Levels,
    above: Sequence[AboveRecord],
) -> list[Crossing]:
    """Return the places where a chain runs under a bridge, in the order of the chains.

    A road in a tunnel or under a roof is left out: its height is a question already. Ways that
    share the node nearest to the crossing meet there and are not above each other.
    """
    of = np.repeat(np.arange(len(chains.start) - 1), np.diff(chains.start))
    places = np.flatnonzero(of[:-1] == of[1:])
    bridges = places[levels.bridge[of[places]]]
    upper = _joined(_of_chains(bridges, of, chains, ids, lon, lat, levels), _of_records(above))
    if not len(upper.x):
        return []
    lower = places[~levels.hidden[of[places]]]
    lower = lower[_near(lower, chains, lon, lat, upper)]
    below = _of_chains(lower, of, chains, ids, lon, lat, levels)
    pairs = shapely.STRtree(upper.boxes()).query(below.boxes())
    below, over = below.at(pairs[0]), upper.at(pairs[1])
    share, crosses = _meet(below, over)
    hit = np.flatnonzero(crosses & (over.layer > below.layer) & ~_share_a_node(below, over))
    place = lower[pairs[0][hit]]
    part = share[hit]
    offset = along[place] + part * (along[place + 1] - along[place])
    x = below.x[hit] + part * (below.to_x[hit] - below.x[hit])
    y = below.y[hit] + part * (below.to_y[hit] - below.y[hit])
    rows = zip(of[place].tolist(), offset.tolist(), x.tolist(), y.tolist(), over.of[hit].tolist(),
               strict=True)  # fmt: skip
    return sorted({Crossing(*row) for row in rows})


def _of_chains(
    places: npt.NDArray[np.intp],
    of: Array,
    chains: Chains,
    ids: Array,
    lon: Degrees,
    lat: Degrees,
    levels: Levels,
) -> _Segments:
    one, other = chains.nodes[places], chains.nodes[places + 1]
    chain = of[places]
    return _Segments(
        lon[one], lat[one], lon[other], lat[other], ids[one], ids[other], chain,
        levels.layer[chain],
    )  # fmt: skip


def _of_records(above: Sequence[AboveRecord]) -> _Segments:
    rows = [
        (r.lon[i], r.lat[i], r.lon[i + 1], r.lat[i + 1], r.node_ids[i], r.node_ids[i + 1], -1 - n,
         r.layer)
        for n, r in enumerate(above)
        for i in range(len(r.lon) - 1)
    ]  # fmt: skip
    columns = list(zip(*rows, strict=True)) or [()] * 8
    x, y, to_x, to_y = (np.array(column, dtype=np.float64) for column in columns[:4])
    node, to_node, of, layer = (np.array(column, dtype=np.int64) for column in columns[4:])
    return _Segments(x, y, to_x, to_y, node, to_node, of, layer)


def _joined(one: _Segments, other: _Segments) -> _Segments:
    return _Segments(
        np.concatenate([one.x, other.x]),
        np.concatenate([one.y, other.y]),
        np.concatenate([one.to_x, other.to_x]),
        np.concatenate([one.to_y, other.to_y]),
        np.concatenate([one.node, other.node]),
        np.concatenate([one.to_node, other.to_node]),
        np.concatenate([one.of, other.of]),
        np.concatenate([one.layer, other.layer]),
    )


def _near(
    places: npt.NDArray[np.intp], chains: Chains, lon: Degrees, lat: Degrees, upper: _Segments
) -> Flags:
    """Return which segments may cross a bridge: both in neighbouring cells, or a long one."""
    one, other = chains.nodes[places], chains.nodes[places + 1]
    reach = np.maximum(np.abs(lon[one] - lon[other]), np.abs(lat[one] - lat[other]))
    long_ones = reach > _CELL_DEG
    cells = np.unique(_cells_around(upper))
    near: Flags = np.isin(_cell(lon[one], lat[one]), cells) | long_ones
    return near


def _cells_around(upper: _Segments) -> Array:
    """Return the cells within one of any that a bridge runs through."""
    pieces = np.ceil(
        np.maximum(np.abs(upper.to_x - upper.x), np.abs(upper.to_y - upper.y)) / _CELL_DEG
    ).astype(np.int64)
    repeat = pieces + 1
    row = np.repeat(np.arange(len(pieces)), repeat)
    step = np.arange(len(row)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    share = step / np.maximum(pieces[row], 1)
    x = upper.x[row] + share * (upper.to_x - upper.x)[row]
    y = upper.y[row] + share * (upper.to_y - upper.y)[row]
    reach = (-2, -1, 0, 1, 2)
    return np.concatenate(
        [_cell(x + i * _CELL_DEG, y + j * _CELL_DEG) for i in reach for j in reach]
    )


def _cell(x: Degrees, y: Degrees) -> Array:
    columns = np.floor(x / _CELL_DEG).astype(np.int64)
    rows = np.floor(y / _CELL_DEG).astype(np.int64)
    return columns * 1_000_003 + rows


def _meet(below: _Segments, over: _Segments) -> tuple[Degrees, Flags]:
    """Return where each lower piece is met (0 to 1) and whether it is; its own end counts not."""
    dx, dy = below.to_x - below.x, below.to_y - below.y
    ex, ey = over.to_x - over.x, over.to_y - over.y
    cross = dx * ey - dy * ex
    with np.errstate(divide="ignore", invalid="ignore"):
        share = ((over.x - below.x) * ey - (over.y - below.y) * ex) / cross
        there = ((over.x - below.x) * dy - (over.y - below.y) * dx) / cross
        inside = (share >= 0) & (share < 1) & (there >= 0) & (there <= 1)
    meets: Flags = inside & (cross != 0)
    return share, meets


def _share_a_node(below: _Segments, over: _Segments) -> Flags:
    shared: Flags = np.zeros(len(below.node), dtype=np.bool_)
    for one in (below.node, below.to_node):
        shared |= (one == over.node) | (one == over.to_node)
    return shared
