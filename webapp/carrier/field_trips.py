"""Trips on a phone: loading to acceptance, also without signal, kept there and sent later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    StepNotAllowedError,
    TransportError,
)
from transport.permits.case import Case
from transport.permits.manifest import Trip, TripState
from transport.services.receiving_field_records import receive_field_records
from transport.services.recording_trips import list_trips_with_cases
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.field_records import read_field_records
from webapp.case_file.opening import opened
from webapp.extensions import language
from webapp.fault_messages import fault_text, refusal_text
from webapp.page_context import menu_entry
from webapp.trip_words import FIELD_STEPS
from webapp.wording import say

blueprint = Blueprint("field_trips", __name__)
NAVIGATION = (
    menu_entry("field_trips.page", _l("Trips by phone"), Role.CARRIER, Role.FACTORY, order=30),
)
_WORKER = Path(__file__).parents[1] / "static" / "field" / "trips-worker.js"
# Trips that were delivered long ago are not carried along.
_CARRIED = timedelta(days=3)


@blueprint.get("/field/trips")
@for_role(Role.CARRIER, Role.FACTORY)
def page() -> str:
    """Show the page that the phone keeps."""
    return render_template(
        "carrier/field_trips.html",
        locale="en-GB" if language() == "en" else "zh-CN",
        steps=FIELD_STEPS,
        states=[(one.value, say("trip_state", one)) for one in TripState],
    )


@blueprint.get("/field/trips/worker.js")
@for_role(Role.ANYONE)
def worker() -> Response:
    """Give out the worker from an address whose scope covers the page."""
    answer = Response(_WORKER.read_bytes(), mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/field/trips"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/field/trips/data.json")
@for_role(Role.CARRIER, Role.FACTORY)
def data() -> Response:
    """Answer with the trips to carry along, the time here, and what lets the phone send."""
    services, actor = current_services(), current_actor()
    now = services.clock.now()
    carried = [
        _carried(case, trip)
        for case, trip in list_trips_with_cases(services.unit_of_work, actor=actor)
        if trip.delivered_at is None or now - trip.delivered_at < _CARRIED
    ]
    return jsonify(
        {
            "now": now.isoformat(),
            "organisation": actor.organisation_id,
            "csrf": generate_csrf(),
            "trips": carried,
        }
    )


@blueprint.post("/trips/field-records")
@for_role(Role.CARRIER, Role.FACTORY)
def receive() -> tuple[Response, int]:
    """Take over what phones recorded without signal; each record is answered by itself."""
    services = current_services()
    try:
        records = read_field_records(request.get_json(silent=True))
    except InvalidInputError as wrong:
        errors = [{"field": one.field, "message": one.message} for one in wrong.faults]
        return jsonify({"errors": errors}), 422
    answers = receive_field_records(
        services.unit_of_work,
        services.documents,
        actor=current_actor(),
        records=records,
        now=services.clock.now(),
    )
    told = [
        {
            "id": one.id,
            "receipt": one.receipt,
            "why": why_refused(one.refusal) if one.refusal else "",
            "codes": _codes(one.refusal),
        }
        for one in answers
    ]
    return jsonify({"answers": told}), 200


def why_refused(refusal: TransportError) -> str:
    """Return why a record was refused, in the reader's words."""
    if isinstance(refusal, InvalidInputError):
        return " ".join(fault_text(one) for one in refusal.faults)
    if isinstance(refusal, StepNotAllowedError):
        return refusal_text(refusal)
    if isinstance(refusal, ConflictError):
        return str(gettext("Somebody changed this trip at the same moment. Send it again."))
    return str(gettext("There is no such trip of your firm."))


def _codes(refusal: TransportError | None) -> list[str]:
    faults: tuple[FieldFault, ...] = ()
    if isinstance(refusal, InvalidInputError):
        faults = refusal.faults
    return [one.code for one in faults]


def _carried(case: Case, trip: Trip) -> Mapping[str, Any]:
    view, manifest, way = opened(case.number), trip.manifest, case.application.itinerary
    return {
        "id": trip.id,
        "case": case.number,
        "cargo": case.application.cargo.name,
        "origin": way.origin,
        "destination": way.destination,
        "plates": f"{trip.tractor_plate} {trip.trailer_plate}".strip(),
        "state": trip.state.value,
        "components": manifest.component_numbers,
        "weighed_t": manifest.weighed_t,
        "arrived": trip.arrived_at is not None,
        "ready": view.ready,
        "missing": [
            f"{say('act', one.kind)}{gettext(': ')}{say('missing', one.reason)}"
            for one in view.missing
        ],
        "told": [f"{one.notice} {one.wait_at}".strip() for one in view.told],
    }
