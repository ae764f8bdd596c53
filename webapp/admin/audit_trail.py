"""The audit trail: who changed what and when, and whether its chain is whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from flask import Blueprint, render_template, request

from transport.services.audit_trail import AuditEvent, first_broken
from webapp.access import Role, current_services, for_role

blueprint = Blueprint("audit_trail", __name__)
_SHOWN = 200


@blueprint.get("/admin/audit")
@for_role(Role.ADMINISTRATOR)
def shown() -> str:
    """Show the newest events, or those of one subject, and check the chain of hashes."""
    subject = request.args.get("subject", "").strip()
    newest: deque[AuditEvent] = deque(maxlen=_SHOWN)

    def passing(events: Iterator[AuditEvent]) -> Iterator[AuditEvent]:
        for event in events:
            newest.append(event)
            yield event

    with current_services().unit_of_work(read_only=True) as work:
        broken_at = first_broken(passing(work.audit.chain()))
        events = work.audit.of_subject(subject)[-_SHOWN:] if subject else list(newest)
    return render_template(
        "admin/audit.html", events=events[::-1], broken_at=broken_at, subject=subject
    )
