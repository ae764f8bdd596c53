"""Supervised crossings of bridges: the plan that a device carries along, and what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor
from transport.permits.crossing import (
    Crossing,
    PlannedCrossing,
    check_crossing,
    planned_crossings,
)
from transport.permits.decision import signature_of
from transport.services.audit_trail import event_by
from transport.services.ports import DocumentStore, UnitOfWorkFactory
from transport.services.reporting_checks import OFFICERS

File = tuple[str, bytes]


def crossings_of_pass(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str
) -> tuple[PlannedCrossing, ...]:
    """Return the bridges of a pass in the order of travel, for a supervisor to carry along."""
    _must_be_officer(actor)
    with unit_of_work(read_only=True) as work:
        permit = work.permits.by_number(number)
        if permit is None:
            raise _no_pass(number)
        case = work.cases.get(permit.case_number)
    return planned_crossings(case.application.route.contract, permit.terms.bridge_speed_km_h)


def receive_crossing(
    unit_of_work: UnitOfWorkFactory,
    documents: DocumentStore,
    *,
    actor: Actor,
    crossing: Crossing,
    now: datetime,
    photos: Sequence[File] = (),
) -> Crossing:
    """Keep a crossing that a device reports, at once or later; the same one again changes nothing.

    Raises InvalidInputError for one from the future, of a pass nobody issued, or denied without a
    reason.
    """
    _must_be_officer(actor)
    check_crossing(crossing)
    if crossing.ended_at > now:
        message = f"{crossing.ended_at.isoformat()} has not come yet; set the device's clock"
        raise InvalidInputError([FieldFault("ended_at", message, "day_not_come")])
    with unit_of_work() as work:
        known = work.crossings.find(crossing.id)
        if known is not None:
            return known
        permit = work.permits.by_number(crossing.pass_number)
        if permit is None:
            raise _no_pass(crossing.pass_number)
        kept = replace(
            crossing,
            case_number=permit.case_number,
            supervisor=signature_of(actor, now),
            office_id=actor.organisation_id,
            received_at=now,
            photos=tuple(documents.put(content, name).digest for name, content in photos),
        )
        work.crossings.add(kept, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=kept.case_number,
                step="supervised_crossing",
                reason=kept.reason,
                details={
                    "pass": kept.pass_number,
                    "station": kept.structure_name,
                    "outcome": kept.outcome.value,
                },
            )
        )
        work.commit()
        return kept


def _must_be_officer(actor: Actor) -> None:
    if actor.role not in OFFICERS:
        raise StepNotAllowedError("only officers supervise crossings", "other_role")


def _no_pass(number: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("number", f"there is no pass {number}", "no_such_pass")])
