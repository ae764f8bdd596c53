"""The register of producers: approved factories with their projects and pieces."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.services.keeping_projects import list_producers
from webapp.access import Role, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("producers", __name__)
NAVIGATION = (menu_entry("producers.index", _l("Producers"), Role.HOUSING_OFFICER, order=16),)


@blueprint.get("/housing/producers")
@for_role(Role.HOUSING_OFFICER)
def index() -> str:
    """List the approved factories."""
    services = current_services()
    return render_template(
        "housing/producers.html",
        producers=list_producers(services.unit_of_work),
        pieces=services.catalogue.components,
    )
