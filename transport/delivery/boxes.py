"""The smallest box around a solid, however it stands in the model.

A box along the axes of the world lies about pieces that stand askew: a 30 m girder at 37 degrees
measures 19 by 25 m that way. One face of the box is laid on each face of the hull in turn; within
that face the smallest rectangle is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError
from shapely import MultiPoint, get_coordinates, minimum_rotated_rectangle

Floats = NDArray[np.float64]
_ALIKE = 1e-4  # normals closer than this are one face
_MOST_FACES = 400


@dataclass(frozen=True, slots=True)
class Box:
    """The three edges in metres, the most level first, and how upright each stands (0 to 1)."""

    edges_m: tuple[float, float, float]
    upright: tuple[float, float, float]

    @property
    def volume_m3(self) -> float:
        """Volume of the box."""
        first, second, third = self.edges_m
        return first * second * third


def smallest_box(points: Floats) -> Box | None:
    """Return the smallest box around points in metres, None where they span no solid."""
    try:
        hull = ConvexHull(points)
    except (QhullError, ValueError):
        return None
    corners = points[hull.vertices]
    boxes = [_box_on(corners, normal) for normal in _normals(hull.equations[:, :3])]
    return min(boxes, key=lambda one: round(one.volume_m3, 6))


def volume_of(points: Floats, faces: NDArray[np.int64]) -> float:
    """Return the volume in cubic metres that a closed skin of triangles encloses."""
    first, second, third = (points[faces[:, corner]] for corner in range(3))
    return float(abs(np.einsum("ij,ij->i", first, np.cross(second, third)).sum()) / 6.0)


def _normals(normals: Floats) -> Iterator[Floats]:
    """Yield each direction once, level faces first; round skins have too many to try all."""
    kept: list[Floats] = []
    for normal in sorted(normals, key=lambda one: -abs(one[2])):
        if all(abs(abs(float(one @ normal)) - 1.0) > _ALIKE for one in kept):
            kept.append(normal)
            if len(kept) == _MOST_FACES:
                break
    yield from kept


def _box_on(corners: Floats, normal: Floats) -> Box:
    """Return the smallest box one of whose faces lies across `normal`."""
    along, across = _axes_of(normal)
    flat = np.stack((corners @ along, corners @ across), axis=1)
    ring = get_coordinates(minimum_rotated_rectangle(MultiPoint(flat)))
    tall = float(np.ptp(corners @ normal))
    sides = [ring[1] - ring[0], ring[2] - ring[1]] if len(ring) > 3 else []  # noqa: PLR2004
    edges = [(tall, abs(float(normal[2])))]
    for side in sides:
        long = float(np.hypot(*side))
        rise = abs(float(side[0] * along[2] + side[1] * across[2])) / long if long else 0.0
        edges.append((long, rise))
    edges += [(0.0, 0.0)] * (3 - len(edges))
    edges.sort(key=lambda one: one[1])
    first, second, third = edges
    return Box((first[0], second[0], third[0]), (first[1], second[1], third[1]))


def _axes_of(normal: Floats) -> tuple[Floats, Floats]:
    """Return two axes across a normal."""
    helper = np.eye(3)[int(np.argmin(np.abs(normal)))]
    along = np.cross(normal, helper)
    along /= np.linalg.norm(along)
    return along, np.cross(normal, along)
