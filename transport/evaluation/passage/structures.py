"""Checks on the structures along a way: bridges, tunnels, overbridges, tolls, level crossings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from transport.evaluation.answer import Answer, survey
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.bridge_steps import by_the_standard
from transport.evaluation.passage.bridges import CROSSINGS, BridgeVerdicts
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.main_line import posted_limits
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method, Result
from transport.structures.verdicts import CONDITIONS, EffectLine, Screening, Verdict

_RESULTS = {
    Verdict.PASS: Result.PASS,
    Verdict.CONDITIONAL_A: Result.PASS_WITH_MEASURES,
    Verdict.CONDITIONAL_B: Result.PASS_WITH_MEASURES,
    Verdict.ENGINEER: Result.NEEDS_CALCULATION,
    Verdict.NO_DATA: Result.NEEDS_SURVEY,
}
# Refusals that no calculation lifts (7.3.2(3), signs); a ratio alone is only a screening.
_HARD = {"condition_class", "posted_mass_t", "posted_axle_t"}
# Forms that feel the sun on one side: they are crossed outside 13 to 15 h (7.2.5).
_SUNNY = {"truss", "cable"}
_PASSING = {Result.PASS, Result.PASS_WITH_MEASURES}
_FIELDS = {"rating_age_years": "rated_on"}
_TRAILER_M = 3.0
TOLL_NOTICE_DAYS = 3


def check_structure(
    tables: Tables,
    train: PassingTrain,
    site: Site,
    vehicle: Site,
    verdicts: BridgeVerdicts | None,
) -> Iterator[PassageCheck]:
    """Yield the checks of one structure."""
    if site.kind == "bridge":
        yield from _bridge(tables, train, site, verdicts)
    elif site.kind == "tunnel" and train.size_over:
        yield _tunnel(tables, train, site, vehicle)
    elif site.kind == "overbridge" and train.size_over:
        yield _overbridge(tables, train, site)
    elif site.kind == "toll_station" and train.size_over:
        yield from _toll_station(tables, train, site)
    elif site.kind == "level_crossing":
        yield from _level_crossing(tables, train, site)
    yield from posted_limits(train, site)


def _bridge(
    tables: Tables, train: PassingTrain, site: Site, verdicts: BridgeVerdicts | None
) -> Iterator[PassageCheck]:
    if train.size_over and site.assumed("clear_width_m") is not None:
        yield _side_gap(tables, train, site, "main_high")
    if not train.mass_over:
        return
    if verdicts is None:
        names = {"axle_loads_t": "vehicle:axle_loads_t", "spacings": "vehicle:axle_spacings_m"}
        answer = survey(*names)
        yield settle(site, "bridge_screening", Result.NEEDS_SURVEY, answer, names, {}, {}, {})
        return
    screening = verdicts.of_site(site)
    lines = verdicts.lines_of(site) if screening.ratios else ()
    found = bridge_finding(site, screening, lines)
    if site.value("consent") is True and found.result in _PASSING:
        found = replace(found, conditions=(*found.conditions, "consent"))
    yield by_the_standard(tables, train, site, found)


def bridge_finding(site: Site, found: Screening, lines: Sequence[EffectLine] = ()) -> PassageCheck:
    """Say a verdict on a bridge as a finding: ratios of the crossing it allows, reasons.

    `lines` give S_d and S_b in numbers where each effect governs.
    """
    result = _RESULTS.get(found.verdict, Result.NOT_PASSABLE)
    hard = _HARD.intersection(found.reasons)
    if found.verdict is Verdict.FAIL and not hard:
        result = Result.NEEDS_CALCULATION
    missing = {name: _FIELDS.get(name, name) for name in found.missing}
    if found.verdict is Verdict.ENGINEER and missing and not found.reasons:
        result = Result.NEEDS_SURVEY
    values: dict[str, Any] = {
        "verdict": str(found.verdict),
        "capacity_ratio": {one.effect: round(one.capacity_ratio, 3) for one in found.ratios},
        "location": {one.effect: {"unit": one.unit, "at": one.at} for one in found.ratios},
        "effects": _governing(found, lines),
        "reasons": list(found.reasons),
        "speed_km_h": CROSSINGS[found.verdict].speed_km_h if found.verdict in CROSSINGS else None,
    }
    conditions = list(CONDITIONS.get(found.verdict, ()))
    if conditions and site.value("structural_form") in _SUNNY:
        conditions.append("avoid_13_15")
    measures: tuple[str, ...] = ()
    if not conditions:
        measures = ("full_check", "close_lanes", "other_axles", "strengthen")
    if hard:
        measures = ("consent", "strengthen", "other_route")
    used = {name: fact for name, fact in site.facts.items() if fact.counts}
    inputs = {name: fact.value for name, fact in used.items()}
    answer = Answer({}, measures=measures, method=Method.CALCULATION)
    finding = settle(site, "bridge_screening", result, answer, missing, used, inputs, values)
    return replace(finding, conditions=(*finding.conditions, *conditions), measures=measures)


def _governing(found: Screening, lines: Sequence[EffectLine]) -> dict[str, dict[str, Any]]:
    """Return S_d and S_b of every effect at the section where its ratio is smallest."""
    told: dict[str, dict[str, Any]] = {}
    for ratio in found.ratios:
        for line in lines:
            if (line.effect, line.unit) == (ratio.effect, ratio.unit) and ratio.at in line.at:
                place = line.least_at(ratio.at)
                told[ratio.effect] = {
                    "S_d": round(line.allowed[place], 1),
                    "S_b": round(line.caused[place], 1),
                    "design_load": line.design_load,
                }
    return told


def _side_gap(tables: Tables, train: PassingTrain, site: Site, where: str) -> PassageCheck:
    """Check the gap on both sides of the outline between kerbs, walls or piers."""
    wide = site.facts["clear_width_m"]
    gap = replace(wide, value=(wide.value - train.transport.width_m) / 2.0)
    sided = replace(site, facts={**site.facts, "gap_m": gap})
    found = ask(tables, sided, "gap_check", {"where": where}, {"gap_m": "gap_m"})
    return replace(
        found,
        missing=tuple("clear_width_m" for _ in found.missing),
        values={**found.values, "gap_m": gap.value},
    )


def _tunnel(tables: Tables, train: PassingTrain, site: Site, vehicle: Site) -> PassageCheck:
    transport = train.transport
    facts = {**vehicle.facts, **site.facts}
    for name, of, size, share in (
        ("side_gap_m", "clear_width_m", transport.width_m, 2.0),
        ("top_gap_m", "clear_height_m", transport.height_m, 1.0),
    ):
        if of in facts:
            facts[name] = replace(facts[of], value=(facts[of].value - size) / share)
    asked = {
        "side_gap_m": "side_gap_m",
        "top_gap_m": "top_gap_m",
        "under_gap_m": "underside_m",
        "crossfall_pct": "crossfall_pct",
    }
    # Where a walkway is on record, a load wider than its trailer has to clear it too.
    wider = transport.width_m > _TRAILER_M and "walkway_height_m" in facts
    if wider:
        asked["above_walkway_m"] = "above_walkway_m"
        if "cargo_bottom_m" in facts:
            over_m = facts["cargo_bottom_m"].value - facts["walkway_height_m"].value
            facts["above_walkway_m"] = replace(facts["walkway_height_m"], value=over_m)
    if train.mass_over:
        asked["floor_special"] = "special_floor"
    given = {"height_m": transport.height_m, "cargo_wider": wider}
    found = ask(tables, replace(site, facts=facts), "tunnel", given, asked)
    if found.values.get("structure_check") and found.result is Result.PASS:
        # Cavities or treated ground below: the floor is judged like a bridge (9.3).
        found = replace(found, result=Result.NEEDS_CALCULATION, measures=("full_check",))
    names = {
        "side_gap_m": "clear_width_m",
        "top_gap_m": "clear_height_m",
        "underside_m": "vehicle:underside_m",
        "above_walkway_m": "vehicle:cargo_bottom_m",
    }
    gaps: dict[str, Any] = {
        name: facts[name].value for name in ("side_gap_m", "top_gap_m") if name in facts
    }
    missing = tuple(names.get(name, name) for name in found.missing)
    return replace(found, missing=missing, values={**gaps, **found.values})


def _overbridge(tables: Tables, train: PassingTrain, site: Site) -> PassageCheck:
    height = {"height_m": train.transport.height_m}
    facts = {"clearance_m": "clear_height_m"}
    if site.value("min_sag_radius_m") is not None:
        base_m = train.wheelbase_m or train.transport.length_m
        given = {**height, "L_m": base_m}
        return ask(tables, site, "sag_loss", given, {**facts, "R": "min_sag_radius_m"})
    return ask(tables, site, "overbridge", height, facts)


def _toll_station(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    lane = site.facts.get("wide_lane_m")
    facts = dict(site.facts)
    if lane is not None:
        facts["has_wide_lane"] = replace(lane, value=True)
    found = ask(
        tables,
        replace(site, facts=facts),
        "toll",
        {"width_m": train.transport.width_m},
        {
            "has_wide_lane": "has_wide_lane",
            "lane_width_m": "wide_lane_m",
            "weigh_device_ok": "weighing",
        },
    )
    missing = tuple(name for name in found.missing if name != "has_wide_lane")
    yield replace(found, missing=missing)
    if "clear_height_m" in site.facts:
        height = {"height_m": train.transport.height_m}
        yield ask(tables, site, "gantry", height, {"clearance_m": "clear_height_m"})


def check_rest_area(tables: Tables, train: PassingTrain, site: Site) -> PassageCheck:
    """Check a place where the train stops: room to stand and a road to it."""
    given = {"length_m": train.transport.length_m, "width_m": train.transport.width_m}
    names = ("parking_length_m", "parking_width_m", "inner_width_m")
    return ask(tables, site, "rest_area", given, {name: name for name in names})


def _level_crossing(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Only a surveyed profile tells whether the underside clears the rails (B.5.2)."""
    facts = {"gap_m": "profile_gap_m"}
    yield ask(tables, site, "gap_check", {"where": "trailer_ground"}, facts)
    if train.size_over and "clear_height_m" in site.facts:
        height = {"height_m": train.transport.height_m}
        yield ask(tables, site, "gantry", height, {"clearance_m": "clear_height_m"})
