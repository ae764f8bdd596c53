"""Organisations: approve or reject firms, make offices."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.people import Role as OrganisationRole
from transport.services.registering import create_organisation, decide_registration
from webapp.access import Role, current_actor, current_services, for_role
from webapp.area_names import area_choices
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("organisations", __name__)

LABELS = {
    "name": _l("Name"),
    "role": _l("Role"),
    "admin_code": _l("Area"),
}


@blueprint.get("/admin/organisations")
@for_role(Role.ADMINISTRATOR)
def listed() -> str:
    """List firms and offices with the form for a new one."""
    return _page(())


@blueprint.post("/admin/organisations")
@for_role(Role.ADMINISTRATOR)
def create() -> Response | tuple[str, int]:
    """Make an organisation that may act at once."""
    services = current_services()
    fields = Fields(request.form)
    try:
        name = fields.text("name", longest=100)
        role = fields.choice("role", OrganisationRole)
        fields.check()
        created = create_organisation(
            services.unit_of_work,
            created_by=current_actor().name,
            name=name,
            role=role,
            admin_code=request.form.get("admin_code", ""),
            small_office=fields.ticked("small_office"),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        return _page((FieldFault("name", "is taken", "name_taken"),)), 409
    flash(gettext("%(name)s is created.", name=created.name))
    return redirect(url_for("organisations.listed"))


@blueprint.post("/admin/organisations/<organisation_id>/decision")
@for_role(Role.ADMINISTRATOR)
def decide(organisation_id: str) -> Response:
    """Approve or reject a firm that waits."""
    services = current_services()
    fields = Fields(request.form)
    version = fields.whole_number("version", least=1, most=10**9)
    answer = fields.text("answer")
    if answer not in {"approve", "reject"}:
        fields.refuse("answer", "must be approve or reject", "not_a_choice", given=answer)
    fields.check()
    organisation = decide_registration(
        services.unit_of_work,
        actor=current_actor(),
        organisation_id=organisation_id,
        approve=answer == "approve",
        expected_version=version,
        now=services.clock.now(),
    )
    if answer == "approve":
        flash(gettext("%(name)s is approved.", name=organisation.name))
    else:
        flash(gettext("%(name)s is rejected.", name=organisation.name))
    return redirect(url_for("organisations.listed"))


def _page(faults: tuple[FieldFault, ...]) -> str:
    with current_services().unit_of_work(read_only=True) as work:
        organisations = work.organisations.listed()
    return render_template(
        "admin/organisations.html",
        organisations=organisations,
        faults=faults,
        values=request.form,
        labels=LABELS,
        roles=[(role, WORDS["role"][role]) for role in OrganisationRole],
        areas=area_choices(counties=True),
    )
