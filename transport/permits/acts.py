"""One act of one department: its state, clock, decision and how steps change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from transport.errors import StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.clocks import (
    NOT_STARTED,
    ActClock,
    Terms,
    answer_due_on,
)
from transport.permits.consultation import Opinion
from transport.permits.decision import Decision, Signature, TravelTerms
from transport.permits.endings import Ending
from transport.permits.entry_check import EntryCheck
from transport.permits.letters import LetterNumber, Service
from transport.permits.states import (
    BY_LAW,
    DECIDING_ROLE,
    IN_FORCE,
    ActKind,
    ActState,
    Step,
    next_state,
    steps_from,
)
from transport.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Authority:
    """The office an act belongs to; `organisation_id` is empty while none is registered here."""

    role: Role
    admin_code: str
    name: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True)
class Recusal:
    """A person who may not decide this act (回避), and why."""

    person: Signature
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a railway or an owner of a road wrote; `paper` is the digest of the filed letter."""

    text: str
    recorded_by: Signature
    reference: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed an act last, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """An act on a case; `area` is the county, league or region it covers (GB/T 2260).

    `supplement_list` is what was asked for, all at once; `declined` the ground and reasons of a
    non-acceptance. `valid_from` and `valid_until` hold for an issued act; `ending` says how one in
    force was ended by its office. `claimed_by` is the officer who works on it, `answer` what a body
    without a desk here wrote. `letter_numbers` are those of its letters, `services` the proofs that
    they were served.
    """

    id: str
    kind: ActKind
    state: ActState
    authority: Authority
    area: str
    terms: Terms
    clock: ActClock = NOT_STARTED
    supplement_list: tuple[str, ...] = ()
    declined_ground: str = ""
    declined_text: str = ""
    declined_by: Signature | None = None
    decision: Decision | None = None
    opinion: Opinion | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    revoked_reason: str = ""
    ending: Ending | None = None
    entry_check: EntryCheck | None = None
    claimed_by: Signature | None = None
    recused: tuple[Recusal, ...] = ()
    answer: Answer | None = None
    letter_numbers: tuple[LetterNumber, ...] = ()
    services: tuple[Service, ...] = ()
    version: int = 1
    last_change: LastChange | None = None

    @property
    def granted_terms(self) -> TravelTerms | None:
        """Time, route and speed of an act in force, None for any other."""
        if self.state not in IN_FORCE or self.decision is None:
            return None
        return self.decision.terms

    def is_in_force(self, day: date) -> bool:
        """Say whether this act allows travel on this day."""
        if self.state not in IN_FORCE:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def take_step(act: Act, step: Step, role: Role) -> Act:
    """Move an act along the table; raises StepNotAllowedError for any other step."""
    return replace(act, state=next_state(act.kind, act.state, step, role))


def allowed_steps(act: Act, role: Role) -> tuple[Step, ...]:
    """Return the steps a role may take now: the buttons of a page."""
    return steps_from(act.kind, act.state, role)


def may_act(act: Act, actor: Actor) -> bool:
    """Say whether the actor belongs to the office of this act."""
    return (
        actor.role is DECIDING_ROLE[act.kind]
        and bool(act.authority.organisation_id)
        and actor.organisation_id == act.authority.organisation_id
    )


def is_deemed_accepted(act: Act, today: date, calendar: WorkingCalendar) -> bool:
    """Say whether the limit to ask for supplements has passed without an answer (ALL 32)."""
    if (act.kind, act.state, Step.DEEM_ACCEPTED) not in BY_LAW:
        return False
    due = answer_due_on(act.clock, act.terms, calendar)
    return due is not None and today > due


def deem_accepted(act: Act) -> Act:
    """Accept by law, as of the day of receipt."""
    state = BY_LAW.get((act.kind, act.state, Step.DEEM_ACCEPTED))
    if state is None:
        raise StepNotAllowedError(f"{act.kind.value} does not wait for acceptance")
    clock = replace(act.clock, accepted_on=act.clock.submitted_on, accepted_by_law=True)
    return replace(act, state=state, clock=clock)


def is_expired(act: Act, today: date) -> bool:
    """Say whether the last day of an act in force is over; never while a truck is on the road."""
    if (act.kind, act.state, Step.EXPIRE) not in BY_LAW:
        return False
    return act.valid_until is not None and today > act.valid_until


def expire(act: Act) -> Act:
    """End an act by law, after its last day."""
    return replace(act, state=BY_LAW[act.kind, act.state, Step.EXPIRE])


def as_of(act: Act, today: date, calendar: WorkingCalendar) -> Act:
    """Return the act as the law sees it today: accepted where nobody answered, or expired."""
    if is_deemed_accepted(act, today, calendar):
        return deem_accepted(act)
    return expire(act) if is_expired(act, today) else act


def may_decide(act: Act, person_id: str) -> bool:
    """Say whether a person may handle, check and sign: not one who is recused."""
    return all(one.person.person_id != person_id for one in act.recused)
