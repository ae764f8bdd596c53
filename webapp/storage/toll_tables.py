"""Tables of the toll office: tariff lines, schemes, ledger, operators' records, scenarios."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class TariffLineRow(Versioned, Table):
    """A tariff line that the toll office entered."""

    __tablename__ = "tariff_lines"

    id: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[dict[str, Any]]


class ReliefSchemeRow(Versioned, Table):
    """A relief scheme that the toll office entered."""

    __tablename__ = "relief_schemes"

    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    snapshot: Mapped[dict[str, Any]]


class ClaimKeyRow(Table):
    """What a relief record uses up: a pass on a day with its truck, or a component."""

    __tablename__ = "relief_claim_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("relief_claims.id"), primary_key=True)


class LedgerBookingRow(Table):
    """A booking; triggers in the database refuse to change or delete one."""

    __tablename__ = "ledger_bookings"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    day: Mapped[date]
    month: Mapped[str] = mapped_column(index=True)
    booked_at: Mapped[datetime]
    booked_by: Mapped[str]
    claim_number: Mapped[str] = mapped_column(index=True)
    scheme_id: Mapped[str] = mapped_column(index=True)
    # Taken back once only; NULL for every booking that takes none back.
    reverses: Mapped[str | None] = mapped_column(unique=True)


class LedgerEntryRow(Table):
    """An entry of a booking, in fen; triggers refuse to change one, or to add to a closed month."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        # Sums of months read nothing but this index.
        Index(
            "ix_ledger_entries_month_account",
            *("month", "account"),
            postgresql_include=["amount_fen"],
        ),
        Index(
            "ix_ledger_entries_account_month",
            *("account", "month"),
            postgresql_include=["amount_fen"],
        ),
    )

    booking_id: Mapped[str] = mapped_column(ForeignKey("ledger_bookings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str]
    account: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    road: Mapped[str]
    tariff_line: Mapped[str]
    scheme_rule: Mapped[str]


class LedgerSumRow(Table):
    """Debits and credits of an account in a month, written with the entries they sum."""

    __tablename__ = "ledger_sums"

    month: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    debit_fen: Mapped[int] = mapped_column(BigInteger)
    credit_fen: Mapped[int] = mapped_column(BigInteger)


class LedgerMonthRow(Table):
    """A closed month."""

    __tablename__ = "ledger_months"

    month: Mapped[str] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
    bookings: Mapped[int]
    debit_fen: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]


class OperatorImportRow(Table):
    """One file of an operator that was read: how much of it matched, and the first mismatches."""

    __tablename__ = "operator_imports"

    id: Mapped[str] = mapped_column(primary_key=True)
    filename: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    imported_at: Mapped[datetime] = mapped_column(index=True)
    imported_by: Mapped[str]
    result: Mapped[dict[str, Any]]
    # The organisation whose file it is; empty where the toll office read it.
    operator_id: Mapped[str] = mapped_column(default="", server_default="", index=True)


class OperatorRecordRow(Table):
    """A passage as an operator recorded it."""

    __tablename__ = "operator_records"

    import_id: Mapped[str] = mapped_column(ForeignKey("operator_imports.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str]
    pass_number: Mapped[str]
    tractor_plate: Mapped[str] = mapped_column(index=True)
    entry_station: Mapped[str]
    exit_station: Mapped[str]
    entered_at: Mapped[str]
    left_at: Mapped[str]
    toll_fen: Mapped[int] = mapped_column(BigInteger)
    relief_fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    mass_t: Mapped[float | None] = mapped_column(Float)
    length_m: Mapped[float | None] = mapped_column(Float)
    width_m: Mapped[float | None] = mapped_column(Float)
    height_m: Mapped[float | None] = mapped_column(Float)


class ListEntryRow(Versioned, Table):
    """A truck on the list of a project."""

    __tablename__ = "project_list_entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    tractor_plate: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class SettlementRow(Versioned, Table):
    """The settlement of a closed month with one operator."""

    __tablename__ = "operator_settlements"

    id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(index=True)
    operator: Mapped[str] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any]]


class ScenarioRow(Table):
    """A saved comparison of schemes; triggers do not protect it, it binds nobody."""

    __tablename__ = "relief_scenarios"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(index=True)
    saved_by: Mapped[str]
    result: Mapped[str] = mapped_column(Text)
