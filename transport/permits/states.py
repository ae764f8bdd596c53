"""The life of an act as one table: (act, state, step, role) -> state.

Buttons, services, API and audit derive from this table; what is not in it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from transport.errors import StepNotAllowedError
from transport.people import Role


class ActKind(StrEnum):
    """The separate acts of separate departments (practice.md 2)."""

    HIGHWAY_PERMIT = "highway_permit"  # 公路超限运输许可, R62 15, 18
    POLICE_CONSULTATION = "police_consultation"  # 征求公安交管意见, R62 12, HSR 36
    MUNICIPAL_CONSENT = "municipal_consent"  # 市政工程主管部门同意, URR 28
    POLICE_DESIGNATION = "police_designation"  # 公安指定时间路线速度, URR 28, RTSL 48(2)


class ActState(StrEnum):
    """Where an act stands."""

    DRAFT = "draft"  # 草稿
    AWAITING_ACCEPTANCE = "awaiting_acceptance"  # 待受理
    SUPPLEMENT_REQUESTED = "supplement_requested"  # 补正
    SUPPLEMENTED = "supplemented"  # 已补正
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    ACCEPTED = "accepted"  # 已受理, 审查
    SUSPENDED = "suspended"  # 中止计时
    AWAITING_CHECK = "awaiting_check"  # 审核
    AWAITING_SIGNATURE = "awaiting_signature"  # 签发
    GRANTED = "granted"  # 准予许可
    ISSUED = "issued"  # 已发证
    REFUSED = "refused"  # 不予许可
    WITHDRAWN = "withdrawn"  # 申请人撤回
    REVOKED = "revoked"  # 已撤销
    AWAITING_OPINION = "awaiting_opinion"  # 待复
    OPINION_GIVEN = "opinion_given"  # 已复
    OVERDUE = "overdue"  # 逾期未复


class Step(StrEnum):
    """What somebody does to an act."""

    SUBMIT = "submit"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLY = "supply"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    DECLINE = "decline"
    CONSULT = "consult"
    SUSPEND = "suspend"
    RESUME = "resume"
    HANDLE = "handle"
    CHECK = "check"
    SEND_BACK = "send_back"
    GRANT = "grant"
    REFUSE = "refuse"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    GIVE_OPINION = "give_opinion"
    RECORD_OVERDUE = "record_overdue"


DECIDING_ROLE: Mapping[ActKind, Role] = MappingProxyType(
    {
        ActKind.HIGHWAY_PERMIT: Role.TRANSPORT,
        ActKind.POLICE_CONSULTATION: Role.POLICE,
        ActKind.MUNICIPAL_CONSENT: Role.MUNICIPAL,
        ActKind.POLICE_DESIGNATION: Role.POLICE,
    }
)

Key = tuple[ActKind, ActState, Step, Role]


def _licensing_act(kind: ActKind) -> dict[Key, ActState]:
    """Return the rows common to every act that an applicant asks for."""
    state, step, desk = ActState, Step, DECIDING_ROLE[kind]
    rows: dict[tuple[ActState, Step, Role], ActState] = {
        (state.DRAFT, step.SUBMIT, Role.CARRIER): state.AWAITING_ACCEPTANCE,
        # Supplements are asked once: `supplemented` has no row to ask again (ALL 32).
        (state.AWAITING_ACCEPTANCE, step.ASK_SUPPLEMENT, desk): state.SUPPLEMENT_REQUESTED,
        (state.SUPPLEMENT_REQUESTED, step.SUPPLY, Role.CARRIER): state.SUPPLEMENTED,
        (state.AWAITING_ACCEPTANCE, step.ACCEPT, desk): state.ACCEPTED,
        (state.SUPPLEMENTED, step.ACCEPT, desk): state.ACCEPTED,
        (state.AWAITING_ACCEPTANCE, step.DECLINE, desk): state.NOT_ACCEPTED,
        (state.SUPPLEMENTED, step.DECLINE, desk): state.NOT_ACCEPTED,
        (state.ACCEPTED, step.SUSPEND, desk): state.SUSPENDED,
        (state.SUSPENDED, step.RESUME, desk): state.ACCEPTED,
        (state.ACCEPTED, step.HANDLE, desk): state.AWAITING_CHECK,
        (state.AWAITING_CHECK, step.CHECK, desk): state.AWAITING_SIGNATURE,
        (state.AWAITING_CHECK, step.SEND_BACK, desk): state.ACCEPTED,
        (state.AWAITING_SIGNATURE, step.SEND_BACK, desk): state.ACCEPTED,
        (state.AWAITING_SIGNATURE, step.REFUSE, desk): state.REFUSED,
        (state.ISSUED, step.REVOKE, desk): state.REVOKED,
    }
    open_states = (
        state.AWAITING_ACCEPTANCE,
        state.SUPPLEMENT_REQUESTED,
        state.SUPPLEMENTED,
        state.ACCEPTED,
        state.SUSPENDED,
        state.AWAITING_CHECK,
        state.AWAITING_SIGNATURE,
    )
    rows |= {(one, step.WITHDRAW, Role.CARRIER): state.WITHDRAWN for one in open_states}
    return {(kind, *key): target for key, target in rows.items()}


TRANSITIONS: Mapping[Key, ActState] = MappingProxyType(
    _licensing_act(ActKind.HIGHWAY_PERMIT)
    | _licensing_act(ActKind.MUNICIPAL_CONSENT)
    | _licensing_act(ActKind.POLICE_DESIGNATION)
    | {
        (ActKind.HIGHWAY_PERMIT, ActState.ACCEPTED, Step.CONSULT, Role.TRANSPORT): (
            ActState.ACCEPTED
        ),
        # The highway pass is a paper of its own, made after the decision (R62 18).
        (ActKind.HIGHWAY_PERMIT, ActState.AWAITING_SIGNATURE, Step.GRANT, Role.TRANSPORT): (
            ActState.GRANTED
        ),
        (ActKind.HIGHWAY_PERMIT, ActState.GRANTED, Step.ISSUE, Role.TRANSPORT): ActState.ISSUED,
        (ActKind.MUNICIPAL_CONSENT, ActState.AWAITING_SIGNATURE, Step.GRANT, Role.MUNICIPAL): (
            ActState.ISSUED
        ),
        (ActKind.POLICE_DESIGNATION, ActState.AWAITING_SIGNATURE, Step.GRANT, Role.POLICE): (
            ActState.ISSUED
        ),
        (ActKind.POLICE_CONSULTATION, ActState.AWAITING_OPINION, Step.GIVE_OPINION, Role.POLICE): (
            ActState.OPINION_GIVEN
        ),
        # Silence is recorded, never taken as consent; a late opinion is still welcome.
        (
            ActKind.POLICE_CONSULTATION,
            ActState.AWAITING_OPINION,
            Step.RECORD_OVERDUE,
            Role.TRANSPORT,
        ): ActState.OVERDUE,
        (ActKind.POLICE_CONSULTATION, ActState.OVERDUE, Step.GIVE_OPINION, Role.POLICE): (
            ActState.OPINION_GIVEN
        ),
    }
)

# What the law itself does, without a person (ALL 32: no answer within the limit).
BY_LAW: Mapping[tuple[ActKind, ActState, Step], ActState] = MappingProxyType(
    {
        (kind, ActState.AWAITING_ACCEPTANCE, Step.DEEM_ACCEPTED): ActState.ACCEPTED
        for kind in ActKind
        if kind is not ActKind.POLICE_CONSULTATION
    }
)

FINAL_STATES = frozenset(
    {
        ActState.NOT_ACCEPTED,
        ActState.REFUSED,
        ActState.WITHDRAWN,
        ActState.REVOKED,
        ActState.OPINION_GIVEN,
    }
)


def next_state(kind: ActKind, state: ActState, step: Step, role: Role) -> ActState:
    """Return where a step leads; raises StepNotAllowedError for what the table does not hold."""
    target = TRANSITIONS.get((kind, state, step, role))
    if target is not None:
        return target
    who = sorted({r.value for k, s, st, r in TRANSITIONS if (k, s, st) == (kind, state, step)})
    if who:
        raise StepNotAllowedError(
            f"{kind.value}: the step '{step.value}' is for {' or '.join(who)}, "
            f"not for {role.value}",
            "other_role",
            step=step.value,
        )
    possible = ", ".join(one.value for one in steps_from(kind, state, role)) or "none"
    raise StepNotAllowedError(
        f"{kind.value}: the step '{step.value}' is not possible while the act is "
        f"'{state.value}'; possible for {role.value} now: {possible}",
        "not_from_this_state",
        kind=kind.value,
        step=step.value,
        state=state.value,
    )


def steps_from(kind: ActKind, state: ActState, role: Role) -> tuple[Step, ...]:
    """Return the steps a role may take from a state, in the order of the table."""
    return tuple(st for k, s, st, r in TRANSITIONS if (k, s, r) == (kind, state, role))
