"""Reminders: limits that come near, papers that expire, passes that end; each told once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from transport.people import Organisation, OrganisationState, Role, User, actor_of
from transport.permits.crew import crew_papers_ending
from transport.permits.notices import NoticeKind
from transport.permits.states import IN_FORCE, LICENCES, OPINIONS, ActKind, ActState
from transport.regulations.law import Law
from transport.services.audit_trail import BY_LAW_ACTOR
from transport.services.days import day_of
from transport.services.keeping_vehicles import temporary_plate_days
from transport.services.notifying import Occasion, notify
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.viewing_cases import view_acts
from transport.vehicles.vehicle_papers import expiring_papers
from transport.working_days import WorkingCalendar

# Days before a limit or the end of a pass on which the one who has to act is told.
DEADLINE_DAYS = 2
PASS_DAYS = 15
_OFFICES = (Role.TRANSPORT, Role.POLICE, Role.MUNICIPAL)


def remind(
    unit_of_work: UnitOfWorkFactory, law: Law, calendar: WorkingCalendar, now: datetime
) -> int:
    """Write the reminders of a day; return how many are new. One office is one transaction."""
    with unit_of_work(read_only=True) as work:
        approved = OrganisationState.APPROVED
        offices = [
            one for role in _OFFICES for one in work.organisations.listed(role=role, state=approved)
        ]
        carriers = work.organisations.listed(role=Role.CARRIER, state=approved)
    written = 0
    for one in offices:
        with unit_of_work() as work:
            written += _deadlines(work, one, calendar, now)
            work.commit()
    for one in carriers:
        with unit_of_work() as work:
            written += _papers(work, one, law, now) + _passes(work, one, now)
            work.commit()
    return written


def _deadlines(
    work: UnitOfWork, office: Organisation, calendar: WorkingCalendar, now: datetime
) -> int:
    """Tell an office of its acts whose limit is near or over, once a limit."""
    actor = actor_of(User("", "", "", office.id, ""), office)
    today, written = day_of(now), 0
    for case in work.cases.open_for_office(office.id):
        for seen in view_acts(case, calendar, actor=actor, today=today):
            act, due = seen.act, seen.answer_due or seen.statutory_due
            waits = act.kind in (*LICENCES, *OPINIONS) and act.clock.decided_on is None
            if not waits or not seen.held_by or act.authority.organisation_id != office.id:
                continue
            if act.state is ActState.SUPPLEMENT_REQUESTED or due is None:
                continue
            if (due - today).days <= DEADLINE_DAYS:
                key = f"deadline:{act.id}:{due}"
                occasion = Occasion(case.number, act, last_day=str(due), key=key)
                written += _told(work, office.id, NoticeKind.DEADLINE_NEAR, occasion, now)
    return written


def _papers(work: UnitOfWork, carrier: Organisation, law: Law, now: datetime) -> int:
    """Tell a carrier of papers of vehicles, drivers and escort companies that end, once each."""
    today = day_of(now)
    days = temporary_plate_days(law, today)
    ending: list[tuple[str, str, str, date]] = [
        (vehicle.id, vehicle.name, paper.kind.value, last)
        for vehicle in work.vehicles.of_organisation(carrier.id)
        for paper, last in expiring_papers(vehicle.papers, today, days)
    ]
    ending += [
        (member.id, member.name, paper.kind, last)
        for member, paper, last in crew_papers_ending(work.crew.of_organisation(carrier.id), today)
    ]
    written = 0
    for owner, name, kind, last in ending:
        key = f"paper:{owner}:{kind}:{last}"
        occasion = Occasion(subject=name, text=kind, last_day=str(last), key=key)
        written += _told(work, carrier.id, NoticeKind.PAPER_EXPIRES, occasion, now)
    return written


def _passes(work: UnitOfWork, carrier: Organisation, now: datetime) -> int:
    """Tell a carrier of passes that end, in time to renew them."""
    today, written = day_of(now), 0
    until = today + timedelta(days=PASS_DAYS)
    for case in work.cases.with_pass_ending(carrier.id, today, until):
        for act in case.of_kind(ActKind.HIGHWAY_PERMIT):
            last = act.valid_until
            if act.state in IN_FORCE and last is not None and today <= last <= until:
                key = f"pass:{act.id}:{last}"
                occasion = Occasion(case.number, act, last_day=str(last), key=key)
                written += _told(work, carrier.id, NoticeKind.PASS_ENDS, occasion, now)
    return written


def _told(
    work: UnitOfWork, organisation_id: str, kind: NoticeKind, occasion: Occasion, now: datetime
) -> bool:
    return notify(work, organisation_id, kind, occasion, by=BY_LAW_ACTOR.name, now=now)
