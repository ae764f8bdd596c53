"""The recall pages: what a closure touches, notice, amendment, and the truck on the road."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import application, route_contract
from tests.offices import Offices
from transport.network.closures import Restriction, RestrictionKind
from transport.permits.application import Itinerary, snapshot_route
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.recall import Effect
from webapp.command_line.recall_sweeps import RecallSweeps

_STATION = {
    "id": "s1",
    "kind": "toll_station",
    "name": "甲收费站",
    "at": [109.0, 40.0],
    "chainage_km": 0.01,
    "outcome": "pass",
    "limit": None,
    "value": None,
    "margin": None,
    "clause": "",
    "condition": None,
}


@pytest.fixture
def planned(offices: Offices) -> tuple[Offices, Case, Permit, int]:
    """A pass whose route runs A-B-C of the town, and the edge that is closed on it."""
    world, network = offices.world, offices.installation.in_use
    middle = int(network.head[0])
    onward = range(int(network.first_edge[middle]), int(network.first_edge[middle + 1]))
    edges = [0, next(one for one in onward if network.head[one] != network.tail[0])]
    ends = [
        (float(network.node_lon[node]), float(network.node_lat[node]))
        for node in (int(network.tail[edges[0]]), int(network.head[edges[1]]))
    ]
    route = snapshot_route(
        route_contract(
            cities=(),
            edges=edges,
            structures=[_STATION],
        ),
        network_id=network.id,
        network_built_at=network.built_at,
        law_as_of=world.now.date(),
    )
    case, permit = world.issued(cities=())
    usual = application().itinerary
    places = Itinerary(
        usual.origin, usual.destination, usual.origin_admin, usual.destination_admin,
        origin_at=ends[0], destination_at=ends[1],
    )  # fmt: skip
    with world.unit_of_work() as work:
        stored = work.cases.get(case.number)
        changed = replace(stored.application, route=route, itinerary=places)
        work.cases.save(replace(stored, application=changed), changed_by="test", at=world.now)
        work.commit()
    return offices, case, permit, edges[1]


def close(offices: Offices, edge: int, **changes: object) -> None:
    usual = Restriction(
        id="c1",
        kind=RestrictionKind.CLOSURE,
        edges=(edge,),
        reason="昆都仑桥加固",
        issued_by="包头养护中心",
        closed=True,
        from_at=offices.world.now + timedelta(days=1),
    )
    closed = replace(usual, **changes)  # type: ignore[arg-type]
    offices.installation.in_use = replace(offices.installation.in_use, restrictions=(closed,))


def test_a_closure_lists_what_it_touches_and_the_carrier_is_told_where_to_wait(
    planned: tuple[Offices, Case, Permit, int],
) -> None:
    offices, case, permit, edge = planned
    world = offices.world
    close(offices, edge)
    officer = offices.person(world.handler)
    assert "昆都仑桥加固" in officer.open("/transport/recall").text
    page = officer.open("/transport/recall?restriction=c1")
    assert permit.number in page.text
    assert "新增条件" in page.text
    assert "包头养护中心" in page.text
    assert "甲收费站" in page.text
    officer.open("/transport/recall?restriction=none", status=404)
    with world.unit_of_work(read_only=True) as work:
        [run] = work.recalls.of_office(world.handler.organisation_id)
    assert (run.touched, run.done) == (1, 1)
    public = permit.token.rpartition("/")[2]
    assert "甲收费站" not in officer.open(f"/V/{public}").text
    carrier = offices.person(world.carrier)
    address = f"/transport/recall/runs/{run.id}/cases/{case.number}"
    carrier.send(f"{address}/notice", {"text": "请等候"}, 403)
    officer.send(f"{address}/notice", {"text": "请在甲收费站等候"})
    assert "请在甲收费站等候" in carrier.open(f"/cases/{case.number}").text
    assert "甲收费站" in officer.open(f"/V/{public}").text
    told = officer.client.get("/field/notices.json").json
    assert told is not None
    assert told["notices"][permit.number]["wait_at"].startswith("甲收费站")
    with world.unit_of_work(read_only=True) as work:
        steps = [one.event.step for one in work.audit.of_subject(case.number)]
    assert "recall_notice" in steps


def test_the_amendment_with_another_route_is_prepared_for_the_carrier(
    planned: tuple[Offices, Case, Permit, int],
) -> None:
    offices, case, _, edge = planned
    world = offices.world
    close(offices, edge)
    officer = offices.person(world.handler)
    officer.open("/transport/recall?restriction=c1")
    with world.unit_of_work(read_only=True) as work:
        [run] = work.recalls.of_office(world.handler.organisation_id)
    address = f"/transport/recall/runs/{run.id}/cases/{case.number}/amendment"
    officer.send(address, {})
    with world.unit_of_work(read_only=True) as work:
        found = work.recalls.finding(run.id, case.number)
        draft = work.cases.get(found.amendment)
    assert draft.application.amends == case.number
    assert draft.organisation_id == case.organisation_id
    assert edge not in draft.application.route.contract["edges"]
    assert draft.is_draft
    assert found.amendment in offices.person(world.carrier).open("/carrier").text
    officer.send(address, {})
    with world.unit_of_work(read_only=True) as work:
        assert work.recalls.finding(run.id, case.number).amendment == draft.number


def test_a_structure_that_is_not_there_is_refused(offices: Offices) -> None:
    officer = offices.person(offices.world.handler)
    form = {"structure": "B-404", "most_t": "30", "reason": "评级下降"}
    assert "没有" in officer.send("/transport/recall/structures", form, 422).text


def test_the_background_judges_a_change_before_anybody_looks(
    planned: tuple[Offices, Case, Permit, int],
) -> None:
    offices, case, _, edge = planned
    close(offices, edge)
    seconds = [0.0]
    sweeps = RecallSweeps(lambda: seconds[0])
    assert sweeps.maybe(offices.installation) >= 1
    with offices.world.unit_of_work(read_only=True) as work:
        [run] = work.recalls.of_office(offices.world.handler.organisation_id)
        assert work.recalls.finding(run.id, case.number).effect is Effect.NEW_CONDITION
    assert sweeps.maybe(offices.installation) == 0
    close(offices, edge, reason="改为全封闭")
    seconds[0] = 61.0
    sweeps.maybe(offices.installation)
    with offices.world.unit_of_work(read_only=True) as work:
        runs = work.recalls.of_office(offices.world.handler.organisation_id)
    assert len(runs) == 2
