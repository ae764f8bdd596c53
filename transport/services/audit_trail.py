"""The audit trail: every decision with who, when, why and law day, chained by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from transport.people import Actor, Role

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What happened, before it has its place in the chain.

    `subject` is the number of a case or claim, the login of a user and so on; `act_id` names the
    act within a case; `details` are short words and values that explain.
    """

    at: datetime
    actor_id: str
    actor_name: str
    organisation_id: str
    organisation_name: str
    role: str
    subject: str
    step: str
    act_id: str = ""
    act_kind: str = ""
    area: str = ""
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    law_day: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An event in the chain; `hash` covers the event and the hash before it."""

    sequence: int
    event: NewEvent
    previous_hash: str
    hash: str


def event_by(
    actor: Actor,
    at: datetime,
    *,
    subject: str,
    step: str,
    reason: str = "",
    law_day: date | None = None,
    details: Mapping[str, str] | None = None,
) -> NewEvent:
    """Return an event caused by a person."""
    return NewEvent(
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        role=actor.role.value,
        subject=subject,
        step=step,
        reason=reason,
        law_day=law_day,
        details=details or {},
    )


BY_LAW_ACTOR = Actor(
    user_id="", name="by law", organisation_id="", organisation_name="", role=Role.ADMINISTRATOR
)


def seal(event: NewEvent, sequence: int, previous_hash: str) -> AuditEvent:
    """Give an event its place in the chain."""
    return AuditEvent(
        sequence=sequence,
        event=event,
        previous_hash=previous_hash,
        hash=_hash(event, sequence, previous_hash),
    )


def first_broken(events: Iterable[AuditEvent]) -> int | None:
    """Return the sequence number where the chain breaks, None for a whole one.

    Finds events that were altered, removed from the middle, put in, or reordered. Cutting events
    off the end is found by comparing the last hash with one noted elsewhere.
    """
    previous = FIRST_HASH
    for sequence, one in enumerate(events, start=1):
        whole = (
            one.sequence == sequence
            and one.previous_hash == previous
            and one.hash == _hash(one.event, one.sequence, one.previous_hash)
        )
        if not whole:
            return sequence
        previous = one.hash
    return None


def _hash(event: NewEvent, sequence: int, previous_hash: str) -> str:
    content = [
        sequence,
        previous_hash,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.organisation_id,
        event.organisation_name,
        event.role,
        event.subject,
        event.step,
        event.act_id,
        event.act_kind,
        event.area,
        event.from_state,
        event.to_state,
        event.reason,
        None if event.law_day is None else event.law_day.isoformat(),
        dict(event.details),
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
