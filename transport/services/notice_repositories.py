"""What is kept of notices, messages and crews, and the ports through which notices leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from transport.permits.crew import CrewMember
from transport.permits.messages import Message
from transport.permits.notices import Notice, NoticeAddress


class Notices(Protocol):
    """Notices and the outbox, which are one table."""

    def find(self, notice_id: str) -> Notice | None:
        """Return a notice, or None."""

    def of_organisation(self, organisation_id: str, most: int) -> list[Notice]:
        """Return the newest notices of an organisation, newest first."""

    def unread(self, organisation_id: str) -> int:
        """Count the notices nobody of an organisation has read."""

    def unread_ones(self, organisation_id: str) -> list[Notice]:
        """Return the notices nobody of an organisation has read."""

    def due(self, now: datetime, most: int) -> list[Notice]:
        """Return notices that are to be sent now, oldest first."""

    def add(self, notice: Notice, *, changed_by: str, at: datetime) -> None:
        """Add a notice."""

    def save(self, notice: Notice, *, changed_by: str, at: datetime) -> Notice:
        """Write a notice read at its `version`."""


class NoticeAddresses(Protocol):
    """Where organisations want their notices."""

    def find(self, organisation_id: str) -> NoticeAddress | None:
        """Return the address of an organisation, or None."""

    def add(self, address: NoticeAddress, *, changed_by: str, at: datetime) -> None:
        """Add an address."""

    def save(self, address: NoticeAddress, *, changed_by: str, at: datetime) -> NoticeAddress:
        """Write an address read at its `version`."""


class Messages(Protocol):
    """Messages on cases; they are only ever added."""

    def of_case(self, case_number: str) -> list[Message]:
        """Return the messages on a case, oldest first."""

    def add(self, message: Message, *, changed_by: str, at: datetime) -> None:
        """Add a message."""


class Crew(Protocol):
    """Drivers and escort companies of carriers."""

    def get(self, member_id: str) -> CrewMember:
        """Return one; raises NotFoundError."""

    def of_organisation(self, organisation_id: str) -> list[CrewMember]:
        """Return those of a carrier by name."""

    def add(self, member: CrewMember, *, changed_by: str, at: datetime) -> None:
        """Add one."""

    def save(self, member: CrewMember, *, changed_by: str, at: datetime) -> CrewMember:
        """Write one read at its `version`."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice in words, as it leaves the house; `id` is the same at every try."""

    id: str
    subject: str
    text: str


class ChannelError(Exception):
    """A channel did not take a message; `for_good` where another try would not help."""

    def __init__(self, message: str, *, for_good: bool = False) -> None:
        super().__init__(message)
        self.for_good = for_good


class Channel(Protocol):
    """A way out of the house: e-mail, or short messages of an operator."""

    @property
    def name(self) -> str:
        """`email` or `mobile`: which part of a NoticeAddress it takes."""

    def send(self, to: str, message: Outgoing) -> None:
        """Hand a message over; raises ChannelError."""
