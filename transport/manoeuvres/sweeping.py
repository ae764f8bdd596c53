"""Envelopes of a train in a turn: what the wheels take, and what the load takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transport.manoeuvres.paths import FrontPath, turn_left
from transport.manoeuvres.tractrix import follow

Array = NDArray[np.float64]

_SETTLE = 1.5  # lengths of the train that it drives straight behind the turn


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a train, lengths in metres.

    `wheelbase_m` lies from the hitch (the tractor's front axle) back to the middle of the locked
    axles, `hitch_m` from there forward to the hitch of the next unit (behind it below zero).
    `front_m` and `rear_m` reach beyond hitch and rear axle. `track_m` is the outer width of the
    tyres, `rear_steer` the share by which the rear axles steer with the bend.
    """

    wheelbase_m: float
    hitch_m: float
    front_m: float
    rear_m: float
    width_m: float
    track_m: float
    rear_steer: float = 0.0


@dataclass(frozen=True, slots=True)
class Motion:
    """Places over time: wheels and body corners as arrays (steps, points) of x and y.

    `centre_aside_m` (steps, units) is how far left of each unit's axis the centre of the arc lies,
    nan where it is not beside the unit.
    """

    path: FrontPath
    wheels_x_m: Array
    wheels_y_m: Array
    corners_x_m: Array
    corners_y_m: Array
    centre_aside_m: Array


@dataclass(frozen=True, slots=True)
class SweptPath:
    """What a turn takes: radii about the centre of the arc and widths, in metres."""

    min_inside_radius_m: float
    max_outside_radius_m: float
    swept_width_wheels_m: float
    swept_width_body_m: float
    tail_out_m: float


def drive(units: Sequence[Unit], path: FrontPath) -> Motion:
    """Drive a train along a path of its front axle."""
    headings = follow(
        path.headings,
        path.step_m,
        np.array([unit.wheelbase_m for unit in units]),
        np.array([unit.hitch_m for unit in units]),
        np.array([unit.rear_steer for unit in units]),
    )
    wheels: list[tuple[Array, Array]] = []
    corners: list[tuple[Array, Array]] = []
    over_m: list[Array] = []
    hitch_x, hitch_y = path.x_m, path.y_m
    for number, unit in enumerate(units):
        ahead, side = np.cos(headings[:, number]), np.sin(headings[:, number])
        axle_x, axle_y = hitch_x - unit.wheelbase_m * ahead, hitch_y - unit.wheelbase_m * side
        half = unit.track_m / 2.0
        wheels += _beside(axle_x, axle_y, ahead, side, half)
        if number == 0:
            front = path.headings
            wheels += _beside(hitch_x, hitch_y, np.cos(front), np.sin(front), half)
        for along, x_m, y_m in ((unit.front_m, hitch_x, hitch_y), (-unit.rear_m, axle_x, axle_y)):
            end_x, end_y = x_m + along * ahead, y_m + along * side
            corners += _beside(end_x, end_y, ahead, side, unit.width_m / 2.0)
        # The sides of a unit pass closest to the centre beside its rear axle.
        corners += _beside(axle_x, axle_y, ahead, side, unit.width_m / 2.0)
        over_m.append(_centre_aside(axle_x, axle_y, ahead, side, unit.wheelbase_m))
        hitch_x, hitch_y = axle_x + unit.hitch_m * ahead, axle_y + unit.hitch_m * side
    return Motion(path, *_stacked(wheels), *_stacked(corners), np.stack(over_m, axis=1))


def sweep_turn(units: Sequence[Unit], radius_m: float, turn_deg: float) -> SweptPath:
    """Return what a turn of the front axle's radius by an angle takes."""
    length_m = sum(unit.wheelbase_m + unit.front_m + unit.rear_m for unit in units)
    path = turn_left(radius_m, turn_deg, length_m / 2.0, _SETTLE * length_m)
    motion = drive(units, path)
    tracks = np.array([unit.track_m / 2.0 for unit in units])
    widths = np.array([unit.width_m / 2.0 for unit in units])
    wheels_in, wheels_out = _about_the_centre(
        motion.wheels_x_m, motion.wheels_y_m, motion.centre_aside_m - tracks, path
    )
    body_in, body_out = _about_the_centre(
        motion.corners_x_m, motion.corners_y_m, motion.centre_aside_m - widths, path
    )
    entering = motion.corners_x_m <= 0.0
    outside = np.where(entering, -radius_m - motion.corners_y_m, -np.inf).max()
    return SweptPath(
        min_inside_radius_m=wheels_in,
        max_outside_radius_m=body_out,
        swept_width_wheels_m=wheels_out - wheels_in,
        swept_width_body_m=body_out - body_in,
        tail_out_m=max(float(outside) - max(unit.width_m for unit in units) / 2.0, 0.0),
    )


def _about_the_centre(
    x_m: Array, y_m: Array, inside_m: Array, path: FrontPath
) -> tuple[float, float]:
    """Return the smallest and largest radius about the centre, between entry and exit line.

    Where a unit drives over the centre the smallest one is below zero: by how far.
    """
    radius_m = np.hypot(x_m, y_m)
    angle = np.arctan2(y_m, x_m) + np.pi / 2.0
    turned = float(path.headings[-1])
    within = (angle >= 0.0) & (angle <= turned)
    if turned >= 2.0 * np.pi:  # round and round: the exit lies within the angle too
        within[path.arc_to + 1 :] = False
    over_m = float(np.nanmin(inside_m, initial=np.inf))
    nearest_m = float(radius_m.min())
    return min(nearest_m, over_m) if over_m < 0.0 else nearest_m, float(
        np.where(within, radius_m, -np.inf).max()
    )


def _centre_aside(x_m: Array, y_m: Array, ahead: Array, side: Array, length_m: float) -> Array:
    """Return how far left of a unit's axis the centre lies, nan where it is not beside the unit."""
    along = -(x_m * ahead + y_m * side)
    aside = x_m * side - y_m * ahead
    return np.where((along >= 0.0) & (along <= length_m), aside, np.nan)


def _beside(
    x_m: Array, y_m: Array, ahead: Array, side: Array, half_m: float
) -> list[tuple[Array, Array]]:
    return [
        (x_m - half_m * side, y_m + half_m * ahead),
        (x_m + half_m * side, y_m - half_m * ahead),
    ]


def _stacked(points: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    return (
        np.stack([x_m for x_m, _ in points], axis=1),
        np.stack([y_m for _, y_m in points], axis=1),
    )
