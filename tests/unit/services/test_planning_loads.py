"""Load plans of whole parts lists: lawful, complete, in time, and with passes that fit."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import CALENDAR
from tests.parts_lists import SITE, building
from transport.delivery.families import families_of
from transport.delivery.load_plan import LoadPlan, PlannedLoad
from transport.delivery.parts import Part
from transport.delivery.ways import LoadBook
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.routing.route import RouteStatus
from transport.rules.classification import classify
from transport.services.planning_loads import PlanWishes, plan_loads
from transport.vehicles.transport import Material, Transport

CONFIG = Path(__file__).parents[3] / "config"
DAY = date(2026, 5, 11)


@cache
def law() -> Law:
    return read_law(CONFIG)


@cache
def plan_of(pieces: int, seed: int = 11, early_days: int = 5) -> LoadPlan:
    parts = building(pieces, days=30, seed=seed)
    wishes = PlanWishes(early_days)
    return plan_loads(parts, shipped_catalogue(), law(), DAY, wishes, CALENDAR)


@pytest.mark.parametrize("seed", range(4))
def test_every_part_is_delivered_once_in_time_and_not_too_early(seed: int) -> None:
    parts, plan = building(150, days=30, seed=seed), plan_of(150, seed)
    needed = {one.number: one.deliver_by for one in parts}
    carried: Counter[str] = Counter()
    for load in plan.loads:
        carried.update(dict(load.parts))
    assert carried == Counter({one.number: one.quantity for one in parts})
    for load in plan.loads:
        for number, _ in load.parts:
            due = needed[number]
            assert due is not None
            assert load.deliver_on <= due <= load.deliver_on + timedelta(days=5)


def test_no_load_is_unlawful() -> None:
    families = {
        one.code: one.piece
        for one in families_of(building(150, days=30, seed=0), shipped_catalogue().components)
    }
    book = LoadBook(shipped_catalogue(), law(), DAY, families)
    for load in plan_of(150, 0).loads:
        if load.pass_number:
            way = book.with_pass(load.families[0][0])[load.pieces - 1]
            assert len(load.families) == 1, "families are never mixed under a pass"
        else:
            found = book.load_of(load.families)
            assert found is not None
            way = found
        judged = classify(way.choice.transport(), law(), DAY)
        assert not judged.refusals
        assert judged.over_limit == bool(load.pass_number)
        assert len(way.choice.arrangement.stows) == load.pieces
        assert way.is_firm


def test_a_pass_covers_one_loading_on_one_truck_for_six_months_at_most() -> None:
    plan = plan_of(150, 0)
    loads: dict[int, list[PlannedLoad]] = {one.number: [] for one in plan.passes}
    for load in plan.loads:
        if load.pass_number:
            loads[load.pass_number].append(load)
    for one in plan.passes:
        own = loads[one.number]
        assert {(load.families, load.units) for load in own} == {
            (((one.family, one.pieces),), one.units)
        }
        assert (one.starts_on, one.ends_on) == (own[0].deliver_on, own[-1].deliver_on)
        assert one.ends_on - one.starts_on < timedelta(days=184)
        assert len({load.deliver_on for load in own}) == len(own), "a truck in two places"


def test_the_application_leaves_the_authority_its_working_days() -> None:
    for one in plan_of(150, 0).passes:
        assert one.apply_by is not None
        assert one.apply_by < one.starts_on


def test_the_plan_is_between_its_bounds_and_far_below_one_load_a_piece() -> None:
    figures = plan_of(150, 0).figures
    assert figures.least_loads_without_pass <= figures.loads_without_pass
    assert figures.least_passes <= figures.passes
    assert figures.loads < figures.naive_loads / 2
    assert figures.passes < figures.naive_passes


def test_more_time_on_site_never_needs_more_loads_by_proof() -> None:
    few = plan_of(150, 0, 0).figures.least_loads_without_pass
    assert plan_of(150, 0, 8).figures.least_loads_without_pass <= few


def test_a_spare_tractor_has_passes_of_its_own() -> None:
    parts = building(60, days=20)
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY, PlanWishes(spare_tractors=1))
    spare = [one for one in plan.passes if one.is_spare]
    assert len(spare) == plan.figures.spare_passes == len({(p.family, p.pieces) for p in spare})
    assert all(one.loads == 0 for one in spare)


def test_a_building_of_eight_months_needs_a_second_pass() -> None:
    module = next(one for one in building(15) if one.kind == "volumetric_module")
    parts = [
        replace(module, number=f"M{n}", deliver_by=date(2026, 6, 1) + timedelta(days=30 * n))
        for n in range(9)
    ]
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY)
    assert [one.loads for one in plan.passes] == [7, 2]
    assert plan.figures.least_passes == 2


def test_what_cannot_be_loaded_is_named_with_its_reason() -> None:
    giant = Part("G-1", "整体", Material.PRECAST, 50.0, 9.0, 9.0, 480.0, 1, "包头", SITE)
    plan = plan_loads([giant], shipped_catalogue(), law(), DAY)
    assert plan.loads == ()
    assert plan.unplanned[0].parts == ("G-1",)
    assert plan.unplanned[0].reason


def test_a_plan_tells_loads_whose_way_is_not_open_and_passes_that_come_too_late() -> None:
    parts = building(30, days=10)

    def narrow(transport: Transport, _origin: str, _destination: str) -> RouteStatus:
        return RouteStatus.UNKNOWN if transport.width_m > 2.6 else RouteStatus.FEASIBLE

    late = date(2026, 6, 5)
    plan = plan_loads(parts, shipped_catalogue(), law(), late, None, CALENDAR, narrow)
    assert {one.number for one in plan.closed} == {
        one.number for one in plan.loads if one.width_m > 2.6
    }
    assert plan.late
    assert all(one.apply_by is not None and one.apply_by < late for one in plan.late)


def test_passes_that_expire_are_renewed_for_the_same_truck_ahead_of_need() -> None:
    module = next(one for one in building(15) if one.kind == "volumetric_module")
    parts = [
        replace(module, number=f"M{n}", deliver_by=date(2026, 6, 1) + timedelta(days=30 * n))
        for n in range(9)
    ]
    wishes = PlanWishes(spare_tractors=1, paper_days=90)
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY, wishes, CALENDAR)
    own = [one for one in plan.passes if not one.is_spare]
    assert [one.loads for one in own] == [3, 3, 3]
    assert [one.renews for one in own] == [0, own[0].number, own[1].number]
    for one in plan.passes:
        assert one.expires_on is not None
        assert one.ends_on <= one.expires_on < one.starts_on + timedelta(days=90)
    for before, after in pairwise(own):
        assert before.expires_on is not None
        assert before.ends_on < after.starts_on
        assert after.apply_by is None or after.apply_by < after.starts_on
    spare = [one for one in plan.passes if one.is_spare]
    assert [one.renews for one in spare] == [0, spare[0].number, spare[1].number]
    assert len(plan.renewals) == 4
    assert plan.figures.least_passes == 3


def test_a_pass_begins_when_something_can_come_not_when_the_last_one_ends() -> None:
    module = next(one for one in building(15) if one.kind == "volumetric_module")
    days = (date(2026, 6, 1), date(2026, 12, 20), date(2027, 6, 10))
    parts = [replace(module, number=f"M{n}", deliver_by=day) for n, day in enumerate(days)]
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY, PlanWishes(early_days=0))
    assert [(one.starts_on, one.loads) for one in plan.passes] == [(days[0], 1), (days[1], 2)]
    assert plan.figures.least_passes == 2


def test_a_load_that_took_in_another_one_is_not_emptied_a_second_time() -> None:
    chance = random.Random(0)  # noqa: S311 - the list on which this once went wrong
    parts = [one for one in building(158, days=20, seed=0) if chance.random() < 0.7]
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY, PlanWishes(early_days=2))
    carried = Counter(number for load in plan.loads for number, _ in load.parts)
    assert carried == Counter(one.number for one in parts)
