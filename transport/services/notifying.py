"""Notices: written with the step they tell of, read in the application, sent by the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.people import Actor
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.form_checks import email_fault, mobile_fault
from transport.permits.notices import (
    Notice,
    NoticeAddress,
    NoticeKind,
    kept_in_house,
    not_sent,
    read,
    sent,
    told_by,
)
from transport.permits.states import Step
from transport.services.notice_repositories import Channel, ChannelError, Outgoing
from transport.services.ports import UnitOfWork, UnitOfWorkFactory

_SHOWN = 200
_BATCH = 50
_OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a notice tells of beside its kind; `key` makes a reminder come once only."""

    case_number: str = ""
    act: Act | None = None
    text: str = ""
    subject: str = ""
    last_day: str = ""
    key: str = ""


def notify(
    work: UnitOfWork,
    organisation_id: str,
    kind: NoticeKind,
    occasion: Occasion,
    *,
    by: str,
    now: datetime,
) -> bool:
    """Write a notice in this transaction; False where the same reminder was written before."""
    if occasion.key and work.notices.find(occasion.key) is not None:
        return False
    act = occasion.act
    notice = Notice(
        id=occasion.key or work.new_id(),
        organisation_id=organisation_id,
        kind=kind,
        made_at=now,
        next_try_at=now,
        case_number=occasion.case_number,
        act_id=act.id if act else "",
        act_kind=act.kind.value if act else "",
        office=act.authority.name if act else "",
        text=occasion.text,
        subject=occasion.subject,
        last_day=occasion.last_day,
    )
    work.notices.add(notice, changed_by=by, at=now)
    return True


def notify_of_step(
    work: UnitOfWork, case: Case, act: Act, step: Step, *, text: str, by: str, now: datetime
) -> None:
    """Tell whom a step concerns; `act` is the act after it."""
    for organisation_id, kind in told_by(case, act, step):
        notify(work, organisation_id, kind, Occasion(case.number, act, text), by=by, now=now)


def list_notices(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Notice]:
    """Return the newest notices of the actor's organisation, newest first."""
    with unit_of_work(read_only=True) as work:
        return work.notices.of_organisation(actor.organisation_id, _SHOWN)


def count_unread(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> int:
    """Count what nobody of the actor's organisation has read."""
    with unit_of_work(read_only=True) as work:
        return work.notices.unread(actor.organisation_id)


def open_notice(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, notice_id: str, now: datetime
) -> Notice:
    """Mark a notice as read and return it; raises NotFoundError for another organisation's."""
    with unit_of_work() as work:
        notice = work.notices.find(notice_id)
        if notice is None or notice.organisation_id != actor.organisation_id:
            raise NotFoundError(f"there is no notice {notice_id!r}")
        if notice.read_at is None:
            notice = work.notices.save(read(notice, actor.name, now), changed_by=actor.name, at=now)
            work.commit()
        return notice


def read_all(unit_of_work: UnitOfWorkFactory, *, actor: Actor, now: datetime) -> int:
    """Mark every notice of the actor's organisation as read; return how many."""
    with unit_of_work() as work:
        found = work.notices.unread_ones(actor.organisation_id)
        for one in found:
            work.notices.save(read(one, actor.name, now), changed_by=actor.name, at=now)
        work.commit()
        return len(found)


def address_of(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> NoticeAddress:
    """Return where the actor's organisation wants its notices."""
    with unit_of_work(read_only=True) as work:
        known = work.notice_addresses.find(actor.organisation_id)
    return known or NoticeAddress(actor.organisation_id, version=0)


def set_address(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, email: str, mobile: str, now: datetime
) -> NoticeAddress:
    """Set where the actor's organisation wants its notices; empty ones stop them."""
    wanted = NoticeAddress(actor.organisation_id, email.strip(), mobile.strip())
    judged = (email_fault(wanted.email, "email"), mobile_fault(wanted.mobile, "mobile"))
    faults: list[FieldFault] = [one for one in judged if one is not None]
    if faults:
        raise InvalidInputError(faults)
    with unit_of_work() as work:
        known = work.notice_addresses.find(actor.organisation_id)
        if known is None:
            work.notice_addresses.add(wanted, changed_by=actor.name, at=now)
        else:
            wanted = replace(wanted, version=known.version)
            wanted = work.notice_addresses.save(wanted, changed_by=actor.name, at=now)
        work.commit()
        return wanted


def send_due(
    unit_of_work: UnitOfWorkFactory,
    channels: Sequence[Channel],
    wording: Callable[[Notice], Outgoing],
    now: datetime,
) -> dict[str, int]:
    """Send what is due through every channel its reader gave an address for; count outcomes.

    Each notice is one transaction of its own, so that one that fails holds up no other. A worker
    that dies between sending and writing sends again: twice is better than never.
    """
    with unit_of_work(read_only=True) as work:
        due = work.notices.due(now, _BATCH)
        addresses = {
            one: work.notice_addresses.find(one) for one in {each.organisation_id for each in due}
        }
    counted: dict[str, int] = {}
    for notice in due:
        after = _send(notice, addresses[notice.organisation_id], channels, wording, now)
        with unit_of_work() as work:
            current = work.notices.find(notice.id)
            if current is None:
                continue
            # Somebody may have read it meanwhile: only what concerns the sending is written.
            merged = replace(
                after, version=current.version, read_at=current.read_at, read_by=current.read_by
            )
            work.notices.save(merged, changed_by=_OUTBOX, at=now)
            work.commit()
        counted[after.state.value] = counted.get(after.state.value, 0) + 1
    return counted


def _send(
    notice: Notice,
    address: NoticeAddress | None,
    channels: Sequence[Channel],
    wording: Callable[[Notice], Outgoing],
    now: datetime,
) -> Notice:
    wanted = {"email": address.email, "mobile": address.mobile} if address else {}
    used = [(one, wanted[one.name]) for one in channels if wanted.get(one.name)]
    if not used:
        return kept_in_house(notice)
    failures: list[ChannelError] = []
    for channel, to in used:
        try:
            channel.send(to, wording(notice))
        except ChannelError as wrong:
            failures.append(wrong)
    if len(failures) == len(used):
        for_good = all(one.for_good for one in failures)
        return not_sent(notice, str(failures[0]), now, for_good=for_good)
    return sent(notice, now)
