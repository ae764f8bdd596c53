"""Projects of a factory or the housing department: listed, entered, changed, shown with results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.delivery.families import families_of
from transport.delivery.projects import Project, StructureKind
from transport.delivery.reading_parts import OPTIONAL, REQUIRED
from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.services.keeping_projects import list_projects, open_project, save_project
from webapp.access import Role, current_actor, current_services, for_role
from webapp.area_names import area_choices
from webapp.fields import Fields
from webapp.page_context import menu_entry
from webapp.wording import say

blueprint = Blueprint("projects", __name__)
NAVIGATION = (
    menu_entry("projects.index", _l("Projects"), Role.FACTORY, Role.HOUSING_OFFICER, order=15),
)
LABELS = {
    "name": _l("Project"),
    "site": _l("Site"),
    "admin_code": _l("League or city"),
    "structure": _l("Kind of structure"),
    "government_invested": _l("Invested by the government"),
    "demonstration": _l("Demonstration project"),
    "floor_area_m2": _l("Floor area"),
    "prefabricated_pct": _l("Prefabricated share"),
    "starts_on": _l("First day of erection"),
    "ends_on": _l("Last day of erection"),
    "file": _l("Parts list"),
    "model_origin": _l("Factory of a building model's pieces"),
    "model_deliver_by": _l("Needed on site by"),
    "early_days": _l("Days a piece may wait on site"),
    "spare_tractors": _l("Spare tractors with passes"),
    "paper_days": _l("Shortest term of the vehicles' papers"),
}
_SHOWN_LOADS = 25


@blueprint.get("/projects")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def index() -> str:
    """List the projects that the reader may see."""
    projects = list_projects(current_services().unit_of_work, actor=current_actor())
    return render_template("factory/projects.html", projects=projects)


@blueprint.get("/projects/new")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def new() -> str:
    """Show the form of a new project."""
    return _form({})


@blueprint.post("/projects/new")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def create() -> Response | tuple[str, int]:
    """Keep a new project."""
    return _save(Project("", "", "", "", "", ""))


@blueprint.get("/projects/<project_id>/edit")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def edit(project_id: str) -> str:
    """Show a project to change."""
    project = _open(project_id)
    return _form(_values(project), project_id=project_id)


@blueprint.post("/projects/<project_id>/edit")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def change(project_id: str) -> Response | tuple[str, int]:
    """Change a project, if nobody else did since the form was opened."""
    version = Fields(request.form).whole_number("expected_version", least=1, most=10**9)
    return _save(replace(_open(project_id), version=version))


@blueprint.get("/projects/<project_id>")
@for_role(Role.FACTORY, Role.HOUSING_OFFICER)
def show(project_id: str) -> str:
    """Show a project with its parts list, the answers, and the load plan."""
    return project_page(project_id)


def project_page(
    project_id: str,
    faults: tuple[FieldFault, ...] = (),
    values: Mapping[str, Any] | None = None,
) -> str:
    """Return the page of a project, with the faults of a file that was refused."""
    services, actor = current_services(), current_actor()
    project, parts, result = open_project(services.unit_of_work, actor=actor, project_id=project_id)
    families = families_of(parts.parts, services.catalogue.components) if parts else ()
    return render_template(
        "factory/project.html",
        project=project,
        mine=project.organisation_id == actor.organisation_id,
        parts=parts,
        families={one.code: one for one in families},
        result=result,
        loads=result.plan.loads[:_SHOWN_LOADS] if result else (),
        units={**services.catalogue.tractors, **services.catalogue.trailers}
        | {**services.catalogue.trucks, **services.catalogue.jeeps},
        columns=(REQUIRED, OPTIONAL),
        faults=faults,
        labels=LABELS,
        values={"early_days": "5", "spare_tractors": "0", **(values or {})},
    )


def _open(project_id: str) -> Project:
    unit_of_work = current_services().unit_of_work
    return open_project(unit_of_work, actor=current_actor(), project_id=project_id)[0]


def _save(before: Project) -> Response | tuple[str, int]:
    services = current_services()
    try:
        saved = save_project(
            services.unit_of_work,
            actor=current_actor(),
            project=_read(request.form, before),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _form(request.form, wrong.faults, before.id), 422
    except ConflictError as conflict:
        current = {**request.form, "expected_version": _open(before.id).version}
        return _form(current, (), before.id, str(conflict)), 409
    flash(gettext("Project %(name)s is kept.", name=saved.name))
    return redirect(url_for("projects.show", project_id=saved.id))


def _read(form: Mapping[str, str], before: Project) -> Project:
    fields = Fields(form)
    read = replace(
        before,
        name=fields.text("name", longest=80),
        site=fields.text("site", longest=80),
        admin_code=fields.text("admin_code", longest=6),
        structure=fields.choice("structure", StructureKind),
        government_invested=fields.ticked("government_invested"),
        demonstration=fields.ticked("demonstration"),
        floor_area_m2=fields.optional_number("floor_area_m2", least=1, most=10_000_000),
        prefabricated_pct=fields.optional_number("prefabricated_pct", least=0, most=100),
        starts_on=fields.day("starts_on", required=False),
        ends_on=fields.day("ends_on", required=False),
    )
    if read.admin_code and read.admin_code not in dict(area_choices()):
        fields.refuse("admin_code", "is no area", "not_a_choice", given=read.admin_code)
    fields.check()
    return read


def _values(project: Project) -> dict[str, Any]:
    plain = {name: getattr(project, name) for name in LABELS if hasattr(project, name)}
    days = {
        name: plain[name].isoformat() if plain[name] else "" for name in ("starts_on", "ends_on")
    }
    return {**plain, **days, "expected_version": project.version}


def _form(
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...] = (),
    project_id: str = "",
    conflict: str = "",
) -> str:
    return render_template(
        "factory/project_form.html",
        values=values,
        faults=faults,
        conflict=conflict,
        project_id=project_id,
        labels=LABELS,
        areas=area_choices(),
        structures=[(one.value, say("structure_kind", one)) for one in StructureKind],
        places=[place.name for place in current_services().network().places],
    )
