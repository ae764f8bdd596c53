"""What is on file of a trip: who measured it, what stations recorded, which list names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import World, law, relief_basis, scheme, toll_lines
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.permits.entry_check import Measured
from transport.permits.manifest import Trip
from transport.permits.roadside import Report
from transport.relief.checks import ReliefCheck, run_checks
from transport.relief.claims import Claim, ClaimState, ClaimStep
from transport.relief.measurements import MeasuredBy
from transport.relief.project_lists import ListEntry, is_listed
from transport.relief.schemes import SchemeRegister
from transport.services import claiming_relief, keeping_lists
from transport.services.reporting_checks import receive_report
from transport.services.repositories import OperatorImport, OperatorRecord


@pytest.fixture
def world() -> World:
    return World()


def opened(world: World, trip: Trip) -> Claim:
    return claiming_relief.open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(without_pass=True),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00"),
        toll_status="demonstration",
        basis=relief_basis(),
        now=world.now,
    )


def check_at_the_roadside(world: World, claim: Claim, found: Measured) -> None:
    report = Report(
        id="R1",
        number=claim.facts.pass_number,
        revision=1,
        outcome="valid",
        measured_at=world.now - timedelta(minutes=1),
        measured=found,
        place="G6 K100",
    )
    receive_report(world.unit_of_work, law(), actor=world.police, report=report, now=world.now)


def test_a_scheme_of_some_categories_knows_the_category_of_the_load(world: World) -> None:
    case, trip = world.delivered()
    category = case.application.requirements.category
    assert category
    facts = opened(world, trip).facts
    assert facts.category == category
    for one, holds in ((category, True), ("IX", False)):
        given = replace(scheme(), categories=frozenset({one}))
        (told,) = (x for x in run_checks(given, facts) if x.check is ReliefCheck.VEHICLE_IN_SCOPE)
        assert told.holds is holds


def verify(world: World, claim: Claim) -> Claim:
    return claiming_relief.decide_claim(
        world.unit_of_work,
        actor=world.toll_office,
        number=claim.number,
        step=ClaimStep.VERIFY,
        expected_version=claim.version,
        now=world.now,
        basis=relief_basis(),
    )


def test_a_roadside_check_that_comes_in_later_stops_a_record_and_is_named(world: World) -> None:
    _, trip = world.delivered(weighed_t=47.0)
    claim = opened(world, trip)
    assert [one.source for one in claim.facts.measurements] == [MeasuredBy.FACTORY]
    assert claim.entitlement.entitled
    check_at_the_roadside(world, claim, Measured(height_m=9.0, mass_t=46.0))
    seen = claiming_relief.open_record(
        world.unit_of_work, actor=world.toll_office, number=claim.number, basis=relief_basis()
    )
    (_, at_roadside) = seen.facts.measurements
    assert (at_roadside.source, at_roadside.reference, at_roadside.place) == (
        MeasuredBy.ROADSIDE_CHECK,
        "R1",
        "G6 K100",
    )
    assert seen.facts.measured_m == (9.0, None, None)
    assert seen.facts.weighed_t == 47.0  # the heavier of two weighings counts
    with pytest.raises(StepNotAllowedError, match="size_as_permitted"):
        verify(world, claim)


def test_times_of_a_toll_station_take_the_place_of_a_drivers_taps(world: World) -> None:
    _, trip = world.delivered(weighed_t=47.0)
    claim = opened(world, trip)
    left = claim.facts.entered_at
    assert left is not None
    record = OperatorRecord(
        *(2, "T-1", claim.facts.pass_number, trip.tractor_plate, "S1", "S2"),
        *(left.isoformat(), (left + timedelta(minutes=1)).isoformat(), 100, 0, 100),
        *(47.5, 17.0, 3.0, 4.0),
    )
    with world.unit_of_work() as work:
        made = OperatorImport("i", "may.csv", "d", world.now, "站长", {})
        work.operator_imports.add(made, [record])
        work.commit()
    seen = claiming_relief.open_record(
        world.unit_of_work, actor=world.toll_office, number=claim.number, basis=relief_basis()
    )
    assert seen.facts.times_recorded
    assert (seen.facts.entry_station, seen.facts.exit_station) == ("S1", "S2")
    assert seen.facts.measurements[-1].source is MeasuredBy.TOLL_STATION
    assert seen.facts.weighed_t == 47.5
    failing = [one.check for one in seen.entitlement.checks if not one.holds]
    assert ReliefCheck.TIME_PLAUSIBLE in failing  # ten kilometres in a minute


def test_a_record_in_the_books_keeps_the_facts_it_was_granted_on(world: World) -> None:
    _, trip = world.delivered(weighed_t=47.0)
    claim = verify(world, opened(world, trip))
    check_at_the_roadside(world, claim, Measured(height_m=9.0))
    seen = claiming_relief.open_record(
        world.unit_of_work, actor=world.toll_office, number=claim.number, basis=relief_basis()
    )
    assert (seen.state, seen.facts) == (ClaimState.VERIFIED, claim.facts)


ENTRY = ListEntry(
    id="",
    project="包头示范小区",
    tractor_plate="蒙B12345",
    first_day=date(2026, 5, 1),
    last_day=date(2026, 5, 31),
    basis="示范名单〔2026〕1号",
    component_kinds=frozenset({"laminated_slab"}),
)


@pytest.mark.parametrize(
    ("change", "is_on"),
    [
        ({}, True),
        ({"plate": "蒙B99999"}, False),
        ({"day": date(2026, 6, 1)}, False),
        ({"project": "别的项目"}, False),
        ({"kind": "box_girder"}, False),
    ],
)
def test_a_list_names_truck_days_project_and_kind(change: dict[str, object], is_on: bool) -> None:  # noqa: FBT001
    asked: dict[str, object] = {
        "plate": "蒙B12345",
        "day": date(2026, 5, 20),
        "project": "包头示范小区",
        "kind": "laminated_slab",
    }
    assert is_listed([ENTRY], **(asked | change)) is is_on  # type: ignore[arg-type]


def test_the_toll_office_keeps_lists_and_what_they_covered_stays_covered(world: World) -> None:
    made = keeping_lists.add_entry(
        world.unit_of_work, actor=world.toll_office, entry=ENTRY, now=world.now
    )
    with pytest.raises(StepNotAllowedError):
        keeping_lists.add_entry(world.unit_of_work, actor=world.carrier, entry=ENTRY, now=world.now)
    with pytest.raises(InvalidInputError) as wrong:
        keeping_lists.add_entry(
            world.unit_of_work,
            actor=world.toll_office,
            entry=replace(ENTRY, basis=" ", last_day=date(2026, 4, 1)),
            now=world.now,
        )
    assert {one.field for one in wrong.value.faults} == {"basis", "last_day"}
    with pytest.raises(InvalidInputError, match="already"):  # the form was sent twice
        keeping_lists.add_entry(
            world.unit_of_work, actor=world.toll_office, entry=ENTRY, now=world.now
        )
    today = world.now.date()
    for day, is_refused in ((today - timedelta(days=1), True), (today, False)):
        try:
            keeping_lists.end_entry(
                world.unit_of_work,
                actor=world.toll_office,
                entry_id=made.id,
                expected_version=made.version,
                last_day=day,
                now=world.now,
            )
        except InvalidInputError:
            assert is_refused
        else:
            assert not is_refused
