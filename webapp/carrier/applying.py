"""New applications: from an enquiry, from nothing, from an earlier case; and a case's overview."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application
from transport.permits.case import Case
from transport.services.applying import find_missing, make_application
from transport.services.enquiring import open_enquiry
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier import draft_application
from webapp.carrier.cargo_fields import CARGO_LABELS, read_cargo
from webapp.carrier.steps import STEPS, step_of
from webapp.case_file.opening import opened

blueprint = Blueprint("applying", __name__)


@blueprint.get("/carrier/cases/new")
@for_role(Role.CARRIER)
def new() -> str:
    """Show the first step of an application that begins from nothing."""
    return _cargo_page(())


@blueprint.post("/carrier/cases/new")
@for_role(Role.CARRIER)
def create() -> Response | tuple[str, int]:
    """Open a draft that knows its cargo."""
    try:
        cargo = read_cargo(request.form)
    except InvalidInputError as wrong:
        return _cargo_page(wrong.faults), 422
    case = _open(draft_application.from_cargo(cargo, current_services(), current_actor()))
    return redirect(url_for("drafting.vehicle", number=case.number))


@blueprint.post("/carrier/cases/from-enquiry/<enquiry_id>")
@for_role(Role.CARRIER)
def from_enquiry(enquiry_id: str) -> Response:
    """Open a draft from an enquiry that was handed over."""
    services, actor = current_services(), current_actor()
    enquiry = open_enquiry(services.unit_of_work, actor=actor, enquiry_id=enquiry_id)
    case = _open(draft_application.from_enquiry(enquiry, services, actor), enquiry_id)
    return redirect(url_for("drafting.vehicle", number=case.number))


@blueprint.post("/carrier/cases/<number>/copy")
@for_role(Role.CARRIER)
def copy(number: str) -> Response:
    """Open a new draft like an earlier case, without its papers."""
    earlier = opened(number).case
    case = _open(
        draft_application.copied(earlier.application, current_services()), earlier.enquiry_id
    )
    flash(gettext("Copied from case %(number)s. Attach the documents anew.", number=number))
    return redirect(url_for("applying.overview", number=case.number))


@blueprint.get("/carrier/cases/<number>")
@for_role(Role.CARRIER)
def overview(number: str) -> str:
    """Show where a case stands, what is to do, and its trips."""
    services = current_services()
    seen = opened(number)
    missing = (
        find_missing(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            today=day_of(services.clock.now()),
        )
        if seen.case.is_draft
        else []
    )
    return render_template(
        "carrier/overview.html",
        view=seen,
        case=seen.case,
        missing=missing,
        steps=[
            (endpoint, label, sum(step_of(one.field) == endpoint for one in missing))
            for endpoint, label in STEPS
        ],
    )


def _open(application: Application, enquiry_id: str = "") -> Case:
    services = current_services()
    return make_application(
        services.unit_of_work,
        services.law,
        actor=current_actor(),
        application=application,
        now=services.clock.now(),
        enquiry_id=enquiry_id,
    )


def _cargo_page(faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "carrier/cargo.html",
        case=None,
        values=request.form,
        faults=faults,
        conflict="",
        labels=CARGO_LABELS,
        step_labels=[str(label) for _, label in STEPS],
    )
