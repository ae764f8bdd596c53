"""From a load plan to a delivery plan of the built-in roads: made, pinned, disrupted, made anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.built_in import built_in_network
from tests.catalogues import shipped_catalogue
from tests.fakes import FakeUnitsOfWork
from tests.parts_lists import SITE, as_csv, building
from transport.delivery.families import families_of
from transport.delivery.projects import Project
from transport.errors import ConflictError, InvalidInputError
from transport.people import Actor, Role
from transport.regulations.reading import read_calendar, read_law
from transport.scheduling.consignments import Obstacle
from transport.scheduling.delivery_plan import DeliveryPlan, Disruption
from transport.scheduling.fleet import Fleet, PlaceCount, Truck
from transport.services.keeping_projects import (
    PartsFile,
    add_parts,
    open_project,
    save_project,
)
from transport.services.planning_deliveries import (
    DeliveryWishes,
    PlanningGrounds,
    pin_trip,
    plan_deliveries,
)
from transport.services.planning_loads import PlanWishes
from transport.services.working_out import work_out
from transport.vehicles.travel_time import CHINA_TIME

CONFIG = Path(__file__).parents[3] / "config"
FACTORY = Actor("u1", "计划员", "f1", "包头构件厂", Role.FACTORY, "150200")
NOW = datetime(2026, 5, 11, 9, tzinfo=CHINA_TIME)
NEW = Project("", "", "", "青城花园二期", SITE, "150100")


@cache
def grounds() -> PlanningGrounds:
    return PlanningGrounds(
        shipped_catalogue(), read_law(CONFIG), built_in_network(), read_calendar(CONFIG)
    )


@pytest.fixture(scope="module")
def planned() -> tuple[FakeUnitsOfWork, str, Fleet]:
    """A project of 60 pieces with its load plan, and a fleet that suits it."""
    store = FakeUnitsOfWork()
    project = save_project(store, actor=FACTORY, project=NEW, now=NOW)
    file = PartsFile("parts.csv", as_csv(building(60, days=20)).encode())
    kinds = grounds().catalogue.components
    add_parts(store, actor=FACTORY, project_id=project.id, file=file, kinds=kinds, now=NOW)
    result = work_out(
        store,
        actor=FACTORY,
        project_id=project.id,
        wishes=PlanWishes(),
        grounds=grounds(),
        now=NOW,
    )
    kinds_used = dict.fromkeys(one.units for one in result.plan.loads)
    trucks = [Truck(f"{n}-{m}", units) for n, units in enumerate(kinds_used) for m in (1, 2)]
    places = tuple(dict.fromkeys(one.origin for one in result.plan.loads))
    fleet = Fleet(
        tuple(trucks),
        crews=8,
        escorts=2,
        bays=tuple(PlaceCount(one, 2) for one in places),
        cranes=(PlaceCount(SITE, 1),),
        waiting=(PlaceCount(SITE, 2),),
        holding=(PlaceCount(SITE, 3),),
    )
    return store, project.id, fleet


def make(
    planned: tuple[FakeUnitsOfWork, str, Fleet], now: datetime = NOW, **wishes: object
) -> DeliveryPlan:
    store, project_id, fleet = planned
    asked = DeliveryWishes(**{"fleet": fleet, **wishes})  # type: ignore[arg-type]
    return plan_deliveries(
        store, actor=FACTORY, project_id=project_id, wishes=asked, grounds=grounds(), now=now
    )


def test_every_load_is_delivered_in_its_days_and_passes_are_asked_for_in_time(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    plan = make(planned)
    assert plan.undelivered == ()
    assert sum(one.pieces for one in plan.trips) == 60
    assert all(one.earliest <= one.day <= one.latest for one in plan.trips)
    assert plan.passes
    for one in plan.passes:
        assert one.apply_by is not None
        assert one.apply_by >= NOW.date(), "there is still time to apply"
        assert one.ready_on is not None
        assert one.first_on >= one.ready_on


def test_too_late_to_apply_is_said_of_the_load_and_a_pass_in_hand_helps(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    late = datetime(2026, 6, 9, 9, tzinfo=CHINA_TIME)
    store, project_id, fleet = planned
    fresh = FakeUnitsOfWork()
    fresh.shelves = store.shelves.copy()
    fresh.shelves.delivery_plans = []
    plan = make((fresh, project_id, fleet), late)
    why = {one.obstacle for one in plan.undelivered}
    assert Obstacle.NO_PASS_IN_TIME in why
    granted = make((fresh, project_id, fleet), late, granted_from=date(2026, 6, 1))
    assert Obstacle.NO_PASS_IN_TIME not in {one.obstacle for one in granted.undelivered}


def test_after_a_closure_only_what_it_meets_is_moved(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    before = make(planned)
    met = max((one for one in before.trips if one.origin == "包头"), key=lambda one: one.departs_at)
    now = met.loads_at - timedelta(days=3)
    closed = Disruption("包头", SITE, from_at=met.departs_at, to_at=met.departs_at)
    after = make(planned, now, disruptions=(closed,), keep_all=True)
    was = {one.load: one for one in before.trips}
    days = {met.departs_at.date()}
    assert met.load in {*after.moved, *(one.load for one in after.undelivered)}
    for one in after.trips:
        if one.load not in after.moved:
            assert (one.truck, one.loads_at) == (was[one.load].truck, was[one.load].loads_at)
        if was[one.load].loads_at <= now:
            assert one.load not in after.moved, "what has begun is not moved"
        elif one.origin == "包头":
            assert one.departs_at.date() not in days


def test_a_pinned_trip_stays_and_an_older_plan_is_not_changed_unseen(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    store, project_id, _ = planned
    plan = make(planned)
    trip = plan.trips[-1]
    pinned = pin_trip(
        store, actor=FACTORY, project_id=project_id, load=trip.load, pinned=True,
        seen_number=plan.number, now=NOW,
    )  # fmt: skip
    with pytest.raises(ConflictError):
        pin_trip(
            store, actor=FACTORY, project_id=project_id, load=trip.load, pinned=False,
            seen_number=plan.number, now=NOW,
        )  # fmt: skip
    away = Disruption(truck=plan.trips[0].truck)
    after = make(planned, disruptions=(away,))
    assert after.number == pinned.number + 1
    kept = next(one for one in after.trips if one.load == trip.load)
    assert replace(kept, is_pinned=False) == trip


def test_without_a_load_plan_there_is_nothing_to_plan() -> None:
    store = FakeUnitsOfWork()
    project = save_project(store, actor=FACTORY, project=NEW, now=NOW)
    fleet = Fleet((), 0, 0, (), (), (), ())
    with pytest.raises(InvalidInputError):
        make((store, project.id, fleet))


def test_a_trip_that_is_fixed_while_the_plan_is_made_stays_in_it(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    store, project_id, fleet = planned
    before = make(planned)
    chosen = before.trips[-1].load
    pinned: list[int] = []

    def pin_meanwhile(done: int, total: int) -> None:
        if done == total and not pinned:
            pinned.append(chosen)
            pin_trip(
                store,
                actor=FACTORY,
                project_id=project_id,
                load=chosen,
                pinned=True,
                seen_number=before.number,
                now=NOW,
            )

    after = plan_deliveries(
        store,
        actor=FACTORY,
        project_id=project_id,
        wishes=DeliveryWishes(fleet),
        grounds=grounds(),
        now=NOW,
        progress=pin_meanwhile,
    )
    assert after.number == before.number + 2
    (kept,) = [one for one in after.trips if one.load == chosen]
    was = next(one for one in before.trips if one.load == chosen)
    assert kept.is_pinned
    assert (kept.truck, kept.loads_at) == (was.truck, was.loads_at)


def test_a_load_plan_made_anew_keeps_what_is_fixed_or_under_way_and_plans_every_piece_once(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    store, project_id, fleet = planned
    before = make(planned)
    by_start = sorted(before.trips, key=lambda one: one.loads_at)
    pinned = by_start[-1]
    pin_trip(
        store,
        actor=FACTORY,
        project_id=project_id,
        load=pinned.load,
        pinned=True,
        seen_number=before.number,
        now=NOW,
    )
    now = by_start[len(by_start) // 2].loads_at
    old = open_project(store, actor=FACTORY, project_id=project_id)[2]
    assert old is not None
    result = work_out(
        store,
        actor=FACTORY,
        project_id=project_id,
        wishes=PlanWishes(early_days=1),
        grounds=grounds(),
        now=now,
    )
    pieces = Counter(number for load in result.plan.loads for number, _ in load.parts)
    assert sum(one.pieces for one in result.plan.loads) == 60 == result.plan.figures.pieces
    assert set(pieces.values()) == {1}
    parts = open_project(store, actor=FACTORY, project_id=project_id)[1]
    assert parts is not None
    families = families_of(parts.parts, grounds().catalogue.components)
    family_of = {part.number: one.code for one in families for part in one.parts}
    for load in result.plan.loads:
        counted = Counter(family_of[number] for number, _ in load.parts)
        assert dict(load.families) == counted, "families are those of the whole list"
    used = {one.pass_number for one in result.plan.loads if one.pass_number}
    assert used == {one.number for one in result.plan.passes}
    after = plan_deliveries(
        store,
        actor=FACTORY,
        project_id=project_id,
        wishes=DeliveryWishes(fleet),
        grounds=grounds(),
        now=now,
    )
    was = {one.number: one.parts for one in old.plan.loads}
    now_is = {one.number: one.parts for one in result.plan.loads}
    stays = [one for one in before.trips if one.loads_at <= now or one.load == pinned.load]
    assert len(stays) > 3
    there = {(one.truck, one.loads_at, one.unloads_at, now_is[one.load]) for one in after.trips}
    for one in stays:
        assert (one.truck, one.loads_at, one.unloads_at, was[one.load]) in there
    assert after.gone == ()


def test_a_fixed_trip_whose_pieces_left_the_list_is_told(
    planned: tuple[FakeUnitsOfWork, str, Fleet],
) -> None:
    store, project_id, fleet = planned
    fresh = FakeUnitsOfWork()
    fresh.shelves = store.shelves.copy()
    before = make((fresh, project_id, fleet))
    first = min(before.trips, key=lambda one: one.loads_at)
    old = open_project(fresh, actor=FACTORY, project_id=project_id)[2]
    assert old is not None
    gone = dict(next(one.parts for one in old.plan.loads if one.number == first.load))
    parts = tuple(one for one in building(60, days=20) if one.number not in gone)
    file = PartsFile("parts.csv", as_csv(parts).encode())
    kinds = grounds().catalogue.components
    later = first.loads_at + timedelta(minutes=5)
    add_parts(fresh, actor=FACTORY, project_id=project_id, file=file, kinds=kinds, now=later)
    work_out(
        fresh,
        actor=FACTORY,
        project_id=project_id,
        wishes=PlanWishes(),
        grounds=grounds(),
        now=later,
    )
    after = make((fresh, project_id, fleet), later)
    assert dict(after.gone) == gone
