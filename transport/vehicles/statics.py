"""Axle loads by statics: two supports by the lever, springs, and hydraulic circuits.

Distances run from the kingpin back (of a drawbar trailer: from its towing eye; of a rigid truck:
from its first axle), to the right of the middle line, in metres; forces are masses in tonnes.
The fifth wheel counts as a point, so a load off the middle line tilts the trailer's axles alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from transport.vehicles.combination import (
    Combination,
    Coupling,
    Jeep,
    Suspension,
    Tractor,
    Trailer,
)

_THREE_CIRCUITS = 3


@dataclass(frozen=True, slots=True)
class PointMass:
    """A mass at a place."""

    mass_t: float
    back_m: float
    right_m: float = 0.0


@dataclass(frozen=True, slots=True)
class HalfSets:
    """Loads of the left and right half of every axle or line, in tonnes, front to rear."""

    left_t: tuple[float, ...]
    right_t: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reactions:
    """What every axle carries, and the couplings.

    `kingpin_t` is what the trailer's front rests on, `tractor_coupling_t` what the tractor's fifth
    wheel carries; they differ behind a jeep.
    """

    tractor_t: tuple[float, ...]
    jeep_t: tuple[float, ...]
    trailer_t: tuple[float, ...]
    kingpin_t: float
    tractor_coupling_t: float
    halves: HalfSets

    @property
    def axle_loads_t(self) -> tuple[float, ...]:
        """Loads of all axles and lines, front to rear."""
        return self.tractor_t + self.jeep_t + self.trailer_t


def carry(
    combination: Combination, masses: Sequence[PointMass], pulled_out_m: float = 0.0
) -> Reactions:
    """Return what a combination's axles carry under these masses and its own."""
    tractor, trailer, jeep = combination.tractor, combination.trailer, combination.jeep
    if trailer is None:
        loads_t = truck_axles(tractor, masses)
        return Reactions(loads_t, (), (), 0.0, 0.0, HalfSets((), ()))
    kingpin_t, axles_t = trailer_axles(trailer, masses, pulled_out_m)
    halves = half_sets(trailer, axles_t, masses, pulled_out_m)
    coupling_t, jeep_t = (kingpin_t, ()) if jeep is None else jeep_axles(jeep, kingpin_t)
    return Reactions(
        tractor_axles(tractor, coupling_t), jeep_t, axles_t, kingpin_t, coupling_t, halves
    )


def trailer_supports(
    trailer: Trailer, cargo_t: float, middle_m: float, pulled_out_m: float = 0.0
) -> tuple[float, tuple[float, ...]]:
    """Return the kingpin load and the load of every trailer axle, in tonnes.

    `middle_m` is measured from the kingpin back.
    """
    return trailer_axles(trailer, (PointMass(cargo_t, middle_m),), pulled_out_m)


def trailer_axles(
    trailer: Trailer, masses: Sequence[PointMass], pulled_out_m: float = 0.0
) -> tuple[float, tuple[float, ...]]:
    """Return the kingpin load and the load of every trailer axle or line under several masses.

    The empty trailer's own mass sits in the middle of its deck, a rear bogie's on its axles.
    """
    cargo_t = sum(one.mass_t for one in masses)
    moment_tm = sum(one.mass_t * one.back_m for one in masses)
    bogie_m, count = trailer.bogie_m(pulled_out_m), trailer.axle_count
    if trailer.coupling is Coupling.BOLSTERS:
        rear_t = moment_tm / bogie_m
        each_t = (rear_t + trailer.kerb_mass_t) / count
        return cargo_t - rear_t + trailer.bolster_t, (each_t,) * count
    begin_m, end_m = trailer.deck_span_m(pulled_out_m)
    own_m = (begin_m + end_m) / 2
    total_t, moment_tm = cargo_t + trailer.kerb_mass_t, moment_tm + trailer.kerb_mass_t * own_m
    places_m = [at + pulled_out_m for at in trailer.axle_positions_m]
    if trailer.coupling is Coupling.DRAWBAR:
        return 0.0, _standing_alone(trailer, total_t, moment_tm, places_m)
    if trailer.suspension is Suspension.SPRUNG:
        # The kingpin does not yield: every spring bends in proportion to its distance from it.
        stiffness = sum(at * at for at in places_m)
        axles_t = tuple(moment_tm * at / stiffness for at in places_m)
        return total_t - sum(axles_t), axles_t
    rear_t = moment_tm / bogie_m
    return total_t - rear_t, (rear_t / count,) * count


def _standing_alone(
    trailer: Trailer, total_t: float, moment_tm: float, places_m: Sequence[float]
) -> tuple[float, ...]:
    """Axles of a full trailer: springs by a plane, else two groups by the lever."""
    if trailer.suspension is Suspension.SPRUNG:
        return spring_loads(total_t, moment_tm / total_t, places_m)
    front = trailer.front_lines or 1
    rear = len(places_m) - front
    front_m, rear_m = sum(places_m[:front]) / front, sum(places_m[front:]) / rear
    rear_t = (moment_tm - total_t * front_m) / (rear_m - front_m)
    return ((total_t - rear_t) / front,) * front + (rear_t / rear,) * rear


def spring_loads(total_t: float, centre_m: float, places_m: Sequence[float]) -> tuple[float, ...]:
    """Return the loads of equal springs under a stiff frame: R = k(w0 + phi x)."""
    middle_m = sum(places_m) / len(places_m)
    spread = sum((at - middle_m) ** 2 for at in places_m)
    even_t = total_t / len(places_m)
    tilt = total_t * (centre_m - middle_m) / spread
    return tuple(even_t + tilt * (at - middle_m) for at in places_m)


def tractor_axles(tractor: Tractor, coupling_t: float) -> tuple[float, ...]:
    """Return the load of every tractor axle under a load on its fifth wheel, in tonnes."""
    return _two_groups(tractor, coupling_t, tractor.kingpin_m)


def truck_axles(truck: Tractor, masses: Sequence[PointMass]) -> tuple[float, ...]:
    """Return the load of every axle of a rigid truck; distances run from its first axle."""
    cargo_t = sum(one.mass_t for one in masses)
    if not cargo_t:
        return _two_groups(truck, 0.0, 0.0)
    return _two_groups(truck, cargo_t, sum(one.mass_t * one.back_m for one in masses) / cargo_t)


def _two_groups(tractor: Tractor, load_t: float, at_m: float) -> tuple[float, ...]:
    """Share a load between the steered and the driven axles, by the lever."""
    steered, places_m = tractor.steered_axles, tractor.positions_m
    front_m = sum(places_m[:steered]) / steered
    rear_m = sum(places_m[steered:]) / tractor.drive_axles
    rear_t = load_t * (at_m - front_m) / (rear_m - front_m)
    front_each = (tractor.kerb_front_t + load_t - rear_t) / steered
    rear_each = (tractor.kerb_rear_t + rear_t) / tractor.drive_axles
    return (front_each,) * steered + (rear_each,) * tractor.drive_axles


def jeep_axles(jeep: Jeep, kingpin_t: float) -> tuple[float, tuple[float, ...]]:
    """Return what a jeep hands on to the tractor, and the load of each of its axles.

    Its own mass rests on its axles.
    """
    rear_t = kingpin_t * jeep.fifth_wheel_m / jeep.bogie_m
    each_t = (rear_t + jeep.kerb_mass_t) / jeep.axle_count
    return kingpin_t - rear_t, (each_t,) * jeep.axle_count


def half_sets(
    trailer: Trailer,
    axles_t: Sequence[float],
    masses: Sequence[PointMass],
    pulled_out_m: float = 0.0,
) -> HalfSets:
    """Return what the left and right half of every trailer axle or line carry.

    The circuits of a full hydraulic trailer are solved together; elsewhere the axles share the
    tilting moment in proportion to their loads.
    """
    tilting_tm = sum(one.mass_t * one.right_m for one in masses)
    hydraulic = trailer.suspension is Suspension.HYDRAULIC
    if hydraulic and trailer.coupling is Coupling.DRAWBAR:
        total_t = sum(axles_t)
        places_m = [at + pulled_out_m for at in trailer.axle_positions_m]
        moment_tm = sum(load * at for load, at in zip(axles_t, places_m, strict=True))
        return circuit_loads(trailer, total_t, moment_tm / total_t, tilting_tm / total_t, places_m)
    wide_m = trailer.half_sets_m if trailer.axles_per_line > 1 else trailer.track_m
    shift = tilting_tm / wide_m / sum(axles_t) if tilting_tm else 0.0
    return HalfSets(
        tuple(load * (0.5 - shift) for load in axles_t),
        tuple(load * (0.5 + shift) for load in axles_t),
    )


def circuit_loads(
    trailer: Trailer,
    total_t: float,
    centre_m: float,
    right_m: float,
    places_m: Sequence[float] | None = None,
) -> HalfSets:
    """Return the half-set loads of a full hydraulic trailer on three or four circuits.

    Every half-set of a circuit carries the same. Three circuits are statically determinate; four
    share as a stiff frame on equal half-sets does.
    """
    places = tuple(places_m or trailer.axle_positions_m)
    front, half_m = trailer.front_lines, trailer.half_sets_m / 2
    lines = ((0, front), (front, len(places)))
    sides = {False: (0,), True: (-1, 1)}
    split_front = trailer.circuits > _THREE_CIRCUITS
    circuits = [
        (first, last, side)
        for number, (first, last) in enumerate(lines)
        for side in sides[number > 0 or split_front]
    ]
    sizes = np.array([(last - first) * (1 if side else 2) for first, last, side in circuits])
    at = np.array([sum(places[first:last]) / (last - first) for first, last, _ in circuits])
    across = np.array([side * half_m for *_, side in circuits])
    rows = np.array([np.ones(len(circuits)), at, across])
    forces = np.array([total_t, total_t * centre_m, total_t * right_m])
    # R_c = n_c (w0 + phi x + psi y): with three circuits the only solution, with four the stiff one
    plane = np.linalg.solve((rows * sizes) @ rows.T, forces)
    each_t = plane @ rows
    left = [0.0] * len(places)
    right = [0.0] * len(places)
    for (first, last, side), load in zip(circuits, each_t, strict=True):
        for line in range(first, last):
            if side <= 0:
                left[line] = float(load)
            if side >= 0:
                right[line] = float(load)
    return HalfSets(tuple(left), tuple(right))


def positions_of(combination: Combination, pulled_out_m: float = 0.0) -> tuple[float, ...]:
    """Return every axle or line behind the first axle of the tractor."""
    found = list(combination.tractor.positions_m)
    jeep, trailer = combination.jeep, combination.trailer
    if jeep is not None:
        start = combination.tractor.kingpin_m + jeep.first_axle_m
        found += [start + gap for gap in (0.0, *accumulate(jeep.spacings_m))]
    if trailer is None:
        return tuple(found)
    if trailer.coupling is Coupling.BOLSTERS:
        places = (0.0, *accumulate(trailer.spacings_m))
        first_m = trailer.bogie_m(pulled_out_m) - sum(places) / len(places)
        found += [combination.kingpin_m + first_m + at for at in places]
    else:
        start = combination.kingpin_m + pulled_out_m
        found += [start + at for at in trailer.axle_positions_m]
    return tuple(found)
