"""More load never makes the law's answer milder, and every description has an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transport.regulations.reading import read_law
from transport.rules.classification import classify
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import TrailerKind, Transport

LAW = read_law(Path(__file__).parent.parent.parent / "config")
DAY = date(2026, 5, 11)
RANKS = {None: 0, "I": 1, "II": 2, "III": 3}

transports = st.builds(
    lambda height, width, length, loads, kind: describe_transport(
        {
            "height_m": height,
            "width_m": width,
            "length_m": length,
            "axle_loads_t": loads,
            "trailer_kind": str(kind),
        }
    ),
    st.floats(1, 6),
    st.floats(1, 6),
    st.floats(7, 40),
    st.lists(st.floats(1, 22), min_size=2, max_size=12),
    st.sampled_from(TrailerKind),
)
more = st.floats(0, 3)


@given(transports, more, more, more)
def test_a_larger_load_is_never_judged_milder(
    transport: Transport, higher: float, wider: float, longer: float
) -> None:
    larger = replace(
        transport,
        height_m=transport.height_m + higher,
        width_m=transport.width_m + wider,
        length_m=transport.length_m + longer,
    )
    before, after = classify(transport, LAW, DAY), classify(larger, LAW, DAY)

    assert RANKS[after.category] >= RANKS[before.category]
    assert {f.rule for f in before.exceeded} <= {f.rule for f in after.exceeded}
    assert after.escort_plan_required or not before.escort_plan_required
    assert (after.size_grade or "") >= (before.size_grade or "")


@given(transports, st.floats(1, 2))
def test_a_heavier_load_is_never_judged_milder(transport: Transport, times: float) -> None:
    heavier = replace(
        transport,
        mass_t=transport.mass_t * times,
        axle_loads_t=tuple(load * times for load in transport.axle_loads_t),
    )
    before, after = classify(transport, LAW, DAY), classify(heavier, LAW, DAY)

    assert RANKS[after.category] >= RANKS[before.category]
    assert {f.rule for f in before.refusals} <= {f.rule for f in after.refusals}


@given(transports)
def test_only_what_is_over_the_limit_has_a_category(transport: Transport) -> None:
    result = classify(transport, LAW, DAY)

    assert (result.category is None) == (not result.over_limit)
