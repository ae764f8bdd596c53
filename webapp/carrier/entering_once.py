"""Enter once: what the official platform asks, ready to copy, with what it would return first."""

from __future__ import annotations

import json

from flask import Blueprint, render_template

from transport.permits.precheck import precheck
from transport.services.stepping import day_of
from webapp.access import Role, current_services, for_role
from webapp.carrier.steps import step_of
from webapp.case_file.opening import opened

blueprint = Blueprint("entering_once", __name__)


@blueprint.get("/carrier/cases/<number>/enter-once")
@for_role(Role.CARRIER)
def show(number: str) -> str:
    """Show the fields of the official form in its order, and the files to upload."""
    services = current_services()
    seen = opened(number)
    today = day_of(services.clock.now())
    # The same list feeds the printed form and the workbook: nothing is worded twice.
    form = services.papers.application_form(seen.case, "json", today)
    return render_template(
        "carrier/enter_once.html",
        case=seen.case,
        view=seen,
        sections=json.loads(form.content),
        faults=[(one, step_of(one.field)) for one in precheck(seen.case.application, today)],
    )
