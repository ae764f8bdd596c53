"""An office accepts an act, asks once for supplements, or does not accept it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError
from transport.permits.case import Case
from transport.permits.decision import NonAcceptanceGround, signature_of
from transport.permits.states import Step
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar


def accept(
    unit_of_work: UnitOfWorkFactory, calendar: WorkingCalendar, request: StepRequest
) -> Case:
    """Accept (受理): the clock of this act starts."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.ACCEPT, calendar)
        changed = replace(act, clock=replace(act.clock, accepted_on=request.today))
        case = write_step(work, case, act, request, Step.ACCEPT, changed=changed)
        work.commit()
        return case


def ask_supplement(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    wanted: Sequence[str],
) -> Case:
    """Ask for supplements (补正): once, everything at once (ALL 32)."""
    items = tuple(one.strip() for one in wanted if one.strip())
    if not items:
        message = "must list everything that is missing; it can be asked only once"
        raise InvalidInputError([FieldFault("wanted", message, "supplement_empty")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.ASK_SUPPLEMENT, calendar)
        clock = replace(act.clock, supplement_asked_on=request.today)
        changed = replace(act, clock=clock, supplement_list=items)
        case = write_step(
            work,
            case,
            act,
            request,
            Step.ASK_SUPPLEMENT,
            changed=changed,
            reason="; ".join(items),
        )
        work.commit()
        return case


def decline(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    ground: NonAcceptanceGround,
    text: str,
) -> Case:
    """Do not accept (不予受理), on a ground of the closed list and with reasons."""
    if not text.strip():
        raise InvalidInputError([FieldFault("text", "must give the reasons", "reason_missing")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.DECLINE, calendar)
        changed = replace(
            act,
            declined_ground=ground.value,
            declined_text=text,
            declined_by=signature_of(request.actor, request.now),
            clock=replace(act.clock, decided_on=request.today),
        )
        case = write_step(
            work,
            case,
            act,
            request,
            Step.DECLINE,
            changed=changed,
            reason=text,
            details={"ground": ground.value},
        )
        work.commit()
        return case
