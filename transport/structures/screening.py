"""Screen a bridge for one train: capacity ratio per effect, and what may be driven how.

The comparison of JTG/T 2213-2023, appendix D, under three ways to cross: with the other lanes open
at up to 20 km/h (PASS), at up to 5 km/h (CONDITIONAL_A), alone on the centre line at up to 5 km/h
(CONDITIONAL_B). Stricter than the standard: a margin, only ordinary and documented bridges pass,
and everything else asks an engineer (a proposal of this product, docs/decisions).
`capacity_ratio` is what the design load causes over what the train causes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.deck import Shares, shares_of
from transport.structures.design_loads import DesignLoad, LaneLoad, VehicleColumn
from transport.structures.effects import Axles, design_effects, train_effects
from transport.structures.influence import EffectKind

Array = NDArray[np.float64]

_MARGIN = 1.05  # spread of the kernels plus errors of spans and spacings
_HOPELESS = 0.75
_RELEVANT = 0.25  # of the largest design effect: below it a ratio means nothing
_RATING_LASTS_YEARS = 1.0
_NOTHING = 1e-6  # kN or kN m
_SKEW_DEG = 30.0
_FLAT_SLAB_AXLE_T = 14.0
_CULVERT_M = 5.0
_KN_PER_T = 9.8
_LOW_MU, _HIGH_MU = 0.05, 0.45
_LOW_HZ, _HIGH_HZ = 1.5, 14.0
_GAMMA_DESIGN, _GAMMA_TRAIN = 1.4, 1.1
_CREEP_KM_H, _FASTEST_KM_H = 5.0, 20.0
_ORDINARY = {
    StructuralForm.SLAB,
    StructuralForm.HOLLOW_SLAB,
    StructuralForm.GIRDER,
    StructuralForm.BOX,
}
_SLABS = {StructuralForm.SLAB, StructuralForm.HOLLOW_SLAB}


class Verdict(StrEnum):
    """Words of the screening."""

    PASS = "PASS"  # noqa: S105 - a verdict, no password
    CONDITIONAL_A = "CONDITIONAL_A"
    CONDITIONAL_B = "CONDITIONAL_B"
    ENGINEER = "ENGINEER"
    FAIL = "FAIL"
    NO_DATA = "NO_DATA"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A way to cross: speed, whether the other lanes stay open, whether on the centre line."""

    speed_km_h: float
    other_lanes_open: bool
    centred: bool


ORDINARY = Crossing(_FASTEST_KM_H, other_lanes_open=True, centred=False)
CREEPING = Crossing(_CREEP_KM_H, other_lanes_open=True, centred=False)
ALONE = Crossing(_CREEP_KM_H, other_lanes_open=False, centred=True)
_TIERS = (
    (Verdict.PASS, ORDINARY),
    (Verdict.CONDITIONAL_A, CREEPING),
    (Verdict.CONDITIONAL_B, ALONE),
)
CONDITIONS: Mapping[Verdict, tuple[str, ...]] = {
    Verdict.PASS: ("speed_20",),
    Verdict.CONDITIONAL_A: ("speed_5", "constant_speed"),
    Verdict.CONDITIONAL_B: ("speed_5", "constant_speed", "centre_line", "close_other_lanes"),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """The smallest ratio of one effect, and where: spans from the left end of the unit."""

    effect: str
    capacity_ratio: float
    unit: int
    at: float


@dataclass(frozen=True, slots=True)
class Screening:
    """Verdict with what explains it: ratios of the crossing asked for, conditions, doubts."""

    verdict: Verdict
    ratios: tuple[Ratio, ...] = ()
    conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """What screening takes from the tables: design loads, lane factors, lanes by width."""

    design_loads: Mapping[str, DesignLoad]
    lane_factors: tuple[float, ...]
    one_way_lanes: tuple[tuple[float, int], ...]
    two_way_lanes: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One effect along one unit of a bridge: what the design load allows, what the train causes.

    With all factors of D.1.3 for the worst girder, in kN m or kN, a hogging moment above zero; `at`
    counts spans from the left end of the unit.
    """

    effect: str
    unit: int
    design_load: str
    at: tuple[float, ...]
    allowed: tuple[float, ...]
    caused: tuple[float, ...]

    def least_at(self, at: float) -> int:
        """Return the number of the section at a place; of two beside a support the tighter one."""
        here = [number for number, place in enumerate(self.at) if place == at]
        least = _RELEVANT * max(self.allowed)
        matter = [n for n in here if self.allowed[n] >= least and self.caused[n] > _NOTHING]
        return min(matter or here, key=lambda n: self.allowed[n] / max(self.caused[n], _NOTHING))


def effects_along(
    bridge: Bridge, axles: Axles, rules: ScreeningRules, crossing: Crossing
) -> tuple[EffectLine, ...]:
    """Return every effect along a bridge for one crossing; empty where nothing can be compared.

    Of several documented design loads the one that allows the crossing best is shown.
    """
    loads, lanes = _loads(bridge, rules), _lanes(bridge, rules)
    if not loads or lanes is None or not bridge.spans_m:
        return ()
    shares = shares_of(bridge, lanes, rules.lane_factors)
    comparison = _Comparison(bridge, axles, loads, shares, _units(bridge))
    return tuple(comparison.along(crossing))


def screen(
    bridge: Bridge, axles: Axles, rules: ScreeningRules, crossing: Crossing = ORDINARY
) -> Screening:
    """Screen a bridge; the ratios are those of `crossing`, the verdict looks at every tier."""
    posted = _posted(bridge, axles)
    if posted:
        return Screening(Verdict.FAIL, reasons=posted)
    loads = _loads(bridge, rules)
    lanes = _lanes(bridge, rules)
    missing = tuple(
        name
        for name, known in (
            ("spans_m", bool(bridge.spans_m)),
            ("design_load", bool(loads)),
            ("deck_width_m", lanes is not None),
        )
        if not known
    )
    if missing:
        return Screening(Verdict.NO_DATA, missing=missing)
    shares = shares_of(bridge, lanes or 1, rules.lane_factors)
    units = _units(bridge)
    comparison = _Comparison(bridge, axles, loads, shares, units)
    ratios = comparison.ratios(crossing)
    doubts, open_questions = _doubts(bridge, axles, shares)
    verdict, reasons = Verdict.ENGINEER, doubts
    # Alone on the centre line no ratio is smaller, so a fair one of the crossing settles it.
    if _smallest(ratios) < _HOPELESS and comparison.is_hopeless():
        verdict, reasons = Verdict.FAIL, ("capacity_ratio",)
    elif not doubts and not open_questions:
        verdict = _tier(comparison)
        reasons = ("capacity_ratio",) if verdict is Verdict.ENGINEER else ()
    return Screening(verdict, ratios, CONDITIONS.get(verdict, ()), reasons, open_questions)


def _posted(bridge: Bridge, axles: Axles) -> tuple[str, ...]:
    """Return what rules the crossing out without any calculation."""
    found = []
    if bridge.condition_class is not None and bridge.condition_class >= 4:  # noqa: PLR2004 - T2213 7.3.2(3)
        found.append("condition_class")
    if bridge.posted_mass_t is not None:
        mass_t = sum(axles.loads_kn) / _KN_PER_T
        found += ["posted_mass_t"] if mass_t > bridge.posted_mass_t + 1e-9 else []
    if bridge.posted_axle_t is not None:
        axle_t = max(axles.loads_kn) / _KN_PER_T
        found += ["posted_axle_t"] if axle_t > bridge.posted_axle_t + 1e-9 else []
    return tuple(found)


def _loads(bridge: Bridge, rules: ScreeningRules) -> list[DesignLoad]:
    names = (bridge.design_load or "").split("+")
    return [rules.design_loads[name] for name in names if name in rules.design_loads]


def _lanes(bridge: Bridge, rules: ScreeningRules) -> int | None:
    if bridge.lanes is not None:
        return bridge.lanes
    if bridge.deck_width_m is None:
        return None
    rows = rules.one_way_lanes if bridge.one_way else rules.two_way_lanes
    fitting = [lanes for from_m, lanes in rows if bridge.deck_width_m >= from_m]
    return fitting[-1] if fitting else 1


def _units(bridge: Bridge) -> tuple[tuple[float, ...], ...]:
    """Return the beams to judge: the continuous unit, or every distinct simple span."""
    if bridge.continuous and len(bridge.spans_m) > 1:
        return (bridge.spans_m,)
    return tuple((span_m,) for span_m in dict.fromkeys(bridge.spans_m))


def _doubts(
    bridge: Bridge, axles: Axles, shares: Shares
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what only an engineer may decide, and what nobody knows."""
    form = bridge.structural_form
    flat = form in _SLABS and max(axles.loads_kn) / _KN_PER_T > _FLAT_SLAB_AXLE_T
    short = form is StructuralForm.CULVERT and min(bridge.spans_m) < _CULVERT_M
    aged = bridge.rating_age_years is not None and bridge.rating_age_years > _RATING_LASTS_YEARS
    doubts = {
        "condition_class": bridge.condition_class == 3,  # noqa: PLR2004 - T2213 7.3.2(2)
        "structural_form": (form is not None and form not in _ORDINARY) or short,
        "curve_radius_m": bridge.curve_radius_m is not None,
        "skew_deg": bridge.skew_deg is not None and abs(bridge.skew_deg) > _SKEW_DEG,
        "single_column_pier": bridge.single_column_pier is True,
        "axle_on_slab": flat,
        "rating_age_years": aged,
    }
    unknown = {
        "condition_class": bridge.condition_class is None,
        "rating_age_years": bridge.rating_age_years is None,
        "structural_form": form is None,
        "continuous": bridge.continuous is None and len(bridge.spans_m) > 1,
        "skew_deg": bridge.skew_deg is None,
        "single_column_pier": bridge.single_column_pier is None,
        "girders": not shares.known,
    }
    return (
        tuple(name for name, holds in doubts.items() if holds),
        tuple(name for name, holds in unknown.items() if holds),
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    bridge: Bridge
    axles: Axles
    loads: Sequence[DesignLoad]
    shares: Shares
    units: tuple[tuple[float, ...], ...]

    def is_hopeless(self) -> bool:
        """Whether the train fails alone on the bridge, whatever else anybody may find out of it.

        A missing record must not refuse for good: it may only leave the question to an engineer.
        """
        settled = self.shares.known and (
            len(self.bridge.spans_m) == 1 or self.bridge.continuous is not None
        )
        return settled and _smallest(self.ratios(ALONE, hopeful=True)) < _HOPELESS

    def ratios(self, crossing: Crossing, *, hopeful: bool = False) -> tuple[Ratio, ...]:
        """Return the smallest ratio of every effect over units, sections and girders.

        An impact factor that depends on an unknown frequency takes its worst value, `hopeful` its
        best. Where several design loads are documented the bridge was made for each of them, so the
        largest allowance holds.
        """
        best: dict[str, Ratio] = {}
        for number, spans_m in enumerate(self.units):
            allowed: dict[str, Ratio] = {}
            for load in self.loads:
                tightest = _tightest(self.axles, load, spans_m)
                worst = self._worst(load, tightest.relation, spans_m, crossing, hopeful=hopeful)
                for effect, ratio, at in zip(tightest.effects, worst, tightest.at, strict=True):
                    held = allowed.get(effect)
                    if held is None or ratio > held.capacity_ratio:
                        allowed[effect] = Ratio(effect, ratio, number, at)
            for effect, found in allowed.items():
                held = best.get(effect)
                if held is None or found.capacity_ratio < held.capacity_ratio:
                    best[effect] = found
        return tuple(best.values())

    def along(self, crossing: Crossing) -> Iterator[EffectLine]:
        """Yield every effect along every unit, with all factors, for the girder that governs."""
        for number, spans_m in enumerate(self.units):
            train = train_effects(self.axles, spans_m)
            lines: dict[str, tuple[float, EffectLine]] = {}
            for load in self.loads:
                design = design_effects(load, spans_m)
                for effect, (kind, reversed_) in _EFFECTS.items():
                    chosen = np.array([row.kind is kind for row in train.rows])
                    allowed = (-design.smallest if reversed_ else design.largest)[chosen]
                    caused = (-train.smallest if reversed_ else train.largest)[chosen]
                    if allowed.max() <= _NOTHING or caused.max() <= _NOTHING:
                        continue
                    sums = self._factored(load, allowed, caused, spans_m, crossing)
                    at = tuple(row.at for row in train.rows if row.kind is kind)
                    least = _least_ratio(*sums)
                    if effect not in lines or least > lines[effect][0]:
                        named = EffectLine(effect, number, load.code, at, *map(_plain, sums))
                        lines[effect] = (least, named)
            yield from (line for _, line in lines.values())

    def _factored(
        self,
        load: DesignLoad,
        allowed: Array,
        caused: Array,
        spans_m: tuple[float, ...],
        crossing: Crossing,
    ) -> tuple[Array, Array]:
        """Return S_d and S_b at every section for the girder and impact that govern."""
        shares, alone = self.shares, not isinstance(load, LaneLoad | VehicleColumn)
        design_share = shares.solo if alone else shares.design
        gamma = _GAMMA_TRAIN if alone else _GAMMA_DESIGN
        train_share = shares.centred if crossing.centred else shares.solo
        worst: tuple[Array, Array] | None = None
        for mu_design, mu_train in _impacts(self.bridge, load, spans_m, crossing):
            grown = 1.0 + (0.0 if alone else mu_design)
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
        spans_m: tuple[float, ...],
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
        found = []
        for mu_design, mu_train in _impacts(self.bridge, load, spans_m, crossing):
            grown = 1.0 + (0.0 if alone else mu_design)
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


@lru_cache(maxsize=16384)
def _tightest(axles: Axles, load: DesignLoad, spans_m: tuple[float, ...]) -> _Tightest:
    """Find the section of every effect that governs.

    The ratio of a crossing grows with this one, so no other section can govern. Sections where the
    design effect is small are left out: a ratio of two small numbers means nothing.
    """
    train, design = train_effects(axles, spans_m), design_effects(load, spans_m)
    effects: list[str] = []
    relations: list[float] = []
    places: list[float] = []
    for effect, (kind, reversed_) in _EFFECTS.items():
        allowed = -design.smallest if reversed_ else design.largest
        caused = -train.smallest if reversed_ else train.largest
        chosen = np.array([row.kind is kind for row in train.rows])
        most = float(allowed[chosen].max())
        chosen &= (allowed >= _RELEVANT * most) & (caused > _NOTHING) & (allowed > _NOTHING)
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
    matters = (allowed >= _RELEVANT * allowed.max()) & (caused > _NOTHING)
    return float((allowed[matters] / caused[matters]).min()) if matters.any() else np.inf


def _plain(values: Array) -> tuple[float, ...]:
    return tuple(map(float, values))


def _tier(comparison: _Comparison) -> Verdict:
    for verdict, crossing in _TIERS:
        if _smallest(comparison.ratios(crossing)) >= _MARGIN:
            return verdict
    return Verdict.ENGINEER


def _smallest(ratios: Sequence[Ratio]) -> float:
    return min((one.capacity_ratio for one in ratios), default=np.inf)


def _impacts(
    bridge: Bridge, load: DesignLoad, spans_m: tuple[float, ...], crossing: Crossing
) -> list[tuple[float, float]]:
    """Return pairs of impact factors of design load and train; the worst pair counts.

    Without a frequency on record both ends of the formula are tried, the same on both sides where
    the code of design uses the same formula.
    """
    fast = crossing.speed_km_h > _CREEP_KM_H
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
    if bridge.structural_form not in _ORDINARY:
        return 0.0
    return 0.30 * min(max((45.0 - min(spans_m)) / 40.0, 0.0), 1.0)
