"""An application on its way: made from an enquiry or a cargo, and assessed anew after changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.people import Actor
from transport.permits.application import (
    Application,
    Cargo,
    Contact,
    Itinerary,
    RouteSnapshot,
    TravelWindow,
    Vehicle,
    digest_of,
    requirements_from,
    snapshot_route,
)
from transport.rules.classification import classification_as_json, classify
from transport.services.assessing_journeys import Assessment, Journey, assess_journey
from transport.services.evaluating_routes import read_records
from transport.services.library import Enquiry
from transport.services.stepping import day_of
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from transport.vehicles.transport import Transport
from webapp.access import Services

_USUAL_TERM = timedelta(days=90)
_NO_ROUTE: Mapping[str, Any] = {
    "status": "unreachable",
    "length_m": 0.0,
    "duration_s": 0.0,
    "toll_yuan": None,
    "geometry": {"type": "LineString", "coordinates": []},
    "legs": [],
    "structures": [],
    "jurisdictions": [],
    "unknowns": [],
    "conditions": [],
}


def from_enquiry(enquiry: Enquiry, services: Services, actor: Actor) -> Application:
    """Make an application of what the enquiry already answers."""
    plan = enquiry.plan or {}
    travel_at = str(plan.get("travel_at", ""))[:10]
    starts_on = date.fromisoformat(travel_at) if travel_at else day_of(services.clock.now())
    asked = enquiry.asked or {}
    pulls = {**services.catalogue.trucks, **services.catalogue.tractors}
    tractor = pulls.get(asked.get("tractor", ""))
    trailer = services.catalogue.trailers.get(asked.get("trailer", ""))
    vehicle = Vehicle("", "")
    if tractor:
        vehicle = Vehicle(
            "",
            "",
            tractor_model=tractor.name_zh,
            trailer_model=trailer.name_zh if trailer else "",
            tractor_kerb_mass_t=tractor.kerb_mass_t,
            trailer_kerb_mass_t=trailer.kerb_mass_t if trailer else None,
        )
    draft = Application(
        cargo=enquiry.cargo,
        transport=enquiry.transport,
        vehicle=vehicle,
        itinerary=enquiry.itinerary,
        route=_no_route("", "", starts_on),
        requirements=requirements_from(enquiry.classification or {"over_limit": True}),
        law_day=enquiry.law_day,
        travel=_window(starts_on),
        contact=_contact(services, actor),
        outline=enquiry.outline,
    )
    avoided = tuple(part for part in str(asked.get("avoid", "")).split("，") if part)
    return reassess(draft, services, avoided)


def from_cargo(cargo: Cargo, services: Services, actor: Actor) -> Application:
    """Make an application that knows its cargo only; the next steps add the rest."""
    today = day_of(services.clock.now())
    transport = Transport(
        height_m=cargo.height_m,
        width_m=cargo.width_m,
        length_m=cargo.length_m,
        mass_t=cargo.mass_t,
        material=cargo.material,
        pieces=len(cargo.component_numbers) or 1,
    )
    judged = classification_as_json(classify(transport, services.law, today))
    return Application(
        cargo=cargo,
        transport=transport,
        vehicle=Vehicle("", ""),
        itinerary=Itinerary("", "", "", ""),
        route=_no_route("", "", today),
        requirements=requirements_from(judged),
        law_day=today,
        travel=_window(today),
        contact=_contact(services, actor),
    )


def copied(application: Application, services: Services) -> Application:
    """Return an earlier application as a new one: without its papers, from today on."""
    today = day_of(services.clock.now())
    return reassess(replace(application, documents=(), travel=_window(today)), services)


def assess(
    application: Application,
    services: Services,
    avoid: tuple[str, ...] = (),
    leave_at: str | None = None,
) -> Assessment | None:
    """Classify and plan what the draft says so far; None while its ends are not known.

    `leave_at` is an hour of departure like 06:30, empty for none; left out, that of the chosen
    route. Raises InvalidInputError on from, to, via, avoid or leave_at.
    """
    way = application.itinerary
    if not way.origin or not way.destination:
        return None
    today = day_of(services.clock.now())
    return assess_journey(
        application.transport,
        Journey(
            origin=way.origin,
            destination=way.destination,
            travel_on=max(application.travel.starts_on, today),
            via=way.via,
            avoid=avoid,
            leave_at=_hour(chosen_hour(application) if leave_at is None else leave_at),
        ),
        network=services.network(),
        law=services.law,
        tariff=services.tariff,
        calendar=services.calendar,
        today=today,
        tables=services.evaluation_tables,
        records=read_records(services.passage_records.read()),
    )


def chosen_hour(application: Application) -> str:
    """Return the hour at which the chosen route departs, empty where it was planned for none."""
    return str(application.route.contract.get("departs_at") or "")[11:16]


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError as wrong:
        message = f"'{text}' is no time of day: write 06:30"
        fault = FieldFault("leave_at", message, "no_hour", (("given", text),))
        raise InvalidInputError([fault]) from wrong


def reassess(
    application: Application, services: Services, avoid: tuple[str, ...] = ()
) -> Application:
    """Judge the draft by today's law and plan it again; keep the chosen route if it still stands.

    Raises InvalidInputError on from, to or via.
    """
    today = day_of(services.clock.now())
    tidied = replace(
        application,
        axle_load_text=axle_load_string(application.transport),
        axle_spacing_text=axle_spacing_string(application.transport),
        law_day=today,
    )
    assessed = assess(tidied, services, avoid)
    if assessed is None:
        judged = classification_as_json(classify(tidied.transport, services.law, today))
        return replace(tidied, requirements=requirements_from(judged))
    route = _chosen(assessed, application.route.digest)
    return replace(
        tidied,
        itinerary=assessed.itinerary,
        requirements=requirements_from(assessed.classification),
        route=route,
    )


def with_route(application: Application, assessed: Assessment, digest: str) -> Application | None:
    """Return the draft with one of the planned routes, None if there is no such route now."""
    if digest not in {digest_of(route) for route in assessed.plan["routes"]}:
        return None
    return replace(
        application,
        itinerary=assessed.itinerary,
        requirements=requirements_from(assessed.classification),
        route=_chosen(assessed, digest),
    )


def under_form_names(wrong: InvalidInputError) -> InvalidInputError:
    """Return the faults of a journey under the names of the form's fields."""
    names = {"from": "origin", "to": "destination"}
    return InvalidInputError(
        [replace(one, field=names.get(one.field, one.field)) for one in wrong.faults]
    )


def _chosen(assessed: Assessment, digest: str) -> RouteSnapshot:
    """Return the route of this digest, the best one without it, or none with the plan's status."""
    plan = assessed.plan
    law_as_of = date.fromisoformat(plan["law_as_of"])
    network = plan["network"]
    routes = plan["routes"]
    if not routes:
        nothing = {**_NO_ROUTE, "status": plan["status"]}
        return snapshot_route(
            nothing,
            network_id=network["id"],
            network_built_at=network["built_at"],
            law_as_of=law_as_of,
        )
    same = (route for route in routes if digest_of(route) == digest)
    return snapshot_route(
        next(same, routes[0]),
        network_id=network["id"],
        network_built_at=network["built_at"],
        law_as_of=law_as_of,
    )


def _no_route(network_id: str, built_at: str, day: date) -> RouteSnapshot:
    return snapshot_route(
        _NO_ROUTE, network_id=network_id, network_built_at=built_at, law_as_of=day
    )


def _window(starts_on: date) -> TravelWindow:
    return TravelWindow(starts_on, starts_on + _USUAL_TERM)


def _contact(services: Services, actor: Actor) -> Contact:
    with services.unit_of_work(read_only=True) as work:
        firm = work.organisations.get(actor.organisation_id)
    return Contact(name=firm.contact_name, phone=firm.contact_phone)
