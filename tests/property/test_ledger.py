"""After any sequence of steps the ledger sums to zero, and a closed month never changes."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.factories import NOON
from tests.fakes import FakeUnitsOfWork
from tests.relief_claims import CARRIER, FINANCE, OFFICE, claim
from transport.errors import TransportError
from transport.people import Actor
from transport.relief.claims import ClaimStep
from transport.relief.ledger import Booking
from transport.services.approving_settlements import digest_of_rows, rows_of_operator
from transport.services.claiming_relief import decide_claim
from transport.services.settling_relief import (
    changed_months,
    close_month,
    read_statement,
    read_trial_balance,
    reverse_booking,
    sum_operators,
)


class LedgerMachine(RuleBasedStateMachine):
    """Opens records, leads them any way, reverses bookings, closes months, lets time pass."""

    @initialize()
    def begin(self) -> None:
        self.storage = FakeUnitsOfWork()
        self.now = NOON
        self.count = 0
        self.frozen: dict[str, list[Booking]] = {}

    @rule(tolls=st.lists(st.integers(1, 200_000), min_size=1, max_size=4), chosen=st.integers(0, 2))
    def open(self, tolls: list[int], chosen: int) -> None:
        with self.storage() as work:
            work.claims.add(claim(self.count, tolls, chosen), changed_by="c", at=self.now)
            work.commit()
        self.count += 1

    @rule(step=st.sampled_from(ClaimStep), which=st.integers(0, 50), who=st.sampled_from(OFFICE))
    def lead(self, step: ClaimStep, which: int, who: Actor) -> None:
        if not self.count:
            return
        number = f"JM-{which % self.count:05d}"
        with self.storage() as work:
            version = work.claims.get(number).version
        chosen = CARRIER if step is ClaimStep.APPEAL else who
        # Refused steps must leave no trace; the invariants look.
        with contextlib.suppress(TransportError):
            decide_claim(
                self.storage,
                actor=chosen,
                number=number,
                step=step,
                expected_version=version,
                now=self.now,
                reason="理由",
            )

    @rule(which=st.integers(0, 50))
    def reverse(self, which: int) -> None:
        bookings = self.storage.shelves.bookings
        if not bookings:
            return
        with contextlib.suppress(TransportError):
            reverse_booking(
                self.storage,
                actor=FINANCE,
                booking_id=bookings[which % len(bookings)].id,
                reason="理由",
                now=self.now,
            )

    @rule(months=st.integers(0, 4))
    def close(self, months: int) -> None:
        month = f"{self.now - timedelta(days=31 * months):%Y-%m}"
        try:
            close_month(self.storage, actor=FINANCE, month=month, now=self.now)
        except TransportError:
            return
        self.frozen[month] = [one for one in self.storage.shelves.bookings if one.month == month]

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def everything_sums_to_zero(self) -> None:
        for one in self.storage.shelves.bookings:
            assert sum(entry.amount_fen for entry in one.entries) == 0
        balance = read_trial_balance(self.storage, actor=OFFICE[0], first="2000-01", last="2099-12")
        assert balance.debit_fen == balance.credit_fen
        assert sum(one.balance_fen for one in balance.balances) == 0

    @invariant()
    def closed_months_stay(self) -> None:
        assert changed_months(self.storage, actor=OFFICE[0]) == []
        for month, bookings in self.frozen.items():
            now = [one for one in self.storage.shelves.bookings if one.month == month]
            assert now == bookings

    @invariant()
    def a_settlement_is_what_the_ledger_says(self) -> None:
        with self.storage() as work:
            for one in work.settlements.listed():
                rows = rows_of_operator(work, one.operator, one.month, one.month)
                assert digest_of_rows(rows) == one.digest
                settled = [row.entry.amount_fen for kind, row in rows if kind == "settled"]
                assert sum(settled) == one.settled_fen

    @invariant()
    def every_amount_is_traceable(self) -> None:
        for one in self.storage.shelves.bookings:
            for entry in one.entries:
                assert entry.tariff_line
                assert one.claim_number

    @invariant()
    def a_statement_ends_where_the_balance_stands(self) -> None:
        name = f"carrier:{CARRIER.organisation_id}"
        found = read_statement(
            self.storage, actor=CARRIER, name="", first="2026-01", last="2099-12"
        )
        balance = read_trial_balance(self.storage, actor=OFFICE[0], first="2000-01", last="2099-12")
        expected = [one.balance_fen for one in balance.balances if one.account == name]
        assert found.after_fen == sum(expected)

    @invariant()
    def a_budget_is_never_exceeded(self) -> None:
        with self.storage() as work:
            assert work.ledger.spent_fen("budget") <= 50_000


LedgerMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestLedger = LedgerMachine.TestCase


def test_a_paid_claim_leaves_nobody_owing_and_a_reclaimed_one_the_carrier() -> None:
    storage = FakeUnitsOfWork()
    one = claim(0, [10_000, 5_000], 0)
    with storage() as work:
        work.claims.add(one, changed_by="c", at=NOON)
        work.commit()
    for version, (step, who) in enumerate(
        [(ClaimStep.VERIFY, OFFICE[0]), (ClaimStep.PAY, OFFICE[1])], start=1
    ):
        decide_claim(
            storage,
            actor=who,
            number=one.number,
            step=step,
            expected_version=version,
            now=NOON,
        )
    sums = sum_operators(storage, actor=OFFICE[0], first="2026-01", last="2026-12")
    assert {(part.operator, part.toll_fen, part.open_fen) for part in sums} == {
        ("甲", 10_000, 0),
        ("乙", 5_000, 0),
    }
    balance = read_trial_balance(storage, actor=OFFICE[0], first="2026-01", last="2026-12")
    owed = {part.account: part.balance_fen for part in balance.balances}
    assert owed[f"carrier:{CARRIER.organisation_id}"] == 0
    assert owed["bearer:示范财政"] == 0
    decide_claim(
        storage,
        actor=OFFICE[0],
        number=one.number,
        step=ClaimStep.RECLAIM,
        expected_version=3,
        now=NOON,
        reason="核查不符",
    )
    balance = read_trial_balance(storage, actor=OFFICE[0], first="2026-01", last="2026-12")
    owed = {part.account: part.balance_fen for part in balance.balances}
    assert owed[f"carrier:{CARRIER.organisation_id}"] == 4_500
    assert owed["bearer:示范财政"] == -4_500


def test_a_refund_leaves_the_carrier_with_nothing_owed_and_the_bearer_having_paid() -> None:
    storage = FakeUnitsOfWork()
    one = replace(claim(0, [10_000], 1))
    with storage() as work:
        work.claims.add(one, changed_by="c", at=NOON)
        work.commit()
    for version, (step, who) in enumerate(
        [(ClaimStep.VERIFY, OFFICE[0]), (ClaimStep.PAY, OFFICE[1])], start=1
    ):
        decide_claim(
            storage, actor=who, number=one.number, step=step, expected_version=version, now=NOON
        )
    balance = read_trial_balance(storage, actor=OFFICE[0], first="2026-01", last="2026-12")
    assert {part.account: part.balance_fen for part in balance.balances} == {
        "bearer:示范财政": 0,
        f"carrier:{CARRIER.organisation_id}": 0,
        "operator:甲": -10_000,
        "settled:甲": 10_000,
    }
