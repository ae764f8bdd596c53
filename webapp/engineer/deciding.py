"""One place of a route: effects against limits along the span, and the engineer's decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.words import Result
from transport.permits.case import Case
from transport.services.convening_panels import panels_of
from transport.services.engineering_desk import (
    CROSSING_CONDITIONS,
    Asked,
    Ground,
    bridge_view,
    check_at,
    decide,
    decisions_at,
    measured_at,
    place_of,
)
from transport.services.evaluating_routes import train_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import case_of, evaluated, ground
from webapp.engineer.panel_words import LAPSES, VERDICTS
from webapp.engineer.plotting import plots_of
from webapp.fields import Fields

blueprint = Blueprint("engineer_deciding", __name__)
_HALF_A_YEAR = timedelta(days=182)
LABELS = {
    "result": _l("Result of the full check"),
    "reason": _l("Reason"),
    "valid_until": _l("Holds until"),
    "conditions": _l("Conditions"),
}


@blueprint.get("/engineer/<number>/<check>/<path:element>")
@for_role(Role.TRANSPORT_OFFICER)
def place(number: str, check: str, element: str) -> str:
    """Show one place with everything its verdict rests on."""
    case, on = case_of(number), ground()
    day = on.day + _HALF_A_YEAR
    values = {"valid_until": day.isoformat(), "result": str(Result.PASS_WITH_MEASURES)}
    return _page(case, on, _found(case, on, element, check), (), values)


@blueprint.post("/engineer/<number>/<check>/<path:element>")
@for_role(Role.TRANSPORT_OFFICER)
def sign(number: str, check: str, element: str) -> Response | tuple[str, int]:
    """Sign the decision on a place."""
    services, case, on = current_services(), case_of(number), ground()
    finding = _found(case, on, element, check)
    fields = Fields(request.form)
    result = fields.choice("result", Result)
    reason = fields.text("reason", longest=2000)
    until = fields.day("valid_until")
    chosen = [code for code in CROSSING_CONDITIONS if code in request.form.getlist("conditions")]
    view = bridge_view(case, on, element)
    try:
        fields.check()
        decide(
            services.unit_of_work,
            on,
            actor=current_actor(),
            case=case,
            finding=finding,
            site=view.site if view else place_of(finding),
            asked=Asked(result, reason, until or on.day, chosen),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(case, on, finding, wrong.faults, request.form), 422
    flash(gettext("The decision on %(name)s is signed.", name=finding.name))
    return redirect(url_for("engineer_evaluating.evaluation", number=number))


def _found(case: Case, on: Ground, element: str, check: str) -> PassageCheck:
    found = check_at(evaluated(case, on), element, check)
    if found is None:
        raise NotFoundError(f"case {case.number} has no check {check} at {element}")
    return found


def _page(
    case: Case,
    on: Ground,
    finding: PassageCheck,
    faults: tuple[FieldFault, ...],
    values: Mapping[str, Any],
) -> str:
    view = bridge_view(case, on, finding.element)
    site = view.site if view else place_of(finding)
    spans = view.site.value("spans_m") if view else None
    return render_template(
        "engineer/place.html",
        case=case,
        finding=finding,
        surveyed={task.element for task in evaluated(case, on).surveys},
        plots=plots_of(view.lines, spans) if view and spans else [],
        site=view.site if view else None,
        lapses=LAPSES,
        verdicts=VERDICTS,
        panels=[
            one
            for one in panels_of(
                current_services().unit_of_work, actor=current_actor(), number=case.number
            )
            if one.outcome is not None
        ],
        standings=decisions_at(case, on, finding, site),
        measured=measured_at(on, finding.element),
        axles=train_of(case.application.transport, on.tables, on.law, on.day).axles,
        faults=faults,
        values=values,
        labels=LABELS,
        conditions=CROSSING_CONDITIONS,
        today=on.day,
    )
