"""What was measured on site at one place of a route: it counts at once and for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.evaluation.passage.facts import CHOICES, DAYS, FLAGS, LISTS, TEXTS, wrong_value
from transport.evaluation.passage.findings import SurveyTask
from transport.permits.case import Case
from transport.services.engineering_desk import (
    Ground,
    Measured,
    bearings_at,
    keep_measurements,
    task_at,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import case_of, evaluated, ground, uploaded
from webapp.fields import Fields

blueprint = Blueprint("engineer_surveying", __name__)
_HOLDS = timedelta(days=365)
_YES, _NO = {"yes", "是", "true"}, {"no", "否", "false"}
# Facts that are told in words.
_WORDS = TEXTS | DAYS | CHOICES.keys()
_BASES = {"granular": _l("stabilised gravel"), "soil": _l("stabilised soil")}
LABELS = {
    "measured_by": _l("Measured by"),
    "measured_on": _l("Measured on"),
    "valid_until": _l("Holds until"),
    "pictures": _l("Photographs"),
    "photo": _l("Number of the survey sheet"),
    "measure": _l("Improvement made before"),
}


@blueprint.get("/engineer/<number>/survey/<path:element>")
@for_role(Role.TRANSPORT_OFFICER)
def form(number: str, element: str) -> str:
    """Ask for what is missing at a place."""
    case, on = case_of(number), ground()
    bearings = bearings_at(on.network, element)
    values = {
        "arm_bearings_deg": "; ".join(f"{one:g}" for one in bearings),
        "measured_by": current_actor().name,
        "measured_on": on.day.isoformat(),
        "valid_until": (on.day + _HOLDS).isoformat(),
    }
    return _page(case, _task(case, on, element), (), values)


@blueprint.post("/engineer/<number>/survey/<path:element>")
@for_role(Role.TRANSPORT_OFFICER)
def keep(number: str, element: str) -> Response | tuple[str, int]:
    """Keep what was measured."""
    services, case, on = current_services(), case_of(number), ground()
    task = _task(case, on, element)
    fields = Fields(request.form)
    by = fields.text("measured_by")
    measured_on, until = fields.day("measured_on"), fields.day("valid_until")
    photo = fields.text("photo", required=False)
    measure = fields.text("measure", required=False)
    values = _values(fields, task)
    try:
        fields.check()
        pictures = tuple(one.digest for one in uploaded("pictures", pictures_only=True))
        keep_measurements(
            services.unit_of_work,
            on,
            actor=current_actor(),
            case=case,
            element=element,
            found=Measured(
                values, by, measured_on or on.day, until or on.day, photo, measure, pictures
            ),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(case, task, wrong.faults, request.form), 422
    flash(gettext("The measurements at %(name)s are kept.", name=task.name))
    return redirect(url_for("engineer_evaluating.evaluation", number=number))


def _values(fields: Fields, task: SurveyTask) -> dict[str, Any]:
    """Read the filled fields of a task: numbers, yes or no, numbers joined by `;`, or words."""
    found: dict[str, Any] = {}
    for name in task.missing:
        text = fields.text(name, required=False)
        if not text:
            continue
        try:
            found[name] = text if name in _WORDS else _value(name, text)
            wrong = wrong_value(name, found[name])
            if wrong:
                fields.refuse(name, wrong, _code(name), given=text)
        except ValueError:
            fields.refuse(name, f"'{text}' is not a number", _code(name), given=text)
    if set(found) <= {"arm_bearings_deg"} and not fields.faults and task.missing:
        fields.refuse(task.missing[0], "is required", "required")
    return found


def _choices() -> dict[str, list[tuple[str, Any]]]:
    """Return the words a fact may have with how they are said."""
    found: dict[str, list[tuple[str, Any]]] = {
        name: [(one, one) for one in words] for name, words in CHOICES.items()
    }
    found["base_kind"] = [(one, _BASES[one]) for one in CHOICES["base_kind"]]
    return found


def _code(name: str) -> str:
    if name in DAYS:
        return "not_a_day"
    return "not_a_choice" if name in CHOICES or name in FLAGS else "not_a_number"


def _value(name: str, text: str) -> Any:
    if text.lower() in _YES or text.lower() in _NO:
        return text.lower() in _YES
    parts = text.replace("；", ";").split(";")
    numbers = [float(part) for part in parts]
    return numbers if name in LISTS or len(numbers) > 1 else numbers[0]


def _task(case: Case, on: Ground, element: str) -> SurveyTask:
    found = task_at(evaluated(case, on), element)
    if found is None:
        raise NotFoundError(f"nothing is to be surveyed at {element} for case {case.number}")
    return found


def _page(
    case: Case, task: SurveyTask, faults: tuple[FieldFault, ...], values: Mapping[str, Any]
) -> str:
    return render_template(
        "engineer/survey.html",
        case=case,
        task=task,
        faults=faults,
        values=values,
        labels=LABELS,
        kinds={"days": DAYS, "flags": FLAGS, "choices": _choices(), "texts": TEXTS, "lists": LISTS},
    )
