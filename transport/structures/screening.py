"""Screen a bridge for one train: capacity ratio per effect, and what may be driven how.

The comparison of JTG/T 2213-2023, appendix D, under three ways to cross: with the other lanes open
at up to 20 km/h (PASS), at up to 5 km/h (CONDITIONAL_A), alone on the centre line at up to 5 km/h
(CONDITIONAL_B). Stricter than the standard: a margin, only ordinary and documented bridges pass,
and everything else asks an engineer (a proposal of this product, docs/decisions).
"""

from __future__ import annotations

from transport.structures.bridge import ORDINARY_FORMS, Bridge, StructuralForm
from transport.structures.comparing import HOPELESS, Comparison, smallest
from transport.structures.deck import shares_of
from transport.structures.design_loads import DesignLoad
from transport.structures.effects import Axles
from transport.structures.rated_vehicles import rated_load
from transport.structures.verdicts import (
    CONDITIONS,
    ORDINARY,
    TIERS,
    Crossing,
    EffectLine,
    Screening,
    ScreeningRules,
    Verdict,
)

_MARGIN = 1.05  # spread of the kernels plus errors of spans and spacings
_RATING_LASTS_YEARS = 1.0
_SKEW_DEG = 30.0
_FLAT_SLAB_AXLE_T = 14.0
_CULVERT_M = 5.0
_KN_PER_T = 9.8
_SLABS = {StructuralForm.SLAB, StructuralForm.HOLLOW_SLAB}


def effects_along(
    bridge: Bridge, axles: Axles, rules: ScreeningRules, crossing: Crossing
) -> tuple[EffectLine, ...]:
    """Return every effect along a bridge for one crossing; empty where nothing can be compared.

    Of several documented design loads the one that allows the crossing best is shown.
    """
    comparison = _comparison(bridge, axles, rules)
    return tuple(comparison.along(crossing)) if comparison is not None else ()


def screen(
    bridge: Bridge, axles: Axles, rules: ScreeningRules, crossing: Crossing = ORDINARY
) -> Screening:
    """Screen a bridge; the ratios are those of `crossing`, the verdict looks at every tier."""
    posted = _posted(bridge, axles)
    if posted:
        return Screening(Verdict.FAIL, reasons=posted)
    comparison = _comparison(bridge, axles, rules)
    if comparison is None:
        return Screening(Verdict.NO_DATA, missing=_gaps(bridge, rules))
    ratios = comparison.ratios(crossing)
    doubts, open_questions = _doubts(bridge, axles, comparison)
    verdict, reasons = Verdict.ENGINEER, doubts
    # Alone on the centre line no ratio is smaller, so a fair one of the crossing settles it.
    if smallest(ratios) < HOPELESS and comparison.is_hopeless():
        verdict, reasons = Verdict.FAIL, ("capacity_ratio",)
    elif not doubts and not open_questions:
        verdict = _tier(comparison)
        reasons = ("capacity_ratio",) if verdict is Verdict.ENGINEER else ()
    return Screening(verdict, ratios, CONDITIONS.get(verdict, ()), reasons, open_questions)


def _comparison(bridge: Bridge, axles: Axles, rules: ScreeningRules) -> Comparison | None:
    """Return what can be compared, None where spans, lanes or every load is unknown."""
    if _gaps(bridge, rules):
        return None
    units = _units(bridge)
    return Comparison(
        bridge,
        axles,
        _loads(bridge, rules),
        shares_of(bridge, _lanes(bridge, rules) or 1, rules.lane_factors),
        units,
        tuple(rules.span_factor(spans_m) for spans_m in units),
        rated_load(bridge.rated_vehicle, rules.design_loads),
    )


def _gaps(bridge: Bridge, rules: ScreeningRules) -> tuple[str, ...]:
    """Return what a comparison cannot do without."""
    rated = rated_load(bridge.rated_vehicle, rules.design_loads)
    known = (
        ("spans_m", bool(bridge.spans_m)),
        ("design_load", bool(_loads(bridge, rules)) or rated is not None),
        ("deck_width_m", _lanes(bridge, rules) is not None),
    )
    return tuple(name for name, there in known if not there)


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
    bridge: Bridge, axles: Axles, comparison: Comparison
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what only an engineer may decide, and what nobody knows."""
    form = bridge.structural_form
    flat = form in _SLABS and max(axles.loads_kn) / _KN_PER_T > _FLAT_SLAB_AXLE_T
    short = form is StructuralForm.CULVERT and min(bridge.spans_m) < _CULVERT_M
    aged = bridge.rating_age_years is not None and bridge.rating_age_years > _RATING_LASTS_YEARS
    doubts = {
        "condition_class": bridge.condition_class == 3,  # noqa: PLR2004 - T2213 7.3.2(2)
        "structural_form": (form is not None and form not in ORDINARY_FORMS) or short,
        "curve_radius_m": bridge.curve_radius_m is not None,
        "skew_deg": bridge.skew_deg is not None and abs(bridge.skew_deg) > _SKEW_DEG,
        "single_column_pier": bridge.single_column_pier is True,
        "axle_on_slab": flat,
        "rating_age_years": aged,
        "rated_mass_t": bridge.rated_mass_t is not None
        and sum(axles.loads_kn) / _KN_PER_T > bridge.rated_mass_t + 1e-9,
    }
    unknown = {
        "condition_class": bridge.condition_class is None,
        "rating_age_years": bridge.rating_age_years is None,
        "structural_form": form is None,
        "continuous": bridge.continuous is None and len(bridge.spans_m) > 1,
        "skew_deg": bridge.skew_deg is None,
        "single_column_pier": bridge.single_column_pier is None,
        "girders": not comparison.shares.known,
        "design_load": not comparison.loads,
        "rated_vehicle": bool(bridge.rated_vehicle) and comparison.rated is None,
    }
    return (
        tuple(name for name, holds in doubts.items() if holds),
        tuple(name for name, holds in unknown.items() if holds),
    )


def _tier(comparison: Comparison) -> Verdict:
    for verdict, crossing in TIERS:
        if smallest(comparison.ratios(crossing)) >= _MARGIN:
            return verdict
    return Verdict.ENGINEER
