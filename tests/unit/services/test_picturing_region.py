"""The regional picture: what is planned where and when, what holds it, what would release it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.catalogues import shipped_catalogue
from tests.fakes import FakeUnitsOfWork
from tests.maps import Standing, draw
from tests.parts_lists import as_csv, building
from transport.delivery.projects import Project
from transport.delivery.regional_picture import RegionalPicture, Remedy
from transport.errors import StepNotAllowedError
from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law
from transport.services.keeping_projects import PartsFile, add_parts, save_project
from transport.services.picturing_region import picture_region
from transport.services.planning_deliveries import PlanningGrounds
from transport.services.planning_loads import PlanWishes
from transport.services.working_out import work_out
from transport.vehicles.travel_time import CHINA_TIME

CONFIG = Path(__file__).parents[3] / "config"
FACTORY = Actor("u1", "计划员", "f1", "包头构件厂", Role.FACTORY, "150200")
OFFICE = Actor("u2", "科员", "o1", "交通运输厅", Role.TRANSPORT, "150000")
HOUSING = Actor("u3", "科员", "o2", "呼和浩特住建局", Role.HOUSING, "150100")
NOW = datetime(2026, 5, 11, 9, tzinfo=CHINA_TIME)
TODAY = NOW.date()
LOW, WEAK = "OB-1", "BR-1"


@cache
def law() -> Law:
    return read_law(CONFIG)


def roads(low_m: float = 4.0, *, survey: bool = False) -> RoadNetwork:
    """Draw A to C over a low overbridge, A to D over the same and a weak or unknown bridge."""
    rated = Certainty.UNKNOWN if survey else (30.0, Certainty.KNOWN)
    return draw(
        "A---B---C---D",
        "AB BC CD",
        structures=[
            Standing("BC", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: low_m}, id=LOW),
            Standing("CD", StructureKind.BRIDGE, {LimitKind.RATED_MASS: rated}, id=WEAK),
        ],
    )


def picture(network: RoadNetwork, actor: Actor = OFFICE, today: date = TODAY) -> RegionalPicture:
    """Plan four modules for C and four for D, and picture the region."""
    store = FakeUnitsOfWork()
    grounds = PlanningGrounds(shipped_catalogue(), law(), network, read_calendar(CONFIG))
    module = next(one for one in building(15) if one.kind == "volumetric_module")
    parts = tuple(
        replace(
            module,
            number=f"M-{number}",
            height_m=3.6,
            mass_t=40.0,
            origin="A",
            destination="C" if number % 2 else "D",
            deliver_by=date(2026, 6, 1 + 7 * (number // 4)),
        )
        for number in range(8)
    )
    new = Project("", "", "", "山丹佳园", "C", "150100")
    project = save_project(store, actor=FACTORY, project=new, now=NOW)
    file = PartsFile("parts.csv", as_csv(parts).encode())
    kinds = grounds.catalogue.components
    add_parts(store, actor=FACTORY, project_id=project.id, file=file, kinds=kinds, now=NOW)
    work_out(
        store,
        actor=FACTORY,
        project_id=project.id,
        wishes=PlanWishes(),
        grounds=grounds,
        now=NOW,
    )
    return picture_region(store, actor=actor, grounds=grounds, today=today)


def test_a_place_that_holds_loads_is_named_with_what_opening_it_alone_would_release() -> None:
    found = picture(roads())
    assert (found.projects, found.loads, found.held) == (1, 8, 8)
    low, weak = (next(h for h in found.holdings if h.element == one) for one in (LOW, WEAK))
    assert (low.remedy, low.loads, low.released) == (Remedy.REBUILDING, 8, 4)
    assert low.corridors == (("A", "C"), ("A", "D"))
    assert (weak.remedy, weak.loads, weak.released) == (Remedy.STRENGTHENING, 4, 0)
    assert [(one.element, one.released, one.left) for one in found.steps] == [
        (LOW, 4, 4),
        (WEAK, 4, 0),
    ]


def test_what_opening_is_said_to_release_is_what_higher_roads_really_release() -> None:
    before, after = picture(roads()), picture(roads(low_m=9.0))
    released = next(one.released for one in before.holdings if one.element == LOW)
    assert before.held - after.held == released


def test_an_unknown_bridge_asks_for_a_survey() -> None:
    found = picture(roads(low_m=9.0, survey=True))
    assert found.held == 4
    (unknown,) = found.holdings
    assert (unknown.element, unknown.remedy, unknown.released) == (WEAK, Remedy.SURVEY, 4)


def test_weeks_begin_on_monday_and_what_is_past_is_left_out() -> None:
    found = picture(roads())
    assert all(one.week.weekday() == 0 for one in found.weeks)
    assert sum(one.loads for one in found.weeks) == 8
    assert picture(roads(), today=date(2026, 9, 1)).loads == 0


def test_housing_sees_its_own_area_and_firms_see_nothing() -> None:
    assert picture(roads(), HOUSING).projects == 1
    assert picture(roads(), replace(HOUSING, admin_code="150500")).projects == 0
    with pytest.raises(StepNotAllowedError):
        picture(roads(), FACTORY)
