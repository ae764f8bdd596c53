"""Statistics of an office from its acts and the audit trail; an office sees its own figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.acts import Act, as_of
from transport.permits.case import Case
from transport.permits.states import LICENCES, OPINIONS
from transport.permits.statistics import (
    ActRecord,
    Moment,
    OfficeStatistics,
    SurveyBacklog,
    office_statistics,
)
from transport.services.audit_trail import AuditEvent
from transport.services.days import day_of
from transport.services.ports import UnitOfWorkFactory
from transport.working_days import WorkingCalendar

_OFFICES = frozenset({Role.TRANSPORT, Role.POLICE, Role.MUNICIPAL})


def count_steps(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    *,
    actor: Actor,
    days: tuple[date, date],
    now: datetime,
) -> OfficeStatistics:
    """Return the figures of the actor's office for the acts received within `days`.

    The cut-off is `now`: what happens later is not in them. Raises InvalidInputError on `last`
    where the days lie the wrong way round.
    """
    if actor.role not in _OFFICES:
        raise StepNotAllowedError("an office sees its own statistics", "other_role")
    first, last = days
    if last < first:
        raise InvalidInputError([FieldFault("last", "lies before the first day", "day_order")])
    today, office = day_of(now), actor.organisation_id
    with unit_of_work(read_only=True) as work:
        acts = [
            (number, act)
            for number, act in work.cases.acts_of_office(office)
            if act.kind in (*LICENCES, *OPINIONS) and _received(act, first, last)
        ]
        events = work.audit.of_subjects({number for number, _ in acts})
        waiting = work.cases.open_for_office(office) if actor.role is Role.TRANSPORT else None
    steps: dict[str, list[Moment]] = {}
    for one in events:
        steps.setdefault(one.event.act_id, []).append(_moment(one))
    records = [
        ActRecord(as_of(act, today, calendar), tuple(steps.get(act.id, ()))) for _, act in acts
    ]
    return office_statistics(
        records,
        calendar,
        days=days,
        cut_off=today,
        surveys=None if waiting is None else _backlog(waiting, office, today),
    )


def _received(act: Act, first: date, last: date) -> bool:
    received = act.clock.submitted_on
    return received is not None and first <= received <= last


def _moment(one: AuditEvent) -> Moment:
    event = one.event
    ground = event.details.get("ground", "")
    return Moment(
        step=event.step,
        day=day_of(event.at),
        actor_id=event.actor_id,
        reason=event.reason,
        grounds=(ground,) if ground else (),
    )


def _backlog(cases: Iterable[Case], office: str, today: date) -> SurveyBacklog:
    """Count the places of routes that nobody has surveyed, over the open cases of an office."""
    places: set[str] = set()
    oldest: list[date] = []
    count = 0
    for case in cases:
        highway = case.highway_permit
        if highway is None or highway.authority.organisation_id != office:
            continue
        if highway.clock.decided_on is not None:
            continue
        asked = [one for one in case.application.route.contract.get("unknowns", ()) if one]
        if not asked:
            continue
        count += 1
        places |= {str(one.get("structure") or one.get("edge") or one.get("at")) for one in asked}
        if highway.clock.submitted_on is not None:
            oldest.append(highway.clock.submitted_on)
    days = (today - min(oldest)).days if oldest else None
    return SurveyBacklog(places=len(places), cases=count, oldest_days=days)
