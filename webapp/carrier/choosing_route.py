"""The step in which the carrier chooses one of the planned routes, on list and map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application, digest_of
from transport.permits.case import Case
from transport.services.assessing_journeys import Assessment
from webapp.access import Role, current_services, for_role
from webapp.carrier.draft_application import assess, chosen_hour, with_route
from webapp.carrier.steps import Answer, keep_step, show_step, step_labels
from webapp.case_file.opening import opened
from webapp.map_data import map_of_plan
from webapp.plan_view import plan_words

blueprint = Blueprint("choosing_route", __name__)

_NO_PLAN: Mapping[str, Any] = {"routes": [], "blockers": [], "unlocking": [], "status": "unknown"}


@blueprint.get("/carrier/cases/<number>/route")
@for_role(Role.CARRIER)
def form(number: str) -> Answer:
    """Show the routes planned for the draft as it is now."""
    if not opened(number).case.application.itinerary.origin:
        return redirect(url_for("drafting.journey", number=number))
    return show_step(number, _page, _values)


@blueprint.post("/carrier/cases/<number>/route")
@for_role(Role.CARRIER)
def choose(number: str) -> Answer:
    """Keep the chosen route with law and network of today."""

    def change(before: Application) -> Application:
        given = request.form
        assessed = assess(before, current_services(), _avoided(given), given.get("leave_at"))
        digest = request.form.get("route", "")
        changed = with_route(before, assessed, digest) if assessed else None
        if changed is None:
            raise InvalidInputError([_fault(digest)])
        return changed

    return keep_step(number, _page, change, then="handing_in.documents")


@blueprint.get("/carrier/cases/<number>/route/map.json")
@for_role(Role.CARRIER)
def map_data(number: str) -> dict[str, Any]:
    """Answer with the planned routes for the map."""
    case = opened(number).case
    given = request.args
    assessed = assess(case.application, current_services(), _avoided(given), given.get("leave_at"))
    if assessed is None:
        return {"routes": [], "points": []}
    way = assessed.itinerary
    return map_of_plan(
        assessed.plan,
        origin=(way.origin, way.origin_at),
        destination=(way.destination, way.destination_at),
    )


def _fault(digest: str) -> FieldFault:
    if digest:
        return FieldFault("route", "is planned no more", "route_changed")
    return FieldFault("route", "must be chosen", "route_not_passable")


def _avoided(form: Mapping[str, str]) -> tuple[str, ...]:
    text = form.get("avoid", "")[:300].replace("，", ",").replace("、", ",")
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _values(case: Case) -> dict[str, Any]:
    return {
        "route": case.application.route.digest,
        "avoid": request.args.get("avoid", ""),
        "leave_at": request.args.get("leave_at", chosen_hour(case.application)),
    }


def _page(
    case: Case, values: Mapping[str, Any], faults: tuple[FieldFault, ...], conflict: str
) -> str:
    wishes = _avoided({"avoid": str(values.get("avoid") or "")})
    assessed: Assessment | None
    try:
        leave_at = str(values.get("leave_at") or "")
        assessed = assess(case.application, current_services(), wishes, leave_at)
    except InvalidInputError as wrong:
        faults = (*faults, *wrong.faults)
        assessed = assess(case.application, current_services(), leave_at="")
        values = {**values, "avoid": "", "leave_at": ""}
    plan: Mapping[str, Any] = assessed.plan if assessed else _NO_PLAN
    return render_template(
        "carrier/route_step.html",
        case=case,
        values=values,
        faults=faults,
        conflict=conflict,
        plan=plan,
        classification=assessed.classification if assessed else {"findings": []},
        digests=[digest_of(route) for route in plan["routes"]],
        step_labels=step_labels(),
        **plan_words(),
    )
