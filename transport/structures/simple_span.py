"""KERNEL: largest moment and end shear of an axle train on simple spans, exactly.

Arrays in, arrays out; imports nothing of ours. The largest moment stands under an axle when that
axle and the resultant of the axles on the span lie symmetric about mid-span (Culmann); the largest
end shear when an axle stands at the support. Both need no step size, and one pass over the axle
groups serves any number of spans at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_AT_ONCE = 4096  # spans whose arrays stay in the processor's cache


@dataclass(frozen=True, slots=True)
class TrainOnSpans:
    """Effects by span: moments in kN m, shear in kN; lengths follow the spans given."""

    moment_knm: Array
    mid_moment_knm: Array
    shear_kn: Array


@dataclass(frozen=True, slots=True)
class _Group:
    """Axles first to last alone on a span, with axle `under` below the largest moment."""

    total_kn: float
    apart_m: float  # resultant behind the axle
    held_back_knm: float  # moment of the axles ahead of it, about it
    fits_from_m: float  # the shortest span that holds the group in this place


def effects_on_spans(loads_kn: Array, spacings_m: Array, spans_m: Array) -> TrainOnSpans:
    """Return the largest effects of a train on each simple span, one lane, no impact.

    `loads_kn` has n axles front to rear, `spacings_m` n - 1 gaps, `spans_m` m spans above zero.
    A simple span sees the same moments whichever way the train runs; shear takes both ways.
    """
    places_m = np.concatenate(([0.0], np.cumsum(spacings_m)))
    groups = _groups(loads_kn, places_m)
    moment, middle, shear = np.empty((3, len(spans_m)))
    for first in range(0, len(spans_m), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        spans = spans_m[part]
        moment[part] = _largest_moment(groups, spans)
        middle[part] = _mid_moment(loads_kn, places_m, spans)
        shear[part] = np.maximum(
            _end_shear(loads_kn, places_m, spans),
            _end_shear(loads_kn[::-1], places_m[-1] - places_m[::-1], spans),
        )
    return TrainOnSpans(moment, middle, shear)


def _largest_moment(groups: list[_Group], spans_m: Array) -> Array:
    best = np.zeros_like(spans_m)
    for group in groups:
        arm_m = spans_m - group.apart_m
        moment = group.total_kn * arm_m * arm_m / (4.0 * spans_m) - group.held_back_knm
        np.maximum(best, np.where(spans_m >= group.fits_from_m, moment, 0.0), out=best)
    return best


def _groups(loads_kn: Array, places_m: Array) -> list[_Group]:
    found = []
    for first in range(len(loads_kn)):
        for last in range(first, len(loads_kn)):
            loads, places = loads_kn[first : last + 1], places_m[first : last + 1]
            total = float(loads.sum())
            if total <= 0.0:
                continue
            resultant = float(loads @ places) / total
            for under, place in enumerate(places):
                middle = resultant + place
                ahead = float(loads[:under] @ (place - places[:under]))
                fits = max(middle - 2.0 * places[0], 2.0 * places[-1] - middle)
                found.append(_Group(total, resultant - place, ahead, fits))
    return found


def _mid_moment(loads_kn: Array, places_m: Array, spans_m: Array) -> Array:
    """Largest moment at mid-span: the influence line is a triangle, so an axle stands there."""
    best = np.zeros_like(spans_m)
    for place in places_m:
        apart = np.abs(places_m - place)
        ordinates = np.maximum(spans_m[:, None] / 2.0 - apart, 0.0) / 2.0
        np.maximum(best, ordinates @ loads_kn, out=best)
    return best


def _end_shear(loads_kn: Array, places_m: Array, spans_m: Array) -> Array:
    best = np.zeros_like(spans_m)
    for axle, place in enumerate(places_m):
        behind_m = places_m[axle:] - place
        ordinates = np.maximum(1.0 - behind_m / spans_m[:, None], 0.0)
        np.maximum(best, ordinates @ loads_kn[axle:], out=best)
    return best
