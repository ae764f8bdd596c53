"""A spare tractor: examined with the application it takes over at once, else the desk decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import CALENDAR, World, application, law, spare_tractor
from transport.errors import InvalidInputError, NotFoundError, StepNotAllowedError
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.spares import SpareFinding, examine_spare, with_spare
from transport.permits.states import ActState
from transport.services import recording_trips
from transport.services.amending import begin_amendment
from transport.services.case_history import check_audit
from transport.services.swapping_tractors import swap_tractor
from transport.services.viewing_cases import view_case
from transport.vehicles.vehicle_papers import PaperKind, VehiclePaper

_SPARE = spare_tractor()


def _swap(world: World, case: Case, plate: str = _SPARE.plate, who: object = None) -> Permit:
    asked = world.request(case, who or world.carrier)  # type: ignore[arg-type]
    _, permit = swap_tractor(
        world.unit_of_work, CALENDAR, world.signer, asked, plate=plate, because="发动机故障"
    )
    return permit


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"axles": 2, "spacings_m": (3.2,)}, SpareFinding.AXLES),
        ({"spacings_m": (3.2, 1.3)}, SpareFinding.SPACINGS),
        ({"axle_loads_t": (6.0, 8.0, 8.1, 8.5, 8.5, 9.0)}, SpareFinding.AXLE_LOADS),
        ({"height_m": 4.7}, SpareFinding.SIZE),
        ({"width_m": None}, SpareFinding.UNKNOWN_SPARE),
        ({"axle_loads_t": ()}, SpareFinding.UNKNOWN_SPARE),
        (
            {"papers": (VehiclePaper(PaperKind.INSURANCE, valid_until=date(2026, 5, 1)),)},
            SpareFinding.PAPERS,
        ),
    ],
)
def test_a_spare_that_differs_or_is_not_known_is_not_examined(
    changes: dict[str, object], finding: SpareFinding
) -> None:
    assert examine_spare(application(), _SPARE) == ()
    assert finding in examine_spare(application(), spare_tractor(**changes))
    unknown = replace(application(), vehicle=replace(application().vehicle, tractor_axles=None))
    assert examine_spare(unknown, _SPARE) == (SpareFinding.UNKNOWN_TRACTOR,)


def test_an_examined_spare_takes_over_on_the_road_and_the_old_revision_is_void() -> None:
    world = World()
    case, first = world.ready()
    trip = recording_trips.plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    second = _swap(world, case)
    assert (second.number, second.revision) == (first.number, 2)
    assert (second.tractor_plate, second.trailer_plate) == (_SPARE.plate, first.trailer_plate)
    assert second.token != first.token
    assert (second.issuer_id, second.issued_by) == (first.issuer_id, first.issued_by)
    seen = view_case(
        world.unit_of_work,
        CALENDAR,
        actor=world.carrier,
        number=case.number,
        today=world.now.date(),
    )
    assert seen.ready, "acts of the city stay in force"
    assert [one.revoked_at is None for one in seen.permits] == [False, True]
    assert world.act(case).state is ActState.ISSUED
    [moved] = [one for one in seen.trips if one.id == trip.id]
    assert (moved.tractor_plate, moved.permit_id) == (_SPARE.plate, second.id)
    third = _swap(world, case, first.tractor_plate)
    assert (third.revision, third.tractor_plate) == (3, first.tractor_plate)
    with world.unit_of_work(read_only=True) as work:
        event = work.audit.of_subject(case.number)[-1].event
    assert (event.step, event.details["from"], event.reason) == (
        "swap_tractor", _SPARE.plate, "发动机故障",
    )  # fmt: skip
    assert check_audit(world.unit_of_work).is_intact


def test_what_was_not_examined_goes_to_the_desk_as_an_amendment() -> None:
    world = World()
    heavy = spare_tractor(axle_loads_t=(7.0, 8.0, 8.0, 8.5, 8.5, 9.0))
    case, first = world.issued(cities=(), spares=(heavy,))
    with pytest.raises(StepNotAllowedError) as told:
        _swap(world, case)
    assert told.value.code == "spare_not_examined"
    with pytest.raises(NotFoundError):
        _swap(world, case, "蒙A00001")
    with pytest.raises((StepNotAllowedError, NotFoundError)):
        _swap(world, case, heavy.plate, world.rival)
    draft = begin_amendment(
        world.unit_of_work,
        law(),
        actor=world.carrier,
        number=case.number,
        because="故障",
        now=world.now,
    )
    assert draft.application.amends == case.number
    with world.unit_of_work(read_only=True) as work:
        assert work.permits.by_number(first.number) == first, "counts until the amended one"


def test_before_the_pass_and_after_its_end_no_tractor_is_changed() -> None:
    world = World()
    case = world.signed(cities=())
    with pytest.raises(StepNotAllowedError):
        _swap(world, case)
    case, _ = world.issued(cities=())
    world.later(days=200)
    with pytest.raises(StepNotAllowedError):
        _swap(world, case)


def test_a_plate_stands_on_an_application_once() -> None:
    with pytest.raises(InvalidInputError):
        with_spare(application(), spare_tractor())
    with pytest.raises(InvalidInputError):
        with_spare(application(), spare_tractor(plate="蒙B12345"))
    assert len(with_spare(application(), spare_tractor(plate="蒙B77777")).spares) == 2
