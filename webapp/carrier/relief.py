"""Relief records of a carrier: opened from a delivered trip, read with their lines and checks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.relief.claims import ClaimStep, allowed_claim_steps
from transport.services.claiming_relief import (
    decide_claim,
    list_months,
    open_claim,
    open_record,
)
from transport.services.quoting_tolls import relief_lines
from transport.services.recording_trips import open_trip
from transport.services.settling_relief import read_statement
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.relief_view import quote_of
from webapp.carrier.steps import Answer
from webapp.carrier.trips import page as trip_page
from webapp.fault_messages import refusal_text
from webapp.page_context import menu_entry
from webapp.relief_wording import relief_basis

blueprint = Blueprint("relief", __name__)
NAVIGATION = (menu_entry("relief.statement", _l("Toll statement"), Role.CARRIER, order=35),)
_MONTHS = {"first": _l("From month"), "last": _l("To month")}


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
            basis=relief_basis(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return trip_page(trip_id, wrong.faults), 422
    return redirect(url_for("relief.show", number=claim.number))


@blueprint.get("/carrier/relief/<number>")
@for_role(Role.CARRIER)
def show(number: str) -> str:
    """Show a relief record with its checks and lines."""
    return _page(number)


@blueprint.post("/carrier/relief/<number>/appeal")
@for_role(Role.CARRIER)
def appeal(number: str) -> Answer:
    """Appeal against a refusal; another person of the toll office answers."""
    services, actor = current_services(), current_actor()
    claim = open_record(services.unit_of_work, actor=actor, number=number)
    try:
        decide_claim(
            services.unit_of_work,
            actor=actor,
            number=number,
            step=ClaimStep.APPEAL,
            expected_version=claim.version,
            now=services.clock.now(),
            reason=request.form.get("reason", ""),
        )
    except InvalidInputError as wrong:
        return _page(number, faults=wrong.faults), 422
    except StepNotAllowedError as refused:
        return _page(number, refusal=refusal_text(refused)), 409
    return redirect(url_for("relief.show", number=number))


@blueprint.get("/carrier/statement")
@for_role(Role.CARRIER)
def statement() -> str | tuple[str, int]:
    """Show what the firm owes and got: its account in the ledger, with its records."""
    services, actor = current_services(), current_actor()
    now = day_of(services.clock.now())
    first = request.args.get("first", "") or f"{now:%Y}-01"
    last = request.args.get("last", "") or f"{now:%Y-%m}"
    faults: tuple[FieldFault, ...] = ()
    try:
        found = read_statement(services.unit_of_work, actor=actor, name="", first=first, last=last)
    except InvalidInputError as wrong:
        faults, first = wrong.faults, f"{now:%Y-%m}"
        last = first
        found = read_statement(services.unit_of_work, actor=actor, name="", first=first, last=last)
    page = render_template(
        "carrier/statement.html",
        statement=found,
        claims=list_months(services.unit_of_work, actor=actor, first=first, last=last),
        faults=faults,
        values={"first": first, "last": last},
        labels=_MONTHS,
    )
    return (page, 422) if faults else page


def _page(number: str, *, faults: tuple[FieldFault, ...] = (), refusal: str = "") -> str:
    services, actor = current_services(), current_actor()
    claim = open_record(services.unit_of_work, actor=actor, number=number, basis=relief_basis())
    return render_template(
        "carrier/claim.html",
        claim=claim,
        may_appeal=ClaimStep.APPEAL in allowed_claim_steps(claim, actor.role),
        faults=faults,
        refusal=refusal,
        values=request.form,
    )
