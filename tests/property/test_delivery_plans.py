"""Whatever the loads and the fleet: no plan breaks a rule, and none beats the solver."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schedules import drawn, horizon, plan_of, ways_of
from transport.scheduling.checking import faults_of
from transport.scheduling.exact import most_delivered
from transport.scheduling.fleet import DAY_MIN
from transport.scheduling.scheduler import reschedule, schedule

SEEDS = st.integers(0, 100_000)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_plan_breaks_no_rule_and_every_load_is_on_it_or_listed_as_open(seed: int) -> None:
    loads, fleet = drawn(seed)
    made = schedule(loads, fleet, horizon(days_off=frozenset({2})))
    plan = plan_of(made, fleet, loads)
    assert faults_of(plan, [one.load for one in loads], ways_of(loads)) == ()


@given(SEEDS, st.sampled_from((0, 45, 200)))
@settings(max_examples=30, deadline=None)
def test_planning_anew_moves_nothing_that_is_fixed_and_breaks_no_rule(
    seed: int, late_min: int
) -> None:
    loads, fleet = drawn(seed)
    before = schedule(loads, fleet, horizon())
    if not before.placed:
        return
    fixed = {one.load.load for one in before.placed if one.loads < DAY_MIN}
    late = {min(fixed): late_min} if fixed and late_min else {}
    now = horizon(not_before=DAY_MIN, away=((0, ((DAY_MIN, 2 * DAY_MIN),)),))
    after = reschedule(before.placed, loads, fleet, now, fixed, late)
    was = {one.load.load: one for one in before.placed}
    for one in after.placed:
        if one.load.load in fixed and one.load.load not in late:
            assert one == was[one.load.load]
        elif one.load.load not in fixed and one != was.get(one.load.load):
            assert one.loads >= DAY_MIN
    if not after.conflicts:
        plan = plan_of(after, fleet, loads, late)
        assert faults_of(plan, [one.load for one in loads], ways_of(loads)) == ()


def test_no_plan_delivers_more_than_the_solver_proves_and_few_deliver_less() -> None:
    gaps = []
    for seed in range(30):
        loads, fleet = drawn(seed, 5, 3, longest_wait_min=15, dispatch_step_min=120)
        found = sum(one.load.pieces for one in schedule(loads, fleet, horizon(3)).placed)
        most = most_delivered(loads, fleet, horizon(3))
        assert most is not None
        assert found <= most, seed
        gaps.append(most - found)
    assert sum(gap == 0 for gap in gaps) >= 22, gaps
