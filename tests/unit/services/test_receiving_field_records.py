from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import World
from transport.errors import NotFoundError
from transport.permits.component_history import HistoryStep, history_of
from transport.permits.manifest import Trip, TripState
from transport.services.receiving_field_records import (
    FieldAnswer,
    FieldRecord,
    FieldStep,
    Receipt,
    follow_component,
    receive_field_records,
)
from transport.services.recording_trips import open_trip, plan_trip, record_loading

SITE = "呼和浩特市赛罕区"


@pytest.fixture
def world() -> World:
    return World()


def loaded(world: World) -> Trip:
    case, _ = world.ready()
    trip = plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    return record_loading(
        world.unit_of_work,
        world.documents,
        actor=world.carrier,
        trip_id=trip.id,
        expected_version=trip.version,
        certificate_number="HGZ-1",
        certificate=("hgz.pdf", b"certificate"),
        now=world.now,
    )


def taps(world: World, trip: Trip) -> tuple[FieldRecord, FieldRecord]:
    """Return what a phone without signal kept: departure, and acceptance two hours later."""
    gone = FieldRecord("p1-1", trip.id, FieldStep.DEPARTURE, world.now, ("XL-001", "XL-001"))
    there = replace(
        gone,
        id="p1-2",
        step=FieldStep.ACCEPTANCE,
        at=world.now + timedelta(hours=2),
        site=SITE,
        accepted_by="工地收货员",
        damage_note="左下角崩边",
    )
    return gone, there


def send(world: World, *records: FieldRecord, hours: float = 5) -> list[FieldAnswer]:
    return receive_field_records(
        world.unit_of_work,
        actor=world.carrier,
        records=records,
        now=world.now + timedelta(hours=hours),
    )


def stands(world: World, trip: Trip) -> Trip:
    return open_trip(world.unit_of_work, actor=world.carrier, trip_id=trip.id)[1]


def test_a_component_is_followed_from_certificate_to_acceptance_after_offline_use(
    world: World,
) -> None:
    trip = loaded(world)
    gone, there = taps(world, trip)
    answers = send(world, there, gone)
    assert [one.receipt for one in answers] == [Receipt.RECORDED, Receipt.RECORDED]
    told = follow_component(world.unit_of_work, actor=world.carrier, number="XL-001")
    assert [one.step for one in told.entries] == list(HistoryStep)
    assert told.is_complete
    times = {one.step: one.at for one in told.entries}
    assert times[HistoryStep.DEPARTED] == gone.at
    assert times[HistoryStep.HANDED_OVER] == world.now + timedelta(hours=5)
    assert times[HistoryStep.ACCEPTED] == there.at
    with pytest.raises(NotFoundError):
        follow_component(world.unit_of_work, actor=world.rival, number="XL-001")


def test_a_record_sent_twice_and_a_label_scanned_twice_count_once(world: World) -> None:
    trip = loaded(world)
    gone, _ = taps(world, trip)
    assert [one.receipt for one in send(world, gone)] == [Receipt.RECORDED]
    before = stands(world, trip)
    assert [one.receipt for one in send(world, gone, hours=9)] == [Receipt.ALREADY]
    assert stands(world, trip) == before


def test_another_phone_goes_on_for_a_lost_one_and_the_found_phone_changes_nothing(
    world: World,
) -> None:
    trip = loaded(world)
    gone, there = taps(world, trip)
    second = replace(gone, id="p2-1", at=gone.at + timedelta(minutes=20))
    send(world, second, replace(there, id="p2-2"))
    done = stands(world, trip)
    assert done.state is TripState.DELIVERED
    late = send(world, gone, there, hours=30)
    assert [one.receipt for one in late] == [Receipt.ALREADY, Receipt.ALREADY]
    assert stands(world, trip) == done


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"site": "包头市昆都仑区"}, "belongs to 呼和浩特市赛罕区"),
        ({"scanned": ("XL-001", "XL-777")}, "XL-777"),
        ({"accepted_by": " "}, "who accepted"),
    ],
)
def test_a_wrong_site_label_or_name_is_refused_with_its_reason(
    world: World, changes: dict[str, Any], why: str
) -> None:
    trip = loaded(world)
    gone, there = taps(world, trip)
    answers = send(world, gone, replace(there, **changes))
    assert [one.receipt for one in answers] == [Receipt.RECORDED, Receipt.REFUSED]
    assert why in answers[1].why
    assert stands(world, trip).state is TripState.DEPARTED


def test_a_phone_whose_clock_runs_ahead_is_told_so(world: World) -> None:
    gone, _ = taps(world, loaded(world))
    (answer,) = send(world, replace(gone, at=world.now + timedelta(days=1)), hours=0)
    assert "phone's clock" in answer.why


def test_a_component_on_two_loaded_trips_is_shown_as_doubled(world: World) -> None:
    _, trip = world.delivered()
    told = history_of("XL-001", [trip, replace(trip, id="other")])
    assert [one.id for one in told.doubled] == ["other"]
    assert not told.is_complete
