"""A spare tractor takes over: the next revision of the pass, without a new review.

The decision covers every tractor that was examined with the application. Choosing among them is
the carrier's, at any hour; the pass that names the old one ends in the same transaction. A spare
that was not examined goes to the desk as an amendment (`amending`).
"""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Role
from transport.permits.application import Application, SpareTractor
from transport.permits.case import Case
from transport.permits.manifest import TripState
from transport.permits.permit import Permit
from transport.permits.spares import examine_spare, swapped
from transport.permits.states import Step
from transport.services.ending_acts import end_passes
from transport.services.issuing import revise_pass
from transport.services.ports import PassSigner, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act
from transport.working_days import WorkingCalendar


def swap_tractor(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    signer: PassSigner,
    request: StepRequest,
    *,
    plate: str,
    because: str,
) -> tuple[Case, Permit]:
    """Put an examined spare in front; return the case and the new revision of its pass.

    Raises StepNotAllowedError with the code `spare_not_examined` where the desk has to look first.
    """
    if not because.strip():
        raise InvalidInputError([FieldFault("because", "must be given", "reason_missing")])
    if request.actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only the carrier changes its tractor", "other_role")
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.SWAP_TRACTOR, calendar)
        spare = _spare(case.application, plate)
        if examine_spare(case.application, spare):
            raise StepNotAllowedError(
                f"{plate} was not examined with this application; apply for an amendment",
                "spare_not_examined",
                plate=plate,
            )
        passes = work.permits.of_case(case.id)
        earlier = passes[-1] if passes else None
        if earlier is None or not earlier.is_valid_on(request.today):
            message = f"case {case.number} has no valid pass today; nothing can be changed on it"
            raise StepNotAllowedError(message, "nothing_to_amend")
        old_plate = case.application.vehicle.tractor_plate
        changed = replace(case, application=swapped(case.application, spare))
        case = work.cases.save(changed, changed_by=request.actor.name, at=request.now)
        end_passes(work, case, request.actor, request.now, f"tractor {plate} instead: {because}")
        case, permit = revise_pass(
            work,
            signer,
            (case, act),
            request,
            earlier,
            reason=because,
            details={"from": old_plate, "to": plate},
        )
        _follow(work, case, permit, request)
        work.commit()
        return case, permit


def _spare(application: Application, plate: str) -> SpareTractor:
    found = next((one for one in application.spares if one.plate == plate), None)
    if found is None:
        raise NotFoundError(f"{plate!r} is no spare tractor of this application")
    return found


def _follow(work: UnitOfWork, case: Case, permit: Permit, request: StepRequest) -> None:
    """Let the trips that are not over run under the new revision, behind the new tractor."""
    for trip in work.trips.of_case(case.id):
        if trip.state is not TripState.DELIVERED:
            moved = replace(trip, tractor_plate=permit.tractor_plate, permit_id=permit.id)
            work.trips.save(moved, changed_by=request.actor.name, at=request.now)
