"""The queue of the engineer's desk: cases of the office and what waits in each."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.errors import InvalidInputError, NotFoundError
from transport.services.engineering_desk import Ground, evaluate_case, waiting
from transport.services.viewing_cases import list_cases
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import ground
from webapp.page_context import menu_entry

blueprint = Blueprint("engineer", __name__)
NAVIGATION = (
    menu_entry("engineer.queue", _l("Passage evaluation"), Role.TRANSPORT_OFFICER, order=20),
)
_MOST_CASES = 40


@blueprint.get("/engineer")
@for_role(Role.TRANSPORT_OFFICER)
def queue() -> str:
    """List the newest cases of the office with the state of their evaluation."""
    services = current_services()
    cases = list_cases(services.unit_of_work, actor=current_actor())[:_MOST_CASES]
    on: Ground | None
    try:
        on = ground()
    except NotFoundError:
        on = None
    lines = []
    for case in cases:
        try:
            passage = evaluate_case(case, on) if on else None
        except InvalidInputError:
            passage = None  # planned on another network: the case has to be planned again
        lines.append((case, passage, waiting(passage) if passage else []))
    lines.sort(key=lambda line: -len(line[2]))
    return render_template("engineer/queue.html", lines=lines)
