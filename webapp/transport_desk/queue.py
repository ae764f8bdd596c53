"""The queue of the transport department."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from webapp.access import Role, for_role
from webapp.case_file.queueing import queue_page
from webapp.page_context import menu_entry

blueprint = Blueprint("transport_desk", __name__)
NAVIGATION = (menu_entry("transport_desk.queue", _l("Cases"), Role.TRANSPORT_OFFICER, order=10),)


@blueprint.get("/transport")
@for_role(Role.TRANSPORT_OFFICER)
def queue() -> str:
    """List the office's acts, overdue first."""
    return queue_page(
        _l("Cases of the transport department"),
        _l("Highway permits of your office. Each act has its own clock in working days."),
    )
