"""Settle closed months with operators: prepare, approve by another person, confirm or dispute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from transport.errors import NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.relief.ledger import AccountKind, LedgerRow, account, owner_of
from transport.relief.settlements import (
    Settlement,
    SettlementState,
    SettlementStep,
    take_settlement_step,
)
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import day_of

_ACCOUNTS = (AccountKind.OPERATOR, AccountKind.SETTLED)
_READERS = frozenset({Role.FINANCE, Role.TOLL_OFFICE})


def prepare_settlements(
    work: UnitOfWork, month: str, *, actor: Actor, now: datetime
) -> list[Settlement]:
    """Prepare what a month that is being closed owes every operator it has bookings of."""
    operators = {
        owner_of(one.account)
        for one in work.ledger.balances(month, month)
        if one.account.partition(":")[0] in _ACCOUNTS
    }
    made = [_settlement(work, month, one, actor, now) for one in sorted(operators)]
    for one in made:
        work.settlements.add(one, changed_by=actor.name, at=now)
    return made


def list_settlements(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Settlement]:
    """Return all settlements for finance and the toll office, its own approved ones otherwise."""
    with unit_of_work(read_only=True) as work:
        if actor.role is Role.OPERATOR:
            own = work.settlements.listed(actor.organisation_name)
            return [one for one in own if one.state is not SettlementState.PREPARED]
        if actor.role not in _READERS:
            raise StepNotAllowedError("only finance and operators see settlements", "finance_only")
        return work.settlements.listed()


def decide_settlement(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    settlement_id: str,
    step: SettlementStep,
    expected_version: int,
    now: datetime,
    reason: str = "",
) -> Settlement:
    """Approve a settlement as finance, or confirm or dispute it as its operator."""
    with unit_of_work() as work:
        found = work.settlements.get(settlement_id)
        if actor.role is Role.OPERATOR and found.operator != actor.organisation_name:
            raise NotFoundError(f"there is no settlement {settlement_id!r}")
        found = replace(found, version=expected_version)
        changed = take_settlement_step(found, step, actor, now, reason)
        saved = work.settlements.save(changed, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=f"settlement {settlement_id}",
                step=f"settlement_{step.value}",
                reason=reason,
                law_day=day_of(now),
                details={"state": saved.state.value, "digest": saved.digest},
            )
        )
        work.commit()
        return saved


def rows_of_operator(
    work: UnitOfWork, operator: str, first: str, last: str
) -> list[tuple[AccountKind, LedgerRow]]:
    """Return the bookings of an operator in these months: what is due, then what was settled."""
    return [
        (kind, row)
        for kind in _ACCOUNTS
        for row in work.ledger.rows(account(kind, operator), first, last)
    ]


def digest_of_rows(rows: Iterable[tuple[AccountKind, LedgerRow]]) -> str:
    """Return the SHA-256 of the rows of a settlement file, whatever their order."""
    texts = sorted(
        f"{kind.value}|{one.booking_id}|{one.day}|{one.claim_number}|{one.entry.amount_fen}|"
        f"{one.entry.tariff_line}|{one.entry.scheme_rule}"
        for kind, one in rows
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _settlement(
    work: UnitOfWork, month: str, operator: str, actor: Actor, now: datetime
) -> Settlement:
    rows = rows_of_operator(work, operator, month, month)
    sums = {
        one: sum(row.entry.amount_fen for kind, row in rows if kind is one) for one in _ACCOUNTS
    }
    return Settlement(
        id=f"{month}:{operator}",
        month=month,
        operator=operator,
        toll_fen=-sums[AccountKind.OPERATOR],
        settled_fen=sums[AccountKind.SETTLED],
        rows=len(rows),
        digest=digest_of_rows(rows),
        prepared_at=now,
        prepared_by=actor.name,
        prepared_by_id=actor.user_id,
    )
