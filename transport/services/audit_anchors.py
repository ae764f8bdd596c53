"""The audit trail kept twice: a chain of hashes for each case, and an anchor for each day.

The chain of a case lets a case file prove itself without the others. An anchor sums up a day: what
is noted elsewhere of it shows later whether anything before it was rewritten or cut off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from transport.services.audit_trail import FIRST_HASH, AuditEvent, first_broken
from transport.services.days import day_of


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """Place of an event in the chain of its own subject, from 1; `hash` covers the one before."""

    subject: str
    position: int
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day closed: everything up to event `sequence`, with the newest link of each subject."""

    day: date
    sequence: int
    last_hash: str
    subjects: int
    root: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class TrailCheck:
    """What a walk over the whole trail found; the four `broken` fields are None when whole.

    `broken_at` is an event's number, `broken_subject` the case whose own chain does not fit,
    `broken_day` the first day whose anchor does not, `differs_on` the first day that differs from
    the anchors noted elsewhere.
    """

    events: int
    last_hash: str
    subjects: int
    anchors: int
    broken_at: int | None = None
    broken_subject: str | None = None
    broken_day: date | None = None
    differs_on: date | None = None

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found."""
        found = (self.broken_at, self.broken_subject, self.broken_day, self.differs_on)
        return all(one is None for one in found)


def next_link(event: AuditEvent, previous: SubjectLink | None) -> SubjectLink:
    """Return the link of an event behind the newest one of its subject."""
    subject = event.event.subject
    position = previous.position + 1 if previous else 1
    before = previous.hash if previous else FIRST_HASH
    text = "\n".join((subject, str(position), str(event.sequence), event.hash, before))
    return SubjectLink(subject, position, event.sequence, _sha256(text))


def close_day(day: date, last: AuditEvent, links: Iterable[SubjectLink], before: str) -> Anchor:
    """Anchor a day; `links` are those added since the anchor before, whose hash is `before`."""
    newest: dict[str, SubjectLink] = {}
    for one in links:
        if one.subject not in newest or newest[one.subject].position < one.position:
            newest[one.subject] = one
    lines = (f"{name} {newest[name].position} {newest[name].hash}" for name in sorted(newest))
    root = _sha256("\n".join(lines))
    head = (day.isoformat(), str(last.sequence), last.hash, str(len(newest)), root, before)
    return Anchor(
        day, last.sequence, last.hash, len(newest), root, before, _sha256("\n".join(head))
    )


def anchor_due(last: AuditEvent | None, at: datetime, newest: Anchor | None) -> date | None:
    """Return the day to close before an event of this moment is added, or None."""
    if last is None:
        return None
    day = day_of(last.event.at)
    closed = newest is not None and day <= newest.day
    return None if closed or day_of(at) <= day else day


def check_trail(
    events: Sequence[AuditEvent],
    links: Iterable[SubjectLink],
    anchors: Sequence[Anchor],
    noted: Sequence[Anchor] = (),
) -> TrailCheck:
    """Walk everything; `noted` are anchors that were written down elsewhere."""
    kept = {one.sequence: one for one in links}
    expected = _links_of(events)
    found = {one.day: one.hash for one in anchors}
    return TrailCheck(
        events=len(events),
        last_hash=events[-1].hash if events else "",
        subjects=len({one.subject for one in expected}),
        anchors=len(anchors),
        broken_at=first_broken(events),
        broken_subject=_first_difference(expected, kept),
        broken_day=_first_bad_anchor(events, expected, anchors),
        differs_on=next((one.day for one in noted if found.get(one.day) != one.hash), None),
    )


def _links_of(events: Sequence[AuditEvent]) -> list[SubjectLink]:
    newest: dict[str, SubjectLink] = {}
    made = []
    for event in events:
        link = next_link(event, newest.get(event.event.subject))
        newest[link.subject] = link
        made.append(link)
    return made


def _first_difference(expected: Sequence[SubjectLink], kept: dict[int, SubjectLink]) -> str | None:
    for link in expected:
        if kept.get(link.sequence) != link:
            return link.subject
    spare = sorted(set(kept) - {one.sequence for one in expected})
    return kept[spare[0]].subject if spare else None


def _first_bad_anchor(
    events: Sequence[AuditEvent], links: Sequence[SubjectLink], anchors: Sequence[Anchor]
) -> date | None:
    before, done = FIRST_HASH, 0
    for anchor in anchors:
        if not done < anchor.sequence <= len(events):
            return anchor.day
        since = links[done : anchor.sequence]
        if close_day(anchor.day, events[anchor.sequence - 1], since, before) != anchor:
            return anchor.day
        before, done = anchor.hash, anchor.sequence
    return None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
