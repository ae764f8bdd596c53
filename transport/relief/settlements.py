"""The settlement of a closed month with one operator: prepared, approved, confirmed or disputed.

Whoever closes the month prepares the settlements; another person of finance approves each, and the
operator answers. What is wrong is corrected by a booking in an open month, never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role


class SettlementState(StrEnum):
    """Where a settlement stands."""

    PREPARED = "prepared"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class SettlementStep(StrEnum):
    """What somebody does to a settlement."""

    APPROVE = "approve"
    CONFIRM = "confirm"
    DISPUTE = "dispute"


_FROM = SettlementState
SETTLEMENT_TRANSITIONS: Mapping[tuple[SettlementState, SettlementStep, Role], SettlementState] = (
    MappingProxyType(
        {
            (_FROM.PREPARED, SettlementStep.APPROVE, Role.FINANCE): _FROM.APPROVED,
            (_FROM.DISPUTED, SettlementStep.APPROVE, Role.FINANCE): _FROM.APPROVED,
            (_FROM.APPROVED, SettlementStep.CONFIRM, Role.OPERATOR): _FROM.CONFIRMED,
            (_FROM.APPROVED, SettlementStep.DISPUTE, Role.OPERATOR): _FROM.DISPUTED,
        }
    )
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a closed month owes an operator and what was paid; `digest` is that of its file."""

    id: str
    month: str
    operator: str
    toll_fen: int
    settled_fen: int
    rows: int
    digest: str
    prepared_at: datetime
    prepared_by: str
    prepared_by_id: str
    state: SettlementState = SettlementState.PREPARED
    approved_by: str = ""
    approved_at: datetime | None = None
    answered_by: str = ""
    answered_at: datetime | None = None
    reason: str = ""
    version: int = 1

    @property
    def open_fen(self) -> int:
        """What was still due when the month was closed."""
        return self.toll_fen - self.settled_fen


def allowed_settlement_steps(settlement: Settlement, role: Role) -> tuple[SettlementStep, ...]:
    """Return the steps a role may take now."""
    return tuple(
        step
        for state, step, who in SETTLEMENT_TRANSITIONS
        if (state, who) == (settlement.state, role)
    )


def take_settlement_step(
    settlement: Settlement, step: SettlementStep, actor: Actor, now: datetime, reason: str = ""
) -> Settlement:
    """Move a settlement on; another person approves than prepared, and a dispute says why."""
    target = SETTLEMENT_TRANSITIONS.get((settlement.state, step, actor.role))
    if target is None:
        raise StepNotAllowedError(
            f"settlement {settlement.id}: '{step.value}' is not possible for {actor.role.value} "
            f"while it is '{settlement.state.value}'",
            "settlement_not_from_this_state",
        )
    if step is SettlementStep.APPROVE:
        if actor.user_id == settlement.prepared_by_id:
            raise StepNotAllowedError(
                f"{actor.name} closed {settlement.month}; a different person approves",
                "same_person_prepared",
                name=actor.name,
            )
        return replace(settlement, state=target, approved_by=actor.name, approved_at=now)
    if step is SettlementStep.DISPUTE and not reason.strip():
        raise InvalidInputError([FieldFault("reason", "must be given", "reason_missing")])
    return replace(
        settlement, state=target, answered_by=actor.name, answered_at=now, reason=reason.strip()
    )
