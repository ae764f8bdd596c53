"""Enquiries: ask how a component comes to a site, read the answer, hand it to a carrier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.selection.choice import Selection
from transport.selection.repacking import Repacking
from transport.services.assessing_journeys import better_loadings
from transport.services.beside_the_pass import BesideThePass, beside_the_pass
from transport.services.choosing_loadings import (
    EmptyReturn,
    LoadingKey,
    choose_loadings,
    combination_of,
    empty_returns,
    read_key,
)
from transport.services.enquiring import (
    hand_over,
    list_carriers,
    list_components,
    open_enquiry,
    save_enquiry,
)
from transport.services.keeping_vehicles import fleet_of, list_units
from transport.services.library import Enquiry
from transport.services.stepping import day_of
from transport.vehicles.combination import Combination
from transport.vehicles.component import Orientation
from transport.vehicles.outline import OutlineTitle
from webapp.access import Role, current_actor, current_services, for_role
from webapp.drawings import Drawing, drawing_of
from webapp.factory.enquiry_form import (
    LABELS,
    answer_question,
    asked_piece,
    asked_values,
    read_question,
)
from webapp.factory.outline_titles import title_of
from webapp.fields import Fields
from webapp.map_data import map_of_plan
from webapp.plan_view import plan_words

blueprint = Blueprint("enquiries", __name__)


@blueprint.get("/factory/enquiries/new")
@for_role(Role.FACTORY)
def new() -> str:
    """Show the form: empty, for one component, or as an earlier enquiry asked."""
    earlier = request.args.get("like", "")
    if earlier:
        services = current_services()
        like = open_enquiry(services.unit_of_work, actor=current_actor(), enquiry_id=earlier)
        return _form(asked_values(like))
    today = current_services().clock.now().date().isoformat()
    chosen = {name: request.args.get(name, "") for name in ("loading", "pieces")}
    return _form({"component_id": request.args.get("component", ""), "travel_on": today, **chosen})


@blueprint.post("/factory/enquiries/new")
@for_role(Role.FACTORY)
def ask() -> Response | tuple[str, int]:
    """Answer an enquiry and keep it under an address of its own."""
    services, actor = current_services(), current_actor()
    now = services.clock.now()
    try:
        components = list_components(services.unit_of_work, actor=actor)
        question = read_question(request.form, components, now.date())
        enquiry = answer_question(question, services, actor)
    except InvalidInputError as wrong:
        return _form(request.form, wrong.faults), 422
    saved = save_enquiry(services.unit_of_work, actor=actor, enquiry=enquiry, now=now)
    return redirect(url_for("enquiries.show", enquiry_id=saved.id))


@blueprint.get("/enquiries/<enquiry_id>")
@for_role(Role.FACTORY, Role.CARRIER)
def show(enquiry_id: str) -> str:
    """Show the answer as it was given, to the factory and the carrier it was handed to."""
    return _answer(_open(enquiry_id))


@blueprint.get("/enquiries/<enquiry_id>/map.json")
@for_role(Role.FACTORY, Role.CARRIER)
def map_data(enquiry_id: str) -> dict[str, Any]:
    """Answer with the routes for the map."""
    enquiry = _open(enquiry_id)
    way = enquiry.itinerary
    return map_of_plan(
        enquiry.plan or {"routes": [], "blockers": []},
        origin=(way.origin, way.origin_at),
        destination=(way.destination, way.destination_at),
    )


@blueprint.get("/enquiries/<enquiry_id>/outline.<form>")
@for_role(Role.FACTORY, Role.CARRIER)
def outline(enquiry_id: str, form: str) -> Response:
    """Give out the outline drawing: pdf or svg."""
    enquiry = _open(enquiry_id)
    if enquiry.outline is None:
        raise NotFoundError(f"enquiry {enquiry_id!r} has no outline drawing")
    papers = current_services().papers
    paper = papers.outline_drawing(enquiry.outline, _title(enquiry), form, enquiry.law_day)
    return send_file(
        BytesIO(paper.content),
        mimetype=paper.media_type,
        as_attachment=True,
        download_name=f"outline.{form}",
    )


@blueprint.post("/enquiries/<enquiry_id>/hand-over")
@for_role(Role.FACTORY)
def hand_to_carrier(enquiry_id: str) -> Response | tuple[str, int]:
    """Hand an enquiry to a carrier."""
    services = current_services()
    fields = Fields(request.form)
    version = fields.whole_number("expected_version", least=1, most=10**9)
    try:
        fields.check()
        handed = hand_over(
            services.unit_of_work,
            actor=current_actor(),
            enquiry_id=enquiry_id,
            carrier_id=request.form.get("carrier_id", ""),
            expected_version=version,
            now=services.clock.now(),
        )
    except InvalidInputError:
        unknown = FieldFault("carrier_id", "must be an approved carrier", "carrier_unknown")
        return _answer(_open(enquiry_id), (unknown,)), 422
    except ConflictError as conflict:
        return _answer(_open(enquiry_id), conflict=str(conflict)), 409
    flash(gettext("The enquiry is handed to %(name)s.", name=handed.carrier_name))
    return redirect(url_for("enquiries.show", enquiry_id=enquiry_id))


def _open(enquiry_id: str) -> Enquiry:
    services = current_services()
    return open_enquiry(services.unit_of_work, actor=current_actor(), enquiry_id=enquiry_id)


def _answer(enquiry: Enquiry, faults: tuple[FieldFault, ...] = (), conflict: str = "") -> str:
    services = current_services()
    return render_template(
        "factory/enquiry.html",
        enquiry=enquiry,
        better=_better(enquiry),
        drawing=_drawing(enquiry),
        combination=_units(enquiry),
        empty=_empty(enquiry),
        own=_own_vehicles(enquiry),
        beside=_beside(enquiry),
        condition_texts=current_services().law.condition_texts,
        carriers=list_carriers(services.unit_of_work),
        units=services.catalogue,
        faults=faults,
        conflict=conflict,
        values=request.form,
        **plan_words(),
    )


def _drawing(enquiry: Enquiry) -> Drawing | None:
    """Return the drawing of the loading that was asked about; None in older enquiries."""
    if enquiry.outline is None:
        return None
    return drawing_of(enquiry.outline, _title(enquiry))


def _title(enquiry: Enquiry) -> OutlineTitle:
    units = _units(enquiry)
    trailer = units.trailer if units else None
    return title_of(
        enquiry.transport,
        number="、".join(enquiry.cargo.component_numbers),
        goods=enquiry.cargo.name,
        firm=enquiry.factory_name,
        units=(units.tractor.name_zh if units else "", trailer.name_zh if trailer else ""),
        cargo_mass_t=enquiry.cargo.mass_t,
        drawn_on=enquiry.law_day,
    )


def _units(enquiry: Enquiry) -> Combination | None:
    """Return the units that an enquiry names, as the catalogue knows them."""
    return combination_of((enquiry.asked or {}).get("units", ()), current_services().catalogue)


def _empty(enquiry: Enquiry) -> tuple[EmptyReturn, ...]:
    """Return the empty way back of the combination, by the law of the enquiry's day."""
    units = _units(enquiry)
    services = current_services()
    return empty_returns(units, services.law, enquiry.law_day) if units else ()


def _beside(enquiry: Enquiry) -> BesideThePass | None:
    """Return what the first route needs beside its pass, by the law of the enquiry's day."""
    routes = (enquiry.plan or {}).get("routes") or [None]
    way = enquiry.itinerary
    ends = (way.origin_admin, way.destination_admin)
    travel_on = day_of(datetime.fromisoformat(enquiry.plan["travel_at"])) if enquiry.plan else None
    return beside_the_pass(
        enquiry.transport, current_services().law, enquiry.law_day, ends, routes[0], travel_on
    )


def _own_vehicles(enquiry: Enquiry) -> Selection | None:
    """Return which vehicles of the carrier's own carry the cargo; None where it keeps none."""
    services, actor = current_services(), current_actor()
    piece = asked_piece(enquiry, services)
    if actor.role.value != Role.CARRIER.value or piece is None:
        return None
    fleet = fleet_of(list_units(services.unit_of_work, actor=actor), services.catalogue)
    if not fleet.trucks and not (fleet.tractors and fleet.trailers):
        return None
    pieces = len(enquiry.cargo.component_numbers) or 1
    return choose_loadings(piece, pieces, fleet, services.law, enquiry.law_day)


def _better(enquiry: Enquiry) -> tuple[Repacking, ...]:
    """Find loadings that need no pass or a lower category, by the law of the enquiry's day."""
    services = current_services()
    piece = asked_piece(enquiry, services)
    if piece is None:
        return ()
    return better_loadings(
        piece, services.catalogue, services.law, enquiry.law_day, enquiry.transport
    )


def _chosen_units(values: Mapping[str, Any]) -> tuple[LoadingKey, Combination] | None:
    """Return the loading that was chosen from the list, if there was one."""
    try:
        key = read_key(str(values.get("loading") or ""))
    except InvalidInputError:
        return None
    units = combination_of(key.units, current_services().catalogue)
    return (key, units) if units else None


def _form(values: Mapping[str, Any], faults: tuple[FieldFault, ...] = ()) -> str:
    services = current_services()
    return render_template(
        "factory/enquiry_form.html",
        chosen=_chosen_units(values),
        values=values,
        faults=faults,
        labels=LABELS,
        components=[
            (one.id, f"{one.number} {one.name}")
            for one in list_components(services.unit_of_work, actor=current_actor())
        ],
        units=services.catalogue,
        orientations=list(Orientation),
        places=[place.name for place in services.network().places],
        **plan_words(),
    )
