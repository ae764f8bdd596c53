"""Documents, pre-check and submission of a draft; supplements, withdrawal, official numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.permits.acts import Act
from transport.permits.application import Application
from transport.permits.permit import validity
from transport.permits.states import ActState
from transport.services import applying
from transport.services.applying import find_missing, record_official_numbers
from transport.services.stepping import StepRequest, day_of
from transport.services.viewing_cases import CaseView
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.cargo_fields import CARGO_LABELS
from webapp.carrier.journey_fields import JOURNEY_LABELS
from webapp.carrier.load_fields import TRANSPORT_LABELS, VEHICLE_LABELS
from webapp.carrier.paper_fields import attach_all, paper_rows
from webapp.carrier.steps import Answer, seen_version, step_labels, step_of
from webapp.case_file.opening import opened
from webapp.fault_messages import fault_text
from webapp.page_context import clause_text
from webapp.wording import say

blueprint = Blueprint("handing_in", __name__)

_FIELD_LABELS = CARGO_LABELS | VEHICLE_LABELS | TRANSPORT_LABELS | JOURNEY_LABELS
NUMBER_LABELS = {
    "official_number": _l("Application number of the official platform"),
    "official_pass_number": _l("Number of the official pass"),
}


@blueprint.get("/carrier/cases/<number>/documents")
@for_role(Role.CARRIER)
def documents(number: str) -> Answer:
    """Show which papers are wanted and which are there."""
    return _documents_page(opened(number), {})


@blueprint.post("/carrier/cases/<number>/documents")
@for_role(Role.CARRIER)
def attach(number: str) -> Answer:
    """Attach every chosen file; what could not be attached is named at its field."""
    seen = opened(number)
    try:
        attached, faults = attach_all(seen.case, request.form, request.files, seen_version())
    except ConflictError as conflict:
        return _documents_page(opened(number), request.form, (), str(conflict)), 409
    if faults:
        return _documents_page(opened(number), request.form, tuple(faults)), 422
    flash(gettext("%(count)s documents attached.", count=attached))
    draft = seen.case.is_draft
    then = "handing_in.check" if draft and request.form.get("action") == "next" else None
    return redirect(url_for(then or "handing_in.documents", number=number))


@blueprint.get("/carrier/cases/<number>/check")
@for_role(Role.CARRIER)
def check(number: str) -> Answer:
    """Show what an office would send the application back for."""
    return _check_page(number)


@blueprint.post("/carrier/cases/<number>/submit")
@for_role(Role.CARRIER)
def submit(number: str) -> Answer:
    """Submit every act to its office."""
    services = current_services()
    try:
        applying.submit(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            expected_version=seen_version(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _check_page(number, wrong.faults), 422
    except ConflictError as conflict:
        return _check_page(number, conflict=str(conflict)), 409
    flash(gettext("Case %(number)s is submitted.", number=number))
    return redirect(url_for("applying.overview", number=number))


@blueprint.get("/carrier/cases/<number>/acts/<act_id>/supply")
@for_role(Role.CARRIER)
def supply_form(number: str, act_id: str) -> str:
    """Show what was asked for, and the button that says it is all there."""
    return _act_page("carrier/supply.html", number, act_id)


@blueprint.post("/carrier/cases/<number>/acts/<act_id>/supply")
@for_role(Role.CARRIER)
def supply(number: str, act_id: str) -> Answer:
    """Say that everything asked for was attached."""
    services = current_services()
    note = request.form.get("note", "").strip()[:500]
    step = _step(number, act_id)
    try:
        applying.supply(services.unit_of_work, services.calendar, step, note=note)
    except ConflictError as conflict:
        return _act_page("carrier/supply.html", number, act_id, conflict=str(conflict)), 409
    flash(gettext("The supplements are handed in."))
    return redirect(url_for("applying.overview", number=number))


@blueprint.get("/carrier/cases/<number>/acts/<act_id>/withdraw")
@for_role(Role.CARRIER)
def withdraw_form(number: str, act_id: str) -> str:
    """Ask for the reason before an act is withdrawn."""
    return _act_page("carrier/withdraw.html", number, act_id)


@blueprint.post("/carrier/cases/<number>/acts/<act_id>/withdraw")
@for_role(Role.CARRIER)
def withdraw(number: str, act_id: str) -> Answer:
    """Withdraw one act; the others run on."""
    services = current_services()
    reason = request.form.get("reason", "").strip()[:500]
    if not reason:
        missing = FieldFault("reason", "must be given", "reason_missing")
        return _act_page("carrier/withdraw.html", number, act_id, (missing,)), 422
    step = _step(number, act_id)
    try:
        applying.withdraw(services.unit_of_work, services.calendar, step, reason=reason)
    except ConflictError as conflict:
        return _act_page("carrier/withdraw.html", number, act_id, conflict=str(conflict)), 409
    flash(gettext("The application is withdrawn for this act."))
    return redirect(url_for("applying.overview", number=number))


@blueprint.get("/carrier/cases/<number>/official-numbers")
@for_role(Role.CARRIER)
def numbers_form(number: str) -> str:
    """Show the numbers of the official platform."""
    case = opened(number).case
    given = {name: getattr(case, name) for name in NUMBER_LABELS}
    return _numbers_page(number, given, ())


@blueprint.post("/carrier/cases/<number>/official-numbers")
@for_role(Role.CARRIER)
def record_numbers(number: str) -> Answer:
    """Keep the numbers of the official platform beside ours."""
    services = current_services()
    try:
        record_official_numbers(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            official_number=request.form.get("official_number", ""),
            official_pass_number=request.form.get("official_pass_number", "")[:60],
            expected_version=seen_version(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _numbers_page(number, request.form, wrong.faults), 422
    except ConflictError as conflict:
        return _numbers_page(number, request.form, (), str(conflict)), 409
    flash(gettext("The official numbers are kept."))
    return redirect(url_for("applying.overview", number=number))


def _step(number: str, act_id: str) -> StepRequest:
    return StepRequest(
        actor=current_actor(),
        case_number=number,
        act_id=act_id,
        expected_version=seen_version(),
        now=current_services().clock.now(),
    )


def _documents_page(
    seen: CaseView,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...] = (),
    conflict: str = "",
) -> str:
    asked: list[Act] = [
        one.act for one in seen.acts if one.act.state is ActState.SUPPLEMENT_REQUESTED
    ]
    return render_template(
        "carrier/documents.html",
        case=seen.case,
        asked=asked,
        rows=paper_rows(seen.case),
        values=values,
        faults=faults,
        conflict=conflict,
        step_labels=step_labels(),
    )


def _check_page(number: str, faults: tuple[FieldFault, ...] = (), conflict: str = "") -> str:
    services = current_services()
    seen = opened(number)
    missing = faults or find_missing(
        services.unit_of_work,
        actor=current_actor(),
        number=number,
        today=day_of(services.clock.now()),
    )
    return render_template(
        "carrier/check.html",
        case=seen.case,
        view=seen,
        pass_end=_pass_end(seen.case.application),
        missing=[(_readable(one), step_of(one.field)) for one in missing],
        conflict=conflict,
        step_labels=step_labels(),
    )


def _pass_end(application: Application) -> tuple[date, str] | None:
    """Return the last day a pass could have and the paper that sets it, if one does."""
    try:
        _, last, shortest = validity(application)
    except InvalidInputError:
        return None
    return last, shortest


def _readable(fault: FieldFault) -> FieldFault:
    """Return a fault that says, in the reader's language, which document or field it means."""
    if fault.code != "document_missing":
        return _labelled(fault)
    given = dict(fault.params)
    given["name"] = say("document", fault.field.removeprefix("documents."))
    given["clause"] = clause_text(given["clause"])
    return replace(fault, params=tuple(given.items()))


def _labelled(fault: FieldFault) -> FieldFault:
    part, _, name = fault.field.rpartition(".")
    label = say("document", name) if part == "documents" else _FIELD_LABELS.get(name)
    if label is None:
        return fault
    missing = fault.code.endswith("missing")
    code = "labelled_missing" if missing else "labelled"
    return FieldFault(fault.field, f"{label}{gettext(': ')}{fault_text(fault)}", code)


def _act_page(
    template: str,
    number: str,
    act_id: str,
    faults: tuple[FieldFault, ...] = (),
    conflict: str = "",
) -> str:
    case = opened(number).case
    return render_template(
        template,
        case=case,
        act=case.act(act_id),
        values=request.form,
        faults=faults,
        conflict=conflict,
    )


def _numbers_page(
    number: str, values: Mapping[str, Any], faults: tuple[FieldFault, ...], conflict: str = ""
) -> str:
    return render_template(
        "carrier/official_numbers.html",
        case=opened(number).case,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=NUMBER_LABELS,
    )
