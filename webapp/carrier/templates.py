"""Templates of applications: kept from a case, started from the overview, thrown away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import ConflictError, InvalidInputError
from transport.services.applying import make_application
from transport.services.keeping_templates import drop_template, keep_template, open_template
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.draft_application import copied
from webapp.fault_messages import fault_text

blueprint = Blueprint("templates", __name__)
_LONGEST = 60


@blueprint.post("/carrier/cases/<number>/template")
@for_role(Role.CARRIER)
def keep(number: str) -> Response:
    """Keep what a case applies for as a template."""
    services, name = current_services(), request.form.get("name", "")[:_LONGEST]
    try:
        kept = keep_template(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            name=name,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        flash(" ".join(fault_text(one) for one in wrong.faults), "bad")
    except ConflictError:
        flash(gettext("Your firm has a template with this name already."), "bad")
    else:
        flash(gettext("The template %(name)s is kept.", name=kept.name), "good")
    return redirect(url_for("applying.overview", number=number))


@blueprint.post("/carrier/templates/<template_id>/start")
@for_role(Role.CARRIER)
def start(template_id: str) -> Response:
    """Open a draft from a template: classified and planned by today's law and network."""
    services, actor = current_services(), current_actor()
    template = open_template(services.unit_of_work, actor=actor, template_id=template_id)
    case = make_application(
        services.unit_of_work,
        services.law,
        actor=actor,
        application=copied(template.application, services),
        now=services.clock.now(),
    )
    flash(gettext("Started from the template %(name)s. Attach the papers.", name=template.name))
    return redirect(url_for("applying.overview", number=case.number))


@blueprint.post("/carrier/templates/<template_id>/remove")
@for_role(Role.CARRIER)
def remove(template_id: str) -> Response:
    """Throw a template away."""
    services = current_services()
    drop_template(services.unit_of_work, actor=current_actor(), template_id=template_id)
    flash(gettext("The template is gone. Applications started from it stay."))
    return redirect(url_for("carrier.index"))
