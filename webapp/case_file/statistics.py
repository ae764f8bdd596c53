"""Statistics of the actor's office: time to each step, automatic share, returns, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import InvalidInputError
from transport.permits.statistics import OfficeStatistics, Turn
from transport.services.counting_steps import count_steps
from transport.services.stepping import day_of
from webapp.access import current_actor, current_services, for_role
from webapp.case_file.stepping import OFFICES
from webapp.csv_files import csv_answer, harmless
from webapp.fields import Fields
from webapp.page_context import menu_entry
from webapp.wording import say

blueprint = Blueprint("office_statistics", __name__)
NAVIGATION = (menu_entry("office_statistics.shown", _l("Statistics"), *OFFICES, order=28),)
LABELS = {"first": _l("Received from"), "last": _l("until")}
STAGES = {
    "answer": _l("Receipt until acceptance or supplements"),
    "opinion": _l("Question until opinion"),
    "handle": _l("Acceptance until proposal"),
    "check": _l("Proposal until check"),
    "sign": _l("Check until signature"),
    "decide": _l("Acceptance until decision"),
    "issue": _l("Decision until pass"),
}
TURNS = {
    "supplement": _l("Supplements asked"),
    "not_accepted": _l("Not accepted"),
    "sent_back": _l("Sent back inside the office"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn by the applicant"),
}
_CODED = {Turn.NOT_ACCEPTED: "non_acceptance_ground", Turn.REFUSED: "refusal_ground"}
_COLUMNS = (
    *("table", "act", "item", "count", "median_days", "p90_days", "limit_days", "over"),
    *("received_from", "received_until", "cut_off"),
)
_SHOWN_REASONS = 10


@blueprint.get("/statistics")
@for_role(*OFFICES)
def shown() -> str | tuple[str, int]:
    """Show the figures of the office for the days asked, this year's by default."""
    try:
        found = _found()
    except InvalidInputError as wrong:
        return _page(None, wrong), 422
    return _page(found)


@blueprint.get("/statistics.csv")
@for_role(*OFFICES)
def exported() -> Response | tuple[str, int]:
    """Give out the same figures as a CSV file."""
    try:
        found = _found()
    except InvalidInputError as wrong:
        return _page(None, wrong), 422
    name = f"statistics-{found.first}-{found.last}.csv"
    return csv_answer(_COLUMNS, _rows(found), name)


def _found() -> OfficeStatistics:
    services, fields = current_services(), Fields(request.args)
    now = services.clock.now()
    first, last = (fields.day(name, required=False) for name in LABELS)
    fields.check()
    until = last or day_of(now)
    return count_steps(
        services.unit_of_work,
        services.calendar,
        actor=current_actor(),
        days=(first or date(until.year, 1, 1), until),
        now=now,
    )


def _reason(turn: Turn, reason: str) -> str:
    return say(_CODED[turn], reason) if turn in _CODED else reason


def _rows(found: OfficeStatistics) -> Iterator[tuple[object, ...]]:
    days = found.first.isoformat(), found.last.isoformat(), found.cut_off.isoformat()
    for one in found.counts:
        for item in ("received", "decided", "prepared", "taken", "accepted_by_law", "open"):
            over = one.open_over if item == "open" else ""
            yield "acts", one.kind, item, getattr(one, item), "", "", "", over, *days
    for time in found.times:
        limit = time.least_limit
        if limit != time.most_limit:
            limit_text: object = f"{time.least_limit}-{time.most_limit}"
        else:
            limit_text = "" if limit is None else limit
        middle = "" if time.median_days is None else time.median_days
        nine = "" if time.p90_days is None else time.p90_days
        yield "times", time.kind, time.stage, time.count, middle, nine, limit_text, time.over, *days
    for turn in found.turns:
        yield "turned", turn.kind, turn.turn, turn.count, "", "", "", "", *days
        for reason, count in turn.reasons:
            text = harmless(_reason(turn.turn, reason))
            yield f"reasons of {turn.turn}", turn.kind, text, count, "", "", "", "", *days
    if found.surveys:
        for item in ("places", "cases", "oldest_days"):
            count = getattr(found.surveys, item)
            told = "" if count is None else count
            yield "surveys", "", item, told, "", "", "", "", *days


def _page(found: OfficeStatistics | None, wrong: InvalidInputError | None = None) -> str:
    days = {"first": found.first.isoformat(), "last": found.last.isoformat()} if found else {}
    return render_template(
        "case_file/statistics.html",
        found=found,
        office=current_actor().organisation_name,
        at=current_services().clock.now(),
        faults=wrong.faults if wrong else (),
        values=days or request.args,
        labels=LABELS,
        stages=STAGES,
        turns=TURNS,
        reason=_reason,
        most=_SHOWN_REASONS,
    )
