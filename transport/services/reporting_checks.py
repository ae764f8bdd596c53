"""Roadside checks that officers send, at once or later: judged again here, each kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.permits.entry_check import Measured, Tolerances, all_fit, compare
from transport.permits.permit import Permit
from transport.permits.roadside import Occasion, Report, RoadsideCheck
from transport.permits.roadside_pack import roadside_pack
from transport.permits.structures_ahead import Ahead, structures_ahead
from transport.regulations.law import Law
from transport.rules.penalties import Fine, fine_for
from transport.services.audit_trail import event_by
from transport.services.ports import DocumentStore, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import day_of

File = tuple[str, bytes]
OFFICERS = frozenset({Role.TRANSPORT, Role.POLICE, Role.TOLL_OFFICE})
_MOST_PASSES = 1_000


def receive_report(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    *,
    actor: Actor,
    report: Report,
    now: datetime,
    documents: DocumentStore | None = None,
    photos: Sequence[File] = (),
    network: RoadNetwork | None = None,
) -> RoadsideCheck:
    """Keep a report with its photographs; the same one again changes nothing.

    With the `network` the structures of the route are judged again with what was measured.

    Raises InvalidInputError for a measurement from the future or a pass nobody issued.
    """
    if actor.role not in OFFICERS:
        raise StepNotAllowedError("only officers report roadside checks", "other_role")
    if report.measured_at > now:
        message = f"{report.measured_at.isoformat()} has not come yet; set the device's clock"
        raise InvalidInputError([FieldFault("measured_at", message, "day_not_come")])
    with unit_of_work() as work:
        known = work.roadside_checks.find(report.id)
        if known is not None:
            return known
        check = _judged(work, law, actor, report, now)
        if documents is not None:
            kept = tuple(documents.put(content, name).digest for name, content in photos)
            check = replace(check, photos=kept)
        if network is not None:
            check = replace(check, ahead=_ahead(work, check, network))
        work.roadside_checks.add(check, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=check.case_number or report.number,
                step=f"{report.occasion.value}_check"
                if report.occasion is not Occasion.ROADSIDE
                else "roadside_check",
                reason=report.place,
                details={"pass": report.number, "fits": "yes" if check.fits else "no"},
            )
        )
        work.commit()
        return check


def list_checks(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[RoadsideCheck]:
    """Return the checks of the actor's office, newest first."""
    with unit_of_work(read_only=True) as work:
        return work.roadside_checks.of_office(actor.organisation_id)


def carry_along(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, network: RoadNetwork | None, day: date
) -> dict[str, Any]:
    """Return what a device needs to judge structures ahead of the passes of a day and the next.

    Of more than a thousand passes the newest are taken, and `complete` says so.
    """
    if actor.role not in OFFICERS:
        raise StepNotAllowedError("only officers carry limits of structures along", "other_role")
    with unit_of_work(read_only=True) as work:
        permits = work.permits.valid_within(day, day + timedelta(days=1))
        permits.sort(key=lambda one: (one.issued_at, one.number), reverse=True)
        passes = []
        for permit in permits[:_MOST_PASSES]:
            try:
                passes.append((permit, work.cases.get(permit.case_number).application.route))
            except NotFoundError:
                continue
    pack = roadside_pack(passes, network)
    return {**pack, "on": day.isoformat(), "complete": len(permits) <= _MOST_PASSES}


def _judged(
    work: UnitOfWork, law: Law, actor: Actor, report: Report, now: datetime
) -> RoadsideCheck:
    permit = work.permits.by_number(report.number)
    if permit is None:
        message = f"there is no pass {report.number}"
        raise InvalidInputError([FieldFault("number", message, "no_such_pass")])
    day = day_of(report.measured_at)
    rows = law.penalties
    tolerances = Tolerances(
        size_m=rows.roadside_tolerance_m.on(day).value,
        mass_t=rows.roadside_tolerance_t.on(day).value,
    )
    compared = compare(report.measured, _permitted(permit), tolerances)
    fits = all_fit(compared) and report.on_route is not False
    return RoadsideCheck(
        id=report.id,
        report=report,
        officer_id=actor.user_id,
        officer_name=actor.name,
        office_id=actor.organisation_id,
        office_name=actor.organisation_name,
        received_at=now,
        compared=tuple(compared),
        fits=fits,
        case_number=permit.case_number,
        holder_name=permit.holder_name,
        fine=None if fits else _fine(work, law, permit, report),
    )


def _ahead(work: UnitOfWork, check: RoadsideCheck, network: RoadNetwork) -> tuple[Ahead, ...]:
    if check.fits and check.report.on_route is not False:
        return ()
    try:
        application = work.cases.get(check.case_number).application
    except NotFoundError:
        return ()
    if application.route.network_id != network.id:
        return ()
    report = check.report
    return structures_ahead(application.route.contract, report.measured, network, report.after_km)


def _permitted(permit: Permit) -> Measured:
    return Measured(
        height_m=permit.height_m,
        width_m=permit.width_m,
        length_m=permit.length_m,
        mass_t=permit.gross_mass_t,
        largest_axle_load_t=permit.largest_axle_load_t,
        axle_count=permit.axle_count,
    )


def _fine(work: UnitOfWork, law: Law, permit: Permit, report: Report) -> Fine | None:
    """Return the fine for driving what was measured without a pass (R62 43, 47)."""
    try:
        transport = work.cases.get(permit.case_number).application.transport
    except NotFoundError:
        return None
    found = report.measured
    driven = replace(
        transport,
        height_m=found.height_m or transport.height_m,
        width_m=found.width_m or transport.width_m,
        length_m=found.length_m or transport.length_m,
    )
    if found.mass_t is not None:
        driven = replace(driven, mass_t=found.mass_t)
    return fine_for(driven, law, day_of(report.measured_at))
