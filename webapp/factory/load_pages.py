"""A planned load as it stands on its vehicle, and a family of parts: drawn and printed."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from transport.delivery.families import PartFamily, families_of
from transport.delivery.parts import PartsList, ValueOrigin
from transport.delivery.projects import Project
from transport.errors import ConflictError, NotFoundError
from transport.services.days import day_of
from transport.services.keeping_projects import open_project
from transport.services.project_repositories import ProjectResult
from transport.services.showing_loads import ShownLoad, show_load
from transport.vehicles.outline import OutlineTitle, outline_of_load
from transport.vehicles.piece_views import centre_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.drawings import drawing_of
from webapp.extensions import language
from webapp.factory.outline_titles import title_of_load

blueprint = Blueprint("load_pages", __name__)
_SHOWN_PARTS = 60
_SHOWN_LOADS = 20


@blueprint.get("/projects/<project_id>/loads/<int:number>")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def load(project_id: str, number: int) -> str | AnyResponse:
    """Show a planned load: three views with axle loads, and the order in which it comes off."""
    project, parts, result = _opened(project_id)
    try:
        shown = _shown(parts, result, number)
    except ConflictError:
        return _made_anew(project_id)
    return render_template(
        "factory/load.html",
        project=project,
        shown=shown,
        load=shown.load,
        last=len(result.plan.loads),
        drawing=drawing_of(outline_of_load(shown.placed), _title(project, shown)),
        units=_units(),
    )


@blueprint.get("/projects/<project_id>/loads/<int:number>.pdf")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def sheet(project_id: str, number: int) -> Response | AnyResponse:
    """Give out the load sheet as PDF."""
    services = current_services()
    project, parts, result = _opened(project_id)
    try:
        shown = _shown(parts, result, number)
    except ConflictError:
        return _made_anew(project_id)
    today = day_of(services.clock.now())
    made = services.papers.load_sheet(shown, _title(project, shown), today)
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.filename,
    )


@blueprint.get("/projects/<project_id>/families/<code>")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def family(project_id: str, code: str) -> str:
    """Show a family: drawn, where its values come from, whether it gets there, what would help."""
    services = current_services()
    project, parts, result = open_project(
        services.unit_of_work, actor=current_actor(), project_id=project_id
    )
    found = _family(parts, code)
    drawn = services.papers.piece_drawing(found.piece, "en" if language() == "en" else "zh")
    lanes = {(one.origin, one.destination) for one in found.parts}
    return render_template(
        "factory/family.html",
        project=project,
        family=found,
        piece=found.piece,
        centre=centre_of(found.piece),
        size_from=_origins(one.size_from for one in found.parts),
        mass_from=_origins(one.mass_from for one in found.parts),
        drawing=Markup(drawn.content.decode()),  # noqa: S704 - escaped by the drawing itself
        answers=[one for one in result.answers if one.family == code] if result else (),
        envelopes=[one for one in result.envelopes if (one.origin, one.destination) in lanes]
        if result
        else (),
        loads=[one for one in result.plan.loads if code in dict(one.families)][:_SHOWN_LOADS]
        if result
        else (),
        shown_parts=found.parts[:_SHOWN_PARTS],
        units=_units(),
    )


def _opened(project_id: str) -> tuple[Project, PartsList, ProjectResult]:
    project, parts, result = open_project(
        current_services().unit_of_work, actor=current_actor(), project_id=project_id
    )
    if parts is None or result is None:
        raise NotFoundError("there is no load plan yet; make one first")
    return project, parts, result


def _shown(parts: PartsList, result: ProjectResult, number: int) -> ShownLoad:
    services = current_services()
    return show_load(result.plan, number, parts.parts, services.catalogue, services.law)


def _made_anew(project_id: str) -> AnyResponse:
    """Send the reader back to where the plan is made."""
    flash(gettext("Vehicles or rules changed since this plan was made. Work it out anew."))
    return redirect(url_for("projects.show", project_id=project_id))


def _title(project: Project, shown: ShownLoad) -> OutlineTitle:
    names = dict.fromkeys(one.name for one in shown.stack)
    return title_of_load(
        shown.placed,
        number=f"{project.name} {shown.load.number}",
        goods=f"{'、'.join(names)} × {shown.load.pieces}",
        firm=project.organisation_name,
        drawn_on=day_of(current_services().clock.now()),
    )


def _family(parts: PartsList | None, code: str) -> PartFamily:
    catalogue = current_services().catalogue.components
    for one in families_of(parts.parts, catalogue) if parts else ():
        if one.code == code:
            return one
    raise NotFoundError(f"the parts list has no family {code!r}")


def _origins(found: Iterable[ValueOrigin]) -> list[ValueOrigin]:
    return list(dict.fromkeys(found))


def _units() -> dict[str, object]:
    catalogue = current_services().catalogue
    return {**catalogue.tractors, **catalogue.trailers, **catalogue.trucks, **catalogue.jeeps}
