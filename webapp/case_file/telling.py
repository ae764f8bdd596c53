"""Tell the audit events of a case in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from transport.people import Actor, Role
from transport.services.audit_trail import AuditEvent, NewEvent
from webapp.wording import say, tone

# Details fit to be read by people; the rest stays in the audit trail.
_OF_EVENT = (
    "pass",
    "revision",
    "valid_until",
    "station",
    "reference",
    "amended_by",
    "asked",
    "claim",
    "certificate",
    "components",
    "carrier",
)
_WORDS_OF = {
    "outcome": ("decision", "opinion"),
    "ground": ("non_acceptance_ground",),
    "grounds": ("refusal_ground",),
    "suspended_for": ("suspension",),
    "code": ("document",),
    "ending_ground": ("ending_ground",),
}


def tell_history(events: Iterable[AuditEvent], actor: Actor) -> list[dict[str, Any]]:
    """Return the events for the macro `timeline`, oldest first.

    Names of persons are for the parties of the case: the factory reads the organisation alone.
    """
    return [_told(one.event, named=actor.role is not Role.FACTORY) for one in events]


def _told(event: NewEvent, *, named: bool) -> dict[str, Any]:
    title = say("act_step", event.step)
    if event.act_kind:
        title = f"{say('act', event.act_kind)}{gettext(': ')}{title}"
    if event.to_state:
        title = f"{title} → {say('act_state', event.to_state)}"
    by_law = event.role == "law"
    who = gettext("by law") if by_law else event.organisation_name
    if named and not by_law:
        who = f"{event.actor_name} · {event.organisation_name}"
    return {
        "at": event.at,
        "title": title,
        "who": who,
        "text": " · ".join(_facts(event)),
        "tone": tone(event.to_state) if event.to_state else "plain",
    }


def _facts(event: NewEvent) -> list[str]:
    facts = []
    for key, value in event.details.items():
        if key in _WORDS_OF and value:
            facts.append(_worded(_WORDS_OF[key], value))
        elif key in _OF_EVENT and value:
            facts.append(str(value))
    # A reason that only repeats the list of supplements or the certificate is still the reason.
    return [*facts, *([event.reason] if event.reason else [])]


def _worded(kinds: tuple[str, ...], value: str) -> str:
    words = []
    for word in value.split(","):
        texts = [say(kind, word) for kind in kinds]
        words.append(next((text for text in texts if text != word), word))
    return str(gettext(", ")).join(words)
