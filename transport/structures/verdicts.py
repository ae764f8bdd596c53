"""Words of the screening of bridges: ways to cross, verdicts, ratios, effects along a bridge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from transport.structures.design_loads import DesignLoad

RELEVANT = 0.25  # of the largest design effect: below it a ratio means nothing
NOTHING = 1e-6  # kN or kN m
CREEP_KM_H, FASTEST_KM_H = 5.0, 20.0


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


ORDINARY = Crossing(FASTEST_KM_H, other_lanes_open=True, centred=False)
CREEPING = Crossing(CREEP_KM_H, other_lanes_open=True, centred=False)
ALONE = Crossing(CREEP_KM_H, other_lanes_open=False, centred=True)
TIERS = (
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
    """What screening takes from the tables: design loads, lane factors, lanes by width.

    `span_factors` are lengths of spans in m from which (itself too, or only beyond it) a
    longitudinal factor holds, the shortest first.
    """

    design_loads: Mapping[str, DesignLoad]
    lane_factors: tuple[float, ...]
    one_way_lanes: tuple[tuple[float, int], ...]
    two_way_lanes: tuple[tuple[float, int], ...]
    span_factors: tuple[tuple[float, bool, float], ...] = ()

    def span_factor(self, spans_m: tuple[float, ...]) -> float:
        """Return the factor of traffic on a beam with these spans: of its longest one."""
        longest_m = max(spans_m)
        holding = [
            factor
            for from_m, itself, factor in self.span_factors
            if longest_m > from_m or (itself and longest_m == from_m)
        ]
        return holding[-1] if holding else 1.0


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
        least = RELEVANT * max(self.allowed)
        matter = [n for n in here if self.allowed[n] >= least and self.caused[n] > NOTHING]
        return min(matter or here, key=lambda n: self.allowed[n] / max(self.caused[n], NOTHING))
