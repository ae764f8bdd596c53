"""What holds for any relief: never above the toll, claims commute, parts sum to the whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import NOON, actor, scheme
from tests.fakes import FakeUnitsOfWork
from tests.relief_claims import CARRIER, OFFICE, claim
from transport.people import Role
from transport.relief.calculators import Calculator, CalculatorKind, LineMoney, relieve
from transport.relief.claims import ClaimStep
from transport.relief.comparing import Assumptions, Scenario, compare
from transport.relief.schemes import Ownership, Scheme
from transport.relief.simulation import relief_of_way, simulate
from transport.relief.synthetic import SyntheticPair, synthetic_year
from transport.relief.trip_facts import TollLine
from transport.relief.trip_table import TripTable, Way, read_trips, write_trips
from transport.services.claiming_relief import decide_claim
from transport.services.settling_relief import read_trial_balance

AMOUNTS = st.integers(0, 5_000_000)
LINES = st.lists(
    st.builds(
        LineMoney,
        amount_fen=AMOUNTS,
        class_fen=st.one_of(
            st.just(()),
            st.lists(AMOUNTS, min_size=6, max_size=6).map(lambda one: tuple(sorted(one))),
        ),
        above_six_fen=AMOUNTS,
    ),
    min_size=1,
    max_size=6,
)
STEPS = st.lists(
    st.one_of(
        st.builds(
            Calculator,
            kind=st.sampled_from([CalculatorKind.PERCENTAGE, CalculatorKind.REFUND]),
            percent=st.decimals(0, 100, places=4),
        ),
        st.builds(
            Calculator, kind=st.just(CalculatorKind.CAPPED_CLASS), vehicle_class=st.integers(1, 6)
        ),
        st.builds(Calculator, kind=st.just(CalculatorKind.FIXED), amount_fen=st.integers(1, 10**7)),
        st.builds(
            Calculator, kind=st.sampled_from([CalculatorKind.WAIVED_ADD_ON, CalculatorKind.ZERO])
        ),
    ),
    min_size=1,
    max_size=4,
)
PAIRS = [
    SyntheticPair("S1", "S2", "1502", 2.0),
    SyntheticPair("S2", "S1", "1501", 1.0),
    SyntheticPair("S1", "S3", "1502", 0.5),
]
ASSUMED = Assumptions((60, 100), (0, 30), (60.0, 180.0), (3.5, 6.0))
YEAR = synthetic_year(3, 2025, PAIRS, count=3000)


def way(index: int, table: TripTable = YEAR) -> Way:
    key = table.keys[index]
    above = max(key.axles - 6, 0) * 2_000
    rates = [4_500, 9_000, 12_000, 16_000, 19_000, 21_000]
    base = rates[min(key.axles, 6) - 1]
    lines = tuple(
        TollLine(
            section=road,
            ownership=owner,
            length_km=Decimal(100),
            amount_yuan=Decimal(base + above + index) / 100,
            operator=operator,
            league=league,
            class_fen=tuple(rates),
            above_six_fen=above,
        )
        for road, owner, operator, league in (
            ("G6", Ownership.GOVERNMENT_LOAN, "甲", "1502"),
            ("G65", Ownership.COMMERCIAL, "乙", "1506"),
        )
    )
    return Way(key, lines, length_km=200.0, hours=3.0, free_km=230.0, free_hours=5.0)


WAYS = tuple(way(index) for index in range(len(YEAR.keys)))


@given(steps=STEPS, lines=LINES, cap=st.one_of(st.none(), AMOUNTS))
def test_relief_is_between_nothing_and_the_toll(
    steps: list[Calculator], lines: list[LineMoney], cap: int | None
) -> None:
    reliefs = relieve(steps, lines, cap)
    for line, one in zip(lines, reliefs, strict=True):
        assert 0 <= one.refund_fen <= one.relief_fen <= line.amount_fen
    if cap is not None:
        assert sum(one.relief_fen for one in reliefs) <= cap


@given(steps=STEPS, more=STEPS, lines=LINES)
def test_another_step_never_makes_relief_smaller(
    steps: list[Calculator], more: list[Calculator], lines: list[LineMoney]
) -> None:
    few = relieve(steps, lines)
    many = relieve([*steps, *more], lines)
    assert all(a.relief_fen <= b.relief_fen for a, b in zip(few, many, strict=True))


@settings(max_examples=15, deadline=None)
@given(
    tolls=st.lists(st.lists(st.integers(1, 99_999), min_size=1, max_size=3), min_size=3, max_size=3)
)
def test_independent_claims_commute(tolls: list[list[int]]) -> None:
    found = set()
    for order in permutations(range(3)):
        storage = FakeUnitsOfWork()
        with storage() as work:
            for number, one in enumerate(tolls):
                work.claims.add(claim(number, one, 0), changed_by="c", at=NOON)
            work.commit()
        for number in order:
            for version, (step, who) in enumerate(
                [(ClaimStep.VERIFY, OFFICE[0]), (ClaimStep.PAY, OFFICE[1])], start=1
            ):
                decide_claim(
                    storage,
                    actor=who,
                    number=f"JM-{number:05d}",
                    step=step,
                    expected_version=version,
                    now=NOON,
                )
        balance = read_trial_balance(
            storage, actor=actor(Role.TOLL_OFFICE, "v"), first="2026-01", last="2026-12"
        )
        found.add(balance.balances)
    assert len(found) == 1
    assert CARRIER.organisation_id


def test_a_simulation_without_change_gives_zero() -> None:
    scheme_now = _scheme(calculators=(Calculator(CalculatorKind.PERCENTAGE, percent=Decimal(30)),))
    none = compare(YEAR, WAYS, [Scenario("none", ())], assumptions=ASSUMED)["schemes"][0]
    same = compare(
        YEAR, WAYS, [Scenario("same", (scheme_now,))], baseline=[scheme_now], assumptions=ASSUMED
    )["schemes"][0]
    for one in (none, same):
        assert one["loss_yuan"] == "0.00"
        assert {part["loss_yuan"] for part in one["by_operator"]} == {"0.00"}
        assert one["detours"]["avoided_pairs"] == [0, 0]


@settings(max_examples=20, deadline=None)
@given(
    steps=STEPS,
    budget=st.one_of(st.none(), st.integers(0, 30_000_000)),
    cap=st.one_of(st.none(), st.integers(0, 40_000)),
    kinds=st.sampled_from([frozenset(), frozenset({"laminated_slab", "steel_h_column"})]),
)
def test_the_vectors_agree_with_one_trip_after_another_and_parts_sum_to_the_whole(
    steps: list[Calculator], budget: int | None, cap: int | None, kinds: frozenset[str]
) -> None:
    tried = _scheme(
        calculators=tuple(steps), budget_fen=budget, cap_per_trip_fen=cap, component_kinds=kinds
    )
    out = simulate(YEAR, WAYS, [tried])
    left = budget
    expected = np.zeros(len(YEAR), dtype=np.int64)
    kind = YEAR.columns["component_kind"].tolist()
    stopped = False
    for index in range(len(YEAR)):  # the days of a synthetic year are in order
        named = YEAR.words["component_kind"][kind[index]]
        if not YEAR.lawful[index] or (kinds and named not in kinds) or stopped:
            continue
        whole = sum(relief_of_way(WAYS[YEAR.way[index]], tried, cap))
        if left is not None and whole > left:
            ends = left if cap is None else min(cap, left)
            whole = sum(relief_of_way(WAYS[YEAR.way[index]], tried, ends))
            stopped = True
        expected[index] = whole
        left = None if left is None else left - whole
    assert (out.relief_fen == expected).all()
    assert int(out.line_relief_fen.sum()) == int(out.relief_fen.sum())
    assert int(out.line_toll_fen.sum()) == int(out.toll_fen.sum())
    assert (out.relief_fen <= out.toll_fen).all()
    told = compare(YEAR, WAYS, [Scenario("one", (tried,))], assumptions=ASSUMED)["schemes"][0]
    for name in (key for key in told if key.startswith("by_")):
        parts = sum(Decimal(part["loss_yuan"]) for part in told[name])
        assert parts == Decimal(told["loss_yuan"]), name


def test_the_same_seed_gives_the_same_year_and_another_another() -> None:
    again = synthetic_year(3, 2025, PAIRS, count=3000)
    other = synthetic_year(4, 2025, PAIRS, count=3000)
    assert (again.way == YEAR.way).all()
    assert (again.mass_t == YEAR.mass_t).all()
    assert not (other.mass_t == YEAR.mass_t).all()
    assert YEAR.synthetic
    assert "synthetic" in YEAR.source


def test_trips_survive_the_way_through_a_file_with_their_mark() -> None:
    text = "".join(write_trips(YEAR))
    back = read_trips(iter(text.splitlines(keepends=True)), "file")
    assert back.synthetic
    ways = {key: index for index, key in enumerate(back.keys)}
    by_key = [WAYS[YEAR.keys.index(one)] for one in back.keys]
    tried = _scheme(calculators=(Calculator(CalculatorKind.ZERO),))
    assert ways
    assert (
        simulate(back, by_key, [tried]).relief_fen == simulate(YEAR, WAYS, [tried]).relief_fen
    ).all()


def test_two_schemes_together_give_each_trip_the_better_one() -> None:
    few = _scheme(
        id="few", calculators=(Calculator(CalculatorKind.PERCENTAGE, percent=Decimal(10)),)
    )
    steel = _scheme(
        id="steel",
        materials=frozenset({"steel"}),
        calculators=(Calculator(CalculatorKind.PERCENTAGE, percent=Decimal(50)),),
    )
    both = simulate(YEAR, WAYS, [few, steel])
    alone = [simulate(YEAR, WAYS, [one]) for one in (few, steel)]
    assert (both.relief_fen == np.maximum(alone[0].relief_fen, alone[1].relief_fen)).all()


def _scheme(**changes: Any) -> Scheme:
    given: dict[str, Any] = {
        "ownership": frozenset({Ownership.GOVERNMENT_LOAN}),
        "materials": frozenset({"precast", "steel", "timber"}),
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
        "without_pass": True,
        **changes,
    }
    return scheme(**given)
