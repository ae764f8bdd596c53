"""A double-entry ledger in whole fen that only grows: wrong bookings are reversed, never changed.

A booking moves money between accounts; its entries sum to zero. Debit is above zero, credit below.
A month that was closed takes no more bookings; a correction stands in the month it is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.relief.claims import Claim
from transport.relief.entitlement import ReliefLine
from transport.relief.trip_facts import TollLine
from transport.tariffs.money import fen_of
from transport.tariffs.roads import UNKNOWN_OPERATOR


class AccountKind(StrEnum):
    """The kinds of accounts; the owner's id follows after a colon."""

    CARRIER = "carrier"  # what a carrier owes
    OPERATOR = "operator"  # what is due to an operator for its roads
    BEARER = "bearer"  # what the bearer of a scheme's loss owes
    SETTLED = "settled"  # money that went to an operator


class BookingKind(StrEnum):
    """Why a booking was made."""

    TOLL_DUE = "toll_due"
    RELIEF = "relief"
    PAYMENT = "payment"
    REFUND = "refund"
    SETTLEMENT = "settlement"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a booking: debit above zero, credit below; the rules say where it comes from."""

    account: str
    amount_fen: int
    road: str = ""
    tariff_line: str = ""
    scheme_rule: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking on a day; `reverses` is the id of the booking it takes back."""

    id: str
    kind: BookingKind
    day: date
    booked_at: datetime
    booked_by: str
    claim_number: str
    scheme_id: str
    entries: tuple[Entry, ...]
    reverses: str = ""

    @property
    def month(self) -> str:
        """The month the booking counts in, as `YYYY-MM`."""
        return f"{self.day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that takes no more bookings, with the sums it was closed with."""

    month: str
    closed_at: datetime
    closed_by: str
    bookings: int
    debit_fen: int
    digest: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry as it stands in the ledger, with what its booking says."""

    booking_id: str
    kind: BookingKind
    day: date
    claim_number: str
    scheme_id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Balance:
    """An account's debits and credits, and what is left of them."""

    account: str
    debit_fen: int
    credit_fen: int

    @property
    def balance_fen(self) -> int:
        """Debit less credit."""
        return self.debit_fen - self.credit_fen


def account(kind: AccountKind, owner: str) -> str:
    """Name the account of an owner."""
    return f"{kind.value}:{owner}"


def owner_of(name: str) -> str:
    """Return the owner in an account's name."""
    return name.partition(":")[2]


def check_booking(booking: Booking, closed: Iterable[str]) -> None:
    """Raise where entries do not sum to zero, move nothing, or the month is closed."""
    if sum(one.amount_fen for one in booking.entries) != 0:
        total = sum(one.amount_fen for one in booking.entries)
        raise InvalidInputError([FieldFault("entries", f"sum to {total} fen, not 0", "unbalanced")])
    if not any(one.amount_fen for one in booking.entries):
        raise InvalidInputError([FieldFault("entries", "move nothing", "nothing_booked")])
    if booking.month <= max(closed, default=""):
        raise StepNotAllowedError(
            f"{booking.month} is closed; book a correction in an open month",
            "month_closed",
            month=booking.month,
        )


def toll_entries(lines: Iterable[TollLine], carrier_id: str) -> tuple[Entry, ...]:
    """Return what a carrier owes to operators for a trip, one pair for each line of the toll."""
    debtor = account(AccountKind.CARRIER, carrier_id)
    return tuple(
        entry
        for one in lines
        if one.amount_fen
        for entry in _pair(
            debtor,
            account(AccountKind.OPERATOR, one.operator or UNKNOWN_OPERATOR),
            Entry("", one.amount_fen, one.section, one.tariff_line or one.rule),
        )
    )


def relief_entries(lines: Iterable[ReliefLine], carrier_id: str, bearer: str) -> tuple[Entry, ...]:
    """Return what a scheme's bearer owes in the carrier's stead, a pair for each relieved line."""
    creditor = account(AccountKind.CARRIER, carrier_id)
    return tuple(
        entry
        for one in lines
        if fen_of(one.relief_yuan)
        for entry in _pair(
            account(AccountKind.BEARER, bearer),
            creditor,
            Entry("", fen_of(one.relief_yuan), one.section, one.tariff_line, one.scheme_rule),
        )
    )


def settlement_entries(claim: Claim) -> tuple[Entry, ...]:
    """Return the payment of a granted claim: carrier and bearer pay, each operator receives.

    What is refunded after the trip is paid by the carrier first.
    """
    tolls, reliefs = claim.facts.toll_lines, claim.entitlement.lines
    made: list[Entry] = []
    for toll, relief in zip(tolls, reliefs, strict=True):
        operator = toll.operator or UNKNOWN_OPERATOR
        borne_fen = fen_of(relief.relief_yuan) - fen_of(relief.refund_yuan)
        for debtor, amount in (
            (account(AccountKind.BEARER, claim.scheme.payer), borne_fen),
            (account(AccountKind.CARRIER, claim.carrier_id), toll.amount_fen - borne_fen),
        ):
            if amount:
                blank = Entry("", amount, toll.section, toll.tariff_line or toll.rule)
                made += _pair(account(AccountKind.SETTLED, operator), debtor, blank)
    return tuple(made)


def refund_entries(claim: Claim) -> tuple[Entry, ...]:
    """Return what the bearer gives back to the carrier after the trip; empty without a refund."""
    return tuple(
        entry
        for one in claim.entitlement.lines
        if fen_of(one.refund_yuan)
        for entry in _pair(
            account(AccountKind.CARRIER, claim.carrier_id),
            account(AccountKind.BEARER, claim.scheme.payer),
            Entry("", fen_of(one.refund_yuan), one.section, one.tariff_line, one.scheme_rule),
        )
    )


def _pair(debit: str, credit: str, entry: Entry) -> tuple[Entry, Entry]:
    return (
        replace(entry, account=debit),
        replace(entry, account=credit, amount_fen=-entry.amount_fen),
    )


def reversal_of(booking: Booking, *, booking_id: str, day: date, at: datetime, by: str) -> Booking:
    """Return the booking that takes another one back, entry by entry."""
    if booking.kind is BookingKind.REVERSAL:
        raise StepNotAllowedError(f"booking {booking.id} is a reversal itself", "reversal_reversed")
    return replace(
        booking,
        id=booking_id,
        kind=BookingKind.REVERSAL,
        day=day,
        booked_at=at,
        booked_by=by,
        entries=tuple(replace(one, amount_fen=-one.amount_fen) for one in booking.entries),
        reverses=booking.id,
    )


def trial_balance(entries: Iterable[Entry]) -> tuple[Balance, ...]:
    """Return debits and credits of each account; their sums over all accounts are equal."""
    debits: dict[str, int] = defaultdict(int)
    credits_fen: dict[str, int] = defaultdict(int)
    for one in entries:
        side = debits if one.amount_fen > 0 else credits_fen
        side[one.account] += abs(one.amount_fen)
    names = sorted({*debits, *credits_fen})
    return tuple(Balance(one, debits[one], credits_fen[one]) for one in names)


def sums_of(balances: Iterable[Balance]) -> Mapping[str, int]:
    """Return the sums of a trial balance: `debit_fen` and `credit_fen`."""
    found = list(balances)
    return {
        "debit_fen": sum(one.debit_fen for one in found),
        "credit_fen": sum(one.credit_fen for one in found),
    }
