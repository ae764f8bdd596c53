"""The factory's overview: components, enquiries, cases."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.services.enquiring import list_components, list_enquiries
from transport.services.recording_trips import list_trips
from transport.services.viewing_cases import list_cases
from webapp.access import Role, current_actor, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("factory", __name__)
NAVIGATION = (menu_entry("factory.index", _l("Component factory"), Role.FACTORY, order=10),)

_SHOWN = 8


@blueprint.get("/factory")
@for_role(Role.FACTORY)
def index() -> str:
    """Show the factory's components, enquiries, trips to load and cases."""
    services, actor = current_services(), current_actor()
    return render_template(
        "factory/home.html",
        components=list_components(services.unit_of_work, actor=actor),
        enquiries=list_enquiries(services.unit_of_work, actor=actor)[:_SHOWN],
        trips=list_trips(services.unit_of_work, actor=actor)[:_SHOWN],
        cases=list_cases(services.unit_of_work, actor=actor)[:_SHOWN],
    )
