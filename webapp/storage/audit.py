"""Repository of the audit trail: adds to the end of the chain, reads, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from transport.services.audit_anchors import (
    Anchor,
    SubjectLink,
    anchor_due,
    close_day,
    next_link,
)
from transport.services.audit_trail import FIRST_HASH, AuditEvent, NewEvent, seal
from webapp.storage.case_tables import AuditAnchorRow, AuditEventRow, AuditLinkRow
from webapp.storage.snapshots import from_document, to_document

SERIES = "audit"
_AT_ONCE = 500


class StoredAuditLog:
    """The audit trail in the database."""

    def __init__(self, session: Session, next_serial: Callable[[str], int]) -> None:
        self._session = session
        self._next_serial = next_serial
        self._pending: list[NewEvent] = []

    def append(self, event: NewEvent) -> None:
        """Add an event at the end of the chain, when the unit of work is committed."""
        self._pending.append(event)

    def write_pending(self) -> None:
        """Write what was appended; called at the commit, the chain is locked until it ends."""
        pending, self._pending = self._pending, []
        for event in pending:
            self._write(event)

    def of_subject(self, subject: str) -> list[AuditEvent]:
        """Return the events of a case, claim or person, oldest first."""
        wanted = select(AuditEventRow).where(AuditEventRow.subject == subject)
        rows = self._session.scalars(wanted.order_by(AuditEventRow.sequence))
        return [event_from_row(row) for row in rows]

    def of_subjects(self, subjects: Iterable[str]) -> list[AuditEvent]:
        """Return the events of many subjects, oldest first."""
        found: list[AuditEvent] = []
        names = sorted(subjects)
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            wanted = select(AuditEventRow).where(AuditEventRow.subject.in_(some))
            found += [event_from_row(row) for row in self._session.scalars(wanted)]
        return sorted(found, key=lambda one: one.sequence)

    def chain(self) -> Iterator[AuditEvent]:
        """Yield every event in order."""
        rows = self._session.scalars(
            select(AuditEventRow).order_by(AuditEventRow.sequence).execution_options(yield_per=500)
        )
        for row in rows:
            yield event_from_row(row)

    def links(self) -> list[SubjectLink]:
        """Return every link of the chains of subjects, by event."""
        return self._links_after(0)

    def anchors(self) -> list[Anchor]:
        """Return the anchors of the closed days, oldest first."""
        rows = self._session.scalars(select(AuditAnchorRow).order_by(AuditAnchorRow.day))
        return [_anchor_from(row) for row in rows]

    def _write(self, event: NewEvent) -> None:
        # The series' row lock keeps a second writer waiting until this chain link is committed.
        sequence = self._next_serial(SERIES)
        last = self._session.get(AuditEventRow, sequence - 1)
        before = event_from_row(last) if last else None
        self._close_day_before(event, before)
        sealed = seal(event, sequence, before.hash if before else FIRST_HASH)
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
        link = next_link(sealed, self._newest_link(event.subject))
        self._session.add(
            AuditLinkRow(
                sequence=sequence, subject=link.subject, position=link.position, hash=link.hash
            )
        )
        self._session.flush()

    def _close_day_before(self, event: NewEvent, last: AuditEvent | None) -> None:
        newest = self._session.scalar(
            select(AuditAnchorRow).order_by(AuditAnchorRow.day.desc()).limit(1)
        )
        anchor = _anchor_from(newest) if newest else None
        day = anchor_due(last, event.at, anchor)
        if day is None or last is None:
            return
        links = self._links_after(anchor.sequence if anchor else 0)
        made = close_day(day, last, links, anchor.hash if anchor else FIRST_HASH)
        self._session.add(AuditAnchorRow(**to_document(made) | {"day": made.day}))

    def _newest_link(self, subject: str) -> SubjectLink | None:
        wanted = select(AuditLinkRow).where(AuditLinkRow.subject == subject)
        row = self._session.scalar(wanted.order_by(AuditLinkRow.position.desc()).limit(1))
        return _link_from(row) if row else None

    def _links_after(self, sequence: int) -> list[SubjectLink]:
        wanted = select(AuditLinkRow).where(AuditLinkRow.sequence > sequence)
        return [
            _link_from(row) for row in self._session.scalars(wanted.order_by(AuditLinkRow.sequence))
        ]


def event_from_row(row: AuditEventRow) -> AuditEvent:
    """Read an event."""
    return AuditEvent(
        sequence=row.sequence,
        event=from_document(NewEvent, row.event),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _link_from(row: AuditLinkRow) -> SubjectLink:
    return SubjectLink(row.subject, row.position, row.sequence, row.hash)


def _anchor_from(row: AuditAnchorRow) -> Anchor:
    return Anchor(
        day=row.day,
        sequence=row.sequence,
        last_hash=row.last_hash,
        subjects=row.subjects,
        root=row.root,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
