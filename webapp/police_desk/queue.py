"""The queue of the traffic police."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from webapp.access import Role, for_role
from webapp.case_file.queueing import queue_page
from webapp.page_context import menu_entry

blueprint = Blueprint("police_desk", __name__)
NAVIGATION = (menu_entry("police_desk.queue", _l("Cases"), Role.POLICE_OFFICER, order=10),)


@blueprint.get("/police")
@for_role(Role.POLICE_OFFICER)
def queue() -> str:
    """List the office's acts, overdue first."""
    return queue_page(
        _l("Cases of the traffic police"),
        _l("Opinions you were asked for, and time, route and speed in your city."),
    )
