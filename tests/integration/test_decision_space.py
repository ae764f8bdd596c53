"""The decision space: nothing by default, two people put a row in force, people still sign."""

from __future__ import annotations

from tests.offices import Offices
from transport.permits.states import ActState
from transport.services.keeping_decision_space import space_of

_HERE = "/transport/decision-space"
_ROW = {
    "categories": "III", "origin": "150200", "destination": "150100", "height_m": "4.8",
    "width_m": "4", "length_m": "28", "mass_t": "60", "axle_t": "10", "from_day": "2026-01-01",
    "until_day": "2027-12-31", "from_time": "00:00", "until_time": "23:00", "reason": "影子无差异",
}  # fmt: skip


def test_a_row_counts_once_a_second_person_confirms_it_and_people_still_sign(
    offices: Offices,
) -> None:
    world = offices.world
    handler, checker = offices.person(world.handler), offices.person(world.checker)
    case = world.consulted(cities=())
    handler.send(f"{_HERE}/prepare")
    assert world.act(case).decision is None, "no row by default"
    assert handler.send(_HERE, {**_ROW, "until_day": "2025-01-01", "reason": ""}, 422).text
    handler.send(_HERE, _ROW)
    [row] = space_of(world.unit_of_work, world.handler.organisation_id)
    handler.send(f"{_HERE}/{row.id}/confirm", status=409)
    handler.send(f"{_HERE}/prepare")
    assert world.act(case).decision is None, "not confirmed"
    checker.send(f"{_HERE}/{row.id}/confirm")
    checker.send(f"{_HERE}/prepare")
    act = world.act(case)
    assert act.state is ActState.AWAITING_CHECK
    assert act.decision is not None
    assert act.decision.terms.windows, "hours of the law"
    assert act.decision.handled_by.person_id == f"rule:{row.id}"
    page = offices.step(case, world.checker, "check")
    assert "系统（规则" in page.text
    offices.step(case, world.checker, "sign", status=409)
    offices.step(case, world.signatory, "sign")
    assert world.act(case).state is ActState.GRANTED


def test_what_no_row_covers_and_what_a_person_claimed_stays_on_the_desk(offices: Offices) -> None:
    world = offices.world
    handler, checker = offices.person(world.handler), offices.person(world.checker)
    handler.send(_HERE, {**_ROW, "width_m": "3.5"})
    [row] = space_of(world.unit_of_work, world.handler.organisation_id)
    checker.send(f"{_HERE}/{row.id}/confirm")
    case = world.consulted(cities=())
    checker.send(f"{_HERE}/prepare")
    assert world.act(case).state is ActState.ACCEPTED
    handler.send(_HERE, _ROW)
    wide = space_of(world.unit_of_work, world.handler.organisation_id)[1]
    checker.send(f"{_HERE}/{wide.id}/confirm")
    handler.send(f"{_HERE}/{wide.id}/end")
    checker.send(f"{_HERE}/prepare")
    assert world.act(case).state is ActState.ACCEPTED, "an ended row counts no more"
