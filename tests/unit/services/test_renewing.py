"""Plan permits last as long as the law says; a pass that ends is renewed from the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import World, application, law
from transport.errors import StepNotAllowedError
from transport.permits.application import TravelWindow
from transport.permits.case import Case
from transport.permits.precheck import precheck
from transport.services.renewing import begin_renewal


@pytest.fixture
def world() -> World:
    return World()


def _renewed(world: World, number: str) -> Case:
    return begin_renewal(
        world.unit_of_work,
        law(),
        actor=world.carrier,
        number=number,
        now=world.now,
        reassess=lambda asked: asked,
    )


def test_a_renewal_begins_the_day_after_the_pass_ends_with_the_papers_still_valid(
    world: World,
) -> None:
    old, permit = world.issued(cities=())
    new = _renewed(world, old.number)
    asked, before = new.application, old.application
    assert new.is_draft
    assert asked.renews == old.number
    assert asked.amends == ""
    assert asked.travel.starts_on == permit.valid_until + timedelta(days=1)
    length = before.travel.ends_on - before.travel.starts_on
    assert asked.travel.ends_on == asked.travel.starts_on + length
    assert (asked.vehicle, asked.cargo) == (before.vehicle, before.cargo)
    assert all(
        one.valid_until is None or one.valid_until >= asked.travel.starts_on
        for one in asked.documents
    )


def test_what_has_no_pass_is_not_renewed(world: World) -> None:
    with pytest.raises(StepNotAllowedError, match="apply anew"):
        _renewed(world, world.accepted(cities=()).number)


def test_a_plan_longer_than_the_law_allows_is_found_before_submission(world: World) -> None:
    drawn = world.draft(cities=()).application
    first = drawn.travel.starts_on

    def codes(days: int, *, plan: bool) -> list[str]:
        window = TravelWindow(first, first + timedelta(days=days))
        asked = replace(drawn, plan=plan, travel=window)
        return [one.code for one in precheck(asked, world.now.date())]

    assert "plan_too_long" in codes(200, plan=True)
    assert "plan_too_long" not in codes(180, plan=True)
    assert "plan_too_long" not in codes(200, plan=False)
    assert application().plan is False
