"""Vertical alignment of a stretch: crests, sags, breaks of grade, climbing (4.4, B.3 to B.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from transport.evaluation.comparing import above
from transport.evaluation.passage.asking import ask
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.profile import pull_at
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result, RoadClass, Train

# Facts of the vehicle that the climbing check needs (B.3, B.4), as the carrier gives them.
CLIMBING = ("G_N", "U", "gamma", "eta", "M_max", "n_M", "N_max_kW", "n_N", "r", "K", "A", "f",
            "H_m")  # fmt: skip
_ENGINE = ("U", "gamma", "eta", "M_max", "n_M", "N_max_kW", "n_N", "r")
_FAST_ROADS = {RoadClass.EXPRESSWAY, RoadClass.CLASS1}


def check_profile(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield what crests, sags and breaks of grade leave under the train."""
    both = replace(site, facts={**vehicle.facts, **site.facts})
    if train.train is Train.HYDRAULIC:
        length_m = train.transport.length_m
        for fact, base_m in (
            ("min_crest_radius_m", train.axle_base_m or length_m),
            ("min_sag_radius_m", length_m),
        ):
            yield ask(tables, site, "vcurve_hydraulic", {"L0": base_m}, {"R": fact})
    else:
        base_m = train.wheelbase_m or train.transport.length_m
        facts = {"R0": "min_crest_radius_m", "b0": "underside_m"}
        yield of_vehicle(ask(tables, both, "crest_lowbed", {"L_m": base_m}, facts), "underside_m")
    if site.value("grade_break_pct") != 0.0:
        facts = {"gamma1_deg": "approach_angle_deg", "delta_i_pct": "grade_break_pct"}
        yield of_vehicle(ask(tables, both, "nose", {}, facts), "approach_angle_deg")
    for where in ("nose", "tail"):
        if f"{where}_gap_m" in site.facts:
            yield ask(tables, site, "gap_check", {"where": where}, {"gap_m": f"{where}_gap_m"})


def of_vehicle(found: PassageCheck, *names: str) -> PassageCheck:
    """Return a finding that asks the carrier, not the road, for some of what is missing."""
    return replace(
        found,
        missing=tuple(f"vehicle:{name}" if name in names else name for name in found.missing),
    )


def check_climbing(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield whether the grade needs a look, and whether the tractor climbs it (4.4.1)."""
    steep = ask(tables, site, "climb_needed", {}, {"grade_pct": "max_grade_pct"})
    if steep.result is not Result.PASS or not steep.values["needed"]:
        yield steep
        return
    grade = site.value("max_grade_pct")
    both = replace(site, facts={**vehicle.facts, **site.facts})
    given = {"G_actual_N": train.transport.mass_t * 9810.0}
    names = {name: name for name in CLIMBING}
    if "altitude_m" in both.facts:
        names["H_m"] = "altitude_m"
    pull = ask(tables, both, "dyn_factor", given, names)
    if pull.result is Result.NEEDS_SURVEY:
        yield of_vehicle(pull, *CLIMBING)
        return
    climbs = 100.0 * float(pull.values.get("i_max", 0.0)) >= grade
    yield replace(
        pull,
        result=Result.PASS if climbs else Result.NOT_PASSABLE,
        measures=() if climbs else ("push_tractor", "other_tractor"),
        values={**pull.values, "grade_pct": grade},
    )
    if climbs and site.value("road_class") in _FAST_ROADS:
        yield _at_the_top(tables, train, both)


def _at_the_top(tables: Tables, train: PassingTrain, both: Site) -> PassageCheck:
    """Say whether the train keeps the recommended speed on the grade (4.4.1(2), B.4.5)."""
    speed = tables.constant("v_top")
    given: dict[str, Any] = {
        "G_N": train.transport.mass_t * 9810.0,
        "V_kmh": speed,
        "n_trailers": 1,
        "i": float(both.value("max_grade_pct")) / 100.0,
    }
    found = ask(tables, both, "resistance", given, {"K": "K", "A": "A", "f": "f"})
    engine = {name: float(both.value(name)) for name in _ENGINE}
    pull_n = pull_at(speed, **engine)
    holds = pull_n is not None and above(pull_n, float(found.values["R_N"]))
    conditions = () if holds else ("slow_climb",)
    return replace(
        found,
        result=Result.PASS if holds else Result.PASS_WITH_MEASURES,
        conditions=(*found.conditions, *conditions),
        values={**found.values, "pull_N": pull_n, "v_kmh": speed},
        measures=(),
    )
