"""How quickly a stretch may be driven: superelevation and sight (4.3.2, 4.5, B.2, B.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import floor
from typing import Any

from transport.evaluation.answer import Answer, survey
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.comparing import at_least, below
from transport.evaluation.passage.asking import settle
from transport.evaluation.passage.facts import Fact, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result

REDUCED_SPEED = "reduced_speed"
_SIDE_FRICTION = 0.10  # of a wet road, where nobody measured more
_CROWN_PCT = -2.0  # a curve without superelevation falls outwards
_TYRE_M = 0.3
_WIDEST_TRACK_M = 3.0
_SAFE_M = 15.0  # the long end of the 5 to 15 m of B.6.2
_STEEPEST_PCT = 9.0  # of any road of JTG B01
_LEAST_KM_H = 5.0
_REACTION_S, _KM_H_PER_M_S, _BRAKING = 2.5, 3.6, 127.0
_EYE_M = 1.5  # the driver outside the unwidened inner edge (table B-1)


def check_speed(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield speed and standing on a superelevated curve, and the speed that the sight allows."""
    if site.value("min_curve_radius_m") is not None:
        yield from _superelevation(tables, train, site, vehicle)
    yield check_sight(tables, train, site)


def _superelevation(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Judge by the worst superelevation, and by a load whose weight lies at its very top.

    Only where that fails somebody has to say where the centre of gravity lies.
    """
    name = "superelevation_pct"
    if site.value(name) is None:
        name = "superelevation_bound_pct"
    if site.value(name) is None:
        names = {"i_h": "superelevation_pct"}
        yield settle(site, "super_static", Result.NEEDS_SURVEY, survey("i_h"), names, {}, {}, {})
        return
    used = {"i_h": site.facts[name]}
    if "cog_height_m" in vehicle.facts:
        used["h"] = vehicle.facts["cog_height_m"]
    body = {
        "b": min(train.transport.width_m, _WIDEST_TRACK_M) - _TYRE_M,
        "h": float(used["h"].value) if "h" in used else train.transport.height_m,
    }
    yield _standing(tables, site, used, body)
    slope_pct = float(site.value(name))
    outwards = slope_pct if name == "superelevation_pct" else _CROWN_PCT
    moving = {"mu": _SIDE_FRICTION, "i_h": outwards / 100.0, **body}
    moving["R"] = float(site.value("min_curve_radius_m"))
    used["R"] = site.facts["min_curve_radius_m"]
    speeds = CHECKS["super_speed"].run(tables, **moving)
    if speeds.result is not None:
        yield settle(site, "super_speed", speeds.result, speeds, {}, used, moving, {})
        return
    fastest = float(speeds.values["v_max_kmh"])
    yield slowed(site, "super_speed", speeds, fastest, train, used, moving)


def _standing(
    tables: Tables, site: Site, used: dict[str, Fact], body: dict[str, float]
) -> PassageCheck:
    """Say whether the train stands on the superelevation: it neither tips nor slides inwards."""
    slope = abs(float(used["i_h"].value)) / 100.0
    found = CHECKS["super_static"].run(tables, i_h=slope, **body)
    tips = found.result is not Result.PASS
    slides = not below(slope, _SIDE_FRICTION)
    result, missing = Result.PASS, dict[str, str]()
    measures: tuple[str, ...] = ()
    if tips and "h" not in used and not slides:
        result, missing = Result.NEEDS_SURVEY, {"h": "vehicle:cog_height_m"}
    elif tips or slides:
        result, measures = Result.NOT_PASSABLE, ("lower_load", "other_route")
    answer = replace(found, measures=measures, missing=tuple(missing))
    values = {"limit": round(float(found.values["limit"]), 3)}
    return settle(
        site, "super_static", result, answer, missing, used, {"i_h": slope, **body}, values
    )


def check_sight(tables: Tables, train: PassingTrain, site: Site) -> PassageCheck:
    """Compare the speed that the sight allows with the preset one."""
    grade_pct = site.value("max_grade_pct")
    down = -float(_STEEPEST_PCT if grade_pct is None else grade_pct) / 100.0
    speed = train.speed_km_h
    given = {"f": friction(tables, speed), "i": down, "S_safe": _SAFE_M}
    need = CHECKS["sight_need"].run(tables, v=speed, **given)
    sight_m, used, through = _sight(tables, site)
    radius_m = site.value("min_curve_radius_m")
    values: dict[str, Any] = {"sight_need_m": need.values.get("S_m")}
    names = ["sight_need"]
    if radius_m is not None and values["sight_need_m"] is not None:
        wanted = CHECKS["offset_no_spiral"].run(
            tables, Rs=float(radius_m) + _EYE_M, S=values["sight_need_m"]
        )
        values["offset_need_m"] = wanted.values["h_m"]
        names.append("offset_no_spiral")
    if sight_m is None:
        found = settle(
            site, "sight_speed", Result.NEEDS_SURVEY, survey("S"), {"S": "sight_distance_m"},
            {}, given, values,
        )  # fmt: skip
        return replace(found, through=tuple(names))
    allowed = CHECKS["sight_speed"].run(tables, S=sight_m, **given)
    fastest = float(allowed.values.get("v_max_kmh", 0.0))
    found = slowed(
        site, "sight_speed", allowed, fastest, train, used, {"S": sight_m, **given}, values
    )
    return replace(found, through=(*through, *names))


def _sight(tables: Tables, site: Site) -> tuple[float | None, dict[str, Fact], tuple[str, ...]]:
    """Return the sight along a stretch: measured, else over the free room inside its curve."""
    measured = site.facts.get("sight_distance_m")
    offset, radius = site.facts.get("clear_offset_m"), site.facts.get("min_curve_radius_m")
    of_standard = measured is not None and measured.source == "JTG B01-2014"
    if offset is not None and radius is not None and radius.counts and (
        measured is None or of_standard
    ):  # fmt: skip
        arc = CHECKS["sight_arc"].run(tables, R=float(radius.value), h=float(offset.value))
        if "S_m" in arc.values:
            return float(arc.values["S_m"]), {"h": offset, "R": radius}, ("sight_arc",)
    if measured is None or not measured.counts:
        return None, {}, ()
    return float(measured.value), {"S": measured}, ()


def friction(tables: Tables, speed_km_h: float) -> float:
    """Return the friction behind the truck sights of the standard, by the same constant (S17g)."""
    rows = sorted(tables.truck_sights, key=lambda row: row.design_speed_kmh)
    row = next((one for one in rows if at_least(one.design_speed_kmh, speed_km_h)), rows[-1])
    speed = row.design_speed_kmh
    return speed**2 / (_BRAKING * (row.sight_m - speed * _REACTION_S / _KM_H_PER_M_S))


def slowed(
    site: Site,
    check: str,
    answer: Answer,
    fastest_km_h: float,
    train: PassingTrain,
    used: dict[str, Fact],
    inputs: dict[str, Any],
    beside: dict[str, Any] | None = None,
) -> PassageCheck:
    """Say that the preset speed holds, that a slower one does, or that none does."""
    values = {**(beside or {}), "v_max_kmh": round(fastest_km_h, 1), "v_kmh": train.speed_km_h}
    result, measures = Result.PASS, tuple[str, ...]()
    if not at_least(fastest_km_h, train.speed_km_h):
        slow_enough = at_least(fastest_km_h, _LEAST_KM_H)
        result = Result.PASS_WITH_MEASURES if slow_enough else Result.NOT_PASSABLE
        measures = (REDUCED_SPEED, "guide") if slow_enough else ("remove_obstacle", "other_route")
        values["speed_km_h"] = floor(fastest_km_h)
    return settle(site, check, result, replace(answer, measures=measures), {}, used, inputs, values)
