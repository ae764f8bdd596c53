"""The recall page: what a closure touches, with the draft of the notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.factories import route_contract
from tests.offices import Offices
from transport.network.closures import Restriction, RestrictionKind
from transport.permits.application import snapshot_route


def test_a_closure_lists_the_passes_it_touches_and_drafts_the_notice(offices: Offices) -> None:
    world, installation = offices.world, offices.installation
    network = installation.in_use
    route = snapshot_route(
        route_contract(cities=(), edges=[0, 1, 2]),
        network_id=network.id,
        network_built_at=network.built_at,
        law_as_of=world.now.date(),
    )
    case, permit = world.issued(cities=())
    with world.unit_of_work() as work:
        stored = work.cases.get(case.number)
        planned = replace(stored, application=replace(stored.application, route=route))
        work.cases.save(planned, changed_by="test", at=world.now)
        work.commit()
    closed = Restriction(
        id="c1",
        kind=RestrictionKind.CLOSURE,
        edges=(1,),
        reason="昆都仑桥加固",
        issued_by="包头养护中心",
        closed=True,
        from_at=world.now + timedelta(days=1),
    )
    installation.in_use = replace(network, restrictions=(closed,))
    officer = offices.person(world.handler)
    assert "昆都仑桥加固" in officer.open("/transport/recall").text
    page = officer.open("/transport/recall?restriction=c1")
    assert permit.number in page.text
    assert "新增条件" in page.text
    assert "包头养护中心" in page.text
    officer.open("/transport/recall?restriction=none", status=404)
