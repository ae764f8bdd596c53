"""How long a classification takes in one process."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from transport.regulations.reading import read_calendar, read_law
from transport.rules.classification import classify
from transport.vehicles.describing import describe_transport

CONFIG = Path(__file__).parent.parent.parent / "config"
P95_MS = 5.0


@pytest.mark.bench
def test_classify_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    law, calendar = read_law(CONFIG), read_calendar(CONFIG)
    times_ms = []
    for number in range(2000):
        given = {
            "height_m": 3.5 + number % 200 / 100,
            "width_m": 2.5 + number % 37 / 20,
            "length_m": 16 + number % 23,
            "axle_notation": "10+20+5*18",
            "axle_spacings_m": "3.2,1.4,4,1.5,1.5,1.5,1.5",
            "trailer_kind": "hydraulic",
            "axles_per_line": 2,
        }
        start = time.perf_counter()
        transport = describe_transport(given)
        classify(transport, law, date(2026, 5, 11), "150203", "150781", (), calendar)
        times_ms.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times_ms, n=20)
    with capsys.disabled():
        sys.stdout.write(f"\nclassify: p50 {cuts[9]:.3f} ms, p95 {cuts[18]:.3f} ms\n")
    assert cuts[18] < P95_MS
