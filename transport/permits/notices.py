"""Notices: whom a step concerns, and how a notice waits to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.states import ActKind, ActState, Step

# A mail server that is away for a night loses nothing: the last try is about a day after the first.
_WAITS_MIN = (1, 5, 15, 60, 240, 480, 720)
MOST_TRIES = len(_WAITS_MIN) + 1


class NoticeKind(StrEnum):
    """What a notice says."""

    SUBMITTED = "submitted"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLIED = "supplied"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    OPINION_ASKED = "opinion_asked"
    OPINION_GIVEN = "opinion_given"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    GRANTED = "granted"
    ISSUED = "issued"
    REFUSED = "refused"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    DEADLINE_NEAR = "deadline_near"
    PAPER_EXPIRES = "paper_expires"
    PASS_ENDS = "pass_ends"  # noqa: S105 - a kind of notice, not a password
    MESSAGE = "message"


class SendState(StrEnum):
    """Where a notice stands on its way out of the house."""

    PENDING = "pending"
    SENT = "sent"
    GIVEN_UP = "given_up"
    IN_HOUSE = "in_house"  # nobody gave an address, or no channel is set: the page shows it


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to one organisation; `text` are the words of the one who acted, if any.

    `subject` is what it is about where there is no case, such as a plate.
    """

    id: str
    organisation_id: str
    kind: NoticeKind
    made_at: datetime
    next_try_at: datetime
    case_number: str = ""
    act_id: str = ""
    act_kind: str = ""
    office: str = ""
    text: str = ""
    subject: str = ""
    last_day: str = ""
    read_at: datetime | None = None
    read_by: str = ""
    state: SendState = SendState.PENDING
    tries: int = 0
    sent_at: datetime | None = None
    error: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class NoticeAddress:
    """Where an organisation (`id`) wants its notices; empty where it reads them here alone."""

    id: str
    email: str = ""
    mobile: str = ""
    version: int = 1


_TO_CARRIER: Mapping[Step, NoticeKind] = MappingProxyType(
    {
        Step.ASK_SUPPLEMENT: NoticeKind.SUPPLEMENT_ASKED,
        Step.ACCEPT: NoticeKind.ACCEPTED,
        Step.DEEM_ACCEPTED: NoticeKind.ACCEPTED,
        Step.DECLINE: NoticeKind.NOT_ACCEPTED,
        Step.SUSPEND: NoticeKind.SUSPENDED,
        Step.RESUME: NoticeKind.RESUMED,
        Step.ISSUE: NoticeKind.ISSUED,
        Step.PASS_ENTRY_CHECK: NoticeKind.ISSUED,
        Step.REFUSE: NoticeKind.REFUSED,
        Step.REVOKE: NoticeKind.ENDED,
        Step.ANNUL: NoticeKind.ENDED,
        Step.CANCEL: NoticeKind.ENDED,
        Step.EXPIRE: NoticeKind.ENDED,
    }
)
_TO_OFFICE: Mapping[Step, NoticeKind] = MappingProxyType(
    {
        Step.SUBMIT: NoticeKind.SUBMITTED,
        Step.SUPPLY: NoticeKind.SUPPLIED,
        Step.WITHDRAW: NoticeKind.WITHDRAWN,
    }
)
_ASKS: Mapping[Step, ActKind] = MappingProxyType(
    {
        Step.CONSULT: ActKind.POLICE_CONSULTATION,
        Step.CONSULT_LEAGUES: ActKind.LEAGUE_OPINION,
    }
)


def told_by(case: Case, act: Act, step: Step) -> tuple[tuple[str, NoticeKind], ...]:
    """Return which organisations a step on an act is told to, and as what.

    `act` is the act after the step. What nobody waits for is told to nobody.
    """
    if step is Step.GRANT:
        kind = NoticeKind.ISSUED if act.state is ActState.ISSUED else NoticeKind.GRANTED
        return ((case.organisation_id, kind),)
    if step in _TO_CARRIER:
        return ((case.organisation_id, _TO_CARRIER[step]),)
    office = act.authority.organisation_id
    if step in _TO_OFFICE and office:
        return ((office, _TO_OFFICE[step]),)
    if step in _ASKS:
        asked = case.of_kind(_ASKS[step])
        waiting = [one for one in asked if one.state is ActState.AWAITING_OPINION]
        return tuple((one.authority.organisation_id, NoticeKind.OPINION_ASKED) for one in waiting)
    highway = case.highway_permit
    if step is Step.GIVE_OPINION and highway and highway.authority.organisation_id:
        return ((highway.authority.organisation_id, NoticeKind.OPINION_GIVEN),)
    return ()


def read(notice: Notice, by: str, at: datetime) -> Notice:
    """Mark a notice as read; the first reader counts."""
    return notice if notice.read_at else replace(notice, read_at=at, read_by=by)


def sent(notice: Notice, at: datetime) -> Notice:
    """Note that a notice left the house."""
    return replace(notice, state=SendState.SENT, sent_at=at, tries=notice.tries + 1, error="")


def kept_in_house(notice: Notice) -> Notice:
    """Note that a notice is read here alone."""
    return replace(notice, state=SendState.IN_HOUSE)


def not_sent(notice: Notice, error: str, at: datetime, *, for_good: bool = False) -> Notice:
    """Note a failed try and when to try again; after the last one, or `for_good`, give up."""
    tries = notice.tries + 1
    if for_good or tries >= MOST_TRIES:
        return replace(notice, state=SendState.GIVEN_UP, tries=tries, error=error)
    again = at + timedelta(minutes=_WAITS_MIN[tries - 1])
    return replace(notice, tries=tries, error=error, next_try_at=again)
