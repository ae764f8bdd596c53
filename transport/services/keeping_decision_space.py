"""An office's decision space: rows entered, confirmed and ended, each step an audit event.

The rows are read back from the audit trail, so that nobody changes one without a trace. The system
prepares: people check and sign what it puts on file, and it is marked as prepared by rule. It takes
a decision only by a row whose automatic taking a third person signed after a shadow replay
(docs/decisions/014; `services.deciding_by_rule`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from transport.errors import (
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
    TransportError,
)
from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.decision import DecisionOutcome, Proposal, TimeWindow, TravelTerms
from transport.permits.decision_space import Facts, NotCovered, SpaceRow, check_row, covering
from transport.permits.states import ActState
from transport.regulations.law import Law
from transport.rules.conditions import conditions_for
from transport.services import reviewing
from transport.services.audit_trail import NewEvent, event_by
from transport.services.days import CHINA_TIME, day_of
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.replaying import Replay
from transport.services.stepping import StepRequest
from transport.working_days import WorkingCalendar

_ENTER, _CONFIRM, _END = "enter_space_row", "confirm_space_row", "end_space_row"
_AUTOMATIC, _BY_HAND = "switch_on_space_row", "switch_off_space_row"
_REPLAY = "replay_past_decisions"
_NUMBERS = ("height_m", "width_m", "length_m", "mass_t", "axle_t")
_TEXTS = ("id", "origin", "destination", "reason")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the system did with a case: the row it acted by, or why it went to the desk."""

    case_number: str
    row: str = ""
    left: str = ""


def space_of(unit_of_work: UnitOfWorkFactory, office_id: str) -> list[SpaceRow]:
    """Return the rows of an office, in the order they were entered."""
    with unit_of_work(read_only=True) as work:
        return _rows(work, office_id)


def enter_row(
    unit_of_work: UnitOfWorkFactory, row: SpaceRow, *, actor: Actor, now: datetime
) -> SpaceRow:
    """Enter a row; it counts once a second person confirms it."""
    _may_keep(actor)
    with unit_of_work() as work:
        row = replace(row, id=work.new_id(), entered_by=actor.name, entered_by_id=actor.user_id)
        check_row(row)
        _note(work, actor, _ENTER, _details(row), row.reason, now)
        work.commit()
    return row


def confirm_row(
    unit_of_work: UnitOfWorkFactory, row_id: str, *, actor: Actor, now: datetime
) -> None:
    """Put a row in force; never by the person who entered it."""
    _may_keep(actor)
    with unit_of_work() as work:
        row = _row(work, actor.organisation_id, row_id)
        if row.entered_by_id == actor.user_id:
            message = f"{actor.name} entered this row; a different person confirms it"
            raise StepNotAllowedError(message, "same_person_handled", name=actor.name)
        _note(work, actor, _CONFIRM, {"id": row_id}, "", now)
        work.commit()


def end_row(unit_of_work: UnitOfWorkFactory, row_id: str, *, actor: Actor, now: datetime) -> None:
    """End a row from today on; one person is enough to go back to the desk."""
    _may_keep(actor)
    with unit_of_work() as work:
        _row(work, actor.organisation_id, row_id)
        _note(work, actor, _END, {"id": row_id, "day": day_of(now).isoformat()}, "", now)
        work.commit()


def note_replay(
    unit_of_work: UnitOfWorkFactory, found: Replay, *, digest: str, actor: Actor, now: datetime
) -> None:
    """Put a shadow replay on record: counts and the digest of the file, no past decision."""
    _may_keep(actor)
    told = {
        "file": digest,
        "rows": str(found.rows),
        "agreed": str(found.agreed),
        "differs": str(len(found.differs)),
        "bad": str(len(found.bad)),
    }
    of_rows = {f"row {key}": f"{n}/{against}" for key, (n, against) in found.by_row.items()}
    with unit_of_work() as work:
        _note(work, actor, _REPLAY, {**told, **of_rows}, "", now)
        work.commit()


def switch_on(
    unit_of_work: UnitOfWorkFactory, row_id: str, *, order: str, actor: Actor, now: datetime
) -> None:
    """Sign that the system takes the decisions a row covers, from now on.

    `order` is the number of the paper by which the head of the office says so. Needs a row in
    force, a person who neither entered nor (but in a small office) confirmed it, and a shadow
    replay on record that covered past decisions by this row, none of which people had refused.
    """
    _may_keep(actor)
    if not order.strip():
        raise InvalidInputError([FieldFault("order", "must be given", "required")])
    with unit_of_work() as work:
        row = _row(work, actor.organisation_id, row_id)
        if not row.is_in_force(day_of(now)):
            message = "the row is not in force; a second person confirms it first"
            raise StepNotAllowedError(message, "row_not_in_force")
        others = {row.entered_by_id: row.entered_by}
        if not actor.small_office:
            others[row.confirmed_by_id] = row.confirmed_by
        if actor.user_id in others:
            message = f"{actor.name} entered or confirmed this row; another person signs it"
            raise StepNotAllowedError(message, "same_person_row", name=actor.name)
        _must_be_replayed(work, actor.organisation_id, row_id)
        _note(work, actor, _AUTOMATIC, {"id": row_id, "order": order.strip()}, "", now)
        work.commit()


def switch_off(
    unit_of_work: UnitOfWorkFactory, row_id: str, *, actor: Actor, now: datetime
) -> None:
    """Let people decide again what a row covers, at once; one person is enough."""
    _may_keep(actor)
    with unit_of_work() as work:
        _row(work, actor.organisation_id, row_id)
        _note(work, actor, _BY_HAND, {"id": row_id}, "", now)
        work.commit()


def facts_of(case: Case) -> Facts:
    """Return what the rows look at in a case."""
    application, transport = case.application, case.application.transport
    return Facts(
        category=application.requirements.category or "",
        origin_admin=application.itinerary.origin_admin,
        destination_admin=application.itinerary.destination_admin,
        height_m=transport.height_m,
        width_m=transport.width_m,
        length_m=transport.length_m,
        mass_t=transport.mass_t,
        axle_t=transport.largest_axle_load_t,
        refusals=application.requirements.refusals,
        route_status=application.route.status,
    )


def prepare_all(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    calendar: WorkingCalendar,
    *,
    office: Actor,
    now: datetime,
) -> list[Prepared]:
    """Prepare the decision of every accepted case of an office that a row covers.

    `office` is anybody of it. What the system must not or cannot prepare stays on the desk.
    """
    _may_keep(office)
    with unit_of_work(read_only=True) as work:
        rows = _rows(work, office.organisation_id)
        cases = work.cases.open_for_office(office.organisation_id)
    done = []
    for case in cases:
        act = case.highway_permit
        ours = act is not None and act.authority.organisation_id == office.organisation_id
        if act is None or not ours or act.state is not ActState.ACCEPTED or act.claimed_by:
            continue
        row, missed = covering(rows, facts_of(case), now.astimezone(CHINA_TIME))
        if row is None:
            done.append(Prepared(case.number, left=str(missed or NotCovered.NO_ROW)))
            continue
        request = StepRequest(system_of(office, row), case.number, act.id, act.version, now)
        try:
            reviewing.propose_decision(unit_of_work, calendar, request, proposal_by(case, row, law))
        except TransportError as refused:
            done.append(Prepared(case.number, left=str(refused)))
        else:
            done.append(Prepared(case.number, row=row.id))
    return done


def proposal_by(case: Case, row: SpaceRow, law: Law) -> Proposal:
    """Propose to grant, with the hours and speeds the police asked for, else those of the law."""
    asked = [one.opinion.terms for one in case.acts if one.opinion is not None]
    windows = tuple(window for terms in asked for window in terms.windows)
    speeds = [one.top_speed_km_h for one in asked if one.top_speed_km_h is not None]
    terms = TravelTerms(
        windows=windows or _lawful_hours(case, law),
        top_speed_km_h=min(speeds, default=None),
        conditions=tuple(dict.fromkeys(one for terms in asked for one in terms.conditions)),
    )
    return Proposal(DecisionOutcome.GRANT, f"系统按授权规则 {row.id[:8]} 自动拟办", terms=terms)


def _lawful_hours(case: Case, law: Law) -> tuple[TimeWindow, ...]:
    application = case.application
    held = conditions_for(application.transport, law, application.law_day)
    hours = [one.parameters for one in held if one.code == "travel_window"]
    return tuple(
        TimeWindow(time.fromisoformat(str(one["from"])), time.fromisoformat(str(one["to"])))
        for one in hours
    )


def system_of(office: Actor, row: SpaceRow) -> Actor:
    """Return the actor under whose name the audit trail notes what a row did."""
    return replace(office, user_id=f"rule:{row.id}", name=f"系统（规则 {row.id[:8]}）")


def _may_keep(actor: Actor) -> None:
    if actor.role is not Role.TRANSPORT:
        raise StepNotAllowedError("the deciding authority keeps its decision space", "other_role")


def _subject(office_id: str) -> str:
    return f"decision space {office_id}"


def _note(
    work: UnitOfWork, actor: Actor, step: str, details: dict[str, str], reason: str, now: datetime
) -> None:
    subject = _subject(actor.organisation_id)
    work.audit.append(
        event_by(actor, now, subject=subject, step=step, reason=reason, details=details)
    )


def _row(work: UnitOfWork, office_id: str, row_id: str) -> SpaceRow:
    found = next((one for one in _rows(work, office_id) if one.id == row_id), None)
    if found is None:
        raise NotFoundError(f"there is no row {row_id!r} in the decision space of your office")
    return found


def _must_be_replayed(work: UnitOfWork, office_id: str, row_id: str) -> None:
    """Refuse without a replay that knows the row; the newest one counts."""
    name = f"row {row_id}"
    told = [
        one.event.details[name]
        for one in work.audit.of_subject(_subject(office_id))
        if one.event.step == _REPLAY and name in one.event.details
    ]
    covered, against = (int(one) for one in told[-1].split("/")) if told else (0, 0)
    if not covered:
        message = "no shadow replay on record has a past decision that this row covers"
        raise StepNotAllowedError(message, "replay_first")
    if against:
        message = f"people refused {against} of the {covered} past decisions this row covers"
        raise StepNotAllowedError(message, "replay_differs", count=str(against), of=str(covered))


def rows_of(work: UnitOfWork, office_id: str) -> list[SpaceRow]:
    """Return the rows of an office within a unit of work, in the order they were entered."""
    return _rows(work, office_id)


def _rows(work: UnitOfWork, office_id: str) -> list[SpaceRow]:
    rows: dict[str, SpaceRow] = {}
    for one in work.audit.of_subject(_subject(office_id)):
        event, said = one.event, one.event.details
        if event.step == _ENTER:
            rows[said["id"]] = _read(event)
        elif event.step == _CONFIRM:
            rows[said["id"]] = replace(
                rows[said["id"]], confirmed_by=event.actor_name, confirmed_by_id=event.actor_id
            )
        elif event.step == _AUTOMATIC:
            rows[said["id"]] = replace(
                rows[said["id"]],
                automatic_by=event.actor_name,
                automatic_by_id=event.actor_id,
                automatic_order=said["order"],
            )
        elif event.step == _BY_HAND:
            rows[said["id"]] = replace(
                rows[said["id"]], automatic_by="", automatic_by_id="", automatic_order=""
            )
        elif event.step == _END:
            ended = date.fromisoformat(said["day"])
            rows[said["id"]] = replace(rows[said["id"]], ended_on=ended)
    return list(rows.values())


def _details(row: SpaceRow) -> dict[str, str]:
    return {
        **{name: str(getattr(row, name)) for name in (*_TEXTS, *_NUMBERS)},
        "categories": ",".join(row.categories),
        "days": f"{row.from_day.isoformat()}/{row.until_day.isoformat()}",
        "hours": f"{row.from_time:%H:%M}/{row.until_time:%H:%M}",
    }


def _read(event: NewEvent) -> SpaceRow:
    said = event.details
    days = [date.fromisoformat(one) for one in said["days"].split("/")]
    hours = [time.fromisoformat(one) for one in said["hours"].split("/")]
    height_m, width_m, length_m, mass_t, axle_t = (float(said[name]) for name in _NUMBERS)
    return SpaceRow(
        id=said["id"],
        categories=tuple(said["categories"].split(",")),
        origin=said["origin"],
        destination=said["destination"],
        height_m=height_m,
        width_m=width_m,
        length_m=length_m,
        mass_t=mass_t,
        axle_t=axle_t,
        from_day=days[0],
        until_day=days[1],
        from_time=hours[0],
        until_time=hours[1],
        reason=said["reason"],
        entered_by=event.actor_name,
        entered_by_id=event.actor_id,
    )
