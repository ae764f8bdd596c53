"""Book what relief records mean in money, close months, and settle with operators and carriers."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.people import Actor, Role
from transport.relief.claims import Claim, ClaimStep
from transport.relief.ledger import (
    AccountKind,
    Balance,
    Booking,
    BookingKind,
    ClosedMonth,
    Entry,
    LedgerRow,
    account,
    check_booking,
    owner_of,
    refund_entries,
    relief_entries,
    reversal_of,
    settlement_entries,
    toll_entries,
)
from transport.services.approving_settlements import prepare_settlements
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import day_of
from transport.tariffs.money import yuan_text

MONTH_FORM = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SERIES = "ledger"
_MONTHS = range(1, 13)
_OF_OPERATORS = (AccountKind.OPERATOR, AccountKind.SETTLED)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Debits and credits of every account in some months, and the months that are closed."""

    first_month: str
    last_month: str
    balances: tuple[Balance, ...]
    closed: tuple[ClosedMonth, ...]

    @property
    def debit_fen(self) -> int:
        """All debits; the same as all credits."""
        return sum(one.debit_fen for one in self.balances)

    @property
    def credit_fen(self) -> int:
        """All credits."""
        return sum(one.credit_fen for one in self.balances)


@dataclass(frozen=True, slots=True)
class OperatorSum:
    """What a month owes an operator, and what was settled; all in fen."""

    operator: str
    toll_fen: int
    settled_fen: int

    @property
    def open_fen(self) -> int:
        """What is still due."""
        return self.toll_fen - self.settled_fen


@dataclass(frozen=True, slots=True)
class Statement:
    """The bookings of one account in some months, oldest first, with what stood before."""

    account: str
    before_fen: int
    rows: tuple[LedgerRow, ...]

    @property
    def after_fen(self) -> int:
        """What stands after the last row."""
        return self.before_fen + sum(one.entry.amount_fen for one in self.rows)


def book_claim_step(
    work: UnitOfWork, claim: Claim, step: ClaimStep, *, actor: Actor, now: datetime
) -> None:
    """Book a step of a claim: due and relief when verified, the payment, or what is taken back."""
    work.next_serial(_SERIES)  # one writer at a time: two bookings never share a budget's rest
    if step is ClaimStep.VERIFY:
        _book_due(work, claim, actor, now)
    elif step is ClaimStep.PAY:
        if not _live(work, claim.number, BookingKind.TOLL_DUE):
            _book_due(work, claim, actor, now)  # verified before there was a ledger
        _add(work, claim, BookingKind.SETTLEMENT, settlement_entries(claim), actor, now)
        _add(work, claim, BookingKind.REFUND, refund_entries(claim), actor, now)
    elif step is ClaimStep.REJECT:
        _take_back(work, claim, (BookingKind.TOLL_DUE, BookingKind.RELIEF), actor, now)
    elif step is ClaimStep.RECLAIM:
        _take_back(work, claim, (BookingKind.RELIEF, BookingKind.REFUND), actor, now)


def _book_due(work: UnitOfWork, claim: Claim, actor: Actor, now: datetime) -> None:
    left = claim.scheme.budget_fen
    if left is not None:
        left -= work.ledger.spent_fen(claim.scheme.id)
        wanted = int(claim.entitlement.relief_yuan * 100)
        if wanted > left:
            raise StepNotAllowedError(
                f"claim {claim.number}: of the scheme's budget {yuan_text(max(left, 0))} yuan are "
                f"left, the relief is {yuan_text(wanted)} yuan",
                "budget_used_up",
                left=yuan_text(max(left, 0)),
            )
    due = toll_entries(claim.facts.toll_lines, claim.carrier_id)
    relief = relief_entries(claim.entitlement.lines, claim.carrier_id, claim.scheme.payer)
    if not _live(work, claim.number, BookingKind.TOLL_DUE):
        _add(work, claim, BookingKind.TOLL_DUE, due, actor, now)
    _add(work, claim, BookingKind.RELIEF, relief, actor, now)


def _take_back(
    work: UnitOfWork,
    claim: Claim,
    kinds: Iterable[BookingKind],
    actor: Actor,
    now: datetime,
) -> None:
    for kind in kinds:
        for one in _live(work, claim.number, kind):
            _append(
                work,
                reversal_of(one, booking_id=work.new_id(), day=day_of(now), at=now, by=actor.name),
            )


def _live(work: UnitOfWork, number: str, kind: BookingKind) -> list[Booking]:
    bookings = work.ledger.of_claim(number)
    gone = {one.reverses for one in bookings}
    return [one for one in bookings if one.kind is kind and one.id not in gone]


def _add(
    work: UnitOfWork,
    claim: Claim,
    kind: BookingKind,
    entries: tuple[Entry, ...],
    actor: Actor,
    now: datetime,
) -> None:
    if not entries:
        return
    booking = Booking(
        id=work.new_id(),
        kind=kind,
        day=day_of(now),
        booked_at=now,
        booked_by=actor.name,
        claim_number=claim.number,
        scheme_id=claim.scheme.id,
        entries=entries,
    )
    _append(work, booking)


def _append(work: UnitOfWork, booking: Booking) -> None:
    work.next_serial(_SERIES)  # one writer at a time: no month closes while a booking is made
    check_booking(booking, (one.month for one in work.ledger.closed_months()))
    work.ledger.add(booking)


def reverse_booking(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, booking_id: str, reason: str, now: datetime
) -> Booking:
    """Take a booking back with a reason; the correction stands in the present month."""
    _must_be_finance(actor)
    if not reason.strip():
        raise InvalidInputError([FieldFault("reason", "must be given", "reason_missing")])
    with unit_of_work() as work:
        wrong = work.ledger.get(booking_id)
        made = reversal_of(wrong, booking_id=work.new_id(), day=day_of(now), at=now, by=actor.name)
        _append(work, made)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=wrong.claim_number,
                step="ledger_reverse",
                reason=reason,
                law_day=day_of(now),
                details={"booking": booking_id, "reversal": made.id},
            )
        )
        work.commit()
        return made


def close_month(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, month: str, now: datetime
) -> ClosedMonth:
    """Close a month that is over, after all before it; its digest shows that it never changes.

    What it owes each operator is prepared as a settlement, for another person to approve.
    """
    _must_be_finance(actor)
    check_month(month)
    if month >= f"{day_of(now):%Y-%m}":
        message = f"{month} is not over yet"
        raise InvalidInputError([FieldFault("month", message, "month_not_over")])
    with unit_of_work() as work:
        work.next_serial(_SERIES)
        closed = [one.month for one in work.ledger.closed_months()]
        if closed and month <= closed[-1]:
            raise ConflictError(f"{closed[-1]} is closed; {month} cannot be closed after it")
        bookings = work.ledger.of_month(month)
        made = ClosedMonth(
            month=month,
            closed_at=now,
            closed_by=actor.name,
            bookings=len(bookings),
            debit_fen=sum(
                entry.amount_fen
                for one in bookings
                for entry in one.entries
                if entry.amount_fen > 0
            ),
            digest=digest_of(bookings),
        )
        work.ledger.close(made)
        prepare_settlements(work, month, actor=actor, now=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=f"ledger {month}",
                step="ledger_close",
                law_day=day_of(now),
                details={"bookings": str(made.bookings), "digest": made.digest},
            )
        )
        work.commit()
        return made


def months_to_close(unit_of_work: UnitOfWorkFactory, *, actor: Actor, today: date) -> list[str]:
    """Return the months of this and the last year that are over, have bookings and are open."""
    now = f"{today:%Y-%m}"
    with unit_of_work(read_only=True) as work:
        closed = max((one.month for one in work.ledger.closed_months()), default="")
        year = [f"{one}-{month:02d}" for one in (today.year - 1, today.year) for month in _MONTHS]
        _must_be_office(actor)
        return [one for one in year if closed < one < now and work.ledger.balances(one, one)]


def digest_of(bookings: Iterable[Booking]) -> str:
    """Return the SHA-256 of bookings with all their entries, whatever their order."""
    texts = sorted(
        "|".join(
            (
                one.id,
                one.kind.value,
                str(one.day),
                one.reverses,
                *(
                    f"{entry.account}={entry.amount_fen};{entry.tariff_line};{entry.scheme_rule}"
                    for entry in one.entries
                ),
            )
        )
        for one in bookings
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def changed_months(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[str]:
    """Return closed months whose bookings or sums are no longer those they were closed with."""
    _must_be_office(actor)
    with unit_of_work(read_only=True) as work:
        return [
            one.month
            for one in work.ledger.closed_months()
            if digest_of(work.ledger.of_month(one.month)) != one.digest
            or work.ledger.balances(one.month, one.month)
            != work.ledger.recounted(one.month, one.month)
        ]


def read_trial_balance(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, first: str, last: str
) -> TrialBalance:
    """Return debits and credits of every account in these months."""
    _must_be_office(actor)
    _check_months(first, last)
    with unit_of_work(read_only=True) as work:
        return TrialBalance(
            first,
            last,
            tuple(work.ledger.balances(first, last)),
            tuple(work.ledger.closed_months()),
        )


def sum_operators(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, first: str, last: str
) -> tuple[OperatorSum, ...]:
    """Return for every operator what these months owe it and what was settled.

    An operator sees its own sums only.
    """
    if actor.role is Role.OPERATOR:
        own = [account(kind, actor.organisation_name) for kind in _OF_OPERATORS]
        _check_months(first, last)
        with unit_of_work(read_only=True) as work:
            balances = tuple(one for name in own for one in work.ledger.balances(first, last, name))
    else:
        balances = read_trial_balance(unit_of_work, actor=actor, first=first, last=last).balances
    due: dict[str, int] = defaultdict(int)
    settled: dict[str, int] = defaultdict(int)
    for one in balances:
        kind, owner = one.account.partition(":")[0], owner_of(one.account)
        if kind == AccountKind.OPERATOR:
            due[owner] -= one.balance_fen
        elif kind == AccountKind.SETTLED:
            settled[owner] += one.balance_fen
    return tuple(OperatorSum(one, due[one], settled[one]) for one in sorted({*due, *settled}))


def read_statement(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, name: str, first: str, last: str
) -> Statement:
    """Return an account's bookings; carriers and operators read their own accounts only."""
    _check_months(first, last)
    if actor.role is Role.CARRIER:
        name = account(AccountKind.CARRIER, actor.organisation_id)
    elif actor.role is Role.OPERATOR:
        if name not in {account(one, actor.organisation_name) for one in _OF_OPERATORS}:
            raise NotFoundError(f"there is no account {name!r}")
    else:
        _must_be_office(actor)
    with unit_of_work(read_only=True) as work:
        earlier = [
            one.balance_fen
            for one in work.ledger.balances("", _month_before(first), name)
            if one.account == name
        ]
        return Statement(name, sum(earlier), tuple(work.ledger.rows(name, first, last)))


def read_bookings(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> list[Booking]:
    """Return the bookings of one relief record, for the toll office."""
    _must_be_office(actor)
    with unit_of_work(read_only=True) as work:
        return work.ledger.of_claim(number)


def check_month(month: str, field: str = "month") -> None:
    """Raise InvalidInputError where a month is not written YYYY-MM."""
    if not MONTH_FORM.fullmatch(month):
        message = f"'{month}' is not like 2026-05"
        raise InvalidInputError([FieldFault(field, message, "month_form")])


def _check_months(first: str, last: str) -> None:
    check_month(first, "first")
    check_month(last, "last")
    if last < first:
        message = f"{last} is before {first}"
        raise InvalidInputError([FieldFault("last", message, "month_order")])


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _must_be_office(actor: Actor) -> None:
    if actor.role not in {Role.TOLL_OFFICE, Role.FINANCE}:
        message = "only the toll office and finance read the ledger"
        raise StepNotAllowedError(message, "toll_office_only")


def _must_be_finance(actor: Actor) -> None:
    if actor.role is not Role.FINANCE:
        raise StepNotAllowedError("only finance closes months and corrects", "finance_only")
