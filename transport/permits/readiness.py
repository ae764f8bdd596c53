"""Ready to depart (可发车): every act the route needs is in force, today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.states import IN_FORCE, NOTICES, OPINIONS, ActKind, ActState


class Missing(StrEnum):
    """Why something stands in the way of departure."""

    NOT_DECIDED = "not_decided"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    ANNULLED = "annulled"
    CANCELLED = "cancelled"
    AMENDED = "amended"
    COMPLETED = "completed"
    PASS_NOT_IN_FORCE = "pass_not_in_force"  # noqa: S105 - a reason, not a password


# Opinions serve the decision, notices tell; neither lets a truck depart or holds it.
_NOT_WAITED_FOR = frozenset({*OPINIONS, *NOTICES})


@dataclass(frozen=True, slots=True)
class MissingAct:
    """One act that keeps the truck where it is."""

    kind: ActKind
    area: str
    authority: str
    reason: Missing
    act_id: str


def ready_to_depart(
    case: Case, day: date, permits: Sequence[Permit] = ()
) -> tuple[bool, tuple[MissingAct, ...]]:
    """Say whether the truck may leave on this day, and which acts are missing.

    `permits` are the passes of this case; the current revision must be valid on the day.
    """
    missing = [
        _missing(act, reason)
        for act in case.acts
        if act.kind not in _NOT_WAITED_FOR and (reason := _reason(act, day)) is not None
    ]
    highway = case.highway_permit
    if highway is not None and highway.is_in_force(day):
        current = max(permits, key=lambda one: one.revision, default=None)
        if current is None or not current.is_valid_on(day):
            missing.append(_missing(highway, Missing.PASS_NOT_IN_FORCE))
    return (not missing, tuple(missing))


def _reason(act: Act, day: date) -> Missing | None:
    if act.is_in_force(day):
        return None
    if act.state in IN_FORCE:
        early = act.valid_from is not None and day < act.valid_from
        return Missing.NOT_YET_VALID if early else Missing.EXPIRED
    return {
        ActState.REFUSED: Missing.REFUSED,
        ActState.NOT_ACCEPTED: Missing.REFUSED,
        ActState.WITHDRAWN: Missing.WITHDRAWN,
        ActState.REVOKED: Missing.REVOKED,
        ActState.ANNULLED: Missing.ANNULLED,
        ActState.CANCELLED: Missing.CANCELLED,
        ActState.AMENDED: Missing.AMENDED,
        ActState.COMPLETED: Missing.COMPLETED,
        ActState.EXPIRED: Missing.EXPIRED,
    }.get(act.state, Missing.NOT_DECIDED)


def _missing(act: Act, reason: Missing) -> MissingAct:
    return MissingAct(
        kind=act.kind,
        area=act.area,
        authority=act.authority.name,
        reason=reason,
        act_id=act.id,
    )
