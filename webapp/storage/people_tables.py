"""Tables of organisations, users, attempts to sign in, and number series."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class OrganisationRow(Versioned, Table):
    """A firm or an office."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(index=True)
    admin_code: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    credit_code: Mapped[str]
    licence_number: Mapped[str]
    large_items_licence: Mapped[bool | None]
    small_office: Mapped[bool]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    registered_at: Mapped[datetime | None]
    letter_word: Mapped[str] = mapped_column(server_default="")


class UserRow(Versioned, Table):
    """A person who signs in; `login` is kept in lower case."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    password_hash: Mapped[str]
    active: Mapped[bool]
    must_change_password: Mapped[bool]
    session_stamp: Mapped[int]
    deputy_id: Mapped[str] = mapped_column(server_default="")
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]


class SignInAttemptRow(Table):
    """One try to sign in."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_login_at", "login", "at"),
        Index("ix_sign_in_attempts_address_at", "address", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    succeeded: Mapped[bool]


class SeriesRow(Table):
    """The last number given out of a series; its row lock keeps two from getting one number."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
