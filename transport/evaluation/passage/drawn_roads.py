"""What the drawing of a road tells: that it is a ramp, and about how sharp its sharpest bend is."""

from __future__ import annotations

from collections.abc import Sequence
from math import radians

import numpy as np

from transport.evaluation.passage.facts import ASSUMED, KNOWN, Fact
from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork

_DRAWING = "drawn line"
_METRES_A_DEGREE = 111_195.0
# A drawn line bends by less between the points of one curve; more is a corner of two roads.
_LEAST_BEND_RAD, _MOST_BEND_RAD = 0.02, 1.4
_STRAIGHT_M = 5_000.0


def drawn_facts(network: RoadNetwork, edges: Sequence[int]) -> dict[str, Fact]:
    """Return what the drawing tells of a stretch.

    A ramp is taken to have one lane, for which the tables grant least. A radius measured on a
    drawing is an estimate: it never decides, but shows what a check would say.
    """
    found = {}
    radius_m = min((_sharpest_m(network, edge) for edge in edges), default=_STRAIGHT_M)
    if radius_m < _STRAIGHT_M:
        found["min_curve_radius_m"] = Fact(round(radius_m, 1), ASSUMED, _DRAWING)
    if network.ramp is not None and network.ramp[edges[0]]:
        both_ways = int(network.reverse[edges[0]]) >= 0
        found["ramp_type"] = Fact("III" if both_ways else "I", KNOWN, "network")
    return found


def _sharpest_m(network: RoadNetwork, edge: int) -> float:
    """Return the smallest radius along an edge: half the lengths beside a bend over its angle."""
    low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
    if high - low < 3:  # noqa: PLR2004 - two points are a straight line
        return _STRAIGHT_M
    lat: Floats = np.asarray(network.shape_lat[low:high])
    east = np.asarray(network.shape_lon[low:high]) * np.cos(radians(float(lat[0])))
    steps = np.diff(np.stack((east, lat), axis=1), axis=0) * _METRES_A_DEGREE
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    headings = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    bends = np.abs(np.diff(headings))
    beside = (lengths[:-1] + lengths[1:]) / 2.0
    curved = (bends > _LEAST_BEND_RAD) & (bends < _MOST_BEND_RAD)
    return float((beside[curved] / bends[curved]).min()) if curved.any() else _STRAIGHT_M
