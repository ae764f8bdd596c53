"""Search a way through a junction: radius, offsets in entry and exit, steering of the rear.

What nobody measured is tried in three scenarios: a way that fits the pessimistic one is there, and
only where none fits the optimistic one there is none; between them somebody has to survey
(engineering practice beside JTG/T 2213-2023, 5.2 and appendix C).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import cos, degrees, sin

import numpy as np
from numpy.typing import NDArray

from transport.manoeuvres.fitting import worst_exceedance
from transport.manoeuvres.outlines import Arm, Pavement, Point, pavement_of
from transport.manoeuvres.paths import turn_left
from transport.manoeuvres.sweeping import Unit
from transport.manoeuvres.tracing import Trace, trace

Array = NDArray[np.float64]

RADII_M = (8.0, 9.0, 11.0, 13.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0)
_OFFSETS = 9
_STEP_M = 0.25
_REFINEMENTS, _FINER = 2, 3
_SETTLE = 0.8  # lengths of the train that it drives straight behind the turn
STEEPEST = 0.8  # of the radius that the first wheelbase may be: about 53 degrees of lock
_STRAIGHT_DEG, _BACK_DEG = 15.0, 150.0
# Corner radius of a kerb that nobody measured.
_CORNER_M = 15.0


class Outlook(StrEnum):
    """What the scenarios say together."""

    FEASIBLE = "feasible"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, slots=True)
class Junction:
    """A junction at grade; `widths_measured` and a corner radius say what somebody measured.

    `overhang_m` is how far the load may reach beyond the pavement, None where nobody said.
    """

    arms: tuple[Arm, ...]
    entry: int
    exit_: int
    corner_radius_m: float | None = None
    widths_measured: bool = False
    overhang_m: float | None = None

    def overhang_in(self, scenario: Scenario) -> float:
        """Return how far the load may reach beyond the pavement in a scenario."""
        return scenario.overhang_m if self.overhang_m is None else self.overhang_m


@dataclass(frozen=True, slots=True)
class Scenario:
    """One reading of what is not measured: change of widths, factor of corners, overhang."""

    name: str
    width_change_m: float
    corner_factor: float
    overhang_m: float


SCENARIOS = (
    Scenario("pessimistic", -1.0, 0.5, 0.0),
    Scenario("nominal", 0.0, 1.0, 0.0),
    Scenario("optimistic", 2.0, 1.5, 3.0),
)


@dataclass(frozen=True, slots=True)
class Way:
    """The best way of a scenario: by how much it leaves the pavement (below zero: room left)."""

    scenario: str
    exceeds_m: float
    radius_m: float
    entry_offset_m: float
    exit_offset_m: float
    rear_steer: float


@dataclass(frozen=True, slots=True)
class JunctionSearch:
    """What the search found; `turn_deg` is above zero to either side."""

    outlook: Outlook
    turn_deg: float
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class JunctionDrawing:
    """Outlines to draw, in metres: pavement, bodies step by step, tracks of wheels."""

    pavement: tuple[tuple[Point, ...], ...]
    bodies: tuple[tuple[Point, ...], ...]
    wheels: tuple[tuple[Point, ...], ...]


def is_turn(turn_deg: float) -> bool:
    """Say whether an angle is a turn that this search covers: neither straight on nor back."""
    return _STRAIGHT_DEG < abs(turn_deg) < _BACK_DEG


def search_junction(
    junction: Junction, units: Sequence[Unit], rear_steer: Sequence[float] = (0.0,)
) -> JunctionSearch:
    """Search all scenarios; `rear_steer` are the shares by which the last unit's rear may steer."""
    _, turn = pavement_of(junction.arms, junction.entry, junction.exit_, 1.0)
    drives = list(_drives(units, rear_steer, turn))
    ways = []
    for scenario in SCENARIOS:
        ways.append(_best(junction, scenario, units, drives))
        if ways[-1].exceeds_m <= 0.0:
            break  # the later ones have more room
    return JunctionSearch(_outlook(ways), degrees(turn), tuple(ways))


def draw_junction(
    junction: Junction, way: Way, units: Sequence[Unit], reach_m: float = 60.0
) -> JunctionDrawing:
    """Return what a way looks like on the pavement of its scenario."""
    scenario = next(one for one in SCENARIOS if one.name == way.scenario)
    pavement, turn = _pavement(junction, scenario)
    driven = _drive(units, way.radius_m, way.rear_steer, turn)
    move = _move(way.radius_m, turn, way.entry_offset_m, way.exit_offset_m)
    body, wheels = driven.body + move, driven.wheels + move
    bodies = []
    for step in range(0, len(body), 8):
        first = 0
        for count in driven.units:
            side = body[step, first : first + count]
            outline = np.concatenate((side[: count // 2], side[count // 2 :][::-1]))
            bodies.append(_points(outline))
            first += count
    return JunctionDrawing(
        tuple(tuple(edge) for edge in pavement.edges(reach_m)),
        tuple(bodies),
        tuple(_points(wheels[::4, wheel]) for wheel in range(wheels.shape[1])),
    )


def _points(line: Array) -> tuple[Point, ...]:
    return tuple((float(x_m), float(y_m)) for x_m, y_m in line)


@dataclass(frozen=True, slots=True)
class _Drive:
    radius_m: float
    rear_steer: float
    wheels: Array
    body: Array


def _drives(units: Sequence[Unit], rear_steer: Sequence[float], turn: float) -> list[_Drive]:
    found = []
    for radius_m in RADII_M:
        if units[0].wheelbase_m > STEEPEST * radius_m:
            continue
        for share in rear_steer:
            driven = _drive(units, radius_m, share, turn)
            found.append(
                _Drive(radius_m, share, driven.wheels.reshape(-1, 2), driven.body.reshape(-1, 2))
            )
    return found


def _drive(units: Sequence[Unit], radius_m: float, share: float, turn: float) -> Trace:
    steered = [*units[:-1], replace(units[-1], rear_steer=share)]
    length_m = sum(unit.wheelbase_m + unit.front_m + unit.rear_m for unit in units)
    path = turn_left(radius_m, degrees(turn), length_m / 2.0, _SETTLE * length_m, _STEP_M)
    return trace(steered, path, every=2)


def scenario_pavement(junction: Junction, scenario: Scenario) -> Pavement:
    """Return the pavement of a junction as a scenario reads it, in the junction's own frame."""
    return _pavement(junction, scenario)[0]


def _pavement(junction: Junction, scenario: Scenario) -> tuple[Pavement, float]:
    # Half a metre stays free on either side of what was measured too (5.2.1).
    change_m = scenario.width_change_m
    if junction.widths_measured:
        change_m = min(change_m, 0.0)
    arms = [Arm(arm.bearing_deg, max(arm.width_m + change_m, 0.5)) for arm in junction.arms]
    radius_m = junction.corner_radius_m
    if radius_m is None:
        radius_m = _CORNER_M * scenario.corner_factor
    return pavement_of(arms, junction.entry, junction.exit_, radius_m)


def _best(
    junction: Junction, scenario: Scenario, units: Sequence[Unit], drives: Sequence[_Drive]
) -> Way:
    pavement, turn = _pavement(junction, scenario)
    overhang_m = junction.overhang_in(scenario)
    fit = _Fit(scenario.name, overhang_m, pavement, pavement.corner_lines(), turn)
    half_m = max(unit.track_m for unit in units) / 2.0
    widths_m = [float(pavement.strips[arm, 2]) - half_m for arm in (junction.entry, junction.exit_)]
    entry_m, exit_m = (_offsets(width_m) for width_m in widths_m)
    pairs = [(one, other) for one in entry_m for other in exit_m]
    best = Way(scenario.name, np.inf, 0.0, 0.0, 0.0, 0.0)
    for drive in drives:
        best = fit.better(best, drive, pairs)
        if best.exceeds_m <= 0.0:
            return best
    step_m = 2.0 * max(*widths_m, 0.0) / (_OFFSETS - 1)
    for _ in range(_REFINEMENTS):
        step_m /= _FINER
        tries = [step_m * number for number in range(-_FINER, _FINER + 1)]
        around = [
            (best.entry_offset_m + one, best.exit_offset_m + other)
            for one in tries
            for other in tries
        ]
        near = [
            drive
            for drive in drives
            if (drive.radius_m, drive.rear_steer) == (best.radius_m, best.rear_steer)
        ]
        for drive in near:
            best = fit.better(best, drive, around)
    return best


@dataclass(frozen=True, slots=True)
class _Fit:
    """Lays ways on one pavement."""

    scenario: str
    overhang_m: float
    pavement: Pavement
    corners: Array
    turn: float

    def better(self, best: Way, drive: _Drive, pairs: Sequence[tuple[float, float]]) -> Way:
        """Return the best of the pairs of offsets where one beats the best way so far."""
        points = np.concatenate((drive.wheels, drive.body))
        allowed = np.zeros(len(points))
        allowed[len(drive.wheels) :] = self.overhang_m
        order = _outermost_first(points, drive.radius_m)
        moves = np.array([_move(drive.radius_m, self.turn, one, other) for one, other in pairs])
        found, at = worst_exceedance(
            points[order],
            allowed[order],
            moves,
            self.pavement.strips,
            self.corners,
            best.exceeds_m,
        )
        if at < 0:
            return best
        return Way(self.scenario, float(found), drive.radius_m, *pairs[at], drive.rear_steer)


def _offsets(most_m: float) -> list[float]:
    """Return offsets across an arm, the middle one first, so that plain ways are found first."""
    if most_m <= 0.0:
        return [0.0]
    return sorted((float(one) for one in np.linspace(-most_m, most_m, _OFFSETS)), key=abs)


def _outermost_first(points: Array, radius_m: float) -> NDArray[np.int64]:
    """Order points by how far they stray from the arc: the first ones decide soonest."""
    away_m = np.abs(np.hypot(points[:, 0], points[:, 1]) - radius_m)
    near = np.hypot(points[:, 0], points[:, 1]) < 2.0 * radius_m
    return np.argsort(-np.where(near, away_m, 0.0), kind="stable")


def _move(radius_m: float, turn: float, entry_m: float, exit_m: float) -> Array:
    """Return where the arc's middle lies when entry and exit keep their offsets to the left."""
    up_m = radius_m + entry_m
    return np.array([(up_m * cos(turn) - radius_m - exit_m) / sin(turn), up_m])


def _outlook(ways: Sequence[Way]) -> Outlook:
    if ways[-1].exceeds_m > 0.0:
        return Outlook.INFEASIBLE
    return (Outlook.FEASIBLE, Outlook.LIKELY, Outlook.DOUBTFUL)[len(ways) - 1]
