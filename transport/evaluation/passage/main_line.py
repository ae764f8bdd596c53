"""Checks on a stretch of road: alignment and width, profile, height, signs, pavement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transport.evaluation.answer import Answer
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.comparing import above
from transport.evaluation.passage.asking import ask, settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.ramps import check_ramp, is_ramp
from transport.evaluation.passage.standard_road import with_standard
from transport.evaluation.passage.stretch_ground import check_embankment, check_pavement
from transport.evaluation.passage.stretch_plan import HIGH_ROADS, check_curve, check_width
from transport.evaluation.passage.stretch_profile import check_climbing, check_profile
from transport.evaluation.passage.stretch_speed import check_speed, friction
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Result, Train
from transport.network.attributes import LimitKind

POSTED = "posted_limit"
_SIGNS = {
    LimitKind.SIGNED_HEIGHT: "height_m",
    LimitKind.SIGNED_WIDTH: "width_m",
    LimitKind.SIGNED_LENGTH: "length_m",
    LimitKind.SIGNED_MASS: "mass_t",
    LimitKind.SIGNED_AXLE: "largest_axle_load_t",
}


def check_stretch(
    tables: Tables, train: PassingTrain, site: Site, vehicle: Site
) -> Iterator[PassageCheck]:
    """Yield the checks of a stretch; only what the transport exceeds is looked at (3.1.1)."""
    if train.size_over:
        yield from _alignment(tables, train, site, vehicle)
        yield from _clearances(tables, train, site)
    if train.mass_over:
        yield from check_climbing(tables, train, site, vehicle)
        yield from check_pavement(tables, train, site, vehicle)
        yield from check_embankment(tables, train, site)
    yield from posted_limits(train, site)


def posted_limits(train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Yield every posted limit that the transport exceeds; its authority may lift it."""
    for kind, dimension in _SIGNS.items():
        fact = site.facts.get(str(kind))
        value = getattr(train.transport, dimension)
        if fact is None or value is None or not fact.counts or not above(value, fact.value):
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
    if is_ramp(site):
        yield from check_ramp(tables, train, with_standard(tables, site))
        yield from _sight_at_ramp(tables, train, with_standard(tables, site))
        yield from check_profile(tables, train, with_standard(tables, site), vehicle)
        yield from check_speed(tables, train, with_standard(tables, site), vehicle)
        return
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
    least = with_standard(tables, site)
    space_m, width = check_width(tables, train, least)
    yield width
    yield _screened(tables, train, site, check_curve(tables, train, least, space_m))
    yield from check_profile(tables, train, least, vehicle)
    yield from check_speed(tables, train, least, vehicle)


def _sight_at_ramp(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    """Yield whether the train is seen in time where it leaves or joins the main line (6.2.1)."""
    speed = train.speed_km_h
    need = CHECKS["sight_need"].run(tables, v=speed, f=friction(tables, speed), i=0.0)
    found = ask(
        tables,
        site,
        "ramp_sight",
        {"v": speed, "need_m": need.values["S_m"]},
        {
            "sight_m": "sight_distance_m",
            "design_speed_kmh": "design_speed_km_h",
            "compliant": "meets_b01",
        },
    )
    yield replace(found, through=("sight_need",))


def _screened(tables: Tables, train: PassingTrain, site: Site, found: PassageCheck) -> PassageCheck:
    """Add the longest train of tables 4-16 and 4-17, which only screens (4.6.1, commentary)."""
    speed = site.value("design_speed_km_h")
    if site.value("meets_b01") is not True or speed is None:
        return found
    answer = CHECKS["max_length"].run(
        tables,
        train=train.train,
        road_class=site.value("road_class"),
        design_speed_kmh=float(speed),
        width_m=train.transport.width_m,
        height_m=train.transport.height_m,
    )
    longest = {name: v for name, v in answer.values.items() if name != "result"}
    return replace(
        found,
        values={**found.values, **longest},
        doubts=tuple(dict.fromkeys([*found.doubts, *answer.doubts])),
        through=(*found.through, "max_length"),
    )


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


def _clearances(tables: Tables, train: PassingTrain, site: Site) -> Iterator[PassageCheck]:
    height = {"height_m": train.transport.height_m}
    if "clear_height_m" in site.facts:
        yield ask(tables, site, "gantry", height, {"clearance_m": "clear_height_m"})
    clear_m = site.assumed("clear_width_m")
    if clear_m is None:
        return
    where = "main_high" if site.value("road_class") in HIGH_ROADS else "main_low"
    where = "ramp" if is_ramp(site) else where
    gap = replace(site.facts["clear_width_m"], value=(clear_m - train.transport.width_m) / 2.0)
    sided = replace(site, facts={**site.facts, "gap_m": gap})
    found = ask(tables, sided, "gap_check", {"where": where}, {"gap_m": "gap_m"})
    yield replace(found, missing=tuple("clear_width_m" for _ in found.missing),
                  values={**found.values, "gap_m": gap.value})  # fmt: skip
