"""The evaluation of one case: every check, conditions, surveys, and the report to print."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from transport.services.convening_panels import panels_of
from transport.services.signing_reports import signatures
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import case_of, evaluated, ground
from webapp.engineer.report_details import known_details

blueprint = Blueprint("engineer_evaluating", __name__)


@blueprint.get("/engineer/<number>")
@for_role(Role.TRANSPORT_OFFICER)
def evaluation(number: str) -> str:
    """Show the evaluation of a case in driving order."""
    services, actor = current_services(), current_actor()
    case = case_of(number)
    passage = evaluated(case, ground())
    found = signatures(services.unit_of_work, actor=actor, number=number, passage=passage)
    return render_template(
        "engineer/evaluation.html",
        case=case,
        passage=passage,
        signed=found,
        panels=panels_of(services.unit_of_work, actor=actor, number=number),
        surveyed={task.element for task in passage.surveys},
        unrecorded=passage.unrecorded,
    )


@blueprint.get("/engineer/<number>/report.pdf")
@for_role(Role.TRANSPORT_OFFICER)
def report(number: str) -> Response:
    """Print the report as it stands today: a draft that nobody signed."""
    case, on = case_of(number), ground()
    passage = evaluated(case, on)
    details = {"project_name": number, **known_details(case, on), **on.records().report}
    made = current_services().papers.evaluation_report(
        passage, on.network, dict(case.application.route.contract), details
    )
    return send_file(
        BytesIO(made.content), mimetype=made.media_type, download_name=f"{number}-{made.filename}"
    )
