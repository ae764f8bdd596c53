from __future__ import annotations

from datetime import date, datetime, time
from random import Random
from time import perf_counter
from typing import Any

import pytest

from tests.factories import CHINA, transport
from transport.network.attributes import LimitKind
from transport.network.closures import Restriction, RestrictionKind, read_weekly
from transport.permits.decision import TimeWindow
from transport.permits.recall import Effect, Journey, RecallIndex, classify, effect_on

TODAY = date(2026, 5, 11)


def journey(**changes: Any) -> Journey:
    given: dict[str, Any] = {
        "case_number": "DJ1",
        "network_id": "n",
        "edges": (1, 2, 3),
        "first_day": TODAY,
        "last_day": date(2026, 5, 20),
        "transport": transport(),
        **changes,
    }
    return Journey(**given)


def restriction(**changes: Any) -> Restriction:
    given: dict[str, Any] = {
        "id": "r",
        "kind": RestrictionKind.CLOSURE,
        "edges": (2,),
        "reason": "桥梁加固",
        "issued_by": "养护中心",
        "closed": True,
        **changes,
    }
    return Restriction(**given)


def effect(one: Journey, of: Restriction) -> tuple[Effect, str]:
    found = effect_on(one, of, TODAY)
    return found.effect, found.reason


def test_only_journeys_on_its_edges_and_in_its_time_are_touched() -> None:
    journeys = [
        journey(case_number="on"),
        journey(case_number="elsewhere", edges=(7, 8)),
        journey(case_number="earlier", last_day=date(2026, 5, 12)),
        journey(case_number="over", first_day=date(2026, 4, 1), last_day=date(2026, 5, 10)),
    ]
    later = restriction(from_at=datetime(2026, 5, 15, 8, tzinfo=CHINA))
    touched = RecallIndex(journeys).touched_by(later, TODAY)
    assert [one.case_number for one in touched] == ["on"]
    always = RecallIndex(journeys).touched_by(restriction(), TODAY)
    assert [one.case_number for one in always] == ["on", "earlier"]


def test_a_closure_over_the_whole_term_asks_for_another_route() -> None:
    assert effect(journey(), restriction())[0] is Effect.MUST_REROUTE


def test_a_closure_that_leaves_days_or_hours_is_a_new_condition() -> None:
    some_days = restriction(to_at=datetime(2026, 5, 13, tzinfo=CHINA))
    nights = restriction(weekly=read_weekly("22:00-06:00"))
    assert effect(journey(), some_days) == (Effect.NEW_CONDITION, "drive_at_other_times")
    assert effect(journey(), nights)[0] is Effect.NEW_CONDITION


def test_a_closure_at_night_does_not_touch_who_drives_by_day() -> None:
    by_day = journey(windows=(TimeWindow(time(9), time(16)),))
    nights = restriction(weekly=read_weekly("22:00-06:00"))
    assert effect(by_day, nights) == (Effect.UNAFFECTED, "other_days")


def test_a_limit_touches_only_what_exceeds_it() -> None:
    low = restriction(closed=False, limits=((LimitKind.CLEAR_HEIGHT, 4.5),))
    high = restriction(closed=False, limits=((LimitKind.CLEAR_HEIGHT, 4.6),))
    assert effect(journey(), low)[0] is Effect.MUST_REROUTE
    assert effect(journey(), high) == (Effect.UNAFFECTED, "within_limits")


def test_what_consent_may_lift_or_nobody_can_tell_needs_a_decision() -> None:
    soft = restriction(hard=False)
    assert effect(journey(), soft) == (Effect.DECISION_NEEDED, "consent_may_lift_it")
    axle = restriction(closed=False, limits=((LimitKind.SIGNED_AXLE, 10.0),))
    bare = journey(transport=transport(axle_loads_t=(), axle_spacings_m=()))
    assert effect(bare, axle) == (Effect.DECISION_NEEDED, "limit_cannot_be_told")


def test_a_truck_on_the_road_is_a_decision_and_stands_first() -> None:
    driving = journey(on_the_road=True, case_number="driving")
    assert effect(driving, restriction()) == (Effect.DECISION_NEEDED, "truck_on_the_road")
    found = classify([journey(), driving], restriction(), TODAY)
    assert [one.journey.case_number for one in found] == ["driving", "DJ1"]


@pytest.mark.bench
def test_a_hundred_thousand_passes_are_asked_in_two_seconds() -> None:
    random = Random(3)  # noqa: S311 - not for secrets
    load = transport()
    starts = [random.randrange(60_000) for _ in range(100_000)]
    journeys = [
        journey(case_number=str(n), edges=tuple(range(at, at + 200)), transport=load)
        for n, at in enumerate(starts)
    ]
    index = RecallIndex(journeys)
    began = perf_counter()
    touched = index.touched_by(restriction(edges=(30_000, 30_001)), TODAY)
    asked_s = perf_counter() - began
    expected = sum(at <= 30_001 < at + 201 for at in starts)
    assert len(touched) == expected
    began = perf_counter()
    classify(touched, restriction(weekly=read_weekly("22:00-06:00")), TODAY)
    rate = len(touched) / (perf_counter() - began)
    assert asked_s < 2
    assert rate >= 500


def test_a_journey_beside_the_restricted_part_of_its_road_is_not_touched() -> None:
    # Edge 2 is restricted from metre 400 to 900.
    closed = restriction(edges=(2,), spans=((400.0, 900.0),))
    through = journey(edges=(1, 2, 3))
    ends_before = journey(edges=(1, 2), end_m=400.0)
    ends_within = journey(edges=(1, 2), end_m=500.0)
    begins_behind = journey(edges=(2, 3), start_m=900.0)
    index = RecallIndex([through, ends_before, ends_within, begins_behind])
    assert index.touched_by(closed, TODAY) == [through, ends_within]
    assert len(index.touched_by(restriction(edges=(2,)), TODAY)) == 4


def test_closed_lanes_need_a_decision_on_the_width_they_leave() -> None:
    works = restriction(closed=False, lanes="1 closed")
    assert effect(journey(), works) == (Effect.DECISION_NEEDED, "limit_cannot_be_told")
