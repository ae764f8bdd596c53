"""The drivable pavement of a junction at grade: arms of a width, corners rounded by a radius.

The frame of a junction: its middle is the origin, the train enters along +x and turns left; a
right turn is mirrored. Arms are strips from the middle outwards, corners the room between two
neighbouring strips that a kerb of the radius leaves free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, ceil, cos, pi, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Point = tuple[float, float]

ARM_M = 200.0  # how far an arm reaches: longer than any train with its way to the turn
_NARROWEST, _WIDEST = radians(20.0), radians(160.0)  # between arms that have a corner
_ARC_STEP = radians(7.5)


@dataclass(frozen=True, slots=True)
class Arm:
    """One road of a junction: the bearing it leaves by, clockwise from north, and its width."""

    bearing_deg: float
    width_m: float


@dataclass(frozen=True, slots=True)
class Corner:
    """The free room between two arms: the kerb's arc about `middle` touches both edges."""

    tip: Point
    first: Point
    middle: Point
    second: Point
    radius_m: float


@dataclass(frozen=True, slots=True)
class Pavement:
    """Strips as lines of (direction x, direction y, half width) from the origin, and corners."""

    strips: Array
    corners: tuple[Corner, ...]

    def corner_lines(self) -> Array:
        """Return a line per corner: its four points and the radius, for the kernel."""
        rows = [(*c.tip, *c.first, *c.middle, *c.second, c.radius_m) for c in self.corners]
        return np.array(rows).reshape(-1, 9)

    def edges(self, reach_m: float) -> list[list[Point]]:
        """Return closed outlines of every strip and corner within a reach, to be drawn filled."""
        found = []
        for ahead, side, half_m in self.strips:
            found.append(
                [
                    (along * ahead - across * side, along * side + across * ahead)
                    for along, across in (
                        (0.0, -half_m),
                        (reach_m, -half_m),
                        (reach_m, half_m),
                        (0.0, half_m),
                    )
                ]
            )
        return found + [_rounded(corner) for corner in self.corners]


def pavement_of(
    arms: Sequence[Arm], entry: int, exit_: int, corner_radius_m: float
) -> tuple[Pavement, float]:
    """Return the pavement in the junction's frame, and the angle of the left turn in radians.

    `entry` and `exit_` number the arm the train comes from and the one it leaves by.
    """
    heading = radians(90.0 - arms[entry].bearing_deg) + pi
    turns = [_within(radians(90.0 - arm.bearing_deg) - heading) for arm in arms]
    if turns[exit_] < 0.0:
        turns = [-turn for turn in turns]
    strips = [(turn, arm.width_m / 2.0) for turn, arm in zip(turns, arms, strict=True)]
    around = sorted(strips)
    corners = []
    for (first, half_first), (second, half_second) in pairwise([*around, around[0]]):
        between = (second - first) % (2.0 * pi)
        if _NARROWEST < between < _WIDEST:
            corners.append(_corner(first, half_first, second, half_second, corner_radius_m))
    rows = np.array([(cos(turn), sin(turn), half_m) for turn, half_m in strips])
    return Pavement(rows, tuple(corners)), turns[exit_]


def turn_at(arms: Sequence[Arm], entry: int, exit_: int) -> float:
    """Return by how much the train turns between two arms, to either side, in radians."""
    heading = radians(90.0 - arms[entry].bearing_deg) + pi
    return abs(_within(radians(90.0 - arms[exit_].bearing_deg) - heading))


def _within(angle: float) -> float:
    return (angle + pi) % (2.0 * pi) - pi


def _corner(
    first: float, half_first: float, second: float, half_second: float, radius_m: float
) -> Corner:
    """Lay an arc between the left edge of one arm and the right edge of the next (to the left)."""
    tip = _meeting(first, half_first, second, half_second)
    middle = _meeting(first, half_first + radius_m, second, half_second + radius_m)
    angle = (second - first) % (2.0 * pi)
    reach_m = radius_m / tan(angle / 2.0)
    return Corner(
        tip,
        (tip[0] + reach_m * cos(first), tip[1] + reach_m * sin(first)),
        middle,
        (tip[0] + reach_m * cos(second), tip[1] + reach_m * sin(second)),
        radius_m,
    )


def _meeting(first: float, left_m: float, second: float, right_m: float) -> Point:
    """Return where a line to the left of one direction meets one to the right of another."""
    # -x sin + y cos = left_m along the first, = -right_m along the second
    determinant = sin(second - first)
    x_m = -(left_m * cos(second) + right_m * cos(first)) / -determinant
    y_m = -(left_m * sin(second) + right_m * sin(first)) / -determinant
    return x_m, y_m


def _rounded(corner: Corner) -> list[Point]:
    """Return tip, and the arc from the first to the second touching point."""
    if corner.radius_m <= 0.0:
        return [corner.tip]
    start = np.array(corner.first) - corner.middle
    stop = np.array(corner.second) - corner.middle
    opening = acos(float(np.clip(start @ stop / corner.radius_m**2, -1.0, 1.0)))
    sign = 1.0 if start[0] * stop[1] - start[1] * stop[0] > 0.0 else -1.0
    arc = []
    for turned in np.linspace(0.0, sign * opening, ceil(opening / _ARC_STEP) + 1):
        ahead, side = cos(turned), sin(turned)
        arc.append(
            (
                corner.middle[0] + ahead * start[0] - side * start[1],
                corner.middle[1] + side * start[0] + ahead * start[1],
            )
        )
    return [corner.tip, *((float(x_m), float(y_m)) for x_m, y_m in arc)]
