"""Beams for tests: random trains, a scan in 20,000 steps, and PyCBA; nothing of the product's own.

The scan solves the three-moment equations for the two shapes that a unit load in a span can have,
t - t^3 and s - s^3 (t, s the shares of the span on its left and right), so that every ordinate is a
closed formula and the train can stand anywhere.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pycba
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS = 20_000


@dataclass(frozen=True)
class Extremes:
    """Largest and smallest moment, largest shear (either sign) and reaction."""

    most: float
    least: float
    shear: float
    reaction: float


def random_train(seed: int, grain_m: float = 0.0) -> tuple[Array, Array, list[float]]:
    """Return loads, gaps and one to four spans; lengths are multiples of `grain_m` if given."""
    random = np.random.default_rng(seed)
    axles = int(random.integers(2, 13))
    loads = random.uniform(40, 200, axles)
    gaps = random.uniform(1.1, 9.0, axles - 1)
    spans = random.uniform(8.0, 50.0, 1 + seed % 4)
    if grain_m:
        gaps, spans = np.round(gaps / grain_m) * grain_m, np.round(spans / grain_m) * grain_m
    return loads, gaps, [float(span) for span in spans]


@dataclass(frozen=True)
class Line:
    """An influence line: per span the weights of t - t^3, s - s^3, t, s, and of a corner."""

    weights: Array  # spans x 4
    corner_span: int  # -1 where there is none
    corner_at: float  # share of its span


def moment_line(spans: list[float], span: int, share: float) -> Line:
    """Return the moment at a share of a span."""
    left, right = _support_weights(spans)[span : span + 2]
    weights = np.zeros((len(spans), 4))
    weights[:, :2] = left * (1.0 - share) + right * share
    return Line(weights, span, share)


def shear_line(spans: list[float], span: int, *, at_left: bool) -> Line:
    """Return the shear just inside the left or the right end of a span."""
    left, right = _support_weights(spans)[span : span + 2]
    weights = np.zeros((len(spans), 4))
    weights[:, :2] = (right - left) / spans[span]
    if at_left:
        weights[span, 3] += 1.0
    else:
        weights[span, 2] -= 1.0
    return Line(weights, -1, 0.0)


def reaction_line(spans: list[float], support: int) -> Line:
    """Return the reaction of a support: the shear that leaves it less the one that enters."""
    weights = np.zeros((len(spans), 4))
    if support < len(spans):
        weights += shear_line(spans, support, at_left=True).weights
    if support:
        weights -= shear_line(spans, support - 1, at_left=False).weights
    return Line(weights, -1, 0.0)


def scan(line: Line, spans: list[float], loads: Array, gaps: Array) -> tuple[float, float]:
    """Return the largest and smallest value while the train runs over the beam, both ways.

    Beside the equal steps it stops just before and just behind every support with every axle.
    """
    places = np.concatenate(([0.0], np.cumsum(gaps)))
    ends = np.concatenate(([0.0], np.cumsum(spans)))
    most = least = 0.0
    for load, at in ((loads, places), (loads[::-1].copy(), places[-1] - places[::-1])):
        found = _run(line.weights, line.corner_span, line.corner_at, ends, load, at, STEPS)
        most, least = max(most, found[0]), min(least, found[1])
    return most, least


def by_pycba(loads: Array, gaps: Array, spans: list[float], step_m: float) -> Extremes:
    """Let PyCBA run the train both ways, its axles just before and just behind the supports."""
    found = []
    for load, gap in ((loads, gaps), (loads[::-1], gaps[::-1])):
        for start in (1e-6, -1e-6):
            # What stands on a beam would count as lasting load in the next analysis.
            beam = pycba.BeamAnalysis(spans, [1e6] * len(spans), [-1, 0] * (len(spans) + 1))
            run = pycba.BridgeAnalysis(beam, pycba.Vehicle(gap.copy(), load.copy()))
            envelope = run.run_vehicle(step_m, pos_start=start)
            shear = max(float(envelope.Vmax.max()), -float(envelope.Vmin.min()))
            found.append(
                (
                    float(envelope.Mmax.max()),
                    float(envelope.Mmin.min()),
                    shear,
                    float(np.max(envelope.Rmaxval)),
                )
            )
    most, least, shears, reactions = zip(*found, strict=True)
    return Extremes(max(most), min(least), max(shears), max(reactions))


def misfits(own: Extremes, other: Extremes) -> list[str]:
    """Return what lies more than 0.1 % below the other's effects, or more than 1 % above."""
    pairs = {
        "largest moment": (own.most, other.most),
        "smallest moment": (-own.least, -other.least),
        "shear": (own.shear, other.shear),
        "reaction": (own.reaction, other.reaction),
    }
    return [
        f"{name}: {ours:.3f} beside {theirs:.3f}"
        for name, (ours, theirs) in pairs.items()
        if not 0.999 * theirs - 1e-6 <= ours <= 1.01 * theirs + 1e-6
    ]


def _support_weights(spans: list[float]) -> Array:
    """Return, for every support and loaded span, the moment's weights of t - t^3 and s - s^3."""
    count = len(spans)
    found = np.zeros((count + 1, count, 2))
    if count == 1:
        return found
    matrix = np.zeros((count - 1, count - 1))
    for row, (before, after) in enumerate(pairwise(spans)):
        matrix[row, row] = 2 * (before + after)
        if row:
            matrix[row, row - 1] = matrix[row - 1, row] = before
    for loaded, length in enumerate(spans):
        right = np.zeros((count - 1, 2))
        if loaded < count - 1:
            right[loaded, 0] = -(length**2)
        if loaded:
            right[loaded - 1, 1] = -(length**2)
        found[1:count, loaded] = np.linalg.solve(matrix, right)
    return found


@njit(cache=True)
def _run(
    weights: Array,
    corner_span: int,
    corner: float,
    ends: Array,
    loads: Array,
    places: Array,
    steps: int,
) -> tuple[float, float]:  # pragma: no cover - compiled
    most, least = 0.0, 0.0
    way = ends[-1] + places[-1]
    beside = 2 * len(ends) * len(places)  # shears jump at supports: stop on both sides of each
    for step in range(steps + beside):
        if step < steps:
            front = way * step / (steps - 1)
        else:
            stop = (step - steps) // 2
            front = ends[stop // len(places)] + places[stop % len(places)]
            front += 1e-7 if step % 2 else -1e-7
        total = 0.0
        for axle in range(len(loads)):
            at = front - places[axle]
            if at <= 0.0 or at >= ends[-1]:
                continue
            span = 0
            while at > ends[span + 1]:
                span += 1
            length = ends[span + 1] - ends[span]
            left = (at - ends[span]) / length
            right = 1.0 - left
            value = (
                weights[span, 0] * (left - left**3)
                + weights[span, 1] * (right - right**3)
                + weights[span, 2] * left
                + weights[span, 3] * right
            )
            if span == corner_span:
                value += length * min(left * (1.0 - corner), right * corner)
            total += loads[axle] * value
        most, least = max(most, total), min(least, total)
    return most, least
