"""How many lanes a deck has, and which share of a load its worst girder takes.

Loads stand as two lines of wheels. Design vehicles keep 0.5 m from the kerb and 1.3 m from each
other on a track of 1.8 m (JTG D60-2015, 4.3.1); the train keeps 1 m from the kerb (JTG/T 2213-2023,
7.2.3). Where girders are not known a credit stands in, and no verdict built on it passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.transverse import hinged_influence, rigid_influence

Array = NDArray[np.float64]

_TRACK_M, _BETWEEN_M, _KERB_M, _TRAIN_KERB_M = 1.8, 1.3, 0.5, 1.0
_STEP_M = 0.1
# Hinged slabs: ratio of flexibilities where nobody measured it, the middle of the usual range.
_GAMMA = 0.02
# Share of the design lanes' effect without a layout on record (a proposal of this product).
_UNKNOWN_SOLO, _UNKNOWN_CENTRED = 0.75, 0.70
_FEWEST = 2
_BOXES = {StructuralForm.BOX}
_HINGED = {StructuralForm.HOLLOW_SLAB, StructuralForm.SLAB}


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one lane's effect by girder; a comparison takes the worst girder.

    Each girder was made for its own share, so each is compared with its own. `design` of all design
    lanes with their lane factor; `solo` of the train anywhere on the deck, `centred` on its middle;
    `beside` of the traffic in the lanes that stay open. `known` is false where no layout is on
    record: then the deck counts as one girder, with a credit.
    """

    design: Array
    solo: Array
    centred: Array
    beside: Array
    known: bool


def shares_of(bridge: Bridge, lanes: int, lane_factors: tuple[float, ...]) -> Shares:
    """Return the shares of a deck with so many design lanes; `lane_factors[n - 1]` is that of n."""
    if bridge.structural_form in _BOXES:
        return _whole(lanes, lane_factors, 1.0, 1.0, known=True)
    if bridge.girders is None or bridge.girder_spacing_m is None or bridge.deck_width_m is None:
        credit = _design_lanes(lanes, lane_factors)
        solo, centred = _UNKNOWN_SOLO * credit, _UNKNOWN_CENTRED * credit
        return _whole(lanes, lane_factors, solo, centred, known=False)
    return _by_girder(
        bridge.girders,
        bridge.girder_spacing_m,
        bridge.deck_width_m,
        lanes,
        lane_factors,
        hinged=bridge.structural_form in _HINGED,
    )


def _whole(
    lanes: int, lane_factors: tuple[float, ...], solo: float, centred: float, *, known: bool
) -> Shares:
    open_lanes = lanes - 1
    beside = open_lanes * _factor(lane_factors, open_lanes) if open_lanes else 0.0
    return Shares(
        np.array([_design_lanes(lanes, lane_factors)]),
        np.array([solo]),
        np.array([centred]),
        np.array([beside]),
        known=known,
    )


def _design_lanes(lanes: int, lane_factors: tuple[float, ...]) -> float:
    """Return lanes times their factor, never below two lanes (JTG D60-2015, 4.3.1)."""
    own = lanes * _factor(lane_factors, lanes)
    return max(own, _FEWEST * _factor(lane_factors, _FEWEST)) if lanes >= _FEWEST else own


@lru_cache(maxsize=4096)
def _by_girder(
    girders: int,
    spacing_m: float,
    width_m: float,
    lanes: int,
    lane_factors: tuple[float, ...],
    *,
    hinged: bool,
) -> Shares:
    at_m = np.arange(-width_m / 2.0, width_m / 2.0 + _STEP_M / 2.0, _STEP_M)
    lines = _influence(girders, spacing_m, at_m, hinged=hinged)
    design = np.zeros(girders)
    beside = np.zeros(girders)
    for count in range(1, lanes + 1):
        together, others = _columns(lines, at_m, width_m, count)
        design = np.maximum(design, _factor(lane_factors, count) * together)
        if count > 1:
            beside = np.maximum(beside, _factor(lane_factors, count - 1) * others)
    centred = _shares_at(lines, at_m, 0.0)
    reach_m = max(width_m / 2.0 - _TRAIN_KERB_M - _TRACK_M / 2.0, 0.0)
    middles = np.arange(-reach_m, reach_m + _STEP_M / 2.0, _STEP_M)
    anywhere = [_shares_at(lines, at_m, float(middle)) for middle in middles]
    solo = np.maximum(np.max(anywhere, axis=0), centred)
    return Shares(design, solo, centred, beside, known=True)


def _influence(girders: int, spacing_m: float, at_m: Array, *, hinged: bool) -> Array:
    """Return the shares of every girder (rows) for a load at every place (columns)."""
    if girders == 1:
        return np.ones((1, len(at_m)))
    if not hinged:
        rows = [rigid_influence(girders, spacing_m, one, list(at_m)) for one in range(girders)]
        return np.stack(rows)
    table = hinged_influence(girders, _GAMMA)
    places = spacing_m * (np.arange(girders) - (girders - 1) / 2.0)
    return np.stack([np.interp(-at_m, places, row) for row in table])


def _shares_at(lines: Array, at_m: Array, middle_m: float) -> Array:
    wheels = np.array([middle_m - _TRACK_M / 2.0, middle_m + _TRACK_M / 2.0])
    return np.array([np.interp(wheels, at_m, line).sum() / 2.0 for line in lines])


def _columns(lines: Array, at_m: Array, width_m: float, count: int) -> tuple[Array, Array]:
    """Return every girder's share of vehicles side by side at its worst, and of all but one.

    The one left out is the one that the girder feels most: there the train runs.
    """
    pitch_m = _TRACK_M + _BETWEEN_M
    spread_m = (count - 1) * pitch_m
    reach_m = (width_m - spread_m) / 2.0 - _KERB_M - _TRACK_M / 2.0
    worst, others = np.zeros(len(lines)), np.zeros(len(lines))
    if reach_m < 0:
        return worst, others
    offsets = np.arange(count) * pitch_m - spread_m / 2.0
    for shift in np.arange(-reach_m, reach_m + _STEP_M / 2.0, _STEP_M):
        each = np.array([_shares_at(lines, at_m, float(shift + offset)) for offset in offsets])
        together = each.sum(axis=0)
        others = np.where(together > worst, together - each.max(axis=0), others)
        worst = np.maximum(worst, together)
    return worst, others


def _factor(lane_factors: tuple[float, ...], lanes: int) -> float:
    return lane_factors[min(lanes, len(lane_factors)) - 1]
