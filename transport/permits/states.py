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
    LEAGUE_OPINION = "league_opinion"  # 沿线盟市交通运输部门内部意见, R62 8
    RAILWAY_CONSENT = "railway_consent"  # 铁路道口通过, RTSL-IR 65
    OWNER_CONSENT = "owner_consent"  # 林区、村道等所有者同意, HL 50
    PROVINCE_PERMIT = "province_permit"  # 途经省份许可, 起运省转送, R62 8, 16
    POWER_NOTICE = "power_notice"  # 告知电力单位, R62 13
    OPERATOR_NOTICE = "operator_notice"  # 告知收费公路经营单位, R62 26


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
    AWAITING_ENTRY_CHECK = "awaiting_entry_check"  # 核查后发证
    ISSUED = "issued"  # 已发证
    IN_USE = "in_use"  # 在途
    COMPLETED = "completed"  # 已完成
    AMENDED = "amended"  # 已变更, 由新证替代
    EXPIRED = "expired"  # 已过期
    REFUSED = "refused"  # 不予许可
    WITHDRAWN = "withdrawn"  # 申请人撤回申请
    REVOKED = "revoked"  # 已撤回, ALL 8
    ANNULLED = "annulled"  # 已撤销, ALL 69
    CANCELLED = "cancelled"  # 已注销, ALL 70
    AWAITING_OPINION = "awaiting_opinion"  # 待复
    OPINION_GIVEN = "opinion_given"  # 已复
    OVERDUE = "overdue"  # 逾期未复
    AWAITING_ANSWER = "awaiting_answer"  # 已去函, 待复
    CONSENTED = "consented"  # 已同意
    TOLD = "told"  # 已告知


class Step(StrEnum):
    """What somebody does to an act."""

    SUBMIT = "submit"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLY = "supply"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    DECLINE = "decline"
    CONSULT = "consult"
    CONSULT_LEAGUES = "consult_leagues"
    SUSPEND = "suspend"
    RESUME = "resume"
    HANDLE = "handle"
    CHECK = "check"
    SEND_BACK = "send_back"
    GRANT = "grant"
    REFUSE = "refuse"
    ISSUE = "issue"
    REQUIRE_ENTRY_CHECK = "require_entry_check"
    PASS_ENTRY_CHECK = "pass_entry_check"  # noqa: S105 - a step, not a password
    FAIL_ENTRY_CHECK = "fail_entry_check"
    START_USE = "start_use"
    END_USE = "end_use"
    COMPLETE = "complete"
    AMEND = "amend"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    ANNUL = "annul"
    CANCEL = "cancel"
    GIVE_OPINION = "give_opinion"
    RECORD_OVERDUE = "record_overdue"
    ASK_CONSENT = "ask_consent"
    RECORD_CONSENT = "record_consent"
    RECORD_OBJECTION = "record_objection"
    TELL = "tell"
    SWAP_TRACTOR = "swap_tractor"  # an examined spare takes over: the next revision of the pass
    SERVE = "serve"  # 送达, with proof of service


DECIDING_ROLE: Mapping[ActKind, Role] = MappingProxyType(
    {
        ActKind.HIGHWAY_PERMIT: Role.TRANSPORT,
        ActKind.POLICE_CONSULTATION: Role.POLICE,
        ActKind.MUNICIPAL_CONSENT: Role.MUNICIPAL,
        ActKind.POLICE_DESIGNATION: Role.POLICE,
        ActKind.LEAGUE_OPINION: Role.TRANSPORT,
        # These bodies have no desk here: the carrier asks them and files their answer.
        ActKind.RAILWAY_CONSENT: Role.CARRIER,
        ActKind.OWNER_CONSENT: Role.CARRIER,
        # The authority of the origin forwards to the provinces en route and files what they decide.
        ActKind.PROVINCE_PERMIT: Role.TRANSPORT,
        # The office that issues the pass tells them; nothing waits for an answer.
        ActKind.POWER_NOTICE: Role.TRANSPORT,
        ActKind.OPERATOR_NOTICE: Role.TRANSPORT,
    }
)

LICENCES = (ActKind.HIGHWAY_PERMIT, ActKind.MUNICIPAL_CONSENT, ActKind.POLICE_DESIGNATION)
OPINIONS = (ActKind.POLICE_CONSULTATION, ActKind.LEAGUE_OPINION)
CONSENTS = (ActKind.RAILWAY_CONSENT, ActKind.OWNER_CONSENT, ActKind.PROVINCE_PERMIT)
NOTICES = (ActKind.POWER_NOTICE, ActKind.OPERATOR_NOTICE)
IN_FORCE = frozenset({ActState.ISSUED, ActState.IN_USE, ActState.CONSENTED})

_WITH_LETTERS = (
    ActState.SUPPLEMENT_REQUESTED,
    ActState.SUPPLEMENTED,
    ActState.NOT_ACCEPTED,
    ActState.ACCEPTED,
    ActState.SUSPENDED,
    ActState.AWAITING_CHECK,
    ActState.AWAITING_SIGNATURE,
    ActState.ISSUED,
    ActState.EXPIRED,
    ActState.REFUSED,
    ActState.REVOKED,
    ActState.ANNULLED,
    ActState.CANCELLED,
)
_AFTER_GRANT = (ActState.GRANTED, ActState.AWAITING_ENTRY_CHECK, ActState.IN_USE)

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
        # The paper of an expired act is cancelled for the record (ALL 70(1)).
        (state.EXPIRED, step.CANCEL, desk): state.CANCELLED,
    }
    in_force = [state.ISSUED]
    if kind is ActKind.HIGHWAY_PERMIT:
        in_force.append(state.IN_USE)
    for one in in_force:
        rows |= {
            (one, step.REVOKE, desk): state.REVOKED,
            (one, step.ANNUL, desk): state.ANNULLED,
            (one, step.CANCEL, desk): state.CANCELLED,
            # The old act falls with the issue of the one that replaces it, never before.
            (one, step.AMEND, desk): state.AMENDED,
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


def _serving(kind: ActKind) -> dict[Key, ActState]:
    """Return the rows of a letter's service, possible once it was written; no state changes."""
    states = (*_WITH_LETTERS, *(_AFTER_GRANT if kind is ActKind.HIGHWAY_PERMIT else ()))
    return {(kind, one, Step.SERVE, DECIDING_ROLE[kind]): one for one in states}


def _asked_act(kind: ActKind) -> dict[Key, ActState]:
    """Return the rows of an opinion that the transport authority asks for."""
    desk = DECIDING_ROLE[kind]
    return {
        (kind, ActState.AWAITING_OPINION, Step.GIVE_OPINION, desk): ActState.OPINION_GIVEN,
        # Silence is recorded, never taken as consent; a late opinion is still welcome.
        (kind, ActState.AWAITING_OPINION, Step.RECORD_OVERDUE, Role.TRANSPORT): ActState.OVERDUE,
        (kind, ActState.OVERDUE, Step.GIVE_OPINION, desk): ActState.OPINION_GIVEN,
        (kind, ActState.AWAITING_OPINION, Step.SERVE, Role.TRANSPORT): ActState.AWAITING_OPINION,
    }


def _consent(kind: ActKind) -> dict[Key, ActState]:
    """Return the rows of a consent of a body without a desk here.

    The carrier gets it; another province's is got by the authority of the origin.
    """
    state, step = ActState, Step
    rows = {
        (state.DRAFT, step.ASK_CONSENT): state.AWAITING_ANSWER,
        (state.AWAITING_ANSWER, step.RECORD_CONSENT): state.CONSENTED,
        (state.AWAITING_ANSWER, step.RECORD_OBJECTION): state.REFUSED,
        (state.AWAITING_ANSWER, step.RECORD_OVERDUE): state.OVERDUE,
        (state.OVERDUE, step.RECORD_CONSENT): state.CONSENTED,
        (state.OVERDUE, step.RECORD_OBJECTION): state.REFUSED,
        (state.REFUSED, step.ASK_CONSENT): state.AWAITING_ANSWER,
        (state.CONSENTED, step.RECORD_OBJECTION): state.REFUSED,
    }
    return {(kind, *key, DECIDING_ROLE[kind]): target for key, target in rows.items()}


_HIGHWAY = ActKind.HIGHWAY_PERMIT

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
        (_HIGHWAY, ActState.ACCEPTED, Step.CONSULT_LEAGUES, Role.TRANSPORT): ActState.ACCEPTED,
        # Issue after a physical check at the entry (核查后发证): no pass before it is passed.
        (_HIGHWAY, ActState.GRANTED, Step.REQUIRE_ENTRY_CHECK, Role.TRANSPORT): (
            ActState.AWAITING_ENTRY_CHECK
        ),
        (_HIGHWAY, ActState.AWAITING_ENTRY_CHECK, Step.PASS_ENTRY_CHECK, Role.TRANSPORT): (
            ActState.ISSUED
        ),
        (_HIGHWAY, ActState.AWAITING_ENTRY_CHECK, Step.FAIL_ENTRY_CHECK, Role.TRANSPORT): (
            ActState.GRANTED
        ),
        (_HIGHWAY, ActState.GRANTED, Step.WITHDRAW, Role.CARRIER): ActState.WITHDRAWN,
        (_HIGHWAY, ActState.AWAITING_ENTRY_CHECK, Step.WITHDRAW, Role.CARRIER): ActState.WITHDRAWN,
        # Departure and acceptance on site are recorded by carrier or factory.
        (_HIGHWAY, ActState.ISSUED, Step.START_USE, Role.CARRIER): ActState.IN_USE,
        (_HIGHWAY, ActState.ISSUED, Step.START_USE, Role.FACTORY): ActState.IN_USE,
        (_HIGHWAY, ActState.IN_USE, Step.END_USE, Role.CARRIER): ActState.ISSUED,
        (_HIGHWAY, ActState.IN_USE, Step.END_USE, Role.FACTORY): ActState.ISSUED,
        (_HIGHWAY, ActState.ISSUED, Step.COMPLETE, Role.CARRIER): ActState.COMPLETED,
        # The decision covers every tractor examined with it; breakdowns happen on the road too.
        (_HIGHWAY, ActState.ISSUED, Step.SWAP_TRACTOR, Role.CARRIER): ActState.ISSUED,
        (_HIGHWAY, ActState.IN_USE, Step.SWAP_TRACTOR, Role.CARRIER): ActState.IN_USE,
        (ActKind.MUNICIPAL_CONSENT, ActState.AWAITING_SIGNATURE, Step.GRANT, Role.MUNICIPAL): (
            ActState.ISSUED
        ),
        (ActKind.POLICE_DESIGNATION, ActState.AWAITING_SIGNATURE, Step.GRANT, Role.POLICE): (
            ActState.ISSUED
        ),
    }
    | {key: to for kind in OPINIONS for key, to in _asked_act(kind).items()}
    | {key: to for kind in CONSENTS for key, to in _consent(kind).items()}
    | {key: to for kind in LICENCES for key, to in _serving(kind).items()}
    | {(kind, ActState.DRAFT, Step.TELL, Role.TRANSPORT): ActState.TOLD for kind in NOTICES}
)

# What the law itself does, without a person: no answer within the limit (ALL 32), the last day of
# validity is over.
BY_LAW: Mapping[tuple[ActKind, ActState, Step], ActState] = MappingProxyType(
    {
        (kind, ActState.AWAITING_ACCEPTANCE, Step.DEEM_ACCEPTED): ActState.ACCEPTED
        for kind in LICENCES
    }
    | {(kind, ActState.ISSUED, Step.EXPIRE): ActState.EXPIRED for kind in LICENCES}
)

FINAL_STATES = frozenset(
    {
        ActState.NOT_ACCEPTED,
        ActState.REFUSED,
        ActState.WITHDRAWN,
        ActState.REVOKED,
        ActState.ANNULLED,
        ActState.CANCELLED,
        ActState.AMENDED,
        ActState.COMPLETED,
        ActState.OPINION_GIVEN,
        ActState.TOLD,
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
