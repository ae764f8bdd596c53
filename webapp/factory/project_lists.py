"""A project's parts list: brought as a file, answered and planned, its loads given out as CSV."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from transport.delivery.reading_models import ModelWay
from transport.delivery.reading_parts import OPTIONAL, REQUIRED
from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.services.background import ask_for_run
from transport.services.job_repositories import JobKind
from transport.services.keeping_projects import PartsFile, add_parts, open_project
from transport.services.planning_loads import PlanWishes
from transport.services.working_out import work_out
from webapp.access import Role, current_actor, current_services, for_role
from webapp.factory.planning_runs import SMALL_RUN_PIECES, planning_grounds
from webapp.factory.projects import project_page
from webapp.fields import Fields

blueprint = Blueprint("project_lists", __name__)
_LISTED_FAULTS = 40
_FORMULA_SIGNS = ("=", "+", "-", "@")


@blueprint.post("/projects/<project_id>/parts")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def upload(project_id: str) -> AnyResponse | tuple[str, int]:
    """Keep a file as the next version of the parts list; all of it, or nothing."""
    services, given = current_services(), request.files.get("file")
    fields = Fields(request.form)
    needed = fields.day("model_deliver_by", required=False)
    file = PartsFile(
        (given.filename if given else "") or "",
        given.read() if given else b"",
        skip_bad_rows=fields.ticked("skip_bad_rows"),
        way=ModelWay(
            fields.text("model_origin", longest=80, required=False),
            deliver_by=needed.isoformat() if needed else "",
        ),
    )
    try:
        fields.check()
        made, read = add_parts(
            services.unit_of_work,
            actor=current_actor(),
            project_id=project_id,
            file=file,
            kinds=services.catalogue.components,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return project_page(project_id, _listed(wrong.faults), request.form), 422
    except ConflictError as conflict:
        return project_page(project_id, (FieldFault("file", str(conflict)),), request.form), 409
    told = gettext(
        "%(count)s pieces are kept as version %(number)s.", count=made.pieces, number=made.revision
    )
    if read.bad_lines:
        told += " " + gettext(
            "%(count)s rows with faults were left out.", count=len(read.bad_lines)
        )
    if made.assumed_masses:
        told += " " + gettext(
            "The masses of %(count)s pieces are assumed, from volume and material.",
            count=made.assumed_masses,
        )
    if read.cast_on_site:
        told += " " + gettext(
            "%(count)s elements that are cast on site stay out.", count=read.cast_on_site
        )
    flash(told)
    return redirect(url_for("projects.show", project_id=project_id))


@blueprint.post("/projects/<project_id>/plan")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def plan(project_id: str) -> AnyResponse | tuple[str, int]:
    """Answer every family of the list and plan its loads."""
    services, actor, fields = current_services(), current_actor(), Fields(request.form)
    wishes = PlanWishes(
        fields.whole_number("early_days", least=0, most=30),
        fields.whole_number("spare_tractors", least=0, most=5),
        paper_days=_paper_days(fields),
    )
    _, parts, _ = open_project(services.unit_of_work, actor=actor, project_id=project_id)
    try:
        fields.check()
        if parts is not None and parts.pieces > SMALL_RUN_PIECES:
            job = ask_for_run(
                services.unit_of_work,
                services.job_queue,
                actor=actor,
                kind=JobKind.LOAD_PLAN,
                about=project_id,
                asked={
                    "early_days": wishes.early_days,
                    "spare_tractors": wishes.spare_tractors,
                    "paper_days": wishes.paper_days,
                },
                now=services.clock.now(),
            )
            return redirect(url_for("runs.show", job_id=job.id))
        work_out(
            services.unit_of_work,
            actor=actor,
            project_id=project_id,
            wishes=wishes,
            grounds=planning_grounds(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return project_page(project_id, wrong.faults, request.form), 422
    return redirect(url_for("projects.show", project_id=project_id) + "#plan")


def _paper_days(fields: Fields) -> int | None:
    """Read the shortest term of the vehicle's papers; None where they outlast every pass."""
    if not fields.form.get("paper_days", "").strip():
        return None
    return fields.whole_number("paper_days", least=1, most=366)


@blueprint.get("/projects/<project_id>/loads.csv")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def loads(project_id: str) -> Response:
    """Give out the load plan, one line a load."""
    services = current_services()
    _, _, result = open_project(services.unit_of_work, actor=current_actor(), project_id=project_id)
    if result is None:
        raise NotFoundError("there is no load plan yet; make one first")
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(
        (
            *("load", "deliver_on", "origin", "destination", "components", "pieces", "units"),
            *("length_m", "width_m", "height_m", "mass_t", "category", "pass"),
        )
    )
    for one in result.plan.loads:
        parts = ";".join(
            f"{number}*{count}" if count > 1 else number for number, count in one.parts
        )
        size = one.length_m, one.width_m, one.height_m, one.mass_t
        way = _harmless(one.origin), _harmless(one.destination)
        told = one.number, one.deliver_on, *way, _harmless(parts), one.pieces, "+".join(one.units)
        writer.writerow((*told, *size, one.category or "", one.pass_number or ""))
    return _file(made.getvalue(), "loads.csv")


@blueprint.get("/projects/parts-list.csv")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def template() -> Response:
    """Give out an empty parts list with one row as an example."""
    example = (
        *("YB-001", "叠合板", "precast", "4.2", "2.4", "0.26", "1.51", "6", "包头", "呼和浩特"),
        *("2026-06-08", "1", "laminated_slab_narrow", "", "", "", "", ""),
    )
    made = io.StringIO()
    csv.writer(made).writerows(((*REQUIRED, *OPTIONAL), example))
    return _file(made.getvalue(), "parts-list.csv")


def _file(text: str, name: str) -> Response:
    return Response(
        text.encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _listed(faults: tuple[FieldFault, ...]) -> tuple[FieldFault, ...]:
    more = len(faults) - _LISTED_FAULTS
    if more <= 0:
        return faults
    told = gettext("%(count)s further faults are not listed.", count=more)
    return (*faults[:_LISTED_FAULTS], FieldFault("file", told))
