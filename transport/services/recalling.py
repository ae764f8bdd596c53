"""Recall: what a change of the roads touches, judged in slices, told to the carriers.

A run belongs to one office and one change. `open_run` finds what is touched and returns at once;
`judge_slice` judges some more of it and is called again until the run is done, by a page, a command
or a background worker. People decide: nothing here ends a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.network.closures import CHINA_TIME, Restriction
from transport.network.graph import RoadNetwork
from transport.people import Actor, OrganisationState, Role
from transport.permits.application import Application, RouteSnapshot, digest_of
from transport.permits.case import Case
from transport.permits.notices import NoticeKind
from transport.permits.permit import Permit
from transport.permits.recall import Effect, Journey, effect_on
from transport.permits.recall_runs import Finding, RecallRun, RunState
from transport.permits.states import ActState
from transport.permits.waiting_place import waiting_place
from transport.regulations.law import Law
from transport.services.applying import add_draft
from transport.services.audit_trail import BY_LAW_ACTOR, event_by
from transport.services.days import day_of
from transport.services.notifying import Occasion, notify
from transport.services.ports import UnitOfWork, UnitOfWorkFactory

SLICE = 250
# Another route for an application, None where there is none.
Replan = Callable[[Application, Finding], RouteSnapshot | None]


def change_id(restriction: Restriction, network_id: str) -> str:
    """Name a change by its content: one that is altered is another."""
    return digest_of({"network": network_id, "restriction": _plain(asdict(restriction))})


def still_to_come(restrictions: Iterable[Restriction], now: datetime) -> list[Restriction]:
    """Return the restrictions that are not over."""
    moment = now.astimezone(CHINA_TIME)
    return [one for one in restrictions if one.to_at is None or one.to_at >= moment]


def open_run(
    unit_of_work: UnitOfWorkFactory,
    *,
    office_id: str,
    restriction: Restriction,
    network_id: str,
    now: datetime,
    actor: Actor = BY_LAW_ACTOR,
) -> RecallRun:
    """Return the office's run over a change; where there is none, begin it with what is touched."""
    name = change_id(restriction, network_id)
    with unit_of_work(read_only=True) as work:
        known = work.recalls.of_change(name, office_id)
    if known is not None:
        return known
    today = day_of(now)
    with unit_of_work() as work:
        numbers = work.recalls.touched(
            restriction.edges, network_id, _span(restriction, today), office_id
        )
        run = RecallRun(
            id=work.new_id(),
            change_id=name,
            restriction=restriction,
            network_id=network_id,
            office_id=office_id,
            started_at=now,
            state=RunState.RUNNING if numbers else RunState.DONE,
            touched=len(numbers),
            finished_at=None if numbers else now,
        )
        work.recalls.add(run, numbers, changed_by=actor.name, at=now)
        work.commit()
        return run


def judge_slice(
    unit_of_work: UnitOfWorkFactory,
    run_id: str,
    *,
    network: RoadNetwork | None,
    now: datetime,
    most: int = SLICE,
    actor: Actor = BY_LAW_ACTOR,
) -> RecallRun:
    """Judge some more cases of a run; what is judged stays judged if the work is cut short.

    Without the `network` of the run, no place to wait is named.
    """
    with unit_of_work(read_only=True) as work:
        run = work.recalls.get(run_id)
        numbers = work.recalls.unjudged(run_id, most)
        journeys = work.recalls.journeys(numbers)
    if network is not None and network.id != run.network_id:
        network = None
    today = day_of(now)
    found = [_finding(run, case, permit, network, today) for case, permit in journeys]
    with unit_of_work() as work:
        run = work.recalls.get(run_id)
        work.recalls.settle(run_id, found)
        done = run.done + len(found)
        over = len(numbers) < most
        run = replace(
            run,
            done=done,
            state=RunState.DONE if over else RunState.RUNNING,
            finished_at=now if over else None,
        )
        run = work.recalls.save(run, changed_by=actor.name, at=now)
        work.commit()
        return run


def sweep(
    unit_of_work: UnitOfWorkFactory,
    network: RoadNetwork,
    *,
    now: datetime,
    goes_on: Callable[[], bool] = lambda: True,
) -> list[RecallRun]:
    """Judge every change that is not over, for every transport office: the background's work.

    `goes_on` is asked between slices; what is left is done by the next sweep.
    """
    with unit_of_work(read_only=True) as work:
        offices = work.organisations.listed(role=Role.TRANSPORT, state=OrganisationState.APPROVED)
    runs = []
    for restriction in still_to_come(network.restrictions, now):
        for office in offices:
            run = open_run(
                unit_of_work,
                office_id=office.id,
                restriction=restriction,
                network_id=network.id,
                now=now,
            )
            while run.state is RunState.RUNNING and goes_on():
                run = judge_slice(unit_of_work, run.id, network=network, now=now)
            runs.append(run)
    return runs


def tell_carrier(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    run_id: str,
    case_number: str,
    text: str,
    now: datetime,
) -> Finding:
    """Send the notice: the carrier sees it on the case, the driver where the pass is checked."""
    if not text.strip():
        raise InvalidInputError([FieldFault("text", "must be given", "reason_missing")])
    with unit_of_work() as work:
        _own_run(work, actor, run_id)
        finding = work.recalls.finding(run_id, case_number)
        told = replace(finding, notice=text.strip(), told_at=now, told_by=actor.name)
        work.recalls.settle(run_id, [told])
        _audit(work, actor, case_number, "recall_notice", told.notice, now)
        holder = work.cases.get(case_number).organisation_id
        occasion = Occasion(case_number, text=told.notice)
        notify(work, holder, NoticeKind.RECALLED, occasion, by=actor.name, now=now)
        work.commit()
        return told


def draft_amendment(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    replan: Replan,
    *,
    actor: Actor,
    run_id: str,
    case_number: str,
    now: datetime,
) -> Case:
    """Prepare the amendment that leads around a change, as a draft for the carrier to hand in.

    Raises StepNotAllowedError where one was prepared or no other route is passable.
    """
    with unit_of_work(read_only=True) as work:
        _own_run(work, actor, run_id)
        finding = work.recalls.finding(run_id, case_number)
        old = work.cases.get(case_number)
    if finding.amendment:
        raise StepNotAllowedError(
            f"the amendment {finding.amendment} is prepared already", "amendment_prepared"
        )
    route = replan(old.application, finding)
    if route is None:
        raise StepNotAllowedError(
            f"no other route is passable for case {case_number}", "no_other_route"
        )
    application = replace(
        old.application,
        route=route,
        amends=old.number,
        amended_because=finding.notice or finding.reason,
    )
    with unit_of_work() as work:
        case = add_draft(
            work,
            law,
            actor=actor,
            holder=(old.organisation_id, old.organisation_name),
            application=application,
            now=now,
            enquiry=(old.enquiry_id, old.factory_id),
        )
        work.recalls.settle(run_id, [replace(finding, amendment=case.number)])
        _audit(work, actor, case_number, "recall_amendment", case.number, now)
        work.commit()
        return case


def _own_run(work: UnitOfWork, actor: Actor, run_id: str) -> RecallRun:
    run = work.recalls.get(run_id)
    if actor.role is not Role.TRANSPORT or run.office_id != actor.organisation_id:
        raise StepNotAllowedError("the authority that issued recalls its passes", "other_role")
    return run


def _finding(
    run: RecallRun, case: Case, permit: Permit | None, network: RoadNetwork | None, today: date
) -> Finding:
    journey = journey_of(case, permit)
    touched = effect_on(journey, run.restriction, today)
    wait_at = ""
    if touched.effect is not Effect.UNAFFECTED and network is not None:
        contract = case.application.route.contract
        origin = case.application.itinerary.origin
        wait_at = waiting_place(contract, run.restriction.edges, network, origin)
    return Finding(
        case_number=case.number,
        effect=touched.effect,
        reason=touched.reason,
        first_day=touched.first_day,
        last_day=touched.last_day,
        pass_number=journey.pass_number,
        holder_name=case.organisation_name,
        on_the_road=journey.on_the_road,
        wait_at=wait_at,
    )


def journey_of(case: Case, permit: Permit | None) -> Journey:
    """Return the permitted journey of a case, or the one asked for; its edges are the index's."""
    application, highway = case.application, case.highway_permit
    return Journey(
        case_number=case.number,
        network_id=application.route.network_id,
        edges=(),
        first_day=permit.valid_from if permit else application.travel.starts_on,
        last_day=permit.valid_until if permit else application.travel.ends_on,
        transport=application.transport,
        windows=permit.terms.windows if permit else (),
        pass_number=permit.number if permit else "",
        on_the_road=highway is not None and highway.state is ActState.IN_USE,
    )


def _span(restriction: Restriction, today: date) -> tuple[date, date]:
    start, end = restriction.from_at, restriction.to_at
    first = start.astimezone(CHINA_TIME).date() if start else today
    last = end.astimezone(CHINA_TIME).date() if end else date.max
    return max(first, today), last


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _audit(
    work: UnitOfWork, actor: Actor, number: str, step: str, reason: str, now: datetime
) -> None:
    case = work.cases.get(number)
    event = event_by(
        actor, now, subject=number, step=step, reason=reason, law_day=case.application.law_day
    )
    work.audit.append(event)
