"""The queue of the municipal department."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from webapp.access import Role, for_role
from webapp.case_file.queueing import queue_page
from webapp.page_context import menu_entry

blueprint = Blueprint("municipal_desk", __name__)
NAVIGATION = (menu_entry("municipal_desk.queue", _l("Cases"), Role.MUNICIPAL_OFFICER, order=10),)


@blueprint.get("/municipal")
@for_role(Role.MUNICIPAL_OFFICER)
def queue() -> str:
    """List the office's acts, overdue first."""
    return queue_page(
        _l("Cases of the municipal department"),
        _l("Consents for the streets and bridges of your city; they are free of charge."),
    )
