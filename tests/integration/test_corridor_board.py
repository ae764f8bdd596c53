"""The corridor board: what was reviewed and is open today, told without names or mixtures."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import route_contract
from tests.offices import Offices
from tests.pages import Visitor
from transport.network.closures import Restriction, RestrictionKind
from transport.permits.application import snapshot_route
from transport.services.corridor_board import Corridor, board


def read(offices: Offices) -> Corridor:
    installation = offices.installation
    day = offices.world.now.date()
    return board(installation.unit_of_work, installation.in_use, day)[0]


def test_a_reviewed_size_is_open_until_its_road_is_closed_and_names_nobody(
    offices: Offices,
) -> None:
    world, network = offices.world, offices.installation.in_use
    contract = route_contract(cities=(), edges=[0])
    for _ in range(2):
        case, permit = world.issued(cities=())
    unmeasured = case.application.route
    assert read(offices).envelopes[0].is_open is None, "planned on another network"
    with world.unit_of_work() as work:
        for found in work.cases.of_carrier(world.carrier.organisation_id):
            route = snapshot_route(
                contract, network_id=network.id, network_built_at="", law_as_of=unmeasured.law_as_of
            )
            changed = replace(found.application, route=route)
            work.cases.save(replace(found, application=changed), changed_by="test", at=world.now)
        work.commit()
    [envelope] = read(offices).envelopes
    assert envelope.is_open
    assert envelope.reviews == 2
    assert (envelope.width_m, envelope.mass_t) == (permit.width_m, permit.gross_mass_t)
    closed = Restriction(
        "c1", RestrictionKind.CLOSURE, (0,), "桥梁加固", "包头养护中心", closed=True
    )
    offices.installation.in_use = replace(network, restrictions=(closed,))
    assert read(offices).envelopes[0].is_open is False
    page = Visitor(offices.app.test_client()).open("/corridors").text
    for word in ("包头市", "呼和浩特市", "桥梁加固", "未开放"):
        assert word in page
    for secret in (permit.holder_name, permit.tractor_plate, f"{permit.gross_mass_t:g} t"):
        assert secret not in page
    carrier = offices.person(world.rival).open("/corridors").text
    assert f"{permit.gross_mass_t:g} t" in carrier
