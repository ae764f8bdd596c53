"""Renew a pass before it ends: the same transport again, with the papers that are still valid."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.services.renewing import begin_renewal
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.draft_application import reassess

blueprint = Blueprint("renewing", __name__)


@blueprint.post("/carrier/cases/<number>/renew")
@for_role(Role.CARRIER)
def begin(number: str) -> Response:
    """Open the draft of the renewal."""
    services = current_services()
    case = begin_renewal(
        services.unit_of_work,
        services.law,
        actor=current_actor(),
        number=number,
        now=services.clock.now(),
        reassess=lambda application: reassess(application, services),
    )
    flash(
        gettext(
            "This draft renews case %(number)s from the day after its pass ends. Check the days.",
            number=number,
        )
    )
    return redirect(url_for("applying.overview", number=case.number))
