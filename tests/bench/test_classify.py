"""How long a classification takes, and how long a hundred thousand take in one process.

Measured is the time of this process itself, not what else ran meanwhile.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law
from transport.rules.classification import classify
from transport.rules.conditions import conditions_for
from transport.vehicles.describing import describe_transport
from transport.working_days import WorkingCalendar

CONFIG = Path(__file__).parent.parent.parent / "config"
DAY = date(2026, 5, 11)
P95_MS = 5.0
MANY, MANY_S = 100_000, 60.0


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(CONFIG)


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(CONFIG)


def _described(count: int) -> Iterator[dict[str, Any]]:
    """Yield different hydraulic trains, ordinary ones and everything up to category III."""
    for number in range(count):
        yield {
            "height_m": 3.5 + number % 200 / 100,
            "width_m": 2.5 + number % 37 / 20,
            "length_m": 16 + number % 23,
            "axle_notation": "10+20+5*18",
            "axle_spacings_m": "3.2,1.4,4,1.5,1.5,1.5,1.5",
            "trailer_kind": "hydraulic",
            "axles_per_line": 2,
        }


def _say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


@pytest.mark.bench
def test_classify_is_quick(
    law: Law, calendar: WorkingCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    times_ms = []
    for given in _described(2000):
        start = time.process_time()
        transport = describe_transport(given)
        classify(transport, law, DAY, "150203", "150781", (), calendar)
        times_ms.append((time.process_time() - start) * 1000)
    cuts = statistics.quantiles(times_ms, n=20)

    _say(
        capsys,
        f"classify: p50 {cuts[9]:.3f} ms, p95 {cuts[18]:.3f} ms, {P95_MS / cuts[18]:.0f} times "
        f"quicker than the {P95_MS:g} ms it may take",
    )
    assert cuts[18] < P95_MS


@pytest.mark.bench
def test_a_hundred_thousand_transports_take_less_than_a_minute(
    law: Law, calendar: WorkingCalendar, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.process_time()
    for given in _described(MANY):
        classify(describe_transport(given), law, DAY, "150203", "150781", (), calendar)
    took_s = time.process_time() - start

    _say(
        capsys,
        f"{MANY} transports: {took_s:.1f} s, {MANY / took_s:.0f} a second, "
        f"{MANY_S / took_s:.1f} times quicker than the {MANY_S:g} s they may take",
    )
    assert took_s < MANY_S


@pytest.mark.bench
def test_conditions_are_quick(law: Law, capsys: pytest.CaptureFixture[str]) -> None:
    transports = [describe_transport(given) for given in _described(1000)]
    start = time.process_time()
    for transport in transports:
        conditions_for(transport, law, DAY)
    each_ms = (time.process_time() - start) * 1000 / len(transports)

    _say(capsys, f"conditions of a pass: {each_ms:.3f} ms")
    assert each_ms < P95_MS
