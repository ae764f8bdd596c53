"""An office ends an act in force: takes it back, annuls or cancels it; the carrier completes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from transport.errors import StepNotAllowedError
from transport.people import Actor
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.decision import signature_of
from transport.permits.endings import EndingGround, consequences_of, end
from transport.permits.manifest import TripState
from transport.permits.states import ActKind, Step
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

COMPLETED = "completed"


def end_act(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    step: Step,
    *,
    ground: EndingGround,
    reason: str,
) -> Case:
    """Take back (撤回), annul (撤销) or cancel (注销) an act; its pass falls at once.

    Raises InvalidInputError for a ground of another list, or without reasons.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, step, calendar)
        ending = end(step, ground, reason, signature_of(request.actor, request.now))
        if act.kind is ActKind.HIGHWAY_PERMIT:
            end_passes(work, case, request.actor, request.now, reason)
        details = {
            "ending_ground": ground.value,
            "consequences": ",".join(one.value for one in consequences_of(ending)),
        }
        changed = replace(act, revoked_reason=reason, ending=ending)
        case = write_step(
            work, case, act, request, step, changed=changed, reason=reason, details=details
        )
        work.commit()
        return case


def complete(
    unit_of_work: UnitOfWorkFactory, calendar: WorkingCalendar, request: StepRequest
) -> Case:
    """End the use of a pass whose trips are done; it cannot be driven on again.

    Raises StepNotAllowedError while nothing was driven.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.COMPLETE, calendar)
        trips = work.trips.of_case(case.id)
        if not any(one.state is TripState.DELIVERED for one in trips):
            raise StepNotAllowedError(
                f"no trip of case {case.number} was delivered; cancel the pass if it is not needed",
                "nothing_delivered",
            )
        end_passes(work, case, request.actor, request.now, COMPLETED)
        case = write_step(work, case, act, request, Step.COMPLETE)
        work.commit()
        return case


def end_passes(work: UnitOfWork, case: Case, actor: Actor, at: datetime, reason: str) -> None:
    """Put every pass of a case that still counts on the revocation list."""
    for permit in work.permits.of_case(case.id):
        if permit.revoked_at is None:
            gone = replace(permit, revoked_at=at, revoked_reason=reason)
            work.permits.save(gone, changed_by=actor.name, at=at)


def replace_act(work: UnitOfWork, request: StepRequest, old: Case, act: Act, new: Case) -> None:
    """Let an act fall because the one that replaces it is in force (变更)."""
    seen = replace(request, case_number=old.number, act_id=act.id, expected_version=act.version)
    if act.kind is ActKind.HIGHWAY_PERMIT:
        end_passes(work, old, request.actor, request.now, f"amended by case {new.number}")
    details = {"amended_by": new.number}
    write_step(work, old, act, seen, Step.AMEND, reason=new.number, details=details)
