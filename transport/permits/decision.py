"""Decisions: handled (经办), checked (审核), signed (签发), by three people, at least two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor


class DecisionOutcome(StrEnum):
    """What was decided."""

    GRANT = "grant"
    REFUSE = "refuse"


class RefusalGround(StrEnum):
    """The closed list of R62 17, by its keys in the law.

    A bridge that fails leads to strengthening or another route, not to refusal.
    """

    FLATBED_AXLE_LOAD = "flatbed_axle_load"  # R62 17(1)
    HYDRAULIC_LINE_LOAD = "hydraulic_line_load"  # R62 17(2)
    REINFORCEMENT_NOT_DONE = "reinforcement_not_done"  # R62 17(3)
    REFUSED_BY_OTHER_LAW = "refused_by_other_law"  # R62 17(4): the text names the provision


class NonAcceptanceGround(StrEnum):
    """The closed list of R62 11 by its keys in the law; also used by the city offices."""

    DIVISIBLE_LOAD = "divisible_load"  # R62 11(1)
    STACKED_PIECES = "stacked_pieces"  # R62 11 last para.
    LICENCE_SCOPE = "licence_scope"  # R62 11(2)
    APPLICATION_BAN = "application_ban"  # R62 11(3)
    NOT_ACCEPTED_BY_OTHER_LAW = "not_accepted_by_other_law"  # R62 11(4)


class CityRefusalGround(StrEnum):
    """Grounds of the city acts, municipal consent and police designation."""

    ROAD_CAPACITY = "road_capacity"  # 城市道路、桥涵不能承受
    TRAFFIC_SAFETY = "traffic_safety"  # 影响交通安全且无替代时段或路线
    OTHER_LAW = "other_law"


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Hours of the day in which the transport may move; may run over midnight."""

    starts: time
    ends: time
    note: str = ""


@dataclass(frozen=True, slots=True)
class TravelTerms:
    """Time, route and speed as an office sets them, with its conditions in words."""

    windows: tuple[TimeWindow, ...] = ()
    top_speed_km_h: int | None = None
    bridge_speed_km_h: int | None = None
    route_note: str = ""
    conditions: tuple[str, ...] = ()


NO_TERMS = TravelTerms()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who took a step of a decision, and when."""

    person_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on its way or taken.

    `open_violation_reason` is the explicit, reasoned confirmation needed to grant although a rule
    is violated; empty otherwise.
    """

    outcome: DecisionOutcome
    text: str
    handled_by: Signature
    grounds: tuple[str, ...] = ()
    terms: TravelTerms = NO_TERMS
    checked_by: Signature | None = None
    signed_by: Signature | None = None
    open_violation_reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a handler puts on file; `open_violation_reason` as in the decision it becomes."""

    outcome: DecisionOutcome
    text: str = ""
    grounds: tuple[str, ...] = ()
    terms: TravelTerms = NO_TERMS
    open_violation_reason: str = ""


def propose(
    proposal: Proposal, *, allowed_grounds: frozenset[str], actor: Actor, at: datetime
) -> Decision:
    """Write the handler's proposal; a refusal needs a ground from the closed list and reasons."""
    grounds = proposal.grounds
    faults = []
    if proposal.outcome is DecisionOutcome.REFUSE:
        if not grounds:
            faults.append(FieldFault("grounds", "a refusal needs a ground", "ground_missing"))
        if not proposal.text.strip():
            faults.append(FieldFault("text", "a refusal needs its reasons", "reason_missing"))
    elif grounds:
        faults.append(FieldFault("grounds", "only a refusal has grounds", "ground_unexpected"))
    faults += [
        FieldFault(
            "grounds",
            f"{ground!r} is not a lawful ground; choose from {', '.join(sorted(allowed_grounds))}",
            "ground_not_lawful",
        )
        for ground in grounds
        if ground not in allowed_grounds
    ]
    if faults:
        raise InvalidInputError(faults)
    return Decision(
        outcome=proposal.outcome,
        text=proposal.text,
        grounds=grounds,
        terms=proposal.terms,
        handled_by=signature_of(actor, at),
        open_violation_reason=proposal.open_violation_reason,
    )


def check(decision: Decision, actor: Actor, at: datetime) -> Decision:
    """Add the second person; raises StepNotAllowedError if it is the handler."""
    _must_differ(actor, decision.handled_by, "handled", "checks")
    return replace(decision, checked_by=signature_of(actor, at))


def sign(decision: Decision, actor: Actor, at: datetime) -> Decision:
    """Add the third person; in a small office the checker may sign, the handler never."""
    _must_differ(actor, decision.handled_by, "handled", "signs")
    if decision.checked_by is None:
        raise StepNotAllowedError("the decision must be checked before it is signed", "check_first")
    if not actor.small_office:
        _must_differ(actor, decision.checked_by, "checked", "signs")
    return replace(decision, signed_by=signature_of(actor, at))


def signature_of(actor: Actor, at: datetime) -> Signature:
    """Return the actor's signature."""
    return Signature(person_id=actor.user_id, name=actor.name, at=at)


def _must_differ(actor: Actor, earlier: Signature, did: str, does: str) -> None:
    if actor.user_id == earlier.person_id:
        raise StepNotAllowedError(
            f"{actor.name} {did} this decision; a different person {does} it",
            f"same_person_{did}",
            name=actor.name,
        )
