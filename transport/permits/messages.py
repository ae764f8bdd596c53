"""Messages on a case between the carrier and the offices that work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.states import ActState

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Message:
    """A message; with an `act_id` it is between the carrier and that act's office alone."""

    id: str
    case_number: str
    sent_at: datetime
    author_id: str
    author_name: str
    organisation_id: str
    organisation_name: str
    text: str
    act_id: str = ""
    version: int = 1


def may_write(case: Case, actor: Actor) -> bool:
    """Say whether the actor is a party of the case: its carrier, or an office with an act."""
    if actor.role is Role.CARRIER:
        return case.organisation_id == actor.organisation_id
    return actor.organisation_id in offices_of(case)


def may_read(message: Message, case: Case, actor: Actor) -> bool:
    """Say whether a message is for the actor: a party, and for one act only its two sides."""
    if not may_write(case, actor):
        return False
    return actor.organisation_id in (case.organisation_id, *offices_of(case, message.act_id))


def offices_of(case: Case, act_id: str = "") -> tuple[str, ...]:
    """Return the offices that work on a case, or on one act of it, each once."""
    found = [
        one.authority.organisation_id
        for one in case.acts
        if one.authority.organisation_id
        and one.state is not ActState.DRAFT
        and act_id in {"", one.id}
    ]
    return tuple(dict.fromkeys(found))


def readers_of(case: Case, message: Message) -> tuple[str, ...]:
    """Return the organisations that a message is told to: everyone it is for but its author."""
    parties = (case.organisation_id, *offices_of(case, message.act_id))
    return tuple(one for one in parties if one != message.organisation_id)
