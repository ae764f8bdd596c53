"""The queue of an office: its own acts, overdue first, then by the day they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel.speaklater import LazyString

from transport.people import Actor
from transport.permits.acts import may_act
from transport.permits.case import Case
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState
from transport.services.stepping import day_of
from transport.services.viewing_cases import ActView, list_cases, view_acts
from webapp.access import current_actor, current_services

_DONE = FINAL_STATES | IN_FORCE | {ActState.EXPIRED}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One act of the office on one case; `age_days` counts calendar days since submission."""

    case: Case
    view: ActView
    age_days: int | None
    due: date | None
    waits_for_us: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing more happens on this act by itself."""
        return self.view.act.state in _DONE


def queue_page(title: LazyString, lead: LazyString) -> str:
    """Show the queue of the actor's office."""
    services, actor = current_services(), current_actor()
    today = day_of(services.clock.now())
    cases = list_cases(services.unit_of_work, actor=actor)
    calendar = services.calendar
    entries = [
        _line(case, view, actor, today)
        for case in cases
        for view in view_acts(case, calendar, actor=actor, today=today)
        if may_act(view.act, actor)
    ]
    return render_template(
        "case_file/queue.html",
        title=title,
        lead=lead,
        waiting=sorted((one for one in entries if not one.is_done), key=_urgency),
        done=[one for one in entries if one.is_done],
    )


def _line(case: Case, view: ActView, actor: Actor, today: date) -> QueueLine:
    clock = view.act.clock
    due = view.promised_due or view.statutory_due if clock.accepted_on else view.answer_due
    return QueueLine(
        case=case,
        view=view,
        age_days=(today - clock.submitted_on).days if clock.submitted_on else None,
        due=due,
        waits_for_us=view.held_by == actor.organisation_name,
    )


def _urgency(line: QueueLine) -> tuple[bool, bool, date, int]:
    return (
        not line.view.overdue,
        not line.waits_for_us,
        line.due or date.max,
        -(line.age_days or 0),
    )
