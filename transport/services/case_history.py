"""Everything that happened on a case: its audit events."""

from __future__ import annotations

from collections.abc import Sequence

from transport.people import Actor
from transport.services.audit_anchors import Anchor, TrailCheck, check_trail
from transport.services.audit_trail import AuditEvent, first_broken
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import open_case


def list_history(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> list[AuditEvent]:
    """Return the events of a case the actor may see, oldest first."""
    with unit_of_work(read_only=True) as work:
        case = open_case(work, number, actor)
        return work.audit.of_subject(case.number)


def verify_audit(unit_of_work: UnitOfWorkFactory) -> tuple[int, str, int | None]:
    """Walk the whole chain; return events, last hash, and where it breaks (None: whole)."""
    with unit_of_work(read_only=True) as work:
        events = list(work.audit.chain())
    last = events[-1].hash if events else ""
    return len(events), last, first_broken(events)


def check_audit(unit_of_work: UnitOfWorkFactory, noted: Sequence[Anchor] = ()) -> TrailCheck:
    """Walk the chain, the chains of the cases and the anchors of the days.

    `noted` are anchors that were written down elsewhere earlier.
    """
    with unit_of_work(read_only=True) as work:
        audit = work.audit
        return check_trail(list(audit.chain()), audit.links(), audit.anchors(), noted)


def list_anchors(unit_of_work: UnitOfWorkFactory) -> list[Anchor]:
    """Return the anchors of the closed days, to be noted elsewhere."""
    with unit_of_work(read_only=True) as work:
        return work.audit.anchors()
