"""A standing deputy takes over the acts of a colleague who is away, and only then."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import World
from tests.offices import Offices
from transport.permits.case import Case
from transport.services import claiming_acts


def holder(world: World, case: Case) -> str:
    claimed = world.act(case).claimed_by
    return claimed.name if claimed else ""


def test_the_deputy_takes_over_without_a_reason_while_the_colleague_is_away(
    offices: Offices,
) -> None:
    world = offices.world
    case = world.accepted(cities=())
    claiming_acts.claim_act(world.unit_of_work, world.request(case, world.handler))
    deputy = offices.person(world.checker)
    offices.step(case, world.checker, "claim")
    assert holder(world, case) == world.handler.name
    away = offices.person(world.handler)
    days = {
        "away_from": world.now.date().isoformat(),
        "away_until": (world.now + timedelta(days=3)).date().isoformat(),
    }
    stranger = {"deputy_id": world.police.user_id, **days}
    assert "本机关" in away.send("/deputy", stranger, 422).text
    away.send("/deputy", {"deputy_id": world.checker.user_id, **days})
    assert case.number in deputy.open("/transport?show=mine").text
    offices.step(case, world.checker, "claim")
    assert holder(world, case) == world.checker.name
    with world.unit_of_work(read_only=True) as work:
        last = work.audit.of_subject(case.number)[-1]
    assert last.event.reason == claiming_acts.STANDING_DEPUTY
