from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import World, relief_basis, scheme, toll_lines
from transport.errors import NotFoundError
from transport.permits.component_history import HistoryStep, history_of
from transport.permits.manifest import Trip, TripState
from transport.relief.schemes import SchemeRegister
from transport.services import claiming_relief
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
        world.documents,
        actor=world.carrier,
        records=records,
        now=world.now + timedelta(hours=hours),
    )


def stands(world: World, trip: Trip) -> Trip:
    return open_trip(world.unit_of_work, actor=world.carrier, trip_id=trip.id)[1]


def whole_journey(world: World) -> tuple[Trip, tuple[FieldRecord, ...]]:
    """Return a planned trip and everything that a phone without signal recorded of it."""
    case, _ = world.ready()
    trip = plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=case.number,
        component_numbers=["XL-001"],
        now=world.now,
    )

    def tap(number: int, step: FieldStep, hours: float, **said: Any) -> FieldRecord:
        at = world.now + timedelta(hours=hours)
        return FieldRecord(f"p1-{number}", trip.id, step, at, ("XL-001",), **said)

    paper, picture = ("certificate.jpg", b"certificate"), ("photo-1.jpg", b"load")
    return trip, (
        tap(
            1, FieldStep.LOADING, 0, certificate_number="HGZ-9", certificate=paper, files=(picture,)
        ),
        tap(2, FieldStep.WEIGHING, 0.2, weighed_t=46.2),
        tap(3, FieldStep.DEPARTURE, 0.5, driver="赵师傅", station="包头东"),
        tap(4, FieldStep.DAMAGE, 1.5, damage_note="护角松动", files=(("photo-1.jpg", b"edge"),)),
        tap(5, FieldStep.ARRIVAL, 3, site=SITE),
        tap(6, FieldStep.ACCEPTANCE, 3.5, site=SITE, accepted_by="工地收货员"),
    )


def test_a_component_is_followed_from_casting_to_acceptance_after_offline_use(
    world: World,
) -> None:
    trip, records = whole_journey(world)
    answers = send(world, *reversed(records))
    assert [one.receipt for one in answers] == [Receipt.RECORDED] * len(records)
    told = follow_component(world.unit_of_work, actor=world.carrier, number="XL-001")
    steps = [one.step for one in told.entries]
    assert sorted(steps) == sorted(set(HistoryStep) - {HistoryStep.CAST})
    assert told.is_complete
    times = {one.step: one.at for one in told.entries}
    assert times[HistoryStep.LOADED] == records[0].at
    assert times[HistoryStep.DEPARTED] == records[2].at
    assert times[HistoryStep.HANDED_OVER] == world.now + timedelta(hours=5)
    assert times[HistoryStep.ARRIVED] == records[4].at
    assert times[HistoryStep.ACCEPTED] == records[5].at
    with pytest.raises(NotFoundError):
        follow_component(world.unit_of_work, actor=world.rival, number="XL-001")
    cast = history_of("XL-001", [stands(world, trip)], date(2026, 3, 2), "示范构件厂")
    assert (cast.entries[0].step, cast.entries[0].on) == (HistoryStep.CAST, date(2026, 3, 2))


def test_what_phones_recorded_is_the_evidence_of_toll_relief(world: World) -> None:
    trip, records = whole_journey(world)
    send(world, *records)
    claim = claiming_relief.open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00"),
        toll_status="demonstration",
        basis=relief_basis(),
        now=world.now + timedelta(hours=6),
    )
    facts = claim.facts
    assert facts.certificate_number == "HGZ-9"
    assert facts.site_accepted
    assert facts.weighed_t == 46.2
    kinds = [one.partition(":")[0] for one in facts.evidence]
    assert kinds == ["certificate", "photo", "damage"]
    follow = follow_component(world.unit_of_work, actor=world.carrier, number="XL-001")
    shown = [file.digest[:12] for entry in follow.entries for file in entry.files]
    assert all(any(digest in one for one in facts.evidence) for digest in shown)


def test_nothing_is_loaded_on_a_phone_without_the_factorys_certificate(world: World) -> None:
    _, (loading, *_) = whole_journey(world)
    (answer,) = send(world, replace(loading, certificate=None))
    assert answer.receipt is Receipt.REFUSED
    assert "certificate is needed" in answer.why


def test_a_component_on_another_loaded_trip_is_not_loaded_again_unless_it_came_back_damaged(
    world: World,
) -> None:
    first, records = whole_journey(world)
    send(world, *records[:3])
    again = plan_trip(
        world.unit_of_work,
        actor=world.carrier,
        number=first.case_number,
        component_numbers=["XL-001"],
        now=world.now,
    )
    loading = replace(records[0], id="p2-1", trip_id=again.id)
    (answer,) = send(world, loading)
    assert "another loaded trip" in answer.why
    send(world, *records[3:])
    assert [one.receipt for one in send(world, loading)] == [Receipt.RECORDED]


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
