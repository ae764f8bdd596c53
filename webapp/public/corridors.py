"""The corridor board: reviewed sizes that are open today, for carriers who plan ahead.

Masses are shown to people who are signed in; capacities of structures stand nowhere here.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.errors import NotFoundError
from transport.services.corridor_board import board
from transport.services.days import day_of
from webapp.access import Role, current_services, for_role, signed_in_actor
from webapp.page_context import menu_entry

blueprint = Blueprint("corridors", __name__)
NAVIGATION = (menu_entry("corridors.shown", _l("Corridor board"), Role.ANYONE, order=72),)


@blueprint.get("/corridors")
@for_role(Role.ANYONE)
def shown() -> str:
    """Show the reviewed envelopes of today, corridor by corridor."""
    services = current_services()
    try:
        network = services.network()
    except NotFoundError:
        network = None  # nothing is known of closures then, and the board says so
    today = day_of(services.clock.now())
    return render_template(
        "public/corridors.html",
        corridors=board(services.unit_of_work, network, today),
        today=today,
        signed_in=signed_in_actor() is not None,
    )
