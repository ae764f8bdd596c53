"""Compare what a bridge was made for with what a train causes, section by section (D.1.3, D.2).

`capacity_ratio` is what the design load causes over what the train causes, with all factors, for
the worst girder. A rated vehicle on record is a bound of its own: the smaller ratio counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from transport.structures.bridge import ORDINARY_FORMS, Bridge
from transport.structures.deck import Shares
from transport.structures.design_loads import DesignLoad, LaneLoad, VehicleColumn
from transport.structures.effects import Axles, Envelope, design_effects, train_effects
from transport.structures.influence import EffectKind
from transport.structures.verdicts import (
    ALONE,
    CREEP_KM_H,
    NOTHING,
    RELEVANT,
    Crossing,
    EffectLine,
    Ratio,
)

Array = NDArray[np.float64]

HOPELESS = 0.75
_LOW_MU, _HIGH_MU = 0.05, 0.45
_LOW_HZ, _HIGH_HZ = 1.5, 14.0
_GAMMA_DESIGN, _GAMMA_TRAIN = 1.4, 1.1


@dataclass(frozen=True, slots=True)
class Comparison:
    """One bridge and one train: `loads` it was made for, `rated` what its rating allowed.

    `span_factors` holds the longitudinal factor of traffic on every unit.
    """

    bridge: Bridge
    axles: Axles
    loads: Sequence[DesignLoad]
    shares: Shares
    units: tuple[tuple[float, ...], ...]
    span_factors: tuple[float, ...]
    rated: DesignLoad | None = None

    def is_hopeless(self) -> bool:
        """Whether the train fails alone on the bridge, whatever else anybody may find out of it.

        A missing record must not refuse for good: it may only leave the question to an engineer.
        """
        settled = self.shares.known and (
            len(self.bridge.spans_m) == 1 or self.bridge.continuous is not None
        )
        return settled and smallest(self.ratios(ALONE, hopeful=True)) < HOPELESS

    def ratios(self, crossing: Crossing, *, hopeful: bool = False) -> tuple[Ratio, ...]:
        """Return the smallest ratio of every effect over units, sections and girders.

        An impact factor that depends on an unknown frequency takes its worst value, `hopeful` its
        best. Where several design loads are documented the bridge was made for each of them, so the
        largest allowance holds; what the rating allowed bounds it.
        """
        best: dict[str, Ratio] = {}
        for number in range(len(self.units)):
            allowed: dict[str, Ratio] = {}
            for load in self.loads:
                for found in self._of_load(load, number, crossing, hopeful=hopeful):
                    held = allowed.get(found.effect)
                    if held is None or found.capacity_ratio > held.capacity_ratio:
                        allowed[found.effect] = found
            bounds = list(allowed.values())
            if self.rated is not None:
                bounds += self._of_load(self.rated, number, crossing, hopeful=hopeful)
            for found in bounds:
                held = best.get(found.effect)
                if held is None or found.capacity_ratio < held.capacity_ratio:
                    best[found.effect] = found
        return tuple(best.values())

    def _of_load(
        self, load: DesignLoad, number: int, crossing: Crossing, *, hopeful: bool
    ) -> Iterator[Ratio]:
        """Yield the smallest ratio of every effect on one unit beside one load."""
        tightest = _tightest(self.axles, load, self.units[number])
        worst = self._worst(load, tightest.relation, number, crossing, hopeful=hopeful)
        for effect, ratio, at in zip(tightest.effects, worst, tightest.at, strict=True):
            yield Ratio(effect, ratio, number, at)

    def along(self, crossing: Crossing) -> Iterator[EffectLine]:
        """Yield every effect along every unit, with all factors, for the girder that governs."""
        for number in range(len(self.units)):
            lines: dict[str, tuple[float, EffectLine]] = {}
            for load in self.loads:
                for least, line in self._lines(load, number, crossing):
                    if line.effect not in lines or least > lines[line.effect][0]:
                        lines[line.effect] = (least, line)
            if self.rated is not None:
                for least, line in self._lines(self.rated, number, crossing):
                    if line.effect not in lines or least < lines[line.effect][0]:
                        lines[line.effect] = (least, line)
            yield from (line for _, line in lines.values())

    def _lines(
        self, load: DesignLoad, number: int, crossing: Crossing
    ) -> Iterator[tuple[float, EffectLine]]:
        """Yield every effect along one unit beside one load, with its smallest ratio."""
        spans_m = self.units[number]
        train, design = _train(self.axles, spans_m), _design(load, spans_m)
        for effect, (kind, reversed_) in _EFFECTS.items():
            chosen = np.array([row.kind is kind for row in train.rows])
            allowed = (-design.smallest if reversed_ else design.largest)[chosen]
            caused = (-train.smallest if reversed_ else train.largest)[chosen]
            if allowed.max() <= NOTHING or caused.max() <= NOTHING:
                continue
            sums = self._factored(load, allowed, caused, number, crossing)
            at = tuple(row.at for row in train.rows if row.kind is kind)
            yield _least_ratio(*sums), EffectLine(effect, number, load.code, at, *map(_plain, sums))

    def _factored(
        self,
        load: DesignLoad,
        allowed: Array,
        caused: Array,
        number: int,
        crossing: Crossing,
    ) -> tuple[Array, Array]:
        """Return S_d and S_b at every section for the girder and impact that govern."""
        shares, alone = self.shares, not isinstance(load, LaneLoad | VehicleColumn)
        design_share = shares.solo if alone else shares.design
        gamma = _GAMMA_TRAIN if alone else _GAMMA_DESIGN
        train_share = shares.centred if crossing.centred else shares.solo
        along = 1.0 if alone else self.span_factors[number]
        spans_m = self.units[number]
        worst: tuple[Array, Array] | None = None
        for mu_design, mu_train in _impacts(self.bridge, load, spans_m, crossing):
            grown = (1.0 + (0.0 if alone else mu_design)) * along
            for girder in range(len(design_share)):
                made_for = gamma * grown * design_share[girder] * allowed
                loaded = _GAMMA_TRAIN * (1.0 + mu_train) * train_share[girder] * caused
                if crossing.other_lanes_open:
                    loaded = loaded + _GAMMA_DESIGN * grown * shares.beside[girder] * allowed
                sums = made_for, loaded
                if worst is None or _least_ratio(*sums) < _least_ratio(*worst):
                    worst = sums
        return worst if worst is not None else (allowed, caused)

    def _worst(
        self,
        load: DesignLoad,
        relation: Array,
        number: int,
        crossing: Crossing,
        *,
        hopeful: bool,
    ) -> list[float]:
        """Return per effect the worst girder's ratio; `relation` is design lane over train."""
        shares, alone = self.shares, not isinstance(load, LaneLoad | VehicleColumn)
        # A trailer was checked alone on the bridge, like the train: same share, same factor.
        design_share = shares.solo if alone else shares.design
        gamma = _GAMMA_TRAIN if alone else _GAMMA_DESIGN
        train_share = shares.centred if crossing.centred else shares.solo
        along = 1.0 if alone else self.span_factors[number]
        spans_m = self.units[number]
        found = []
        for mu_design, mu_train in _impacts(self.bridge, load, spans_m, crossing):
            grown = (1.0 + (0.0 if alone else mu_design)) * along
            made_for = gamma * grown * relation * design_share
            loaded = _GAMMA_TRAIN * (1.0 + mu_train) * train_share
            if crossing.other_lanes_open:
                loaded = loaded + _GAMMA_DESIGN * grown * relation * shares.beside
            found.append((made_for / loaded).min(axis=1))
        if len(found) == 1:
            return list(map(float, found[0]))
        return list(map(float, (np.maximum if hopeful else np.minimum)(*found)))


@dataclass(frozen=True, slots=True)
class _Tightest:
    """Per effect where the design lane is smallest beside the train: ratio (a column), place."""

    effects: tuple[str, ...]
    relation: Array
    at: tuple[float, ...]


# Bridges of a region share their spans: each pattern is driven over once.
@lru_cache(maxsize=2048)
def _train(axles: Axles, spans_m: tuple[float, ...]) -> Envelope:
    return train_effects(axles, spans_m)


@lru_cache(maxsize=2048)
def _design(load: DesignLoad, spans_m: tuple[float, ...]) -> Envelope:
    return design_effects(load, spans_m)


@lru_cache(maxsize=16384)
def _tightest(axles: Axles, load: DesignLoad, spans_m: tuple[float, ...]) -> _Tightest:
    """Find the section of every effect that governs.

    The ratio of a crossing grows with this one, so no other section can govern. Sections where the
    design effect is small are left out: a ratio of two small numbers means nothing.
    """
    train, design = _train(axles, spans_m), _design(load, spans_m)
    effects: list[str] = []
    relations: list[float] = []
    places: list[float] = []
    for effect, (kind, reversed_) in _EFFECTS.items():
        allowed = -design.smallest if reversed_ else design.largest
        caused = -train.smallest if reversed_ else train.largest
        chosen = np.array([row.kind is kind for row in train.rows])
        most = float(allowed[chosen].max())
        chosen &= (allowed >= RELEVANT * most) & (caused > NOTHING) & (allowed > NOTHING)
        if chosen.any():
            relation = np.where(chosen, allowed / np.where(chosen, caused, 1.0), np.inf)
            worst = int(relation.argmin())
            effects.append(effect)
            relations.append(float(relation[worst]))
            places.append(train.rows[worst].at)
    return _Tightest(tuple(effects), np.array(relations)[:, None], tuple(places))


# Effect -> kind of row, and whether the smallest (below zero) counts instead of the largest.
_EFFECTS = {
    "sagging_moment": (EffectKind.MOMENT, False),
    "hogging_moment": (EffectKind.MOMENT, True),
    "shear": (EffectKind.SHEAR, False),
    "shear_reversed": (EffectKind.SHEAR, True),
    "reaction": (EffectKind.REACTION, False),
}


def _least_ratio(allowed: Array, caused: Array) -> float:
    """Return the smallest ratio over the sections where the design effect matters."""
    matters = (allowed >= RELEVANT * allowed.max()) & (caused > NOTHING)
    return float((allowed[matters] / caused[matters]).min()) if matters.any() else np.inf


def _plain(values: Array) -> tuple[float, ...]:
    return tuple(map(float, values))


def smallest(ratios: Sequence[Ratio]) -> float:
    """Return the smallest ratio, infinity where nothing could be compared."""
    return min((one.capacity_ratio for one in ratios), default=np.inf)


def _impacts(
    bridge: Bridge, load: DesignLoad, spans_m: tuple[float, ...], crossing: Crossing
) -> list[tuple[float, float]]:
    """Return pairs of impact factors of design load and train; the worst pair counts.

    Without a frequency on record both ends of the formula are tried, the same on both sides where
    the code of design uses the same formula.
    """
    fast = crossing.speed_km_h > CREEP_KM_H
    frequency = bridge.natural_frequency_hz
    own = [_mu(frequency)] if frequency is not None else [_LOW_MU, _HIGH_MU]
    if isinstance(load, LaneLoad):
        return [(mu, mu if fast else 0.0) for mu in own]
    old = _mu_1989(bridge, spans_m)
    return [(old, mu if fast else 0.0) for mu in own]


def _mu(frequency_hz: float) -> float:
    if frequency_hz < _LOW_HZ:
        return _LOW_MU
    return _HIGH_MU if frequency_hz > _HIGH_HZ else 0.1767 * log(frequency_hz) - 0.0157


def _mu_1989(bridge: Bridge, spans_m: tuple[float, ...]) -> float:
    """Impact of JTJ 021-89 for concrete beams: 0.30 up to 5 m, none from 45 m on."""
    if bridge.structural_form not in ORDINARY_FORMS:
        return 0.0
    return 0.30 * min(max((45.0 - min(spans_m)) / 40.0, 0.0), 1.0)
