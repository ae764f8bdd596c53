from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import MONDAY, World, application, classification, law, transport
from transport.errors import ConflictError, InvalidInputError, NotFoundError
from transport.services import applying, enquiring
from transport.services.library import Component, Enquiry
from transport.services.viewing_cases import list_cases
from transport.vehicles.transport import Material

GIRDER = Component(
    id="",
    organisation_id="",
    number="XL-001",
    name="预制箱梁",
    kind="box_girder",
    material=Material.PRECAST,
    length_m=22.0,
    width_m=3.6,
    height_m=2.9,
    mass_t=30.0,
)


@pytest.fixture
def world() -> World:
    return World()


def saved_enquiry(world: World) -> Enquiry:
    return enquiring.save_enquiry(
        world.unit_of_work,
        actor=world.factory,
        enquiry=Enquiry(
            id="",
            factory_id="",
            factory_name="",
            cargo=application().cargo,
            transport=transport(),
            itinerary=application().itinerary,
            law_day=MONDAY,
            created_at=world.now,
            created_by="",
            classification=classification(),
        ),
        now=world.now,
    )


def test_a_factory_keeps_its_components_and_others_do_not_see_them(world: World) -> None:
    kept = enquiring.save_component(
        world.unit_of_work, actor=world.factory, component=GIRDER, now=world.now
    )
    changed = enquiring.save_component(
        world.unit_of_work,
        actor=world.factory,
        component=replace(kept, mass_t=31.0),
        now=world.now,
    )
    assert enquiring.list_components(world.unit_of_work, actor=world.factory) == [changed]
    assert enquiring.list_components(world.unit_of_work, actor=world.carrier) == []


def test_a_component_number_is_used_once_in_a_factory(world: World) -> None:
    for expected in (None, ConflictError):
        if expected is None:
            enquiring.save_component(
                world.unit_of_work, actor=world.factory, component=GIRDER, now=world.now
            )
            continue
        with pytest.raises(expected):
            enquiring.save_component(
                world.unit_of_work, actor=world.factory, component=GIRDER, now=world.now
            )


def test_a_component_without_size_is_refused_with_the_fields(world: World) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        enquiring.save_component(
            world.unit_of_work,
            actor=world.factory,
            component=replace(GIRDER, length_m=0.0, name=" "),
            now=world.now,
        )
    assert [one.field for one in wrong.value.faults] == ["name", "length_m"]


def test_an_enquiry_handed_to_a_carrier_becomes_an_application(world: World) -> None:
    enquiry = saved_enquiry(world)
    with pytest.raises(NotFoundError):
        enquiring.open_enquiry(world.unit_of_work, actor=world.carrier, enquiry_id=enquiry.id)
    enquiring.hand_over(
        world.unit_of_work,
        actor=world.factory,
        enquiry_id=enquiry.id,
        carrier_id=world.carrier.organisation_id,
        expected_version=enquiry.version,
        now=world.now,
    )
    assert [
        one.id for one in enquiring.list_enquiries(world.unit_of_work, actor=world.carrier)
    ] == [enquiry.id]
    case = applying.make_application(
        world.unit_of_work,
        law(),
        actor=world.carrier,
        application=application(),
        now=world.now,
        enquiry_id=enquiry.id,
    )
    assert case.factory_id == world.factory.organisation_id
    shown = list_cases(world.unit_of_work, actor=world.factory)
    assert [one.number for one in shown] == [case.number]
    assert shown[0].application.contact.phone == ""
    assert shown[0].application.documents == ()


def test_another_carrier_makes_nothing_from_the_enquiry(world: World) -> None:
    enquiry = saved_enquiry(world)
    with pytest.raises(NotFoundError):
        applying.make_application(
            world.unit_of_work,
            law(),
            actor=world.rival,
            application=application(),
            now=world.now,
            enquiry_id=enquiry.id,
        )
