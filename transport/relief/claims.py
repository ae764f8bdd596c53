"""The relief record of one trip and its states: 预审, 核验, 兑付, 稽核."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.relief.entitlement import Entitlement
from transport.relief.schemes import Scheme
from transport.relief.trip_facts import TripFacts


class ClaimState(StrEnum):
    """Where a claim stands."""

    PRE_REVIEW = "pre_review"  # 预审
    VERIFIED = "verified"  # 核验
    PAID = "paid"  # 兑付
    AUDITED = "audited"  # 稽核
    REJECTED = "rejected"  # 不予减免
    RECLAIMED = "reclaimed"  # 追回
    APPEALED = "appealed"  # 申诉中
    UPHELD = "upheld"  # 维持不予减免


class ClaimStep(StrEnum):
    """What somebody does to a claim."""

    VERIFY = "verify"
    REJECT = "reject"
    PAY = "pay"
    AUDIT = "audit"
    RECLAIM = "reclaim"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REOPEN = "reopen"


CLAIM_TRANSITIONS: Mapping[tuple[ClaimState, ClaimStep, Role], ClaimState] = MappingProxyType(
    {
        (ClaimState.PRE_REVIEW, ClaimStep.VERIFY, Role.TOLL_OFFICE): ClaimState.VERIFIED,
        (ClaimState.PRE_REVIEW, ClaimStep.REJECT, Role.TOLL_OFFICE): ClaimState.REJECTED,
        (ClaimState.VERIFIED, ClaimStep.PAY, Role.FINANCE): ClaimState.PAID,
        (ClaimState.VERIFIED, ClaimStep.REJECT, Role.TOLL_OFFICE): ClaimState.REJECTED,
        (ClaimState.PAID, ClaimStep.AUDIT, Role.TOLL_OFFICE): ClaimState.AUDITED,
        (ClaimState.PAID, ClaimStep.RECLAIM, Role.TOLL_OFFICE): ClaimState.RECLAIMED,
        (ClaimState.REJECTED, ClaimStep.APPEAL, Role.CARRIER): ClaimState.APPEALED,
        (ClaimState.RECLAIMED, ClaimStep.APPEAL, Role.CARRIER): ClaimState.APPEALED,
        (ClaimState.APPEALED, ClaimStep.UPHOLD, Role.TOLL_OFFICE): ClaimState.UPHELD,
        (ClaimState.APPEALED, ClaimStep.REOPEN, Role.TOLL_OFFICE): ClaimState.PRE_REVIEW,
    }
)


_NEEDS_REASON = frozenset(
    {ClaimStep.REJECT, ClaimStep.RECLAIM, ClaimStep.APPEAL, ClaimStep.UPHOLD, ClaimStep.REOPEN}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A relief record; facts and scheme stay as they were when it was opened.

    `toll_status` says how sure the toll is: verified, unverified or demonstration. `month` is the
    month of the trip as `YYYY-MM`.
    """

    id: str
    number: str
    trip_id: str
    case_number: str
    carrier_id: str
    carrier_name: str
    scheme: Scheme
    facts: TripFacts
    entitlement: Entitlement
    state: ClaimState
    month: str
    opened_at: datetime
    toll_status: str
    verified_by: str = ""
    verified_by_id: str = ""
    reason: str = ""
    version: int = 1
    refused_by_id: str = ""
    appeal_text: str = ""

    @property
    def is_live(self) -> bool:
        """Say whether the record keeps others of the same trip or components out."""
        refused = {ClaimState.REJECTED, ClaimState.RECLAIMED, ClaimState.UPHELD}
        return self.state not in refused

    @property
    def granted_yuan(self) -> Decimal:
        """Relief that counts now: none before verification nor after rejection."""
        if self.state in {ClaimState.VERIFIED, ClaimState.PAID, ClaimState.AUDITED}:
            return self.entitlement.relief_yuan
        return Decimal("0.00")


def allowed_claim_steps(claim: Claim, role: Role) -> tuple[ClaimStep, ...]:
    """Return the steps a role may take now: the buttons of a page."""
    return tuple(
        step for state, step, who in CLAIM_TRANSITIONS if (state, who) == (claim.state, role)
    )


def take_claim_step(claim: Claim, step: ClaimStep, actor: Actor, reason: str = "") -> Claim:
    """Move a claim along the table: the toll office decides, finance pays.

    Verifying needs every check to hold; paying and auditing need another person than the one who
    verified, and an appeal another than the one who refused; refusing, appealing and answering need
    a reason.
    """
    target = CLAIM_TRANSITIONS.get((claim.state, step, actor.role))
    if target is None:
        possible = ", ".join(one.value for one in allowed_claim_steps(claim, actor.role)) or "none"
        raise StepNotAllowedError(
            f"claim {claim.number}: '{step.value}' is not possible for {actor.role.value} while it "
            f"is '{claim.state.value}'; possible now: {possible}",
            "claim_not_from_this_state",
            claim_step=step.value,
            claim_state=claim.state.value,
        )
    if step in _NEEDS_REASON and not reason.strip():
        raise InvalidInputError([FieldFault("reason", "must be given", "reason_missing")])
    if step is ClaimStep.VERIFY and not claim.entitlement.entitled:
        failed = [one.check.value for one in claim.entitlement.checks if not one.holds]
        raise StepNotAllowedError(
            f"claim {claim.number}: these checks do not hold: {', '.join(failed)}; reject it",
            "claim_checks_fail",
        )
    if step in {ClaimStep.PAY, ClaimStep.AUDIT} and actor.user_id == claim.verified_by_id:
        raise StepNotAllowedError(
            f"{actor.name} verified this claim; a different person pays and audits it",
            "same_person_verified",
            name=actor.name,
        )
    if step in {ClaimStep.UPHOLD, ClaimStep.REOPEN} and actor.user_id == claim.refused_by_id:
        raise StepNotAllowedError(
            f"{actor.name} refused this claim; a different person answers the appeal",
            "same_person_refused",
            name=actor.name,
        )
    if step is ClaimStep.APPEAL:
        return replace(claim, state=target, appeal_text=reason.strip())
    changed = replace(claim, state=target, reason=reason or claim.reason)
    if step in {ClaimStep.REJECT, ClaimStep.RECLAIM}:
        changed = replace(changed, refused_by_id=actor.user_id)
    if step is ClaimStep.VERIFY:
        changed = replace(changed, verified_by=actor.name, verified_by_id=actor.user_id)
    return changed
