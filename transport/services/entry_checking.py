"""Issue after a check at the entry (核查后发证): ask for the check, record it, pass or fail it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError
from transport.permits.case import Case
from transport.permits.decision import signature_of
from transport.permits.entry_check import (
    EntryCheck,
    Measured,
    Tolerances,
    View,
    all_fit,
    compare,
    permitted_of,
)
from transport.permits.permit import Permit
from transport.permits.states import Step
from transport.services.issuing import make_pass
from transport.services.ports import DocumentStore, PassSigner, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

File = tuple[str, bytes]


def require_entry_check(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    station: str,
) -> Case:
    """Say that the pass is issued only after vehicle and load were checked at this entry."""
    if not station.strip():
        raise InvalidInputError([FieldFault("station", "must be given", "required")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.REQUIRE_ENTRY_CHECK, calendar)
        case = write_step(
            work, case, act, request, Step.REQUIRE_ENTRY_CHECK, details={"station": station}
        )
        work.commit()
        return case


def record_entry_check(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    signer: PassSigner,
    documents: DocumentStore,
    request: StepRequest,
    *,
    check: EntryCheck,
    tolerances: Tolerances,
    photos: Mapping[View, File] | None = None,
) -> tuple[Case, Permit | None]:
    """Record the check: the pass is issued when everything fits, else the act waits as granted.

    Raises InvalidInputError if nothing was measured.
    """
    if check.measured == Measured():
        message = "enter at least one measured value"
        raise InvalidInputError([FieldFault("height_m", message, "nothing_measured")])
    kept = tuple(
        (view.value, documents.put(content, name).digest)
        for view, (name, content) in (photos or {}).items()
    )
    step = Step.PASS_ENTRY_CHECK if check.passed else Step.FAIL_ENTRY_CHECK
    with unit_of_work() as work:
        case, act = open_act(work, request, step, calendar)
        compared = compare(check.measured, permitted_of(case.application.transport), tolerances)
        fits = all_fit(compared) and check.plates_match
        if check.passed and not fits:
            message = "what was measured is not what was granted; the check cannot be passed"
            raise InvalidInputError([FieldFault("passed", message, "check_does_not_fit")])
        by = signature_of(request.actor, request.now)
        act = replace(act, entry_check=replace(check, by=by, photos=kept))
        details = {one.quantity: f"{one.measured:g}" for one in compared if one.measured}
        details["station"] = check.station
        permit = None
        if check.passed:
            case, permit = make_pass(work, signer, case, act, request, step, details=details)
        else:
            case = write_step(work, case, act, request, step, reason=check.note, details=details)
        work.commit()
        return case, permit
