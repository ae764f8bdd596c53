"""The carrier's overview: cases, enquiries handed over, vehicles, trips, relief."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.permits.case import Case
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState
from transport.services.claiming_relief import list_claims
from transport.services.enquiring import list_enquiries
from transport.services.keeping_templates import list_templates
from transport.services.keeping_vehicles import list_units, list_vehicles, warn_of_papers
from transport.services.recording_trips import list_trips
from transport.services.viewing_cases import list_cases
from webapp.access import Role, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.page_context import menu_entry

blueprint = Blueprint("carrier", __name__)
NAVIGATION = (menu_entry("carrier.index", _l("Carrier"), Role.CARRIER, order=10),)

_SHOWN = 12
# Cases that wait for the carrier come first, finished ones last.
_MINE = frozenset({ActState.DRAFT, ActState.SUPPLEMENT_REQUESTED})
_FINISHED = FINAL_STATES | IN_FORCE | {ActState.EXPIRED}


@blueprint.get("/carrier")
@for_role(Role.CARRIER)
def index() -> str:
    """Show what waits for the firm and what runs."""
    services, actor = current_services(), current_actor()
    today = services.clock.now().date()
    cases = sorted(list_cases(services.unit_of_work, actor=actor), key=_order)[:_SHOWN]
    return render_template(
        "carrier/home.html",
        views=[opened(one.number) for one in cases],
        enquiries=list_enquiries(services.unit_of_work, actor=actor)[:_SHOWN],
        vehicles=list_vehicles(services.unit_of_work, actor=actor),
        trips=list_trips(services.unit_of_work, actor=actor)[:_SHOWN],
        templates=list_templates(services.unit_of_work, actor=actor),
        claims=list_claims(services.unit_of_work, actor=actor)[:_SHOWN],
        units=list_units(services.unit_of_work, actor=actor),
        warnings=warn_of_papers(services.unit_of_work, services.law, actor=actor, day=today),
        today=today,
    )


def _order(case: Case) -> int:
    states = {one.state for one in case.acts}
    if not states or states & _MINE:
        return 0
    return 2 if states <= _FINISHED else 1
