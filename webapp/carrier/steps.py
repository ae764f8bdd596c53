"""What the steps of a draft share: the case opened, a change kept, the versions watched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.permits.application import Application
from transport.permits.case import Case
from transport.services.applying import change_application
from webapp.access import current_actor, current_services
from webapp.case_file.opening import opened

Page = Callable[[Case, Mapping[str, Any], tuple[FieldFault, ...], str], str]
Answer = Response | str | tuple[str, int]

# The steps in their order: endpoint and label.
STEPS = (
    ("drafting.cargo", _l("Cargo")),
    ("drafting.vehicle", _l("Vehicle")),
    ("drafting.journey", _l("Way and days")),
    ("choosing_route.form", _l("Route")),
    ("handing_in.documents", _l("Documents")),
    ("handing_in.check", _l("Check")),
)
_STEP_OF = {
    "cargo": "drafting.cargo",
    "vehicle": "drafting.vehicle",
    "transport": "drafting.vehicle",
    "itinerary": "drafting.journey",
    "travel": "drafting.journey",
    "contact": "drafting.journey",
    "route": "choosing_route.form",
    "documents": "handing_in.documents",
}
_NEWEST = 10**9


def seen_version() -> int:
    """Return the version that the form was made from; one that never was if it names none."""
    given = request.form.get("expected_version", "")
    return min(int(given), _NEWEST) if given.isascii() and given.isdecimal() else 0


def show_step(number: str, page: Page, values: Callable[[Case], Mapping[str, Any]]) -> Answer:
    """Show a step of a draft; a submitted case shows its overview instead."""
    case = opened(number).case
    if not case.is_draft:
        return redirect(url_for("applying.overview", number=number))
    return page(case, values(case), (), "")


def keep_step(
    number: str, page: Page, change: Callable[[Application], Application], *, then: str
) -> Answer:
    """Change the draft as a form says; on a fault or a conflict show what was typed again."""
    services = current_services()
    case = opened(number).case
    try:
        change_application(
            services.unit_of_work,
            services.law,
            actor=current_actor(),
            number=number,
            application=change(case.application),
            expected_version=seen_version(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return page(case, request.form, wrong.faults, ""), 422
    except ConflictError as conflict:
        return page(opened(number).case, request.form, (), str(conflict)), 409
    return redirect(url_for(then, number=number))


def step_of(field: str) -> str:
    """Return the endpoint of the step where a field of the application is mended."""
    return _STEP_OF.get(field.partition(".")[0], "handing_in.check")


def step_labels() -> list[str]:
    """Return the labels of the steps."""
    return [str(label) for _, label in STEPS]
