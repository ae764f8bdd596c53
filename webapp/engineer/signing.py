"""Sign the evaluation report of a case, and give out reports as they were signed."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.evaluation.passage.findings import Passage
from transport.permits.case import Case
from transport.permits.report_sheet import MUST_NAME, ReportSheet
from transport.services.engineering_desk import Ground
from transport.services.signing_reports import (
    digest_of,
    sheets_of,
    sign_report,
    signatures,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import case_of, evaluated, ground
from webapp.engineer.report_details import known_details
from webapp.fault_messages import refusal_text
from webapp.fields import Fields

blueprint = Blueprint("engineer_signing", __name__)
# Fields of appendix A that people fill in, in the order of the paper.
LABELS = {
    "project_name": _l("Evaluated project"),
    "organisation": _l("Institute in charge"),
    "certificate": _l("Qualification certificate and number"),
    "responsible_head": _l("Head of the institute"),
    "technical_head": _l("Technical head"),
    "project_head": _l("Head of the project"),
    "main_staff": _l("Main staff"),
    "tractor_make_model": _l("Make and model of the tractor"),
    "tractor_type": _l("Type of the tractor"),
    "tractor_power": _l("Power of the tractor"),
    "tractor_drive": _l("Drive of the tractor"),
    "tractor_tyre": _l("Tyres of the tractor"),
    "tractor_tyre_pressure": _l("Tyre pressure of the tractor"),
    "tractor_gear_ratio": _l("Gear ratios"),
    "tractor_hub_reduction": _l("Hub reduction"),
    "tractor_wheelbase": _l("Wheelbase of the tractor"),
    "tractor_track": _l("Track of the tractor"),
    "trailer_make_model": _l("Make and model of the trailer"),
    "trailer_track": _l("Track of the trailer"),
    "trailer_tyre": _l("Tyres of the trailer: make, and filled with air, foam or solid"),
    "trailer_tyre_pressure": _l("Tyre pressure of the trailer"),
    "suspension_centres": _l("Distances of the suspensions"),
    "hydraulic_three_point_zones": _l("Zones of the hydraulic suspension"),
    "trailer_lwh": _l("Length, width and height of the trailer"),
    "steering_mode": _l("Steering of the trailer"),
    "min_turning_radius": _l("Smallest turning radius of the train"),
    "centre_of_gravity": _l("Centre of gravity"),
    "supports": _l("Supports of the cargo"),
    "lashing": _l("Lashing"),
    "plan_contacts": _l("Contacts of authorities and of the convoy"),
}


@blueprint.get("/engineer/<number>/report")
@for_role(Role.TRANSPORT_OFFICER)
def form(number: str) -> str:
    """Show what will be signed, and the names the paper needs."""
    case, on = case_of(number), ground()
    return _page(case, on, _known(case, on), ())


@blueprint.post("/engineer/<number>/report")
@for_role(Role.TRANSPORT_OFFICER)
def sign(number: str) -> Response | tuple[str, int]:
    """Sign the report as it stands."""
    services, case, on = current_services(), case_of(number), ground()
    fields = Fields(request.form)
    details = {name: fields.text(name, required=name in MUST_NAME, longest=300) for name in LABELS}
    passage = evaluated(case, on)
    if request.form.get("evaluation") != digest_of(passage):
        fields.refuse("evaluation", "changed meanwhile", "changed_meanwhile")
    try:
        fields.check()
        sign_report(
            services.unit_of_work,
            services.documents,
            actor=current_actor(),
            number=number,
            passage=passage,
            details={
                **known_details(case, on),
                **{name: text for name, text in details.items() if text},
            },
            printed=lambda sheet: _printed(case, on, passage, sheet),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(case, on, request.form, wrong.faults), 422
    except StepNotAllowedError as refused:
        return _page(case, on, request.form, (), refusal_text(refused)), 409
    flash(gettext("The report is signed and kept as it was printed."))
    return redirect(url_for("engineer_evaluating.evaluation", number=number))


@blueprint.get("/engineer/<number>/reports/<sheet_id>.pdf")
@for_role(Role.TRANSPORT_OFFICER)
def signed(number: str, sheet_id: str) -> Response:
    """Give out a report as it was signed."""
    services = current_services()
    sheets = sheets_of(services.unit_of_work, actor=current_actor(), number=number)
    found = next((one for one in sheets if one.id == sheet_id), None)
    if found is None:
        raise NotFoundError(f"case {number} has no signed report {sheet_id!r}")
    content = services.documents.get(found.paper)
    name = f"{number}-signed-{found.signed_at.date().isoformat()}.pdf"
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=name)


def _printed(case: Case, on: Ground, passage: Passage, sheet: ReportSheet) -> bytes:
    contract = dict(case.application.route.contract)
    papers = current_services().papers
    return papers.evaluation_report(
        passage, on.network, contract, {**on.records().report, **sheet.details}, sheet
    ).content


def _known(case: Case, on: Ground) -> dict[str, Any]:
    actor = current_actor()
    given = {"organisation": actor.organisation_name, "technical_head": actor.name}
    named = case.application.cargo.project or case.application.cargo.name
    return {"project_name": named, **given, **known_details(case, on), **on.records().report}


def _page(
    case: Case,
    on: Ground,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    refusal: str = "",
) -> str:
    passage = evaluated(case, on)
    services, actor = current_services(), current_actor()
    open_checks = [one for one in passage.checks if str(one.result).startswith("NEEDS")]
    return render_template(
        "engineer/report.html",
        case=case,
        passage=passage,
        open_checks=open_checks,
        signed=signatures(services.unit_of_work, actor=actor, number=case.number, passage=passage),
        sheets=sheets_of(services.unit_of_work, actor=actor, number=case.number),
        evaluation=digest_of(passage),
        values=values,
        faults=faults,
        refusal=refusal,
        labels=LABELS,
        must=MUST_NAME,
    )
