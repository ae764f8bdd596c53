"""The administrator's start: what waits, and where everything is."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.people import OrganisationState
from webapp.access import Role, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("administration", __name__)
NAVIGATION = (
    menu_entry("administration.index", _l("Administration"), Role.ADMINISTRATOR, order=10),
)


@blueprint.get("/admin")
@for_role(Role.ADMINISTRATOR)
def index() -> str:
    """Show the registrations that wait and the parts of the administration."""
    with current_services().unit_of_work(read_only=True) as work:
        waiting = work.organisations.listed(state=OrganisationState.REGISTERED)
    return render_template("admin/overview.html", waiting=waiting)
