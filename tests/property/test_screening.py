"""What always holds of beams and of the screening of bridges."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.evaluation_tables import shipped_tables
from transport.evaluation.engineering import rules_from
from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.effects import Axles, train_effects
from transport.structures.influence import GRID, EffectKind, influence_of
from transport.structures.screening import effects_along, screen
from transport.structures.verdicts import ALONE, ORDINARY, Crossing, Verdict

RULES = rules_from(shipped_tables())
WORST_FIRST = (
    Verdict.FAIL,
    Verdict.NO_DATA,
    Verdict.ENGINEER,
    Verdict.CONDITIONAL_B,
    Verdict.CONDITIONAL_A,
    Verdict.PASS,
)
# What a record may lack; to learn it must not refuse, and to know it must not have refused.
LACKING = (
    "spans_m", "design_load", "continuous", "structural_form", "skew_deg", "girders",
    "girder_spacing_m", "deck_width_m", "condition_class", "rating_age_years",
    "single_column_pier", "natural_frequency_hz",
)  # fmt: skip

beams = st.lists(st.floats(8.0, 60.0), min_size=1, max_size=4)
trains = st.integers(2, 9).flatmap(
    lambda count: st.tuples(
        st.lists(st.floats(30.0, 190.0), min_size=count, max_size=count).map(tuple),
        st.lists(st.floats(1.1, 9.0), min_size=count - 1, max_size=count - 1).map(tuple),
    )
)


@st.composite
def bridges(draw: st.DrawFn) -> Bridge:
    spans = tuple(
        draw(st.lists(st.sampled_from([8.0, 13.0, 20.0, 30.0, 40.0]), min_size=1, max_size=3))
    )
    form = draw(st.sampled_from(list(StructuralForm)))
    return Bridge(
        spans_m=spans,
        continuous=draw(st.booleans()),
        structural_form=form,
        design_load=draw(
            st.sampled_from(
                ["highway-I-2015", "highway-II-2004", "truck-20+trailer-100", "truck-10"]
            )
        ),
        design_code_year=2015,
        deck_width_m=draw(st.sampled_from([7.0, 9.0, 12.0])),
        girders=draw(st.integers(3, 9)),
        girder_spacing_m=draw(st.sampled_from([1.0, 1.6, 2.2])),
        skew_deg=draw(st.sampled_from([0.0, 45.0])),
        condition_class=draw(st.integers(1, 5)),
        rating_age_years=draw(st.sampled_from([0.5, 3.0])),
        natural_frequency_hz=draw(st.sampled_from([None, 1.0, 4.0, 20.0])),
        single_column_pier=draw(st.booleans()),
    )


def _rank(verdict: Verdict) -> int:
    return WORST_FIRST.index(verdict)


@given(spans=beams)
@settings(max_examples=30, deadline=None)
def test_the_reactions_of_a_load_anywhere_sum_to_it(spans: list[float]) -> None:
    table = influence_of(tuple(spans))
    reactions = [row.kind is EffectKind.REACTION for row in table.rows]
    assert table.ordinates[:, reactions].sum(axis=1) == pytest.approx(1.0, abs=1e-9)


@given(spans=beams, one=st.integers(1, 9), other=st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_the_support_moment_of_a_load_is_that_of_its_mirror_image(
    spans: list[float], one: int, other: int
) -> None:
    # Maxwell and Betti: on a mirrored beam, the mirrored section feels the mirrored load as much.
    there, back = influence_of(tuple(spans)), influence_of(tuple(spans[::-1]))
    section, load = one / 10, other * GRID // 10
    row = next(
        n for n, r in enumerate(there.rows) if r.kind is EffectKind.MOMENT and r.at == section
    )
    far = next(
        n
        for n, r in enumerate(back.rows)
        if r.kind is EffectKind.MOMENT and r.at == pytest.approx(len(spans) - section)
    )
    mine = there.ordinates[load, row] * spans[0]
    mirrored = back.ordinates[len(back.ordinates) - 1 - load, far] * spans[-1]
    assert mine == pytest.approx(mirrored, abs=1e-9 * sum(spans))


@given(train=trains, spans=beams, factor=st.floats(0.2, 5.0))
@settings(max_examples=30, deadline=None)
def test_a_beam_and_a_train_of_another_size_scale(
    train: tuple[tuple[float, ...], tuple[float, ...]], spans: list[float], factor: float
) -> None:
    loads, gaps = train
    once = train_effects(Axles(loads, gaps), spans)
    sized = train_effects(
        Axles(loads, tuple(gap * factor for gap in gaps)), [span * factor for span in spans]
    )
    moments = np.array([row.kind is EffectKind.MOMENT for row in once.rows])
    scale = np.where(moments, factor, 1.0)
    peak = np.where(moments, once.largest[moments].max(), once.largest.max())
    assert (abs(sized.largest - scale * once.largest) <= 2e-4 * scale * peak).all()


@given(bridge=bridges(), train=trains, axle=st.integers(0, 8), more=st.floats(1.0, 2.0))
@settings(max_examples=150, deadline=None)
def test_a_heavier_axle_never_improves_a_verdict(
    bridge: Bridge, train: tuple[tuple[float, ...], tuple[float, ...]], axle: int, more: float
) -> None:
    loads, gaps = train
    assume(axle < len(loads))
    heavier = tuple(load * (more if n == axle else 1.0) for n, load in enumerate(loads))
    before = screen(bridge, Axles(loads, gaps), RULES).verdict
    after = screen(bridge, Axles(heavier, gaps), RULES).verdict
    assert _rank(after) <= _rank(before)


@given(bridge=bridges(), train=trains)
@settings(max_examples=150, deadline=None)
def test_a_weaker_bridge_never_gets_a_better_verdict(
    bridge: Bridge, train: tuple[tuple[float, ...], tuple[float, ...]]
) -> None:
    axles = Axles(*train)
    worse = [replace(bridge, condition_class=min((bridge.condition_class or 1) + 1, 5))]
    weaker = {"highway-I-2015": "highway-II-2015", "truck-20+trailer-100": "truck-10"}
    if bridge.design_load in weaker:
        worse.append(replace(bridge, design_load=weaker[bridge.design_load]))
    worse.append(replace(bridge, posted_mass_t=10.0))
    worse += [replace(bridge, rated_vehicle=rated) for rated in ("trailer-80", "4*9@1.2;4;1.2")]
    worse.append(replace(bridge, rated_mass_t=20.0))
    before = _rank(screen(bridge, axles, RULES).verdict)
    for one in worse:
        assert _rank(screen(one, axles, RULES).verdict) <= before, one


@given(bridge=bridges(), train=trains, hidden=st.sets(st.sampled_from(LACKING), min_size=1))
@settings(max_examples=200, deadline=None)
def test_more_knowledge_alone_never_turns_a_refusal_into_a_pass(
    bridge: Bridge, train: tuple[tuple[float, ...], tuple[float, ...]], hidden: set[str]
) -> None:
    axles = Axles(*train)
    nothing = {name: () if name == "spans_m" else None for name in hidden}
    ignorant = replace(bridge, **nothing)  # type: ignore[arg-type]  # any of the fields
    before = screen(ignorant, axles, RULES).verdict
    after = screen(bridge, axles, RULES).verdict
    if before is Verdict.FAIL:
        assert after is Verdict.FAIL
    if before in {Verdict.PASS, Verdict.CONDITIONAL_A, Verdict.CONDITIONAL_B}:
        # Nor did a gap in the record ever pass what the whole record refuses.
        assert after is not Verdict.FAIL


@given(bridge=bridges(), train=trains, speed=st.sampled_from([0.0, 5.0, 6.0, 20.0]))
@settings(max_examples=80, deadline=None)
def test_driving_slower_and_alone_never_lowers_a_ratio(
    bridge: Bridge, train: tuple[tuple[float, ...], tuple[float, ...]], speed: float
) -> None:
    axles = Axles(*train)
    shared = screen(bridge, axles, RULES, Crossing(speed, other_lanes_open=True, centred=False))
    alone = screen(bridge, axles, RULES, Crossing(0.0, other_lanes_open=False, centred=True))
    slow = {one.effect: one.capacity_ratio for one in alone.ratios}
    for one in shared.ratios:
        assert slow[one.effect] >= one.capacity_ratio - 1e-9


@given(bridge=bridges(), train=trains)
@settings(max_examples=60, deadline=None)
def test_the_numbers_along_a_bridge_give_the_ratios_of_the_verdict(
    bridge: Bridge, train: tuple[tuple[float, ...], tuple[float, ...]]
) -> None:
    axles = Axles(*train)
    for crossing in (ORDINARY, ALONE):
        ratios = screen(bridge, axles, RULES, crossing).ratios
        lines = effects_along(bridge, axles, RULES, crossing)
        for one in ratios:
            line = next(x for x in lines if (x.effect, x.unit) == (one.effect, one.unit))
            place = line.least_at(one.at)
            found = line.allowed[place] / line.caused[place]
            assert found == pytest.approx(one.capacity_ratio, rel=1e-6)
