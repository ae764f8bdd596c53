"""Relief records of a carrier: opened from a delivered trip, read with their lines and checks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from transport.errors import FieldFault, InvalidInputError
from transport.services.claiming_relief import open_claim, open_record
from transport.services.quoting_tolls import relief_lines
from transport.services.recording_trips import open_trip
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.relief_view import quote_of
from webapp.carrier.steps import Answer
from webapp.carrier.trips import page as trip_page

blueprint = Blueprint("relief", __name__)


@blueprint.post("/trips/<trip_id>/relief")
@for_role(Role.CARRIER)
def open_for_trip(trip_id: str) -> Answer:
    """Open a relief record for a delivered trip under a scheme in force."""
    services, actor = current_services(), current_actor()
    case, trip = open_trip(services.unit_of_work, actor=actor, trip_id=trip_id)
    quote = quote_of(case, trip, services)
    if quote is None:
        fault = FieldFault("scheme_id", "the toll of this route cannot be told", "toll_unknown")
        return trip_page(trip_id, (fault,)), 422
    try:
        claim = open_claim(
            services.unit_of_work,
            services.schemes,
            actor=actor,
            trip_id=trip_id,
            scheme_id=request.form.get("scheme_id", ""),
            toll_lines=relief_lines(quote),
            toll_status=quote.status.value,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return trip_page(trip_id, wrong.faults), 422
    return redirect(url_for("relief.show", number=claim.number))


@blueprint.get("/carrier/relief/<number>")
@for_role(Role.CARRIER)
def show(number: str) -> str:
    """Show a relief record with its checks and lines."""
    services = current_services()
    claim = open_record(services.unit_of_work, actor=current_actor(), number=number)
    return render_template("carrier/claim.html", claim=claim)
