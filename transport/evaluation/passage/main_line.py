"""Checks on a stretch of road: alignment and width, profile, height, signs, pavement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import atan, degrees
from typing import Any

from transport.evaluation.answer import Answer, survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.comparing import above
from transport.evaluation.grades import classify_mass
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Result, RoadClass, Train
from transport.network.attributes import LimitKind

_HIGH = {RoadClass.EXPRESSWAY, RoadClass.CLASS1, RoadClass.CLASS2}
POSTED = "posted_limit"
_APART_M = 6.0  # axles farther apart do not act on the pavement together (8.4.1, commentary)
_POWER_PACK_M = 2.0
_TRACTOR = {"e": 0.3, "track_tractor": 2.5, "wheelbase_tractor": 4.0, "B_tractor": 2.5, "L_b": 5.5}
_WIDTHS = {"lanes": "lanes", "lane_width_m": "lane_width_m", "hard_shoulder_m": "hard_shoulder_m",
           "divided": "divided"}  # fmt: skip
# Facts of the vehicle that the climbing check needs (B.3, B.4), as the carrier gives them.
CLIMBING = ("G_N", "U", "gamma", "eta", "M_max", "n_M", "N_max_kW", "n_N", "r", "K", "A", "f",
            "H_m")  # fmt: skip
_SIGNS = {
    LimitKind.SIGNED_HEIGHT: "height_m",
    LimitKind.SIGNED_WIDTH: "width_m",
    LimitKind.SIGNED_LENGTH: "length_m",
    LimitKind.SIGNED_MASS: "mass_t",
}


def check_stretch(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield the checks of a stretch; only what the transport exceeds is looked at (3.1.1)."""
    if train.size_over:
        yield from _alignment(tables, train, site, vehicle)
        yield from _clearances(tables, train, site)
    if train.mass_over:
        yield from _climbing(tables, train, site, vehicle)
        yield from _pavement(tables, train, site)
        yield from _embankment(tables, train, site)
    yield from posted_limits(train, site)


def posted_limits(train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Yield every posted limit that the transport exceeds; its authority may lift it."""
    for kind, dimension in _SIGNS.items():
        fact = site.facts.get(str(kind))
        value = getattr(train.transport, dimension)
        if fact is None or not fact.counts or not above(value, fact.value):
            continue
        lifted = site.value("consent") is True
        found = settle(
            site,
            "gap_check",
            Result.PASS_WITH_MEASURES if lifted else Result.NOT_PASSABLE,
            Answer({}, measures=("consent",)),
            {},
            {"limit": fact},
            {"limit": fact.value, "value": value},
            {"dimension": dimension, "limit": fact.value, "value": value},
        )
        yield replace(found, check=POSTED, clause="posted sign", source="posted sign")


def _alignment(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    if "road_class" not in site.facts:
        return  # city streets and roads below class lie outside the standard (1.0.2)
    table = ask(
        tables,
        site,
        "route_lookup",
        {"grade": train.size_grade or Grade.E, "train": train.train},
        {
            "road_class": "road_class",
            "design_speed_kmh": "design_speed_km_h",
            "meets_b01": "meets_b01",
        },
    )
    if train.train is Train.SPECIAL or _granted(tables, train, site, table):
        yield table
        return
    space_m, width = _width(tables, train, site)
    yield width
    yield _curve(tables, train, site, space_m)
    yield from _profile(tables, train, site, vehicle)


def _granted(tables: Tables, train: PassingTrain, site: Site, table: PassageCheck) -> bool:
    """Say whether the table grants the stretch, or would once what is missing is confirmed."""
    speed = site.assumed("design_speed_km_h")
    if table.result is not Result.NEEDS_SURVEY or speed is None:
        return table.result is Result.PASS
    best = CHECKS["route_lookup"].run(
        tables,
        grade=train.size_grade or Grade.E,
        train=train.train,
        road_class=site.assumed("road_class"),
        design_speed_kmh=float(speed),
        meets_b01=True,
    )
    return best.result is Result.PASS


def _width(tables: Tables, train: PassingTrain, site: Site) -> tuple[float | None, PassageCheck]:
    """Return the usable width of a stretch, and the check of the gap on both sides."""
    road = site.value("road_class")
    known = {name: site.value(fact) for name, fact in _WIDTHS.items()}
    missing = [name for name, value in known.items() if value is None]
    where = "main_high" if road in _HIGH else "main_low"
    used = {name: site.facts[name] for name in _WIDTHS if site.value(name) is not None}
    if missing:
        found = survey(*missing)
        names = {name: name for name in missing}
        return None, settle(
            site, "lateral_space_rule", Result.NEEDS_SURVEY, found, names, used, {}, {}
        )
    inputs = _lanes(known, road)
    inputs["height_m"] = train.transport.height_m
    space = CHECKS["lateral_space_rule"].run(tables, **inputs)
    if space.result is not None:
        missing_height = {"measured width at the load's height": "clear_width_m"}
        return None, settle(
            site, "lateral_space_rule", space.result, space, missing_height, used, inputs, {}
        )
    space_m = float(space.values["lateral_space_m"])
    gap_m = (space_m - train.transport.width_m) / 2.0
    gap = CHECKS["gap_check"].run(tables, where=where, gap_m=gap_m)
    values = {"lateral_space_m": space_m, "gap_m": gap_m}
    result = gap.result or Result.NEEDS_SURVEY
    return space_m, settle(site, "lateral_space_rule", result, gap, {}, used, inputs, values)


def _lanes(known: Mapping[str, Any], road: RoadClass | None) -> dict[str, Any]:
    lanes, shoulder_m, divided = known["lanes"], known["hard_shoulder_m"], known["divided"]
    one_way = max(int(lanes) // 2, 1) if divided else int(lanes)
    marked_only = road not in _HIGH  # class 3 and 4 count lanes only (tables 4-6 to 4-8)
    return {
        "n_lanes": one_way,
        "lane_width_m": known["lane_width_m"],
        "right_m": 0.0 if marked_only else shoulder_m,
        # The strip beside a median is not on record: it counts nothing.
        "left_m": 0.0 if marked_only or divided else shoulder_m,
    }


def _curve(tables: Tables, train: PassingTrain, site: Site, space_m: float | None) -> PassageCheck:
    radius = site.value("min_curve_radius_m")
    if radius is None or space_m is None:
        names = [] if radius is not None else ["min_curve_radius_m"]
        names += [] if space_m is not None else ["lane_width_m"]
        return settle(
            site, "curve_lookup", Result.NEEDS_SURVEY, survey(*names),
            {name: name for name in names}, {}, {}, {},
        )  # fmt: skip
    used = {"radius_m": site.facts["min_curve_radius_m"]}
    inputs = {"radius_m": radius, "space_width_m": space_m}
    table = CHECKS["curve_lookup"].run(
        tables, grade=train.size_grade or Grade.E, train=train.train, **inputs
    )
    if table.result is Result.PASS:
        return settle(site, "curve_lookup", Result.PASS, table, {}, used, inputs, {})
    swept = _swept(tables, train, radius)
    if swept is None:
        found = survey("axle_spacings_m")
        names_ = {"axle_spacings_m": "vehicle:axle_spacings_m"}
        return settle(site, "curve_calc", Result.NEEDS_SURVEY, found, names_, used, inputs, {})
    if swept.result is not None:
        return settle(site, "curve_calc", Result.NEEDS_SIMULATION, swept, {}, used, inputs, {})
    widths = {"W_z": swept.values["W_z"], "W_d": swept.values["W_d"]}
    fits = CHECKS["curve_calc"].run(
        tables, pavement_width_m=space_m, lateral_space_m=space_m, **widths
    )
    # The formulas are steady circles: a train they refuse may still be driven through.
    result = fits.result if fits.result is Result.PASS else Result.NEEDS_SIMULATION
    values = {**widths, "lateral_space_m": space_m}
    return settle(site, "curve_calc", result, fits, {}, used, {**inputs, **widths}, values)


def _swept(tables: Tables, train: PassingTrain, radius_m: float) -> Answer | None:
    """Return aisle and swept width on a circle through the train's middle (B.1)."""
    width_m, units = train.transport.width_m, train.units
    if units is None or train.wheelbase_m is None or train.line_spacing_m is None:
        return None
    half_m = train.line_spacing_m * max(train.lines - 1, 1) / 2.0
    track_m = units[-1].track_m
    if train.train is Train.HYDRAULIC:
        inner_m = max(radius_m - track_m / 2.0, 1.0)
        return CHECKS["hydraulic_swept"].run(
            tables,
            line_spacing=train.line_spacing_m,
            n_lines=max(train.lines, 2),
            theta_deg=degrees(atan(half_m / inner_m)),
            track=track_m,
            D_total=width_m,
            C=_POWER_PACK_M,
            sigma=0.5,
        )
    return CHECKS["lowbed_swept"].run(
        tables,
        L_kp=train.wheelbase_m,
        phi_deg=degrees(atan(train.wheelbase_m / radius_m)),
        track_trailer=track_m,
        D_total=width_m,
        sigma=0.5,
        **_TRACTOR,
    )


def _profile(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    if train.train is Train.HYDRAULIC:
        length_m = train.transport.length_m
        for fact, base_m in (
            ("min_crest_radius_m", train.axle_base_m or length_m),
            ("min_sag_radius_m", length_m),
        ):
            yield ask(tables, site, "vcurve_hydraulic", {"L0": base_m}, {"R": fact})
        return
    base_m = train.wheelbase_m or train.transport.length_m
    both = replace(site, facts={**vehicle.facts, **site.facts})
    facts = {"R0": "min_crest_radius_m", "b0": "underside_m"}
    yield ask(tables, both, "crest_lowbed", {"L_m": base_m}, facts)


def _clearances(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    height = {"height_m": train.transport.height_m}
    if "clear_height_m" in site.facts:
        yield ask(tables, site, "gantry", height, {"clearance_m": "clear_height_m"})
    clear_m = site.assumed("clear_width_m")
    if clear_m is None:
        return
    where = "main_high" if site.value("road_class") in _HIGH else "main_low"
    gap = replace(site.facts["clear_width_m"], value=(clear_m - train.transport.width_m) / 2.0)
    sided = replace(site, facts={**site.facts, "gap_m": gap})
    found = ask(tables, sided, "gap_check", {"where": where}, {"gap_m": "gap_m"})
    yield replace(found, missing=tuple("clear_width_m" for _ in found.missing),
                  values={**found.values, "gap_m": gap.value})  # fmt: skip


def _climbing(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    steep = ask(tables, site, "climb_needed", {}, {"grade_pct": "max_grade_pct"})
    if steep.result is not Result.PASS or not steep.values["needed"]:
        yield steep
        return
    grade = site.value("max_grade_pct")
    both = replace(site, facts={**vehicle.facts, **site.facts})
    given = {"G_actual_N": train.transport.mass_t * 9810.0}
    pull = ask(tables, both, "dyn_factor", given, {name: f"{name}" for name in CLIMBING})
    if pull.result is Result.NEEDS_SURVEY:
        yield replace(pull, missing=tuple(f"vehicle:{name}" for name in pull.missing))
        return
    climbs = 100.0 * float(pull.values.get("i_max", 0.0)) >= grade
    yield replace(
        pull,
        result=Result.PASS if climbs else Result.NOT_PASSABLE,
        measures=() if climbs else ("push_tractor", "other_tractor"),
        values={**pull.values, "grade_pct": grade},
    )


def _pavement(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    if "road_class" not in site.facts:
        return
    surface = str(site.value("pavement") or "").lower()
    if train.mass_grade is None:
        names = {"axle_loads_t": "vehicle:axle_loads_t"}
        found = survey("axle_loads_t")
        yield settle(site, "asphalt", Result.NEEDS_SURVEY, found, names, {}, {}, {})
        return
    concrete = any(word in surface for word in ("concrete", "cement", "水泥"))
    if not surface:
        names = {"pavement": "pavement"}
        found = survey("pavement")
        yield settle(site, "asphalt", Result.NEEDS_SURVEY, found, names, {}, {}, {})
        return
    facts = {"road_class": "road_class", "meets_b01": "meets_b01", "special_soil": "special_soil"}
    if concrete:
        facts["zone"] = "natural_zone"
    for files, lines, grade in _groups(tables, train):
        given = {"files": files, "lines": min(lines, 3) if concrete else lines, "mass_grade": grade}
        name = "concrete" if concrete else "asphalt"
        yield ask(tables, site, name, given, facts)


def _groups(tables: Tables, train: PassingTrain) -> Iterator[tuple[int, int, str]]:
    """Yield files, lines and mass grade of every group of axles that acts by itself."""
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
        grade = classify_mass(tables, max_axle_t=heaviest).values["grade"]
        yield files, len(group), str(grade)


def _embankment(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
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
