"""Who is on my road: list, week, map, conflicts, closures, and the dispatch sheet."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import application, route_contract
from tests.offices import Offices
from transport.network.closures import Restriction, RestrictionKind
from transport.people import Role
from transport.permits.application import snapshot_route
from transport.permits.case import Case

_REST = {"id": "r1", "kind": "rest_area", "name": "哈素海服务区", "at": [111.0, 40.7],
         "chainage_km": 60.0, "outcome": "pass"}  # fmt: skip


def issue_on(offices: Offices, edges: list[int], **contract: object) -> tuple[Case, str]:
    world, network = offices.world, offices.installation.in_use
    case, permit = world.issued(cities=())
    route = snapshot_route(
        route_contract(cities=(), edges=edges, structures=[_REST], **contract),
        network_id=network.id, network_built_at=network.built_at, law_as_of=world.now.date(),
    )  # fmt: skip
    with world.unit_of_work() as work:
        stored = work.cases.get(case.number)
        changed = replace(stored.application, route=route)
        work.cases.save(replace(stored, application=changed), changed_by="test", at=world.now)
        work.commit()
    return case, permit.number


@pytest.fixture
def day(offices: Offices) -> str:
    first = application().travel.starts_on
    return str(max(first, offices.world.now.date()))


def test_two_passes_on_one_stretch_a_closure_and_where_to_wait_are_on_the_day(
    offices: Offices, day: str
) -> None:
    _, one = issue_on(offices, [0])
    _, other = issue_on(offices, [0])
    network = offices.installation.in_use
    race = Restriction(
        id="e1", kind=RestrictionKind.CLOSURE, edges=(0,), reason="马拉松赛事",
        issued_by="包头交管支队", closed=True,
    )  # fmt: skip
    offices.installation.in_use = replace(network, restrictions=(race,))
    police = offices.person(offices.world.city_police[0])
    page = police.open(f"/road?day={day}").text
    for word in (one, other, "马拉松赛事", "同向", "哈素海服务区", "09:00–16:00", "K520–K600"):
        assert word in page
    sheet = police.open(f"/road/{day}/sheet").text
    for word in (one, "哈素海服务区", "包头交管支队"):
        assert word in sheet
    drawn = json.loads(police.client.get(f"/road/{day}/map.json").data)
    assert {line["label"].split(" ")[0] for line in drawn["routes"]} == {one, other}


def test_an_office_off_the_route_sees_nothing_and_a_pass_ends_with_its_last_day(
    offices: Offices, day: str
) -> None:
    world = offices.world
    _, number = issue_on(offices, [0])
    far = world.person("锡盟", Role.POLICE, "152500", "锡林郭勒交管支队")
    assert number not in offices.person(far).open(f"/road?day={day}").text
    police = offices.person(world.city_police[0])
    last = application().travel.ends_on + timedelta(days=1)
    assert number not in police.open(f"/road?day={last}").text
    assert police.open("/road?day=gestern", 422).text
