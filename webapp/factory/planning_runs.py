"""Background runs of a factory or housing department: started, watched, stopped."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.services.background import cancel_run, list_runs, see_run
from transport.services.evaluating_routes import read_records
from transport.services.job_repositories import Job, JobKind, JobState
from transport.services.planning_deliveries import PlanningGrounds
from webapp.access import Role, current_actor, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("runs", __name__)
NAVIGATION = (
    menu_entry("runs.index", _l("Background runs"), Role.FACTORY, Role.HOUSING_OFFICER, order=17),
)
# What takes no longer than a page may: smaller lists and plans are worked out at once.
SMALL_RUN_PIECES = 400
_LOOK_AGAIN_S = 2


@blueprint.get("/runs")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def index() -> str:
    """List the newest runs of the reader's organisation."""
    runs = list_runs(current_services().unit_of_work, actor=current_actor())
    return render_template("factory/runs.html", runs=runs)


@blueprint.get("/runs/<job_id>")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def show(job_id: str) -> Response:
    """Show how far a run is; the page looks again by itself until it is over."""
    job = see_run(current_services().unit_of_work, actor=current_actor(), job_id=job_id)
    page = Response(render_template("factory/run.html", run=job, result=_result_address(job)))
    if not job.state.is_over:
        page.headers["Refresh"] = str(_LOOK_AGAIN_S)
    return page


@blueprint.post("/runs/<job_id>/cancel")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def cancel(job_id: str) -> AnyResponse:
    """Stop a run."""
    services = current_services()
    job = cancel_run(
        services.unit_of_work, actor=current_actor(), job_id=job_id, now=services.clock.now()
    )
    if job.state is not JobState.CANCELLED and not job.state.is_over:
        flash(gettext("The run stops at its next step."))
    return redirect(url_for("runs.show", job_id=job_id))


def planning_grounds() -> PlanningGrounds:
    """Return what planning rests on in this installation."""
    services = current_services()
    return PlanningGrounds(
        services.catalogue,
        services.law,
        services.network(),
        services.calendar,
        services.evaluation_tables,
        read_records(services.passage_records.read()),
    )


def _result_address(job: Job) -> str:
    if job.kind is JobKind.DELIVERY_PLAN:
        return url_for("delivery_plans.show", project_id=job.about)
    return url_for("projects.show", project_id=job.about)
