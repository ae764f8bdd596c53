"""What an axle train or a design load causes on a beam: one lane, no impact, no factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from transport.structures.design_loads import (
    DesignLoad,
    LaneLoad,
    SingleVehicle,
    TrackedVehicle,
    VehicleColumn,
)
from transport.structures.influence import GRID, EffectKind, InfluenceTable, Row, influence_of
from transport.structures.moving_load import NODES, train_envelope, with_axles_at_sections
from transport.structures.simple_span import effects_on_spans

Array = NDArray[np.float64]

SECTIONS = 10  # places per span that a comparison looks at
FINE_SECTIONS = 100  # places per span that an absolute maximum looks at
_TRACK_SLICE_M = 0.1
_LAST_GAP_STEP_M = 0.3048


@dataclass(frozen=True, slots=True)
class Axles:
    """A train of axles: loads in kN front to rear, gaps between them in metres."""

    loads_kn: tuple[float, ...]
    gaps_m: tuple[float, ...]

    @property
    def length_m(self) -> float:
        """Distance from the first to the last axle."""
        return sum(self.gaps_m)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Largest and smallest effect of every row: moments in kN m, shears and reactions in kN."""

    rows: tuple[Row, ...]
    largest: Array
    smallest: Array

    def extreme(self, kind: EffectKind) -> tuple[float, float]:
        """Return the largest and the smallest effect of a kind anywhere on the beam."""
        chosen = np.array([row.kind is kind for row in self.rows])
        return float(self.largest[chosen].max()), float(self.smallest[chosen].min())


@dataclass(frozen=True, slots=True)
class Extremes:
    """Absolute maxima on a beam; the hogging moment is negative or zero."""

    max_moment_knm: float
    min_moment_knm: float
    max_shear_kn: float
    max_reaction_kn: float


def train_effects(axles: Axles, spans_m: Sequence[float], sections: int = SECTIONS) -> Envelope:
    """Return the envelope of a train on a beam, whichever way it runs."""
    table = influence_of(tuple(spans_m), sections)
    unit_m = spans_m[0]
    train = _arrays(axles)
    there = _one_way(table, train.loads, train.places_m / unit_m, sections)
    back = _one_way(table, train.loads_back, train.places_back_m / unit_m, sections)
    scale = np.where(table.is_moment, unit_m, 1.0)
    largest, smallest = there  # fresh arrays: both directions and the size go into them
    np.maximum(largest, back[0], out=largest)
    np.minimum(smallest, back[1], out=smallest)
    return Envelope(table.rows, np.multiply(largest, scale, out=largest), smallest * scale)


@dataclass(frozen=True, slots=True)
class _Arrays:
    """A train as arrays, running forwards and backwards."""

    loads: Array
    places_m: Array
    loads_back: Array
    places_back_m: Array


@lru_cache(maxsize=256)
def _arrays(axles: Axles) -> _Arrays:
    loads = np.array(axles.loads_kn)
    places_m = np.concatenate(([0.0], np.cumsum(np.array(axles.gaps_m))))
    return _Arrays(loads, places_m, loads[::-1].copy(), (places_m[-1] - places_m[::-1]).copy())


def _one_way(
    table: InfluenceTable, loads: Array, places: Array, sections: int
) -> tuple[Array, Array]:
    largest, smallest = train_envelope(table.ordinates, table.spans, loads, places)
    if sections > NODES:  # else every section is a node
        ends = np.concatenate(([0.0], np.cumsum(table.spans)))
        at = np.interp([row.at for row in table.rows], np.arange(len(ends)), ends)
        with_axles_at_sections(table.ordinates, table.spans, loads, places, at, largest, smallest)
    return largest, smallest


def design_effects(
    load: DesignLoad, spans_m: Sequence[float], sections: int = SECTIONS
) -> Envelope:
    """Return the envelope of a design load on a beam."""
    if isinstance(load, LaneLoad):
        return _lane_effects(load, spans_m, sections)
    parts = [train_effects(axles, spans_m, sections) for axles in trains_of(load, sum(spans_m))]
    return Envelope(
        parts[0].rows,
        np.max([one.largest for one in parts], axis=0),
        np.min([one.smallest for one in parts], axis=0),
    )


def extremes_of_train(axles: Axles, spans_m: Sequence[float]) -> Extremes:
    """Return the absolute maxima of a train, on a simple span exactly."""
    if len(spans_m) == 1:
        found = effects_on_spans(
            np.array(axles.loads_kn), np.array(axles.gaps_m), np.array(spans_m, dtype=float)
        )
        shear_kn = float(found.shear_kn[0])
        return Extremes(float(found.moment_knm[0]), 0.0, shear_kn, shear_kn)
    return _extremes(train_effects(axles, spans_m, FINE_SECTIONS))


def extremes_of_design(load: DesignLoad, spans_m: Sequence[float]) -> Extremes:
    """Return the absolute maxima of a design load."""
    if isinstance(load, LaneLoad):
        return _extremes(_lane_effects(load, spans_m, FINE_SECTIONS))
    found = [extremes_of_train(axles, spans_m) for axles in trains_of(load, sum(spans_m))]
    return Extremes(
        max(one.max_moment_knm for one in found),
        min(one.min_moment_knm for one in found),
        max(one.max_shear_kn for one in found),
        max(one.max_reaction_kn for one in found),
    )


def trains_of(load: DesignLoad, beam_m: float) -> Iterator[Axles]:
    """Yield the axle trains that a design load stands for on a beam of a length.

    A column may have any number of main vehicles before and behind its heavy one: those over spans
    where they would relieve the effect are left away.
    """
    if isinstance(load, SingleVehicle):
        yield from _single(load)
    elif isinstance(load, TrackedVehicle):
        slices = round(load.length_m / _TRACK_SLICE_M)
        gaps = (load.length_m / slices,) * (slices - 1)
        yield Axles((load.total_kn / slices,) * slices, gaps)
    elif isinstance(load, VehicleColumn):
        most = int(beam_m // (load.gap_m + sum(load.main_gaps_m))) + 1
        for before, behind in product(range(most + 1), repeat=2):
            yield _column(load, before, behind)


def _extremes(envelope: Envelope) -> Extremes:
    moment, hogging = envelope.extreme(EffectKind.MOMENT)
    shear, opposite = envelope.extreme(EffectKind.SHEAR)
    return Extremes(
        moment, min(hogging, 0.0), max(shear, -opposite), envelope.extreme(EffectKind.REACTION)[0]
    )


def _single(load: SingleVehicle) -> Iterator[Axles]:
    yield Axles(load.axles_kn, load.gaps_m)
    if load.last_gap_to_m is None:
        return
    steps = round((load.last_gap_to_m - load.gaps_m[-1]) / _LAST_GAP_STEP_M)
    for step in range(1, steps + 1):
        last_m = load.gaps_m[-1] + step * _LAST_GAP_STEP_M
        yield Axles(load.axles_kn, (*load.gaps_m[:-1], last_m))


def _column(load: VehicleColumn, before: int, behind: int) -> Axles:
    vehicles = [(load.main_kn, load.main_gaps_m)] * (before + behind)
    vehicles.insert(before, (load.heavy_kn, load.heavy_gaps_m))
    loads: list[float] = []
    gaps: list[float] = []
    for number, (axles_kn, inner_m) in enumerate(vehicles):
        if number:
            beside = number in {before, before + 1}
            gaps.append(load.gap_beside_heavy_m if beside else load.gap_m)
        loads += axles_kn
        gaps += inner_m
    return Axles(tuple(loads), tuple(gaps))


def _lane_effects(load: LaneLoad, spans_m: Sequence[float], sections: int) -> Envelope:
    """Load every area of one sign with the uniform load, its peak with the concentrated one.

    The concentrated load follows the row's own span, over a support the shorter neighbour: the
    smaller design effect, which is the cautious side of a comparison.
    """
    table = influence_of(tuple(spans_m), sections)
    unit_m = spans_m[0]
    above, below = _areas(table)
    scale = np.where(table.is_moment, unit_m, 1.0)
    shear = np.array([row.kind is EffectKind.SHEAR for row in table.rows])
    peak = np.array([load.peak_kn(_span_of(row, spans_m)) for row in table.rows])
    peak *= np.where(shear, load.shear_factor, 1.0)
    uniform = load.uniform_kn_m * unit_m
    highest = np.maximum(table.ordinates.max(axis=0), 0.0)
    lowest = np.minimum(table.ordinates.min(axis=0), 0.0)
    return Envelope(
        table.rows,
        (uniform * above + peak * highest) * scale,
        (uniform * below + peak * lowest) * scale,
    )


def _areas(table: InfluenceTable) -> tuple[Array, Array]:
    """Return the areas of each sign under every row, in units of the first span."""
    ordinates = table.ordinates.reshape(len(table.spans), GRID + 1, -1)
    weights = (table.spans / GRID)[:, None, None]

    def area(part: Array) -> Array:
        inner = (part[:, 1:] + part[:, :-1]) / 2.0
        return np.asarray((inner * weights).sum(axis=(0, 1)))

    return area(np.maximum(ordinates, 0.0)), area(np.minimum(ordinates, 0.0))


def _span_of(row: Row, spans_m: Sequence[float]) -> float:
    place = int(row.at)
    if row.at != place:
        return spans_m[place]
    return min(spans_m[max(place - 1, 0) : place + 1])
