"""The queue of the engineer's desk: cases of the office, and what waits in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.errors import InvalidInputError, NotFoundError
from transport.evaluation.passage.findings import Passage, PassageCheck, SurveyTask
from transport.permits.case import Case
from transport.services.engineering_desk import Ground, waiting
from transport.services.viewing_cases import list_cases
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import evaluated, ground
from webapp.page_context import menu_entry

blueprint = Blueprint("engineer", __name__)
NAVIGATION = (
    menu_entry("engineer.queue", _l("Passage evaluation"), Role.TRANSPORT_OFFICER, order=20),
)
_MOST_CASES = 40
_MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A case with its evaluation, None where it was planned on another network."""

    case: Case
    passage: Passage | None
    checks: tuple[PassageCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place that waits, with all cases that wait for it; the check, or what is to be surveyed."""

    name: str
    case: Case
    cases: int
    check: PassageCheck | None = None
    task: SurveyTask | None = None


@blueprint.get("/engineer")
@for_role(Role.TRANSPORT_OFFICER)
def queue() -> str:
    """List the newest cases of the office with the state of their evaluation."""
    services = current_services()
    cases = list_cases(services.unit_of_work, actor=current_actor())[:_MOST_CASES]
    on: Ground | None
    try:
        on = ground()
    except NotFoundError:
        on = None
    lines = [_line(case, on) for case in cases]
    lines.sort(key=lambda line: -len(line.checks))
    checks, surveys = _places(lines)
    return render_template(
        "engineer/queue.html",
        lines=lines,
        checks=checks[:_MOST_PLACES],
        surveys=surveys[:_MOST_PLACES],
        more=max(len(checks) - _MOST_PLACES, 0) + max(len(surveys) - _MOST_PLACES, 0),
    )


def _line(case: Case, on: Ground | None) -> Line:
    try:
        passage = evaluated(case, on) if on else None
    except InvalidInputError:
        passage = None  # planned on another network: the case has to be planned again
    return Line(case, passage, tuple(waiting(passage)) if passage else ())


def _places(lines: list[Line]) -> tuple[list[Place], list[Place]]:
    """Return what waits place by place, what most cases wait for first."""
    checks: dict[tuple[str, str], Place] = {}
    surveys: dict[str, Place] = {}
    for line in lines:
        for one in line.checks:
            known = checks.get((one.element, one.check))
            count = known.cases + 1 if known else 1
            checks[one.element, one.check] = Place(one.name, line.case, count, check=one)
        for task in line.passage.surveys if line.passage else ():
            # A vehicle is another one in every case.
            key = task.element if task.kind != "vehicle" else f"vehicle {line.case.number}"
            found = surveys.get(key)
            count = found.cases + 1 if found else 1
            surveys[key] = Place(task.name, line.case, count, task=task)
    return _most_wanted(checks.values()), _most_wanted(surveys.values())


def _most_wanted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda one: -one.cases)
