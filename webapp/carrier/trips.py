"""Trips: planned on a case, loaded with certificate, sent off, accepted on site."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.permits.manifest import Trip
from transport.services import recording_trips
from transport.services.days import day_of
from transport.services.receiving_field_records import follow_component
from transport.services.viewing_cases import read_document
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.relief_view import relief_of_trip
from webapp.carrier.steps import Answer, seen_version
from webapp.case_file.opening import opened
from webapp.fields import Fields
from webapp.trip_words import HISTORY_STEPS

blueprint = Blueprint("trips", __name__)

LABELS = {
    "component_numbers": _l("Components of this trip"),
    "certificate_number": _l("Number of the factory certificate"),
    "certificate": _l("Factory certificate"),
    "photos": _l("Photos of the load"),
    "weighed_t": _l("Weighed mass"),
    "entry_station": _l("Toll station of entry"),
    "exit_station": _l("Toll station of exit"),
    "accepted_by": _l("Accepted on site by"),
    "damage_note": _l("Damage"),
    "scheme_id": _l("Relief scheme"),
}
_HEAVIEST_T = 1500.0


@blueprint.get("/carrier/cases/<number>/trips/new")
@for_role(Role.CARRIER)
def plan_form(number: str) -> str:
    """Show the components of a case to choose from."""
    return _plan_page(number, ())


@blueprint.post("/carrier/cases/<number>/trips/new")
@for_role(Role.CARRIER)
def plan(number: str) -> Answer:
    """Plan a trip with the chosen components."""
    services = current_services()
    try:
        trip = recording_trips.plan_trip(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            component_numbers=request.form.getlist("component_numbers"),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _plan_page(number, wrong.faults), 422
    flash(gettext("The trip is planned."))
    return redirect(url_for("trips.show", trip_id=trip.id))


@blueprint.get("/trips/<trip_id>")
@for_role(Role.CARRIER, Role.FACTORY)
def show(trip_id: str) -> str:
    """Show a trip with its manifest and the step that comes next."""
    return page(trip_id)


@blueprint.post("/trips/<trip_id>/loading")
@for_role(Role.CARRIER, Role.FACTORY)
def record_loading(trip_id: str) -> Answer:
    """Record the loading with certificate and photos."""

    def record() -> Trip:
        services = current_services()
        fields = Fields(request.form)
        weighed_t = fields.optional_number("weighed_t", least=0.5, most=_HEAVIEST_T)
        number = fields.text("certificate_number", required=False, longest=80)
        fields.check()
        certificate = next(iter(_files(request.files.getlist("certificate"))), None)
        return recording_trips.record_loading(
            services.unit_of_work,
            services.documents,
            actor=current_actor(),
            trip_id=trip_id,
            expected_version=seen_version(),
            certificate_number=number,
            certificate=certificate,
            now=services.clock.now(),
            photos=list(_files(request.files.getlist("photos"))),
            weighed_t=weighed_t,
        )

    return _record(trip_id, record, gettext("The loading is recorded."))


@blueprint.post("/trips/<trip_id>/departure")
@for_role(Role.CARRIER, Role.FACTORY)
def record_departure(trip_id: str) -> Answer:
    """Record hand-over and departure; refused unless the case is ready to depart."""

    def record() -> Trip:
        services = current_services()
        fields = Fields(request.form)
        station = fields.text("entry_station", required=False, longest=60)
        fields.check()
        return recording_trips.record_departure(
            services.unit_of_work,
            actor=current_actor(),
            trip_id=trip_id,
            expected_version=seen_version(),
            now=services.clock.now(),
            entry_station=station,
        )

    return _record(trip_id, record, gettext("The departure is recorded."))


@blueprint.post("/trips/<trip_id>/acceptance")
@for_role(Role.CARRIER, Role.FACTORY)
def record_acceptance(trip_id: str) -> Answer:
    """Record who accepted the load on site, and any damage."""

    def record() -> Trip:
        services = current_services()
        fields = Fields(request.form)
        accepted_by = fields.text("accepted_by", longest=60)
        damage = fields.text("damage_note", required=False, longest=1000)
        station = fields.text("exit_station", required=False, longest=60)
        fields.check()
        return recording_trips.record_site_acceptance(
            services.unit_of_work,
            actor=current_actor(),
            trip_id=trip_id,
            expected_version=seen_version(),
            accepted_by=accepted_by,
            now=services.clock.now(),
            damage_note=damage,
            exit_station=station,
        )

    return _record(trip_id, record, gettext("The acceptance on site is recorded."))


@blueprint.get("/trips/<trip_id>/files/<digest>")
@for_role(Role.CARRIER, Role.FACTORY)
def file(trip_id: str, digest: str) -> Response:
    """Answer with a file of the manifest."""
    services, actor = current_services(), current_actor()
    case, _ = recording_trips.open_trip(services.unit_of_work, actor=actor, trip_id=trip_id)
    found = read_document(services.unit_of_work, actor=actor, number=case.number, digest=digest)
    if found is None:
        raise NotFoundError("there is no such file on this trip")
    answer = Response(services.documents.get(digest), mimetype=found[1])
    answer.headers.set("Content-Disposition", "attachment", filename=found[0])
    return answer


@blueprint.get("/trips/components/<path:number>")
@for_role(Role.CARRIER, Role.FACTORY)
def component(number: str) -> str:
    """Show the chain of a component from its certificate to the acceptance on site."""
    services = current_services()
    told = follow_component(services.unit_of_work, actor=current_actor(), number=number)
    return render_template("carrier/component_history.html", history=told, steps=HISTORY_STEPS)


@blueprint.get("/trips/<trip_id>/labels.pdf")
@for_role(Role.CARRIER, Role.FACTORY)
def labels(trip_id: str) -> Response:
    """Answer with the labels of a trip's components as a sheet to print."""
    services, actor = current_services(), current_actor()
    case, trip = recording_trips.open_trip(services.unit_of_work, actor=actor, trip_id=trip_id)
    sheet = services.papers.component_labels(
        case,
        {
            number: url_for("trips.component", number=number, _external=True)
            for number in trip.manifest.component_numbers
        },
        day_of(services.clock.now()),
    )
    return Response(
        sheet.content,
        mimetype=sheet.media_type,
        headers={"Content-Disposition": f"inline; filename={sheet.filename}"},
    )


@blueprint.get("/trips/<trip_id>/site-label.pdf")
@for_role(Role.CARRIER, Role.FACTORY)
def site_label(trip_id: str) -> Response:
    """Answer with the label for the gate of the trip's site, to print and hang up."""
    services, actor = current_services(), current_actor()
    case, _ = recording_trips.open_trip(services.unit_of_work, actor=actor, trip_id=trip_id)
    site = case.application.itinerary.destination
    address = url_for("trips.at_site", site=site, _external=True)
    sheet = services.papers.component_labels(case, {site: address}, day_of(services.clock.now()))
    return Response(
        sheet.content,
        mimetype=sheet.media_type,
        headers={"Content-Disposition": f"inline; filename=site-{sheet.filename}"},
    )


@blueprint.get("/trips/sites/<path:site>")
@for_role(Role.CARRIER, Role.FACTORY)
def at_site(site: str) -> str:
    """Show the trips of the firm that go to a site; the label at its gate leads here."""
    services, actor = current_services(), current_actor()
    going = [
        (case, trip)
        for case, trip in recording_trips.list_trips_with_cases(services.unit_of_work, actor=actor)
        if case.application.itinerary.destination == site
    ]
    if not going:
        raise NotFoundError(f"no trip of your firm goes to {site!r}")
    return render_template("carrier/site.html", site=site, going=going)


def page(
    trip_id: str,
    faults: tuple[FieldFault, ...] = (),
    conflict: str = "",
    *,
    refused: bool = False,
) -> str:
    """Return the page of a trip, with the faults of its forms; `refused`: a step came too early."""
    services, actor = current_services(), current_actor()
    case, trip = recording_trips.open_trip(services.unit_of_work, actor=actor, trip_id=trip_id)
    return render_template(
        "carrier/trip.html",
        case=case,
        trip=trip,
        view=opened(case.number),
        relief=relief_of_trip(case, trip, services, actor),
        values=request.form,
        faults=faults,
        conflict=conflict,
        refused=refused,
        labels=LABELS,
    )


def _record(trip_id: str, record: Callable[[], Trip], done: str) -> Answer:
    try:
        record()
    except InvalidInputError as wrong:
        return page(trip_id, wrong.faults), 422
    except ConflictError as conflict:
        return page(trip_id, conflict=str(conflict)), 409
    except StepNotAllowedError:
        return page(trip_id, refused=True), 409
    flash(done)
    return redirect(url_for("trips.show", trip_id=trip_id))


def _files(uploads: Iterable[FileStorage]) -> Iterable[tuple[str, bytes]]:
    for upload in uploads:
        if upload.filename:
            yield upload.filename, upload.read()


def _plan_page(number: str, faults: tuple[FieldFault, ...]) -> str:
    seen = opened(number)
    return render_template(
        "carrier/trip_plan.html",
        case=seen.case,
        view=seen,
        taken={
            number: trip
            for trip in seen.trips
            if trip.holds_its_load
            for number in trip.manifest.component_numbers
        },
        values=request.form,
        faults=faults,
        labels=LABELS,
    )
