"""The two carriageways of a divided road: which points of them face each other.

A map draws a divided road as two one-way lines that may meet nowhere. Their kilometres run side by
side, so whoever counts along the road may step across. Two-way roads never face themselves: the
bends of a mountain road stay apart.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from transport.network.attributes import Floats, Ints
from transport.network.graph import RoadNetwork
from transport.network.snapping import EARTH_RADIUS_M

_DEGREE_M = np.pi / 180 * EARTH_RADIUS_M
_STEP_M = 50.0
_REACH_M = 100.0
_NEAREST = 12
# Headings within 45 degrees of opposite.
_OPPOSITE = -0.7


class Facing(NamedTuple):
    """Points on one-way edges, their ends included: edge, share of its length, and who faces whom.

    `pairs` holds rows (point, point across), `ahead_m` how far along the road they lie apart.
    """

    edge: Ints
    share: Floats
    pairs: Ints
    ahead_m: Floats


def facing_points(network: RoadNetwork, edges: list[int]) -> Facing:
    """Return the points of a road's one-way edges that have the other carriageway beside them."""
    oneway = [edge for edge in edges if network.reverse[edge] < 0]
    parts = [_along(network, edge) for edge in oneway]
    if not parts:
        nothing = np.zeros(0)
        return Facing(np.zeros(0, np.int32), nothing, np.zeros((0, 2), np.int32), nothing)
    edge = np.repeat(np.array(oneway, dtype=np.int32), [len(part[0]) for part in parts])
    share = np.concatenate([part[0] for part in parts])
    spot = np.concatenate([part[1] for part in parts])
    heading = np.concatenate([part[2] for part in parts])
    return Facing(edge, share, *_across(edge, spot, heading))


def _along(network: RoadNetwork, edge: int) -> tuple[Floats, Floats, Floats]:
    """Return shares, places in metres and headings of points on an edge."""
    low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
    lon, lat = np.asarray(network.shape_lon[low:high]), np.asarray(network.shape_lat[low:high])
    line = np.column_stack([lon * np.cos(np.radians(lat)), lat]) * _DEGREE_M
    steps = np.diff(line, axis=0)
    long_m = np.hypot(steps[:, 0], steps[:, 1])
    along = np.concatenate(([0.0], np.cumsum(long_m)))
    if along[-1] <= 0:
        return np.zeros(0), np.zeros((0, 2)), np.zeros((0, 2))
    count = max(1, int(along[-1] // _STEP_M))
    share = np.arange(count + 1) / count
    at = share * along[-1]
    spot = np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
    piece = np.clip(np.searchsorted(along, at, side="right") - 1, 0, len(long_m) - 1)
    heading = steps[piece] / np.maximum(long_m[piece], 1e-9)[:, None]
    return share, spot, heading


def _across(edge: Ints, spot: Floats, heading: Floats) -> tuple[Ints, Floats]:
    """Pair every point with the nearest one on another edge that heads the other way."""
    tree: Any = cKDTree(spot)
    far, near = tree.query(spot, k=min(_NEAREST, len(spot)), distance_upper_bound=_REACH_M)
    far, near = far.reshape(len(spot), -1), near.reshape(len(spot), -1)
    there = np.isfinite(far)
    other = np.where(there, near, 0)
    turned = np.einsum("ij,ikj->ik", heading, heading[other])
    fits = there & (turned < _OPPOSITE) & (edge[other] != edge[:, None])
    rows = np.flatnonzero(fits.any(axis=1))
    first = fits[rows].argmax(axis=1)  # they come nearest first
    across = other[rows, first]
    ahead_m = np.abs(np.einsum("ij,ij->i", spot[across] - spot[rows], heading[rows]))
    return np.column_stack([rows, across]).astype(np.int32), ahead_m
