"""Moving loads on beams, against a slow scan that shares no code with the product."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transport.structures.effects import Axles, extremes_of_train, train_effects
from transport.structures.influence import EffectKind

STEPS = 20_000
Array = NDArray[np.float64]


def _random_case(seed: int) -> tuple[Axles, list[float]]:
    random = np.random.default_rng(seed)
    axles = int(random.integers(2, 13))
    loads = random.uniform(40, 200, axles)
    gaps = random.uniform(1.1, 9.0, axles - 1)
    spans = random.uniform(8.0, 50.0, int(random.integers(1, 5)))
    return Axles(tuple(loads), tuple(gaps)), [float(span) for span in spans]


def _support_moments(spans: list[float], span: int, share: Array) -> Array:
    """Solve the three-moment equations for unit loads at shares of one span."""
    count = len(spans)
    moments = np.zeros((len(share), count + 1))
    if count == 1:
        return moments
    matrix = np.zeros((count - 1, count - 1))
    for row in range(count - 1):
        matrix[row, row] = 2 * (spans[row] + spans[row + 1])
        if row:
            matrix[row, row - 1] = matrix[row - 1, row] = spans[row]
    right = np.zeros((count - 1, len(share)))
    if span < count - 1:
        right[span] -= spans[span] ** 2 * (share - share**3)
    if span:
        rest = 1 - share
        right[span - 1] -= spans[span] ** 2 * (rest - rest**3)
    moments[:, 1:count] = np.linalg.solve(matrix, right).T
    return moments


def _ordinates(spans: list[float], at_m: Array, span: int, section: float) -> Array:
    """Influence ordinates of the moment at a section, at any place along the beam."""
    ends = np.concatenate(([0.0], np.cumsum(spans)))
    found = np.zeros_like(at_m)
    for loaded in range(len(spans)):
        on = (at_m > ends[loaded]) & (at_m <= ends[loaded + 1]) & (at_m < ends[-1])
        share = (at_m[on] - ends[loaded]) / spans[loaded]
        support = _support_moments(spans, loaded, share)
        value = support[:, span] * (1 - section) + support[:, span + 1] * section
        if loaded == span:
            value += spans[span] * np.where(
                share < section, share * (1 - section), section * (1 - share)
            )
        found[on] = value
    return found


def _scan(axles: Axles, spans: list[float], span: int, section: float) -> tuple[float, float]:
    places = np.concatenate(([0.0], np.cumsum(axles.gaps_m)))
    fronts = np.linspace(0.0, sum(spans) + places[-1], STEPS)
    largest = smallest = 0.0
    for loads, at in (
        (np.array(axles.loads_kn), places),
        (np.array(axles.loads_kn)[::-1], places[-1] - places[::-1]),
    ):
        total = np.zeros(STEPS)
        for load, place in zip(loads, at, strict=True):
            total += load * _ordinates(spans, fronts - place, span, section)
        largest, smallest = max(largest, total.max()), min(smallest, total.min())
    return largest, smallest


@pytest.mark.parametrize("seed", range(40))
def test_moments_at_a_section_equal_a_fine_scan(seed: int) -> None:
    axles, spans = _random_case(seed)
    envelope = train_effects(axles, spans)
    moments = [
        (row, high, low)
        for row, high, low in zip(envelope.rows, envelope.largest, envelope.smallest, strict=True)
        if row.kind is EffectKind.MOMENT
    ]
    peak = max(high for _, high, _ in moments)
    row, high, low = moments[seed % len(moments)]
    span = min(int(row.at), len(spans) - 1)
    scanned_high, scanned_low = _scan(axles, spans, span, row.at - span)
    assert high == pytest.approx(scanned_high, rel=1e-3, abs=1e-3 * peak), f"seed {seed}"
    assert low == pytest.approx(scanned_low, rel=1e-3, abs=1e-3 * peak), f"seed {seed}"


trains = st.lists(st.floats(20.0, 300.0), min_size=2, max_size=8).flatmap(
    lambda loads: st.tuples(
        st.just(tuple(loads)),
        st.lists(st.floats(1.0, 10.0), min_size=len(loads) - 1, max_size=len(loads) - 1),
    )
)
beams = st.lists(st.floats(8.0, 60.0), min_size=1, max_size=4)


@given(train=trains, spans=beams, factor=st.floats(0.2, 5.0))
@settings(max_examples=60, deadline=None)
def test_effects_grow_with_the_loads(
    train: tuple[tuple[float, ...], list[float]], spans: list[float], factor: float
) -> None:
    loads, gaps = train
    once = extremes_of_train(Axles(loads, tuple(gaps)), spans)
    more = extremes_of_train(Axles(tuple(load * factor for load in loads), tuple(gaps)), spans)
    assert more.max_moment_knm == pytest.approx(factor * once.max_moment_knm, rel=1e-9)
    assert more.min_moment_knm == pytest.approx(factor * once.min_moment_knm, rel=1e-9)


@given(train=trains, spans=beams)
@settings(max_examples=60, deadline=None)
def test_a_train_that_runs_the_other_way_causes_the_same(
    train: tuple[tuple[float, ...], list[float]], spans: list[float]
) -> None:
    loads, gaps = train
    there = extremes_of_train(Axles(loads, tuple(gaps)), spans)
    back = extremes_of_train(Axles(loads[::-1], tuple(gaps[::-1])), spans)
    # The train stops a billionth of a span beside the supports: shears agree no further.
    assert there.max_moment_knm == pytest.approx(back.max_moment_knm, rel=1e-8)
    assert there.max_shear_kn == pytest.approx(back.max_shear_kn, rel=1e-8)


@given(spans=beams, at=st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_the_support_reactions_of_one_axle_never_exceed_it_alone_on_a_simple_span(
    spans: list[float], at: float
) -> None:
    found = extremes_of_train(Axles((100.0, 1e-9), (1.0,)), [spans[0] * (1 + at)])
    assert found.max_reaction_kn == pytest.approx(100.0, rel=1e-6)
