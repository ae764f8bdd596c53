"""More load never makes the law's answer milder, and every description has an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transport.regulations.reading import read_law
from transport.rules.classification import classify
from transport.rules.conditions import conditions_for
from transport.rules.penalties import fine_for
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import ConformingKind, TrailerKind, Transport

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


@given(transports, more, more, more, st.floats(1, 2))
def test_a_larger_or_heavier_load_is_never_fined_less(
    transport: Transport, higher: float, wider: float, longer: float, times: float
) -> None:
    worse = replace(
        transport,
        height_m=transport.height_m + higher,
        width_m=transport.width_m + wider,
        length_m=transport.length_m + longer,
        mass_t=transport.mass_t * times,
    )
    before, after = fine_for(transport, LAW, DAY), fine_for(worse, LAW, DAY)

    assert after.least_yuan >= before.least_yuan
    assert after.most_yuan >= before.most_yuan
    assert 0 <= after.least_yuan <= after.most_yuan <= 30_000


@given(transports, more, more, more)
def test_a_larger_load_keeps_every_kind_of_condition(
    transport: Transport, higher: float, wider: float, longer: float
) -> None:
    larger = replace(
        transport,
        height_m=transport.height_m + higher,
        width_m=transport.width_m + wider,
        length_m=transport.length_m + longer,
    )
    before = {one.code for one in conditions_for(transport, LAW, DAY)}
    after = {one.code for one in conditions_for(larger, LAW, DAY)}

    assert before <= after


@given(transports, st.sampled_from(ConformingKind))
def test_an_exception_never_makes_the_law_stricter(
    transport: Transport, kind: ConformingKind
) -> None:
    excused = replace(transport, conforming_kind=kind)

    exceeded = {f.rule for f in classify(excused, LAW, DAY).exceeded}
    assert exceeded <= {f.rule for f in classify(transport, LAW, DAY).exceeded}
