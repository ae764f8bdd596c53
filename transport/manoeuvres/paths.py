"""Ways of the front axle: straight, arc to the left, straight."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, radians

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP_M = 0.1


@dataclass(frozen=True, slots=True)
class FrontPath:
    """Places and headings of the front axle at equal steps; the arc's centre is the origin.

    The path enters along y = -radius towards +x and turns left.
    """

    x_m: Array
    y_m: Array
    headings: Array
    step_m: float
    radius_m: float
    arc_from: int
    arc_to: int


def turn_left(
    radius_m: float, turn_deg: float, entry_m: float, exit_m: float, step_m: float = STEP_M
) -> FrontPath:
    """Return a straight of `entry_m`, an arc by `turn_deg`, and a straight of `exit_m`."""
    angle = radians(turn_deg)
    before = ceil(entry_m / step_m)
    on = max(round(radius_m * angle / step_m), 1)
    step_m = radius_m * angle / on  # whole steps on the arc, so that it closes exactly
    after = ceil(exit_m / step_m)
    turned = np.linspace(0.0, angle, on + 1)
    headings = np.concatenate((np.zeros(before), turned, np.full(after, angle)))
    x_m = np.concatenate(
        (-step_m * np.arange(before, 0, -1), radius_m * np.sin(turned), np.zeros(after))
    )
    y_m = np.concatenate((np.full(before, -radius_m), -radius_m * np.cos(turned), np.zeros(after)))
    if after:
        beyond = step_m * np.arange(1, after + 1)
        x_m[-after:] = radius_m * np.sin(angle) + beyond * np.cos(angle)
        y_m[-after:] = -radius_m * np.cos(angle) + beyond * np.sin(angle)
    return FrontPath(x_m, y_m, headings, step_m, radius_m, before, before + on)
