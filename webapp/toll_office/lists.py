"""Project lists: trucks that carry for a project without needing a pass."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.relief.project_lists import ListEntry
from transport.services.keeping_lists import add_entry, end_entry, list_entries
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields
from webapp.page_context import menu_entry
from webapp.relief_wording import kind_name
from webapp.toll_choices import today
from webapp.toll_office.row_forms import step_on_row, version_of
from webapp.toll_office.scope_words import component_kinds

blueprint = Blueprint("toll_lists", __name__)
NAVIGATION = (menu_entry("toll_lists.show", _l("Project lists"), Role.TOLL_OFFICER, order=35),)
LABELS = {
    "project": _l("Project"),
    "tractor_plate": _l("Tractor plate"),
    "first_day": _l("First day"),
    "last_day": _l("Last day"),
    "component_kinds": _l("Kinds of components"),
    "basis": _l("Document that says so"),
}


@blueprint.get("/toll-office/lists")
@for_role(Role.TOLL_OFFICER)
def show() -> str:
    """Show the lists, and the form for another truck."""
    return _page(())


@blueprint.post("/toll-office/lists")
@for_role(Role.TOLL_OFFICER)
def enter() -> Response | tuple[str, int]:
    """Put a truck on a project's list."""
    services, fields = current_services(), Fields(request.form)
    first, last = fields.day("first_day"), fields.day("last_day")
    entry = ListEntry(
        id="",
        project=fields.text("project"),
        tractor_plate=fields.text("tractor_plate", longest=20),
        first_day=first or date.min,
        last_day=last or date.max,
        basis=fields.text("basis"),
        component_kinds=component_kinds(fields),
    )
    try:
        fields.check()
        add_entry(
            services.unit_of_work, actor=current_actor(), entry=entry, now=services.clock.now()
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    return redirect(url_for("toll_lists.show"))


@blueprint.post("/toll-office/lists/<entry_id>/end")
@for_role(Role.TOLL_OFFICER)
def end(entry_id: str) -> Response | tuple[str, int]:
    """Let an entry end earlier."""
    services, fields = current_services(), Fields(request.form)
    last_day, version = fields.day("last_day"), version_of(fields)

    def step() -> None:
        end_entry(
            services.unit_of_work,
            actor=current_actor(),
            entry_id=entry_id,
            expected_version=version,
            last_day=last_day or today(),
            now=services.clock.now(),
        )

    return step_on_row(fields, step, _page, field="last_day", back=url_for("toll_lists.show"))


def _page(faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "toll_office/lists.html",
        entries=list_entries(current_services().unit_of_work),
        kind_name=kind_name,
        today=today(),
        faults=faults,
        values=request.form,
        labels=LABELS,
    )
