"""Loads and passes of 300 small cases: bound, exact, heuristic; nothing lost or impossible."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from transport.delivery.group_bounds import fewest_loads, least_loads
from transport.delivery.grouping import Demand, GroupedLoad, group
from transport.delivery.passes import PassDemand, exact_passes, least_passes, plan_passes

CASES = 300


def small_demand(seed: int) -> Demand:
    chance = random.Random(seed)  # noqa: S311 - repeatable cases
    families = "ABC"[: chance.randint(1, 3)]
    most = {family: chance.randint(1, 5) for family in families}
    patterns = [{family: count} for family, count in most.items()]
    for one in families:
        for other in families:
            if one < other and chance.random() < 0.7:
                ones, others = chance.randint(1, most[one]), chance.randint(1, most[other])
                patterns.append({one: ones, other: others})
    pieces = {
        (family, day): chance.randint(1, 4)
        for family in families
        for day in chance.sample(range(8), chance.randint(1, 3))
    }
    return Demand(pieces, tuple(patterns), chance.randint(0, 3))


def must_be_possible(demand: Demand, loads: tuple[GroupedLoad, ...]) -> None:
    delivered: Counter[tuple[str, int]] = Counter()
    for load in loads:
        delivered.update(load.pieces)
        counts = dict(load.counts)
        assert any(
            all(one.get(family, 0) >= count for family, count in counts.items())
            for one in demand.patterns
        ), "a load that no pattern allows"
        for _, needed in load.pieces:
            assert load.day <= needed <= load.day + demand.early_days
    assert delivered == Counter(demand.pieces), "every piece is delivered once"


@pytest.mark.parametrize("seed", range(CASES))
def test_loads_lie_between_proof_and_heuristic(seed: int) -> None:
    demand = small_demand(seed)
    bound = least_loads(demand)
    exact = fewest_loads(demand)
    found = group(demand, bound.prices)
    assert exact is not None
    must_be_possible(demand, found)
    must_be_possible(demand, exact)
    assert bound.loads <= len(exact) <= len(found)


def small_passes(seed: int) -> PassDemand:
    chance = random.Random(1000 + seed)  # noqa: S311 - repeatable cases
    days = chance.sample(range(10, 22), chance.randint(1, 4))
    early = chance.randint(0, 2)
    first = min(days) - early
    term = chance.choice((5, 8, 40))
    periods = tuple(range(first, max(days) + 1, term))
    return PassDemand(
        {day: chance.randint(1, 5) for day in days}, chance.randint(1, 3), early, periods, term
    )


@pytest.mark.parametrize("seed", range(CASES))
def test_passes_lie_between_proof_and_heuristic(seed: int) -> None:
    demand = small_passes(seed)
    found = plan_passes(demand)
    exact = exact_passes(demand)
    assert exact is not None
    delivered: Counter[int] = Counter()
    for load in found.loads:
        delivered.update(load.pieces)
        assert load.count <= demand.most
        for needed in load.pieces:
            assert needed - demand.early_days <= load.day <= needed
    assert delivered == Counter(demand.needed)
    trips = Counter((load.day, load.truck, load.count) for load in found.loads)
    assert max(trips.values()) <= demand.trips_a_day, "a truck in two places"
    assert least_passes(demand) <= exact[0] <= found.passes
    if exact[0] == found.passes:
        assert exact[1] <= len(found.loads)


def test_the_gap_of_the_heuristic_stays_small() -> None:
    """The table of gaps over all cases stands in docs/benchmarks.md."""
    loads: Counter[int] = Counter()
    passes: Counter[int] = Counter()
    for seed in range(0, CASES, 3):
        demand, other = small_demand(seed), small_passes(seed)
        exact_loads = len(fewest_loads(demand) or ())
        loads[len(group(demand, least_loads(demand).prices)) - exact_loads] += 1
        passes[plan_passes(other).passes - (exact_passes(other) or (0, 0))[0]] += 1
    assert loads[0] >= 99
    assert passes[0] >= 95
    assert max(*loads, *passes) <= 1
