"""Toll rates and relief schemes, each with how sure it is."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.services.stepping import day_of
from webapp.access import Role, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("toll_rates", __name__)
NAVIGATION = (
    menu_entry(
        "toll_rates.show", _l("Tolls and schemes"), Role.TOLL_OFFICER, Role.CARRIER, order=30
    ),
)


@blueprint.get("/tolls")
@for_role(Role.TOLL_OFFICER, Role.CARRIER, Role.FACTORY, Role.HOUSING_OFFICER)
def show() -> str:
    """Show the toll rates of every day on file and the schemes."""
    services = current_services()
    today = day_of(services.clock.now())
    return render_template(
        "toll_office/rates.html",
        tariff=services.tariff,
        schemes=services.schemes.schemes,
        today=today,
    )
