"""Tables of notices with their outbox, addresses, messages on cases, and crews of carriers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.columns import Table, Versioned


class NoticeRow(Versioned, Table):
    """A notice to an organisation; `pending` ones are still to be sent by e-mail."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    unread: Mapped[bool]
    pending: Mapped[bool] = mapped_column(index=True)
    next_try_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class NoticeAddressRow(Versioned, Table):
    """Where an organisation wants its notices."""

    __tablename__ = "notice_addresses"

    id: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[dict[str, Any]]


class MessageRow(Versioned, Table):
    """A message on a case."""

    __tablename__ = "case_messages"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(index=True)
    sent_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]


class CrewRow(Versioned, Table):
    """A driver or an escort company of a carrier."""

    __tablename__ = "crew"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    snapshot: Mapped[dict[str, Any]]
