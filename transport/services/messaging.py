"""Messages on a case: between the carrier and the offices, each written to the audit trail."""

from __future__ import annotations

from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor
from transport.permits.messages import LONGEST, Message, may_read, may_write, readers_of
from transport.permits.notices import NoticeKind
from transport.services.audit_trail import event_by
from transport.services.notifying import Occasion, notify
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import open_case


def list_messages(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> list[Message]:
    """Return the messages on a case that are for the actor, oldest first."""
    with unit_of_work(read_only=True) as work:
        case = open_case(work, number, actor)
        return [one for one in work.messages.of_case(number) if may_read(one, case, actor)]


def send_message(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    number: str,
    text: str,
    now: datetime,
    act_id: str = "",
) -> Message:
    """Write a message to all parties of a case, or about one act to its office and the carrier."""
    written = text.strip()
    if not written:
        raise InvalidInputError([FieldFault("text", "must be given", "reason_missing")])
    if len(written) > LONGEST:
        message = f"at most {LONGEST} characters, these are {len(written)}"
        raise InvalidInputError(
            [FieldFault("text", message, "too_long", (("longest", str(LONGEST)),))]
        )
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        act = case.act(act_id) if act_id else None
        sent = Message(
            id=work.new_id(),
            case_number=number,
            sent_at=now,
            author_id=actor.user_id,
            author_name=actor.name,
            organisation_id=actor.organisation_id,
            organisation_name=actor.organisation_name,
            text=written,
            act_id=act_id,
        )
        if not may_write(case, actor) or not may_read(sent, case, actor):
            raise StepNotAllowedError("only the carrier and the offices of a case write to it")
        if not readers_of(case, sent):
            raise StepNotAllowedError(
                f"case {number} is with no office yet: nobody would read the message"
            )
        work.messages.add(sent, changed_by=actor.name, at=now)
        for reader in readers_of(case, sent):
            occasion = Occasion(number, act, written, subject=actor.organisation_name)
            notify(work, reader, NoticeKind.MESSAGE, occasion, by=actor.name, now=now)
        details = {"message": sent.id, "text": written}
        event = event_by(actor, now, subject=number, step="send_message", details=details)
        work.audit.append(event)
        work.commit()
        return sent
