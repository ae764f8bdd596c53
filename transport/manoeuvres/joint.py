"""Drive two turns that follow each other closely as one manoeuvre (JTG/T 2213-2023, 5.2.3).

Both junctions lie in one frame: the first one's middle is the origin, the train enters along +x,
the road between them is straight. The train has not settled behind the first turn when the second
begins, so its outline is asked against both pavements together. Offsets and radii are improved from
the ways that the turns have by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, pi, sin, tan

import numpy as np
from numpy.typing import NDArray

from transport.manoeuvres.fitting import exceedances
from transport.manoeuvres.junction import (
    RADII_M,
    SCENARIOS,
    STEEPEST,
    Junction,
    Outlook,
    Scenario,
    scenario_pavement,
    search_junction,
)
from transport.manoeuvres.outlines import Pavement, turn_at
from transport.manoeuvres.paths import FrontPath
from transport.manoeuvres.sweeping import Unit
from transport.manoeuvres.tracing import trace

Array = NDArray[np.float64]

_STEP_M = 0.25
_EVERY = 2
_ROUNDS = 3
_OFFSET_STEPS_M = (2.0, 0.7)
_SETTLE = 0.8


@dataclass(frozen=True, slots=True)
class JointTurns:
    """Two junctions and how far apart their middles lie; `left` says which way each turns."""

    first: Junction
    second: Junction
    apart_m: float
    left: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class JointWay:
    """The best way of a scenario: how far it leaves the pavements, radii, offsets to the left."""

    scenario: str
    exceeds_m: float
    radii_m: tuple[float, float]
    offsets_m: tuple[float, float, float]
    rear_steer: float


@dataclass(frozen=True, slots=True)
class JointSearch:
    """What the search found, scenario after scenario; the last one decided."""

    outlook: Outlook
    ways: tuple[JointWay, ...]


def search_joint(
    turns: JointTurns, units: Sequence[Unit], rear_steer: Sequence[float] = (0.0,)
) -> JointSearch:
    """Search a way through both turns in every scenario, beginning with their separate ways."""
    both = (turns.first, turns.second)
    begins = [search_junction(one, units, rear_steer).ways[-1] for one in both]
    signs = [1.0 if left else -1.0 for left in turns.left]
    ways = []
    for scenario in SCENARIOS:
        ground = _Ground.of(turns, scenario)
        start = JointWay(
            scenario.name,
            np.inf,
            (begins[0].radius_m, begins[1].radius_m),
            (
                signs[0] * begins[0].entry_offset_m,
                (signs[0] * begins[0].exit_offset_m + signs[1] * begins[1].entry_offset_m) / 2.0,
                signs[1] * begins[1].exit_offset_m,
            ),
            begins[0].rear_steer,
        )
        ways.append(_best(ground, units, rear_steer, start))
        if ways[-1].exceeds_m <= 0.0:
            break
    return JointSearch(_outlook(ways), tuple(ways))


@dataclass(frozen=True, slots=True)
class _Ground:
    """Both pavements in one frame: where each lies, how it is turned, whether it is mirrored."""

    pavements: tuple[Pavement, Pavement]
    middles: Array
    headings: tuple[float, float, float]
    mirrored: tuple[bool, bool]
    reach_m: float
    overhang_m: float

    @classmethod
    def of(cls, turns: JointTurns, scenario: Scenario) -> _Ground:
        """Lay both junctions of a scenario into the frame."""
        pavements = tuple(scenario_pavement(one, scenario) for one in (turns.first, turns.second))
        signs = [1.0 if left else -1.0 for left in turns.left]
        after = signs[0] * turn_at(turns.first.arms, turns.first.entry, turns.first.exit_)
        last = after + signs[1] * turn_at(turns.second.arms, turns.second.entry, turns.second.exit_)
        second = np.array([cos(after), sin(after)]) * turns.apart_m
        return cls(
            (pavements[0], pavements[1]),
            np.stack((np.zeros(2), second)),
            (0.0, after, last),
            (not turns.left[0], not turns.left[1]),
            turns.apart_m,
            min(one.overhang_in(scenario) for one in (turns.first, turns.second)),
        )

    def outside_m(self, points: Array) -> Array:
        """Return how far every point lies outside of both pavements together."""
        found = []
        for number, pavement in enumerate(self.pavements):
            moved = points - self.middles[number]
            turned = -self.headings[number]
            x_m = cos(turned) * moved[:, 0] - sin(turned) * moved[:, 1]
            y_m = sin(turned) * moved[:, 0] + cos(turned) * moved[:, 1]
            if self.mirrored[number]:
                y_m = -y_m
            local = np.stack((x_m, y_m), axis=1)
            # The road between both ends at the other one's middle.
            found.append(exceedances(local, pavement.strips, pavement.corner_lines(), self.reach_m))
        return np.minimum(*found)


def _best(
    ground: _Ground, units: Sequence[Unit], rear_steer: Sequence[float], start: JointWay
) -> JointWay:
    """Improve one thing after the other until nothing helps any more."""
    best = _tried(ground, units, start)
    for step_m in _OFFSET_STEPS_M:
        for _ in range(_ROUNDS):
            before = best.exceeds_m
            for other in _neighbours(best, rear_steer, step_m):
                tried = _tried(ground, units, other)
                if tried.exceeds_m < best.exceeds_m:
                    best = tried
                if best.exceeds_m <= 0.0:
                    return best
            if best.exceeds_m >= before:
                break
    return best


def _neighbours(way: JointWay, rear_steer: Sequence[float], step_m: float) -> Iterator[JointWay]:
    for share in rear_steer:
        if share != way.rear_steer:
            yield replace(way, rear_steer=share)
    for number in (0, 1):
        place = min(range(len(RADII_M)), key=lambda n: abs(RADII_M[n] - way.radii_m[number]))
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(RADII_M):
                radii = list(way.radii_m)
                radii[number] = RADII_M[beside]
                yield replace(way, radii_m=(radii[0], radii[1]))
    for number in range(3):
        for shift in (-step_m, step_m):
            offsets = list(way.offsets_m)
            offsets[number] += shift
            yield replace(way, offsets_m=(offsets[0], offsets[1], offsets[2]))


def _tried(ground: _Ground, units: Sequence[Unit], way: JointWay) -> JointWay:
    """Drive a way and say how far its worst point leaves the pavements."""
    if units[0].wheelbase_m > STEEPEST * min(way.radii_m):
        return replace(way, exceeds_m=np.inf)
    length_m = sum(unit.wheelbase_m + unit.front_m + unit.rear_m for unit in units)
    path = path_of(ground.headings, ground.middles[1], way.radii_m, way.offsets_m, length_m)
    if path is None:
        return replace(way, exceeds_m=np.inf)
    driven = trace([*units[:-1], replace(units[-1], rear_steer=way.rear_steer)], path, _EVERY)
    wheels = ground.outside_m(driven.wheels.reshape(-1, 2)).max()
    body = ground.outside_m(driven.body.reshape(-1, 2)).max() - ground.overhang_m
    return replace(way, exceeds_m=float(max(wheels, body)))


def path_of(
    headings: tuple[float, float, float],
    second: Array,
    radii_m: tuple[float, float],
    offsets_m: tuple[float, float, float],
    length_m: float,
) -> FrontPath | None:
    """Return the front axle's path: straight, arc, straight, arc, straight; None if none fits.

    The three straights lie left of the middles of their roads by `offsets_m`.
    """
    along = [np.array([cos(one), sin(one)]) for one in headings]
    aside = [np.array([-sin(one), cos(one)]) for one in headings]
    middles = (np.zeros(2), np.zeros(2), second)
    starts = [middles[n] + offsets_m[n] * aside[n] for n in range(3)]
    corners = [_crossing(starts[n], along[n], starts[n + 1], along[n + 1]) for n in (0, 1)]
    if corners[0] is None or corners[1] is None:
        return None
    turns = [(headings[n + 1] - headings[n] + pi) % (2.0 * pi) - pi for n in (0, 1)]
    tangents = [radii_m[n] * tan(abs(turns[n]) / 2.0) for n in (0, 1)]
    between_m = float((corners[1] - corners[0]) @ along[1]) - tangents[0] - tangents[1]
    if between_m < 0.0:
        return None
    legs = [
        _straight(headings[0], length_m / 2.0),
        _arc(headings[0], turns[0], radii_m[0]),
        _straight(headings[1], between_m),
        _arc(headings[1], turns[1], radii_m[1]),
        _straight(headings[2], _SETTLE * length_m),
    ]
    directions = np.concatenate(legs)
    begin = corners[0] - (tangents[0] + length_m / 2.0) * along[0]
    middle = (directions[:-1] + directions[1:]) / 2.0
    x_m = begin[0] + np.concatenate(([0.0], np.cumsum(_STEP_M * np.cos(middle))))
    y_m = begin[1] + np.concatenate(([0.0], np.cumsum(_STEP_M * np.sin(middle))))
    return FrontPath(x_m, y_m, directions, _STEP_M, radii_m[0], 0, len(directions))


def _straight(heading: float, length_m: float) -> Array:
    return np.full(max(ceil(length_m / _STEP_M), 1), heading)


def _arc(heading: float, turn: float, radius_m: float) -> Array:
    steps = max(round(radius_m * abs(turn) / _STEP_M), 1)
    return heading + turn * (np.arange(steps) + 0.5) / steps


def _crossing(one: Array, along: Array, other: Array, beside: Array) -> Array | None:
    """Return where two lines meet, None where they are as good as parallel."""
    turned = float(along[0] * beside[1] - along[1] * beside[0])
    if abs(turned) < 1e-3:  # noqa: PLR2004 - a twentieth of a degree
        return None
    apart = other - one
    share = float(apart[0] * beside[1] - apart[1] * beside[0]) / turned
    return one + share * along


def _outlook(ways: Sequence[JointWay]) -> Outlook:
    if not np.isfinite(ways[-1].exceeds_m):
        return Outlook.DOUBTFUL  # so close that no path could be laid: somebody has to look
    if ways[-1].exceeds_m > 0.0:
        return Outlook.INFEASIBLE
    return (Outlook.FEASIBLE, Outlook.LIKELY, Outlook.DOUBTFUL)[len(ways) - 1]
