from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories import World, relief_basis, scheme, toll_lines
from transport.errors import ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.permits.manifest import Trip, TripState
from transport.relief.claims import Claim, ClaimState, ClaimStep
from transport.relief.schemes import SchemeRegister
from transport.services import claiming_relief, recording_trips

SCHEMES = SchemeRegister((scheme(),))


@pytest.fixture
def world() -> World:
    return World()


def opened(world: World, trip: Trip) -> Claim:
    return claiming_relief.open_claim(
        world.unit_of_work,
        SCHEMES,
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00"),
        toll_status="demonstration",
        basis=relief_basis(),
        now=world.now,
    )


def test_a_truck_does_not_depart_before_the_case_is_ready(world: World) -> None:
    case, _ = world.issued()
    trip = recording_trips.plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    trip = recording_trips.record_loading(
        world.unit_of_work,
        world.documents,
        actor=world.carrier,
        trip_id=trip.id,
        expected_version=trip.version,
        certificate_number="HGZ-1",
        certificate=("hgz.pdf", b"certificate"),
        photos=[("front.jpg", b"photo")],
        now=world.now,
    )
    with pytest.raises(StepNotAllowedError, match="municipal_consent 150200"):
        recording_trips.record_departure(
            world.unit_of_work,
            actor=world.carrier,
            trip_id=trip.id,
            expected_version=trip.version,
            now=world.now,
        )


def test_only_components_of_the_application_are_loaded(world: World) -> None:
    case, _ = world.ready()
    with pytest.raises(InvalidInputError, match="not on the application: XL-999"):
        recording_trips.plan_trip(
            world.unit_of_work,
            actor=world.carrier,
            number=case.number,
            component_numbers=["XL-001", "XL-999"],
            now=world.now,
        )


def test_another_firm_sees_no_trip(world: World) -> None:
    _, trip = world.delivered()
    with pytest.raises(NotFoundError):
        recording_trips.open_trip(world.unit_of_work, actor=world.rival, trip_id=trip.id)


def test_a_delivered_trip_opens_a_relief_record_that_reaches_the_monthly_list(
    world: World,
) -> None:
    _, trip = world.delivered(weighed_t=47.0)
    claim = opened(world, trip)
    assert claim.number == "JM-202605-00001"
    assert claim.entitlement.relief_yuan == Decimal("30.00")
    claim = claiming_relief.decide_claim(
        world.unit_of_work,
        actor=world.toll_office,
        number=claim.number,
        step=ClaimStep.VERIFY,
        expected_version=claim.version,
        now=world.now,
    )
    assert claim.state is ClaimState.VERIFIED
    month = claiming_relief.list_month(world.unit_of_work, actor=world.toll_office, month="2026-05")
    assert [one.number for one in month.claims] == [claim.number]
    assert month.relief_yuan == Decimal("30.00")
    hidden = claiming_relief.list_month(world.unit_of_work, actor=world.rival, month="2026-05")
    assert hidden.claims == ()


def test_one_trip_has_one_relief_record(world: World) -> None:
    _, trip = world.delivered()
    opened(world, trip)
    with pytest.raises(ConflictError, match="JM-202605-00001 already"):
        opened(world, trip)


def test_a_truck_heavier_than_its_pass_is_not_verified(world: World) -> None:
    _, trip = world.delivered(weighed_t=55.0)
    claim = opened(world, trip)
    assert not claim.entitlement.entitled
    with pytest.raises(StepNotAllowedError, match="mass_as_permitted"):
        claiming_relief.decide_claim(
            world.unit_of_work,
            actor=world.toll_office,
            number=claim.number,
            step=ClaimStep.VERIFY,
            expected_version=claim.version,
            now=world.now,
        )


def test_relief_follows_the_acceptance_on_site(world: World) -> None:
    case, _ = world.ready()
    trip = recording_trips.plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    assert trip.state is TripState.PLANNED
    with pytest.raises(InvalidInputError, match="relief follows the acceptance on site"):
        opened(world, trip)
