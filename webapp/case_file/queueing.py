"""The queue of an office: its own acts, overdue first, searched, filtered and paged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.people import Actor
from transport.permits.acts import may_act
from transport.permits.case import Case
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState
from transport.services.claiming_acts import stood_in_for
from transport.services.stepping import day_of
from transport.services.viewing_cases import ActView, list_cases, view_acts
from webapp.access import current_actor, current_services
from webapp.wording import WORDS

_DONE = FINAL_STATES | IN_FORCE | {ActState.EXPIRED}
_WARNING = timedelta(days=2)
PAGE_SIZE = 50


class Show(StrEnum):
    """Which open acts to list."""

    EVERYTHING = ""
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    OURS = "ours"
    OVERDUE = "overdue"
    SOON = "soon"


SHOWN: tuple[tuple[str, LazyString], ...] = (
    (Show.MINE.value, _l("Mine")),
    (Show.UNCLAIMED.value, _l("Nobody works on it")),
    (Show.OURS.value, _l("Waits for our office")),
    (Show.OVERDUE.value, _l("Overdue")),
    (Show.SOON.value, _l("Due within two days")),
)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One act of the office on one case; `age_days` counts calendar days since submission."""

    case: Case
    view: ActView
    age_days: int | None
    due: date | None
    waits_for_us: bool
    due_soon: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing more happens on this act by itself."""
        return self.view.act.state in _DONE

    @property
    def officer(self) -> str:
        """Name of the officer who works on it, empty where nobody does."""
        claimed = self.view.act.claimed_by
        return claimed.name if claimed else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked the queue for."""

    text: str
    show: str
    state: str
    page: int


def queue_page(title: LazyString, lead: LazyString) -> str:
    """Show the queue of the actor's office."""
    services, actor = current_services(), current_actor()
    today = day_of(services.clock.now())
    wanted = _wanted()
    entries = [
        _line(case, view, actor, today)
        for case in list_cases(services.unit_of_work, actor=actor)
        for view in view_acts(case, services.calendar, actor=actor, today=today)
        if may_act(view.act, actor)
    ]
    open_acts = [one for one in entries if not one.is_done]
    me = stood_in_for(services.unit_of_work, actor=actor, day=today) | {actor.user_id}
    waiting = sorted((one for one in open_acts if _fits(one, wanted, me)), key=_urgency)
    first = (wanted.page - 1) * PAGE_SIZE
    return render_template(
        "case_file/queue.html",
        title=title,
        lead=lead,
        waiting=waiting[first : first + PAGE_SIZE],
        found=len(waiting),
        pages=max(1, -(-len(waiting) // PAGE_SIZE)),
        wanted=wanted,
        shown=SHOWN,
        states=_states(open_acts),
        load=_load(open_acts),
        soon=sum(one.due_soon for one in open_acts),
        overdue=sum(one.view.overdue for one in open_acts),
        done=[one for one in entries if one.is_done and _has_text(one, wanted.text)][:PAGE_SIZE],
        done_count=sum(one.is_done for one in entries),
    )


def _wanted() -> Wanted:
    given = request.args
    number = given.get("page", "1")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004 - no queue has so many pages
    return Wanted(
        text=given.get("q", "").strip()[:80],
        show=given.get("show", ""),
        state=given.get("state", ""),
        page=max(1, page),
    )


def _fits(line: QueueLine, wanted: Wanted, me: frozenset[str]) -> bool:
    claimed = line.view.act.claimed_by
    fits = {
        Show.MINE.value: claimed is not None and claimed.person_id in me,
        Show.UNCLAIMED.value: claimed is None,
        Show.OURS.value: line.waits_for_us,
        Show.OVERDUE.value: line.view.overdue,
        Show.SOON.value: line.due_soon,
    }
    in_state = not wanted.state or line.view.act.state.value == wanted.state
    return fits.get(wanted.show, True) and in_state and _has_text(line, wanted.text)


def _has_text(line: QueueLine, text: str) -> bool:
    application = line.case.application
    places = (
        *(line.case.number, line.case.official_number, line.case.organisation_name),
        *(application.cargo.name, application.vehicle.tractor_plate),
        *(application.vehicle.trailer_plate, application.itinerary.origin),
        *(application.itinerary.destination, line.officer),
    )
    return text.casefold() in "\n".join(places).casefold()


def _states(entries: Sequence[QueueLine]) -> list[tuple[str, LazyString]]:
    there = {one.view.act.state.value for one in entries}
    return [(word, text) for word, text in WORDS["act_state"].items() if word in there]


def _load(entries: Sequence[QueueLine]) -> list[tuple[str, int]]:
    """Return how many open acts each officer works on, most first; nobody's are named ''."""
    return sorted(Counter(one.officer for one in entries).items(), key=lambda one: -one[1])


def _line(case: Case, view: ActView, actor: Actor, today: date) -> QueueLine:
    clock = view.act.clock
    due = view.promised_due or view.statutory_due if clock.accepted_on else view.answer_due
    return QueueLine(
        case=case,
        view=view,
        age_days=(today - clock.submitted_on).days if clock.submitted_on else None,
        due=due,
        waits_for_us=view.held_by == actor.organisation_name,
        due_soon=due is not None and not view.overdue and due - today <= _WARNING,
    )


def _urgency(line: QueueLine) -> tuple[bool, bool, date, int]:
    return (
        not line.view.overdue,
        not line.waits_for_us,
        line.due or date.max,
        -(line.age_days or 0),
    )
