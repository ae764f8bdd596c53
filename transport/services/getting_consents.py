"""A consent of a body without a desk here is asked for, its answer or silence filed.

The carrier does so, and for other provinces the authority of the origin (转送). The pass does not
wait for these; the truck does.
"""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits.acts import Act, Answer
from transport.permits.case import Case
from transport.permits.clocks import ActClock, answer_due_on
from transport.permits.consultation import is_overdue
from transport.permits.decision import signature_of
from transport.permits.involved import notices_of
from transport.permits.states import Step
from transport.regulations.law import Law
from transport.services.act_terms import new_act
from transport.services.ports import DocumentStore, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, write_step
from transport.working_days import WorkingCalendar

File = tuple[str, bytes]


def ask_consent(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    whom: str,
    reference: str = "",
) -> Case:
    """Note who was asked (去函) and when; the clock of the answer starts."""
    if not whom.strip():
        raise InvalidInputError([FieldFault("whom", "must be given", "required")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.ASK_CONSENT, calendar)
        changed = replace(
            act,
            authority=replace(act.authority, name=whom.strip()),
            clock=ActClock(submitted_on=request.today),
            answer=None,
        )
        details = {"asked": whom.strip(), "reference": reference.strip()}
        case = write_step(
            work, case, act, request, Step.ASK_CONSENT, changed=changed, details=details
        )
        work.commit()
        return case


def record_answer(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    documents: DocumentStore,
    request: StepRequest,
    step: Step,
    *,
    text: str,
    reference: str = "",
    paper: File | None = None,
) -> Case:
    """File the answer: a consent needs the paper that says so, an objection its reasons."""
    faults = []
    if step is Step.RECORD_CONSENT and paper is None:
        message = "attach the paper that consents, or the contract that sets crossing and time"
        faults.append(FieldFault("paper", message, "consent_paper_missing"))
    if step is Step.RECORD_OBJECTION and not text.strip():
        faults.append(FieldFault("text", "must give the reasons", "reason_missing"))
    if faults:
        raise InvalidInputError(faults)
    with unit_of_work() as work:
        case, act = open_act(work, request, step, calendar)
        digest = documents.put(paper[1], paper[0]).digest if paper else ""
        by = signature_of(request.actor, request.now)
        answer = Answer(text=text.strip(), recorded_by=by, reference=reference, paper=digest)
        clock = replace(act.clock, decided_on=request.today)
        details = {"reference": reference, "paper": digest}
        case = write_step(
            work,
            case,
            act,
            request,
            step,
            changed=replace(act, answer=answer, clock=clock),
            reason=text.strip(),
            details=details,
        )
        work.commit()
        return case


def record_silence(
    unit_of_work: UnitOfWorkFactory, calendar: WorkingCalendar, request: StepRequest
) -> Case:
    """Note that the body did not answer in time; silence never lets a truck depart."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.RECORD_OVERDUE, calendar)
        due = answer_due_on(act.clock, act.terms, calendar)
        if not is_overdue(due, request.today):
            raise StepNotAllowedError(
                f"the answer of {act.authority.name} is due on {due}",
                "answer_not_due",
                office=act.authority.name,
                day=str(due),
            )
        case = write_step(work, case, act, request, Step.RECORD_OVERDUE)
        work.commit()
        return case


def tell_bodies(work: UnitOfWork, law: Law, case: Case, request: StepRequest) -> Case:
    """Note at the issue whom the office tells: power companies, operators of toll roads."""
    there = {one.kind for one in case.acts}
    for kind in notices_of(case.application, law):
        if kind in there:
            continue
        area = case.application.requirements.authority_admin_code
        act = new_act(work, kind, area, case.application, law)
        act = replace(act, clock=ActClock(submitted_on=request.today))
        act = work.cases.add_act(case, act, changed_by=request.actor.name, at=request.now)
        case = replace(case, acts=(*case.acts, act))
        case = _told(work, case, act, request)
    return case


def _told(work: UnitOfWork, case: Case, act: Act, request: StepRequest) -> Case:
    seen = replace(request, act_id=act.id, expected_version=act.version)
    clock = replace(act.clock, decided_on=request.today)
    return write_step(work, case, act, seen, Step.TELL, changed=replace(act, clock=clock))
