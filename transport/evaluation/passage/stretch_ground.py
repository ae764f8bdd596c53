"""Pavement and embankment of a stretch: tables, then the limits of appendix E (chapter 8).

A layered calculation of the pavement is not made here: the limits of appendix E are prepared, and
what somebody calculated for this train (`strain_microstrain`, `base_stress_mpa`, `slab_stress_mpa`)
is compared with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from transport.evaluation.answer import survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.grades import classify_mass
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Fact, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result

_APART_M = 6.0  # axles farther apart do not act on the pavement together (8.4.1, commentary)
_CONCRETE = ("concrete", "cement", "水泥")
_ASPHALT = ("asphalt", "沥青")
_BASES = {"granular": "stabilised granular", "soil": "stabilised soil"}
_LINES_ON_SLAB = 3  # between the tabulated spacings, and of table 8.4.1-2
_DUAL_TYRES = 4
_KN_PER_T = 9.81
# What somebody calculated for this train -> the limit it is compared with.
_CALCULATED = {
    "strain_microstrain": "eps_z_microstrain",
    "base_stress_mpa": "sigma_allow_MPa",
    "slab_stress_mpa": "sigma_p_allow_MPa",
}


def check_pavement(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield the check of the pavement under every group of axles that acts by itself."""
    if "road_class" not in site.facts:
        return
    surface = str(site.value("pavement") or "").lower()
    concrete = is_concrete(surface)
    missing = {}
    if train.mass_grade is None:
        missing["axle_loads_t"] = "vehicle:axle_loads_t"
    if not surface:
        missing["pavement"] = "pavement"
    if missing:
        found = survey(*missing)
        yield settle(site, "asphalt", Result.NEEDS_SURVEY, found, missing, {}, {}, {})
        return
    facts = {"road_class": "road_class", "meets_b01": "meets_b01", "special_soil": "special_soil"}
    if concrete:
        facts["zone"] = "natural_zone"
    for files, lines, grade, single in _groups(tables, train):
        on_slab = min(lines, _lines_on_slab(tables, train)) if concrete else lines
        given = {
            "files": files,
            "lines": on_slab,
            "mass_grade": grade,
            "single_tyre": single,
            "wide_tyre": train.transport.standard_wide_tyres,
        }
        one = ask(tables, site, "concrete" if concrete else "asphalt", given, facts)
        if one.result is Result.NEEDS_CALCULATION:
            one = _with_limits(tables, train, site, vehicle, one)
        yield one


def is_concrete(surface: str) -> bool:
    """Say whether a pavement as people call it is of cement concrete, not of asphalt concrete."""
    return any(word in surface for word in _CONCRETE) and not any(
        word in surface for word in _ASPHALT
    )


def _lines_on_slab(tables: Tables, train: PassingTrain) -> int:
    """Return how many lines stand on one slab; between the stated spacings the smaller count."""
    spacing_m = train.line_spacing_m
    if spacing_m is None:
        return _LINES_ON_SLAB
    rows = [row for row in tables.slab_lines if row.spacing_from_m <= spacing_m <= row.spacing_to_m]
    return min(_LINES_ON_SLAB, *(row.lines for row in rows)) if rows else _LINES_ON_SLAB


def _groups(tables: Tables, train: PassingTrain) -> Iterator[tuple[int, int, str, bool]]:
    """Yield files, lines, mass grade and whether tyres are single, of every group of axles."""
    transport = train.transport
    tractor = transport.axle_count - train.lines
    groups: list[list[int]] = [[0]]
    for number, gap_m in enumerate(transport.axle_spacings_m, start=1):
        if gap_m > _APART_M:
            groups.append([])
        groups[-1].append(number)
    if not transport.axle_spacings_m:
        groups = [list(range(transport.axle_count))]
    for group in groups:
        trailing = any(number >= tractor for number in group) if train.lines else False
        files = train.files if trailing else 1
        heaviest = max(
            transport.axle_loads_t[number] / (train.files if number >= tractor else 1)
            for number in group
        )
        tyres = [transport.tyres_per_axle[n] for n in group if n and transport.tyres_per_axle]
        single = bool(tyres) and min(tyres) < _DUAL_TYRES
        grade = classify_mass(tables, max_axle_t=heaviest).values["grade"]
        yield files, len(group), str(grade), single


def _with_limits(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site, found: PassageCheck
) -> PassageCheck:
    """Prepare the limits of appendix E, and compare with them what was calculated (8.2.2, E)."""
    limits, through, missing = _limits(tables, train, site, concrete=found.check == "concrete")
    values: dict[str, Any] = {**found.values, **{n: round(v, 4) for n, v in limits.items()}}
    values |= _wheel(tables, train, vehicle, through)
    factors, used = _factors(tables, site, limits, through)
    values |= factors
    result, measures = found.result, found.measures
    complete = bool(factors) and len(factors) == len(limits)
    if any(factor <= 1.0 for factor in factors.values()):
        result = Result.NOT_PASSABLE
    elif complete:
        result, measures = Result.PASS, ()
    inputs = dict(settle(site, found.check, result, survey(), {}, used,
                         {n: f.value for n, f in used.items()}, {}).inputs)  # fmt: skip
    return replace(
        found,
        result=result,
        method="calculation",
        values=values,
        inputs={**found.inputs, **inputs},
        measures=measures,
        missing=() if complete or result is Result.NOT_PASSABLE else tuple(missing),
        clause=f"{found.clause}, appendix E",
        through=tuple(through),
        doubts=(*found.doubts, *(("S17d",) if "sigma_allow" in through else ())),
    )  # fmt: skip


def _limits(
    tables: Tables, train: PassingTrain, site: Site, *, concrete: bool
) -> tuple[dict[str, float], list[str], list[str]]:
    """Return limits by name, the checks behind them, and the facts that nobody gave."""
    limits: dict[str, float] = {}
    through: list[str] = []
    asked = dict[str, Any]()
    if concrete:
        names = {"f_r": "slab_strength_mpa", "gamma_r": "slab_reliability",
                 "sig_t": "slab_thermal_mpa"}  # fmt: skip
        asked["slab_allow"] = {name: site.value(fact) for name, fact in names.items()}
        missing = [fact for fact in names.values() if site.value(fact) is None]
    else:
        beta = tables.pavement_constant("beta", str(site.value("road_class")))
        lines = max(train.lines, 1)
        warmth = site.value("temperature_factor")
        asked["eps_allow"] = {"beta": beta, "kT3": warmth, "N": lines}
        missing = ["temperature_factor"] if warmth is None else []
        kind = _BASES.get(str(site.value("base_kind")))
        if kind is not None:
            names = {"R_s": "base_strength_mpa", "k_c": "field_correction",
                     "kT2": "base_temperature_factor", "k_a": "frost_factor"}  # fmt: skip
            base = {name: site.value(fact) for name, fact in names.items()}
            missing += [fact for fact in names.values() if site.value(fact) is None]
            constants = {name: tables.pavement_constant(name, kind) for name in ("a", "b")}
            asked["sigma_allow"] = {**base, **constants, "beta": beta, "N": lines}
    for check, given in asked.items():
        if None in given.values():
            continue
        limits |= {
            name: float(value)
            for name, value in CHECKS[check].run(tables, **given).values.items()
            if name in _CALCULATED.values()
        }
        through.append(check)
    return limits, through, [*missing, *_uncalculated(site, limits)]


def _uncalculated(site: Site, limits: Mapping[str, float]) -> list[str]:
    return [n for n, limit in _CALCULATED.items() if limit in limits and site.value(n) is None]


def _factors(
    tables: Tables, site: Site, limits: Mapping[str, float], through: list[str]
) -> tuple[dict[str, float], dict[str, Fact]]:
    """Return the safety factors of what somebody calculated."""
    factors, used = {}, {}
    for name, limit in _CALCULATED.items():
        actual = site.value(name)
        if limit in limits and actual is not None and limits[limit] > 0.0:
            answer = CHECKS["kp"].run(tables, allow=limits[limit], actual=float(actual))
            factors[f"K_p {limit}"] = round(float(answer.values["K_p"]), 3)
            used[name] = site.facts[name]
            through.append("kp")
    return factors, used


def _wheel(
    tables: Tables, train: PassingTrain, vehicle: Site, through: list[str]
) -> dict[str, float]:
    """Return the circle on which a tyre of the trailer presses, where its pressure is known."""
    pressure = vehicle.value("tyre_pressure_mpa")
    loads_t = train.transport.axle_loads_t[train.transport.axle_count - train.lines :]
    if pressure is None or not loads_t:
        return {}
    wheels = len(loads_t) * train.files * _DUAL_TYRES
    found = CHECKS["wheel_radius_m"].run(
        tables, wheel_kN=sum(loads_t) * _KN_PER_T / wheels, p_MPa=float(pressure)
    )
    through.append("wheel_radius_m")
    return {"wheel_radius_m": round(float(found.values["r_m"]), 3)}


def check_embankment(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Yield whether the embankment needs a look at its stability (8.3)."""
    axles = sum(
        train.files if number >= train.transport.axle_count - train.lines else 1
        for number in range(train.transport.axle_count)
    )
    if not axles or "road_class" not in site.facts:
        return
    facts = {
        "undamaged": "retaining_undamaged",
        "fill_height_m": "fill_height_m",
        "ground_slope_h_per_v": "ground_slope_h_per_v",
    }
    given = {"gross_t": train.transport.mass_t, "axles": axles}
    yield ask(tables, site, "embankment", given, facts)
