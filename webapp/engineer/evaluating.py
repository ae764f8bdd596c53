"""The evaluation of one case: every check, conditions, surveys, and the report to print."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from transport.services.engineering_desk import evaluate_case
from webapp.access import Role, current_services, for_role
from webapp.engineer.grounds import case_of, ground

blueprint = Blueprint("engineer_evaluating", __name__)


@blueprint.get("/engineer/<number>")
@for_role(Role.TRANSPORT_OFFICER)
def evaluation(number: str) -> str:
    """Show the evaluation of a case in driving order."""
    case = case_of(number)
    passage = evaluate_case(case, ground())
    return render_template(
        "engineer/evaluation.html",
        case=case,
        passage=passage,
        surveyed={task.element for task in passage.surveys},
    )


@blueprint.get("/engineer/<number>/report.pdf")
@for_role(Role.TRANSPORT_OFFICER)
def report(number: str) -> Response:
    """Print the report: a draft until an engineer signs it."""
    case, on = case_of(number), ground()
    passage = evaluate_case(case, on)
    details = {"project_name": number, **on.records().report}
    made = current_services().papers.evaluation_report(
        passage, on.network, dict(case.application.route.contract), details
    )
    return send_file(
        BytesIO(made.content), mimetype=made.media_type, download_name=f"{number}-{made.filename}"
    )
