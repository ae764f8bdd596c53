"""How quickly trains are run over bridges, and 500 of them beside PyCBA."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pytest

from tests.beams import Extremes, by_pycba, misfits, random_train
from tests.evaluation_tables import shipped_tables
from transport.evaluation.engineering import rules_from
from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.effects import Axles, extremes_of_train, train_effects
from transport.structures.influence import _table, influence_of
from transport.structures.screening import screen
from transport.structures.simple_span import effects_on_spans

NINE_AXLES = Axles((80, 120, 120, *[115] * 6), (3.3, 1.35, 8.5, *[1.5] * 5))
SIMPLE_A_SECOND = 300_000
CONTINUOUS_A_SECOND = {1: 20_000, 2: 5_000, 3: 2_500}
NEW_PATTERN_MS = 5.0
TIMES_PYCBA = 1_000
STRUCTURES, SCREENING_S = 5_200, 1.0
CASES = 500


def _rate(work: Callable[[], object], number: int, repeats: int = 5) -> float:
    """Return how many a second the quickest of some runs does."""
    quickest = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        work()
        quickest = min(quickest, time.process_time() - start)
    return number / quickest


@pytest.mark.bench
def test_simple_spans_are_quick(capsys: pytest.CaptureFixture[str]) -> None:
    spans = np.random.default_rng(1).uniform(6.0, 50.0, 300_000)
    loads, gaps = np.array(NINE_AXLES.loads_kn), np.array(NINE_AXLES.gaps_m)
    rate = _rate(lambda: effects_on_spans(loads, gaps, spans), len(spans))
    with capsys.disabled():
        sys.stdout.write(f"\nsimple spans: {rate:,.0f} bridges/s\n")
    assert rate >= SIMPLE_A_SECOND


@pytest.mark.bench
@pytest.mark.parametrize("spans", CONTINUOUS_A_SECOND)
def test_continuous_spans_are_quick(spans: int, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(spans)
    patterns = [[float(one) for one in random.uniform(15.0, 45.0, spans)] for _ in range(200)]
    for pattern in patterns:
        train_effects(NINE_AXLES, pattern)

    def work() -> None:
        for pattern in patterns:
            train_effects(NINE_AXLES, pattern)

    rate = _rate(work, len(patterns))
    _table.cache_clear()
    new_ms = 1000.0 / _rate(lambda: [influence_of(tuple(one)) for one in patterns], 200, 1)
    loads, gaps = np.array(NINE_AXLES.loads_kn), np.array(NINE_AXLES.gaps_m)
    start = time.process_time()
    by_pycba(loads, gaps, patterns[0], step_m=0.25)
    pycba_s = (time.process_time() - start) / 2.0  # it runs both ways twice
    with capsys.disabled():
        sys.stdout.write(
            f"\n{spans} continuous spans: {rate:,.0f} /s, {rate * pycba_s:,.0f} x PyCBA, "
            f"a new pattern {new_ms:.2f} ms\n"
        )
    assert rate >= CONTINUOUS_A_SECOND[spans]
    assert new_ms <= NEW_PATTERN_MS
    assert rate * pycba_s >= TIMES_PYCBA


def _structures() -> list[Bridge]:
    random = np.random.default_rng(5)
    forms = (StructuralForm.HOLLOW_SLAB, StructuralForm.GIRDER, StructuralForm.BOX)
    loads = ("highway-I-2015", "highway-II-2015", "highway-I-2004", "truck-super20+trailer-120")
    patterns = [
        tuple(float(one) for one in np.round(random.choice((10, 13, 16, 20, 25, 30, 40), count)))
        for count in random.integers(1, 4, 200)
    ]
    return [
        Bridge(
            spans_m=patterns[number % len(patterns)],
            continuous=len(patterns[number % len(patterns)]) > 1 and number % 3 != 0,
            structural_form=forms[number % 3],
            design_load=loads[number % 4],
            design_code_year=2015,
            deck_width_m=(8.5, 9.0, 11.0, 12.0)[number % 4],
            girders=(9, 5, None)[number % 3],
            girder_spacing_m=(1.0, 2.2, None)[number % 3],
            skew_deg=0.0,
            condition_class=1 + number % 2,
            rating_age_years=0.5,
            single_column_pier=False,
        )
        for number in range(STRUCTURES)
    ]


@pytest.mark.bench
def test_every_structure_of_a_region_is_screened_in_a_second(
    capsys: pytest.CaptureFixture[str],
) -> None:
    structures, rules = _structures(), rules_from(shipped_tables())

    def work() -> None:
        for one in structures:
            screen(one, NINE_AXLES, rules)

    start = time.process_time()
    work()
    cold_s = time.process_time() - start
    warm_s = len(structures) / _rate(work, len(structures), 3)
    with capsys.disabled():
        sys.stdout.write(f"\nscreening of {STRUCTURES}: {cold_s:.2f} s cold, {warm_s:.2f} s warm\n")
    assert warm_s <= SCREENING_S


@pytest.mark.bench
@pytest.mark.timeout(7200)
def test_500_trains_lie_between_pycba_and_a_hundredth_above() -> None:
    wrong = {}
    for seed in range(CASES):
        loads, gaps, spans = random_train(seed, grain_m=0.25)
        found = extremes_of_train(Axles(tuple(loads), tuple(gaps)), spans)
        ours = Extremes(
            found.max_moment_knm, found.min_moment_knm, found.max_shear_kn, found.max_reaction_kn
        )
        misfit = misfits(ours, by_pycba(loads, gaps, spans, step_m=0.25))
        if misfit:  # its steps may pass by the worst place: ask again in small ones
            misfit = misfits(ours, by_pycba(loads, gaps, spans, step_m=0.05))
        if misfit:
            wrong[seed] = misfit
    assert not wrong
