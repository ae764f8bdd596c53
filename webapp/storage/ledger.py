"""The ledger in the database: bookings are added, months closed, sums read by account and month."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from transport.errors import ConflictError, NotFoundError
from transport.relief.ledger import (
    AccountKind,
    Balance,
    Booking,
    BookingKind,
    ClosedMonth,
    Entry,
    LedgerRow,
    trial_balance,
)
from webapp.storage.toll_tables import (
    LedgerBookingRow,
    LedgerEntryRow,
    LedgerMonthRow,
    LedgerSumRow,
)

_AMOUNT = LedgerEntryRow.amount_fen


class StoredLedger:
    """Bookings and closed months in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, booking: Booking) -> None:
        """Add a booking; raises ConflictError where it takes back one that was taken back."""
        row = {
            "id": booking.id,
            "kind": booking.kind.value,
            "day": booking.day,
            "month": booking.month,
            "booked_at": booking.booked_at,
            "booked_by": booking.booked_by,
            "claim_number": booking.claim_number,
            "scheme_id": booking.scheme_id,
            "reverses": booking.reverses or None,
        }
        entries = [
            {
                "booking_id": booking.id,
                "position": position,
                "month": booking.month,
                "account": one.account,
                "amount_fen": one.amount_fen,
                "road": one.road,
                "tariff_line": one.tariff_line,
                "scheme_rule": one.scheme_rule,
            }
            for position, one in enumerate(booking.entries)
        ]
        try:
            self._session.execute(insert(LedgerBookingRow), [row])
            self._session.execute(insert(LedgerEntryRow), entries)
        except IntegrityError as wrong:
            raise ConflictError(
                f"booking {booking.reverses or booking.id} was taken back before; nothing was "
                "written"
            ) from wrong
        self._sum_up(booking)

    def _sum_up(self, booking: Booking) -> None:
        dialect = self._session.get_bind().dialect.name
        statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(LedgerSumRow)
        for one in trial_balance(booking.entries):
            values = {"debit_fen": one.debit_fen, "credit_fen": one.credit_fen}
            self._session.execute(
                statement.values(
                    month=booking.month, account=one.account, **values
                ).on_conflict_do_update(
                    index_elements=[LedgerSumRow.month, LedgerSumRow.account],
                    set_={
                        "debit_fen": LedgerSumRow.debit_fen + one.debit_fen,
                        "credit_fen": LedgerSumRow.credit_fen + one.credit_fen,
                    },
                )
            )

    def get(self, booking_id: str) -> Booking:
        """Return a booking with its entries; raises NotFoundError."""
        found = self._bookings(select(LedgerBookingRow).where(LedgerBookingRow.id == booking_id))
        if not found:
            raise NotFoundError(f"there is no booking {booking_id!r}")
        return found[0]

    def of_claim(self, number: str) -> list[Booking]:
        """Return the bookings of a relief record, oldest first."""
        wanted = select(LedgerBookingRow).where(LedgerBookingRow.claim_number == number)
        return self._bookings(wanted)

    def of_month(self, month: str) -> list[Booking]:
        """Return the bookings of a month, oldest first."""
        return self._bookings(select(LedgerBookingRow).where(LedgerBookingRow.month == month))

    def rows(self, account: str, first_month: str, last_month: str) -> list[LedgerRow]:
        """Return the entries of one account within these months, by day."""
        wanted = (
            select(LedgerBookingRow, LedgerEntryRow)
            .join(LedgerEntryRow, LedgerEntryRow.booking_id == LedgerBookingRow.id)
            .where(
                LedgerEntryRow.account == account,
                LedgerEntryRow.month.between(first_month, last_month),
            )
            .order_by(LedgerBookingRow.day, LedgerBookingRow.booked_at, LedgerEntryRow.position)
        )
        return [
            LedgerRow(
                booking_id=booking.id,
                kind=BookingKind(booking.kind),
                day=booking.day,
                claim_number=booking.claim_number,
                scheme_id=booking.scheme_id,
                entry=_entry(entry),
            )
            for booking, entry in self._session.execute(wanted)
        ]

    def balances(self, first_month: str, last_month: str, account: str = "") -> list[Balance]:
        """Return debits and credits of each account within these months, or of one account."""
        debit, credit = func.sum(LedgerSumRow.debit_fen), func.sum(LedgerSumRow.credit_fen)
        wanted = (
            select(LedgerSumRow.account, debit, credit)
            .where(LedgerSumRow.month.between(first_month, last_month))
            .group_by(LedgerSumRow.account)
            .order_by(LedgerSumRow.account)
        )
        if account:
            wanted = wanted.where(LedgerSumRow.account == account)
        return [
            Balance(name, int(debits), int(credits_fen))
            for name, debits, credits_fen in self._session.execute(wanted)
        ]

    def recounted(self, first_month: str, last_month: str) -> list[Balance]:
        """Return what `balances` returns, summed from every entry: slower, for checking."""
        # Debit and credit follow from the sum and the sum of sizes: less work than conditions.
        wanted = (
            select(LedgerEntryRow.account, func.sum(_AMOUNT), func.sum(func.abs(_AMOUNT)))
            .where(LedgerEntryRow.month.between(first_month, last_month))
            .group_by(LedgerEntryRow.account)
            .order_by(LedgerEntryRow.account)
        )
        return [
            Balance(name, int(size + left) // 2, int(size - left) // 2)
            for name, left, size in self._session.execute(wanted)
        ]

    def spent_fen(self, scheme_id: str) -> int:
        """Return what a scheme's bearers owe for relief so far, reversals taken off."""
        wanted = (
            select(func.coalesce(func.sum(_AMOUNT), 0))
            .join(LedgerBookingRow, LedgerEntryRow.booking_id == LedgerBookingRow.id)
            .where(
                LedgerBookingRow.scheme_id == scheme_id,
                LedgerBookingRow.kind.in_([BookingKind.RELIEF.value, BookingKind.REVERSAL.value]),
                LedgerEntryRow.scheme_rule != "",
                LedgerEntryRow.account.startswith(f"{AccountKind.BEARER.value}:"),
            )
        )
        return int(self._session.execute(wanted).scalar_one())

    def closed_months(self) -> list[ClosedMonth]:
        """Return the closed months in order."""
        rows = self._session.scalars(select(LedgerMonthRow).order_by(LedgerMonthRow.month))
        return [
            ClosedMonth(
                one.month, one.closed_at, one.closed_by, one.bookings, one.debit_fen, one.digest
            )
            for one in rows
        ]

    def close(self, month: ClosedMonth) -> None:
        """Close a month; raises ConflictError where it is closed."""
        try:
            self._session.execute(
                insert(LedgerMonthRow),
                [
                    {
                        "month": month.month,
                        "closed_at": month.closed_at,
                        "closed_by": month.closed_by,
                        "bookings": month.bookings,
                        "debit_fen": month.debit_fen,
                        "digest": month.digest,
                    }
                ],
            )
        except IntegrityError as wrong:
            raise ConflictError(f"{month.month} was closed before; nothing was written") from wrong

    def _bookings(self, wanted: Select[Any]) -> list[Booking]:
        rows = list(
            self._session.scalars(wanted.order_by(LedgerBookingRow.booked_at, LedgerBookingRow.id))
        )
        entries: dict[str, list[Entry]] = {one.id: [] for one in rows}
        found = self._session.scalars(
            select(LedgerEntryRow)
            .where(LedgerEntryRow.booking_id.in_(wanted.with_only_columns(LedgerBookingRow.id)))
            .order_by(LedgerEntryRow.booking_id, LedgerEntryRow.position)
        )
        for one in found:
            entries[one.booking_id].append(_entry(one))
        return [_booking(one, tuple(entries[one.id])) for one in rows]


def _entry(row: LedgerEntryRow) -> Entry:
    return Entry(row.account, row.amount_fen, row.road, row.tariff_line, row.scheme_rule)


def _booking(row: LedgerBookingRow, entries: tuple[Entry, ...]) -> Booking:
    return Booking(
        id=row.id,
        kind=BookingKind(row.kind),
        day=row.day,
        booked_at=row.booked_at,
        booked_by=row.booked_by,
        claim_number=row.claim_number,
        scheme_id=row.scheme_id,
        entries=entries,
        reverses=row.reverses or "",
    )
