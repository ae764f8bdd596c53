"""Repositories of notices, addresses, messages on cases and crews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from transport.permits.crew import CrewMember
from transport.permits.messages import Message
from transport.permits.notices import Notice, NoticeAddress, SendState
from webapp.storage.notice_tables import CrewRow, MessageRow, NoticeAddressRow, NoticeRow
from webapp.storage.snapshot_rows import SnapshotRows


class StoredNotices:
    """Notices and the outbox in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = SnapshotRows(session, NoticeRow, Notice, "notice")

    def find(self, notice_id: str) -> Notice | None:
        """Return a notice, or None."""
        return next(iter(self._rows.list(select(NoticeRow).where(NoticeRow.id == notice_id))), None)

    def of_organisation(self, organisation_id: str, most: int) -> list[Notice]:
        """Return the newest notices of an organisation, newest first."""
        wanted = select(NoticeRow).where(NoticeRow.organisation_id == organisation_id)
        newest = wanted.order_by(NoticeRow.made_at.desc(), NoticeRow.id)
        return self._rows.list(newest.limit(most))

    def unread(self, organisation_id: str) -> int:
        """Count the notices nobody of an organisation has read."""
        counted = select(func.count()).select_from(NoticeRow)
        mine = counted.where(NoticeRow.organisation_id == organisation_id, NoticeRow.unread)
        return self._session.execute(mine).scalar_one()

    def unread_ones(self, organisation_id: str) -> list[Notice]:
        """Return the notices nobody of an organisation has read."""
        wanted = select(NoticeRow).where(NoticeRow.organisation_id == organisation_id)
        return self._rows.list(wanted.where(NoticeRow.unread))

    def due(self, now: datetime, most: int) -> list[Notice]:
        """Return notices that are to be sent now, oldest first."""
        wanted = select(NoticeRow).where(NoticeRow.pending, NoticeRow.next_try_at <= now)
        return self._rows.list(wanted.order_by(NoticeRow.made_at, NoticeRow.id).limit(most))

    def add(self, notice: Notice, *, changed_by: str, at: datetime) -> None:
        """Add a notice."""
        self._rows.add(notice, _notice_columns(notice), by=changed_by, at=at)

    def save(self, notice: Notice, *, changed_by: str, at: datetime) -> Notice:
        """Write a notice read at its `version`."""
        return self._rows.save(notice, _notice_columns(notice), by=changed_by, at=at)


class StoredNoticeAddresses:
    """Addresses of organisations in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, NoticeAddressRow, NoticeAddress, "address")

    def find(self, organisation_id: str) -> NoticeAddress | None:
        """Return the address of an organisation, or None."""
        wanted = select(NoticeAddressRow).where(NoticeAddressRow.id == organisation_id)
        return next(iter(self._rows.list(wanted)), None)

    def add(self, address: NoticeAddress, *, changed_by: str, at: datetime) -> None:
        """Add an address."""
        self._rows.add(address, {}, by=changed_by, at=at)

    def save(self, address: NoticeAddress, *, changed_by: str, at: datetime) -> NoticeAddress:
        """Write an address read at its `version`."""
        return self._rows.save(address, {}, by=changed_by, at=at)


class StoredMessages:
    """Messages on cases in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, MessageRow, Message, "message")

    def of_case(self, case_number: str) -> list[Message]:
        """Return the messages on a case, oldest first."""
        wanted = select(MessageRow).where(MessageRow.case_number == case_number)
        return self._rows.list(wanted.order_by(MessageRow.sent_at, MessageRow.id))

    def add(self, message: Message, *, changed_by: str, at: datetime) -> None:
        """Add a message."""
        columns = {"case_number": message.case_number, "sent_at": message.sent_at}
        self._rows.add(message, columns, by=changed_by, at=at)


class StoredCrew:
    """Drivers and escort companies in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, CrewRow, CrewMember, "driver or escort company")

    def get(self, member_id: str) -> CrewMember:
        """Return one; raises NotFoundError."""
        return self._rows.one(CrewRow.id == member_id, member_id)

    def of_organisation(self, organisation_id: str) -> list[CrewMember]:
        """Return those of a carrier by name."""
        wanted = select(CrewRow).where(CrewRow.organisation_id == organisation_id)
        return self._rows.list(wanted.order_by(CrewRow.name, CrewRow.id))

    def add(self, member: CrewMember, *, changed_by: str, at: datetime) -> None:
        """Add one."""
        self._rows.add(member, _crew_columns(member), by=changed_by, at=at)

    def save(self, member: CrewMember, *, changed_by: str, at: datetime) -> CrewMember:
        """Write one read at its `version`."""
        return self._rows.save(member, _crew_columns(member), by=changed_by, at=at)


def _notice_columns(notice: Notice) -> dict[str, Any]:
    return {
        "organisation_id": notice.organisation_id,
        "made_at": notice.made_at,
        "unread": notice.read_at is None,
        "pending": notice.state is SendState.PENDING,
        "next_try_at": notice.next_try_at,
    }


def _crew_columns(member: CrewMember) -> dict[str, Any]:
    return {"organisation_id": member.organisation_id, "name": member.name}
