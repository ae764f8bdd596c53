"""Signals name the records they rest on; an ordinary month gives none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.factories import NOON
from tests.relief_claims import claim
from transport.relief.claims import Claim, ClaimState
from transport.relief.reporting import Grouping, report
from transport.relief.signals import SignalKind, SignalLimits, find_signals

SAME_WEIGHTS = 4
LIMITS = SignalLimits(fastest_km_h=110.0, size_m=0.05, same_weights=SAME_WEIGHTS)


def records(count: int, **changes: Any) -> list[Claim]:
    made = [claim(number, [10_000, 20_000], 0) for number in range(count)]
    return [
        replace(
            one,
            facts=replace(one.facts, pass_number=f"P{number}", weighed_t=40.0 + number, **changes),
        )
        for number, one in enumerate(made)
    ]


def test_an_ordinary_month_gives_no_signal() -> None:
    assert find_signals(records(5), LIMITS, {"": 99}) == ()


def test_one_pass_with_two_trucks_is_shown_with_both_records() -> None:
    first, second = records(2)
    pair = [
        replace(one, facts=replace(one.facts, pass_number="P", trip_plates=(plate, "b")))
        for one, plate in ((first, "蒙A1"), (second, "蒙A2"))
    ]
    (signal,) = find_signals(pair, LIMITS)
    assert signal.kind is SignalKind.TWO_TRUCKS
    assert signal.claims == (first.number, second.number)
    assert signal.found == "蒙A1 蒙A2"


def test_an_impossible_speed_and_a_size_that_differs_are_shown() -> None:
    fast = records(1, entered_at=NOON, left_at=NOON + timedelta(minutes=3))
    assert [one.kind for one in find_signals(fast, LIMITS)] == [SignalKind.IMPOSSIBLE_SPEED]
    large = records(1, measured_m=(4.2, 3.2, 18.0), permitted_m=(4.2, 3.0, 18.0))
    (signal,) = find_signals(large, LIMITS)
    assert (signal.kind, signal.found) == (SignalKind.SIZE_DIFFERS, "4.2 × 3.2 × 18")


def test_the_same_weight_again_and_again_and_too_many_pieces_are_shown() -> None:
    same = [replace(one, facts=replace(one.facts, weighed_t=47.0)) for one in records(SAME_WEIGHTS)]
    (signal,) = find_signals(same, LIMITS)
    assert (signal.kind, signal.found) == (SignalKind.SAME_WEIGHTS, f"{SAME_WEIGHTS} x 47 t")
    (signal,) = find_signals(records(3, producer="F"), LIMITS, {"F": 2})
    assert (signal.kind, signal.found, signal.expected) == (SignalKind.OUTPUT_EXCEEDED, "3", "2")


def test_the_parts_of_a_report_sum_to_the_whole_whatever_the_grouping() -> None:
    granted = [replace(one, state=ClaimState.VERIFIED) for one in records(6)]
    found = report([*granted, *records(1)], "2026-01", "2026-12")
    assert found.granted == 6
    for grouping in Grouping:
        assert sum(one.toll_fen for one in found.parts[grouping]) == found.toll_fen
        assert sum(one.relief_fen for one in found.parts[grouping]) == found.relief_fen
