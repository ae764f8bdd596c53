"""Shadow replay on a page: past decisions in, disagreements out; only the counts are kept."""

from __future__ import annotations

import hashlib

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import InvalidInputError
from transport.services.keeping_decision_space import note_replay, space_of
from transport.services.replaying import COLUMNS, Replay, replay
from webapp.access import Role, current_actor, current_services, for_role
from webapp.csv_files import decoded
from webapp.page_context import menu_entry

blueprint = Blueprint("replaying", __name__)
NAVIGATION = (menu_entry("replaying.form", _l("Shadow replay"), Role.TRANSPORT_OFFICER, order=26),)
LABELS = {"file": _l("Past decisions (CSV)")}
KINDS = {
    "grant_but_refused": _l("Rules would grant, people refused"),
    "refuse_but_granted": _l("Rules would refuse, people granted"),
    "no_permit_but_decided": _l("Rules see no need for a permit"),
    "unknown": _l("Data are missing to tell"),
    "category": _l("Another category"),
}
_SHOWN = 500


@blueprint.get("/transport/replay")
@for_role(Role.TRANSPORT_OFFICER)
def form() -> str:
    """Ask for the file."""
    return _page()


@blueprint.post("/transport/replay")
@for_role(Role.TRANSPORT_OFFICER)
def run() -> str | tuple[str, int]:
    """Run the rules over the file and list the disagreements."""
    services, file, actor = current_services(), request.files.get("file"), current_actor()
    rows = space_of(services.unit_of_work, actor.organisation_id)
    content = file.read() if file else b""
    try:
        found = replay(decoded(content), services.law, rows)
    except InvalidInputError as wrong:
        return _page(wrong=wrong), 422
    digest = hashlib.sha256(content).hexdigest()
    now = services.clock.now()
    note_replay(services.unit_of_work, found, digest=digest, actor=actor, now=now)
    return _page(found)


def _page(found: Replay | None = None, wrong: InvalidInputError | None = None) -> str:
    return render_template(
        "transport_desk/replay.html",
        found=found,
        faults=wrong.faults if wrong else (),
        labels=LABELS,
        columns=COLUMNS,
        kinds=KINDS,
        most=_SHOWN,
    )
