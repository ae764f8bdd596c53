"""Repository of the audit trail: adds to the end of the chain, reads, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from transport.services.audit_trail import FIRST_HASH, AuditEvent, NewEvent, seal
from webapp.storage.case_tables import AuditEventRow
from webapp.storage.snapshots import from_document, to_document

SERIES = "audit"


class StoredAuditLog:
    """The audit trail in the database."""

    def __init__(self, session: Session, next_serial: Callable[[str], int]) -> None:
        self._session = session
        self._next_serial = next_serial

    def append(self, event: NewEvent) -> AuditEvent:
        """Add an event at the end of the chain."""
        # The series' row lock keeps a second writer waiting until this chain link is committed.
        sequence = self._next_serial(SERIES)
        last = select(AuditEventRow.hash).where(AuditEventRow.sequence == sequence - 1)
        sealed = seal(event, sequence, self._session.scalar(last) or FIRST_HASH)
        self._session.add(
            AuditEventRow(
                sequence=sequence,
                at=event.at,
                subject=event.subject,
                step=event.step,
                actor_id=event.actor_id,
                event=to_document(event),
                previous_hash=sealed.previous_hash,
                hash=sealed.hash,
            )
        )
        self._session.flush()
        return sealed

    def of_subject(self, subject: str) -> list[AuditEvent]:
        """Return the events of a case, claim or person, oldest first."""
        wanted = select(AuditEventRow).where(AuditEventRow.subject == subject)
        rows = self._session.scalars(wanted.order_by(AuditEventRow.sequence))
        return [event_from_row(row) for row in rows]

    def chain(self) -> Iterator[AuditEvent]:
        """Yield every event in order."""
        rows = self._session.scalars(
            select(AuditEventRow).order_by(AuditEventRow.sequence).execution_options(yield_per=500)
        )
        for row in rows:
            yield event_from_row(row)


def event_from_row(row: AuditEventRow) -> AuditEvent:
    """Read an event."""
    return AuditEvent(
        sequence=row.sequence,
        event=from_document(NewEvent, row.event),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
