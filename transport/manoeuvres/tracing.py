"""Points of a train along its way: what its wheels and the sides of its load run over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from transport.manoeuvres.paths import FrontPath
from transport.manoeuvres.sweeping import Unit
from transport.manoeuvres.tractrix import follow

Array = NDArray[np.float64]

_SIDE_STEP_M = (
    3.0  # between points of a side: half of it, as a chord of the way, hides 2 cm at most
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Places over time (steps, points, 2): of the wheels, and of the outline of every unit.

    `units` holds how many points of the outline belong to each unit, in their order.
    """

    wheels: Array
    body: Array
    units: tuple[int, ...]


def trace(units: Sequence[Unit], path: FrontPath, every: int = 1) -> Trace:
    """Drive a train along a path and keep every so many steps of it."""
    headings = follow(
        path.headings,
        path.step_m,
        np.array([unit.wheelbase_m for unit in units]),
        np.array([unit.hitch_m for unit in units]),
        np.array([unit.rear_steer for unit in units]),
    )[::every]
    hitch = np.stack((path.x_m, path.y_m), axis=1)[::every]
    front = path.headings[::every]
    wheels: list[Array] = []
    body: list[Array] = []
    counts = []
    for number, unit in enumerate(units):
        along = np.stack((np.cos(headings[:, number]), np.sin(headings[:, number])), axis=1)
        across = np.stack((-along[:, 1], along[:, 0]), axis=1)
        axle = hitch - unit.wheelbase_m * along
        half_m = unit.track_m / 2.0
        wheels += [axle + half_m * across, axle - half_m * across]
        if number == 0:
            aside = np.stack((-np.sin(front), np.cos(front)), axis=1)
            wheels += [hitch + half_m * aside, hitch - half_m * aside]
        places = _side(unit)
        for side_m in (unit.width_m / 2.0, -unit.width_m / 2.0):
            body += [axle + place * along + side_m * across for place in places]
        counts.append(2 * len(places))
        hitch = axle + unit.hitch_m * along
    return Trace(np.stack(wheels, axis=1), np.stack(body, axis=1), tuple(counts))


def _side(unit: Unit) -> list[float]:
    """Return places along a side, from the rear to the front, counted from the rear axle."""
    length_m = unit.rear_m + unit.wheelbase_m + unit.front_m
    parts = max(ceil(length_m / _SIDE_STEP_M), 1)
    return [float(place) for place in np.linspace(-unit.rear_m, length_m - unit.rear_m, parts + 1)]
