"""KERNEL: how the units of a train follow its front axle along a path, compiled.

Arrays in, arrays out; imports nothing of ours. A unit of wheelbase L is pulled at its hitch, which
moves in direction phi with speed v; its rear axle is steered by delta = -k (phi - theta), so its
heading turns with v sin(phi - theta - delta) / (L cos delta) (engineering practice; k = 0 is a
locked axle, k = 1 steers as much as the unit is bent). Integrated by Runge and Kutta's fourth
order.
"""

from __future__ import annotations

from math import cos, sin

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True, nogil=True)
def follow(
    headings: Array, step_m: float, wheelbases: Array, hitches: Array, steering: Array
) -> Array:  # pragma: no cover - compiled
    """Return the heading of every unit at every step of the path, in radians.

    `headings` are those of the front axle's path at equal steps. `wheelbases` hold the distance
    from each unit's hitch (the first one's front axle) to its rear axle group, `hitches` how far
    ahead of its rear axle each unit pulls the next one (behind it below zero), `steering` the
    share k of each. The train starts straight.
    """
    units = len(wheelbases)
    steps = len(headings)
    found = np.empty((steps, units))
    now = np.full(units, headings[0])
    found[0] = now
    rate = np.empty(units)
    slope = np.empty((4, units))
    for step in range(1, steps):
        begin, end = headings[step - 1], headings[step]
        middle = 0.5 * (begin + end)
        _turning(now, begin, wheelbases, hitches, steering, rate)
        slope[0] = rate
        _turning(now + 0.5 * step_m * slope[0], middle, wheelbases, hitches, steering, rate)
        slope[1] = rate
        _turning(now + 0.5 * step_m * slope[1], middle, wheelbases, hitches, steering, rate)
        slope[2] = rate
        _turning(now + step_m * slope[2], end, wheelbases, hitches, steering, rate)
        slope[3] = rate
        now = now + step_m / 6.0 * (slope[0] + 2.0 * slope[1] + 2.0 * slope[2] + slope[3])
        found[step] = now
    return found


@njit(cache=True, nogil=True)
def _turning(
    now: Array, path: float, wheelbases: Array, hitches: Array, steering: Array, rate: Array
) -> None:  # pragma: no cover - compiled
    """Write how fast every unit turns per metre of the front axle's path."""
    along, across = cos(path), sin(path)  # velocity of the hitch, per metre of path
    for unit in range(len(now)):
        ahead, side = cos(now[unit]), sin(now[unit])
        forward = along * ahead + across * side
        sideways = -along * side + across * ahead
        speed = np.hypot(forward, sideways)
        bent = np.arctan2(sideways, forward)
        steered = -steering[unit] * bent
        rate[unit] = speed * sin(bent - steered) / (wheelbases[unit] * cos(steered))
        # The rear axle moves forward and, where it is steered, sideways too.
        drift = sideways - rate[unit] * wheelbases[unit] + rate[unit] * hitches[unit]
        along = forward * ahead - drift * side
        across = forward * side + drift * ahead
