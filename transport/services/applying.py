"""A carrier makes an application, attaches papers, checks what is missing, submits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.people import Actor, Role
from transport.permits.acts import Act
from transport.permits.application import (
    Application,
    AttachedDocument,
    case_number,
    check_official_number,
)
from transport.permits.case import Case
from transport.permits.precheck import precheck
from transport.permits.states import LICENCES, ActKind, ActState, Step
from transport.regulations.law import Law
from transport.rules.pass_term import term_rules
from transport.services.act_terms import authority_of, draft_acts
from transport.services.audit_trail import event_by
from transport.services.library import Enquiry
from transport.services.ports import DocumentStore, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, day_of, open_act, open_case, write_step
from transport.working_days import WorkingCalendar

_REGION_CODE = "150000"


def make_application(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    *,
    actor: Actor,
    application: Application,
    now: datetime,
    enquiry_id: str = "",
) -> Case:
    """Open a case in draft with the acts its route needs, under a number of our own."""
    _must_be_carrier(actor)
    with unit_of_work() as work:
        enquiry = _enquiry(work, enquiry_id, actor) if enquiry_id else None
        case = add_draft(
            work,
            law,
            actor=actor,
            holder=(actor.organisation_id, actor.organisation_name),
            application=application,
            now=now,
            enquiry=(enquiry_id, enquiry.factory_id) if enquiry else ("", ""),
        )
        work.commit()
        return case


def add_draft(
    work: UnitOfWork,
    law: Law,
    *,
    actor: Actor,
    holder: tuple[str, str],
    application: Application,
    now: datetime,
    enquiry: tuple[str, str] = ("", ""),
) -> Case:
    """Write a draft for a carrier (`holder`: id and name of the firm), whoever prepares it.

    `enquiry` is the id of the enquiry it grew from and its factory's.
    """
    application = _with_terms(application, law)
    code = application.requirements.authority_admin_code or _REGION_CODE
    day = day_of(now)
    case = Case(
        id=work.new_id(),
        number=case_number(code, day, work.next_serial(f"case-{code}-{day}")),
        organisation_id=holder[0],
        organisation_name=holder[1],
        application=application,
        acts=draft_acts(work, application, law),
        created_at=now,
        enquiry_id=enquiry[0],
        factory_id=enquiry[1],
    )
    work.cases.add(case, changed_by=actor.name, at=now)
    _audit(work, case, actor, now, "make_application")
    return case


def change_application(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    *,
    actor: Actor,
    number: str,
    application: Application,
    expected_version: int,
    now: datetime,
) -> Case:
    """Change a draft application; its acts follow the new route. Documents attached stay."""
    _must_be_carrier(actor)
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        if not case.is_draft:
            raise StepNotAllowedError(
                f"case {number} is submitted; what an office decides on cannot be changed"
            )
        kept = replace(
            _with_terms(application, law),
            documents=case.application.documents,
            amends=case.application.amends,
            amended_because=case.application.amended_because,
        )
        changed = replace(case, application=kept, version=expected_version)
        saved = work.cases.save(changed, changed_by=actor.name, at=now)
        acts = draft_acts(work, kept, law)
        work.cases.replace_drafts(saved, acts, changed_by=actor.name, at=now)
        _audit(work, saved, actor, now, "change_application")
        work.commit()
        return replace(saved, acts=acts)


def attach_document(
    unit_of_work: UnitOfWorkFactory,
    documents: DocumentStore,
    *,
    actor: Actor,
    number: str,
    code: str,
    filename: str,
    content: bytes,
    expected_version: int,
    now: datetime,
    valid_until: date | None = None,
) -> Case:
    """Attach a paper to a draft, or to a case that was asked for supplements.

    Raises InvalidInputError if the file is not what it says. The newest paper of a code counts.
    """
    _must_be_carrier(actor)
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        asked = any(one.state is ActState.SUPPLEMENT_REQUESTED for one in case.acts)
        if not case.is_draft and not asked:
            raise StepNotAllowedError(
                f"case {number} is submitted and no supplement was asked for; nothing is added"
            )
        if not code.strip():
            raise InvalidInputError([FieldFault("code", "must say which document this is")])
        file = documents.put(content, filename)
        paper = AttachedDocument(
            code=code,
            digest=file.digest,
            filename=filename,
            media_type=file.media_type,
            size_bytes=file.size_bytes,
            attached_at=now,
            attached_by=actor.name,
            valid_until=valid_until,
        )
        papers = (*case.application.documents, paper)
        application = replace(case.application, documents=papers)
        changed = replace(case, application=application, version=expected_version)
        saved = work.cases.save(changed, changed_by=actor.name, at=now)
        details = {"code": code, "digest": file.digest, "filename": filename}
        _audit(work, saved, actor, now, "attach_document", details)
        work.commit()
        return saved


def record_official_numbers(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    number: str,
    official_number: str,
    expected_version: int,
    now: datetime,
    official_pass_number: str = "",
) -> Case:
    """Store the official platform's numbers beside ours; carrier or transport authority."""
    checked = check_official_number(official_number)
    if actor.role not in {Role.CARRIER, Role.TRANSPORT}:
        raise StepNotAllowedError("only the carrier or the transport authority notes this number")
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        changed = replace(
            case,
            official_number=checked,
            official_pass_number=official_pass_number.strip() or case.official_pass_number,
            version=expected_version,
        )
        saved = work.cases.save(changed, changed_by=actor.name, at=now)
        _audit(work, saved, actor, now, "record_official_numbers", {"official_number": checked})
        work.commit()
        return saved


def find_missing(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, today: date
) -> list[FieldFault]:
    """Return what is missing before submission; empty when complete."""
    with unit_of_work(read_only=True) as work:
        return precheck(open_case(work, number, actor).application, today)


def submit(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    number: str,
    expected_version: int,
    now: datetime,
) -> Case:
    """Submit every act of a complete application to its own office.

    Raises InvalidInputError with everything that is missing. A city whose office is not registered
    here keeps its act in draft and does not hold up the highway pass.
    """
    _must_be_carrier(actor)
    with unit_of_work() as work:
        case = open_case(work, number, actor)
        if case.version != expected_version:
            raise ConflictError(
                f"case {number} was changed meanwhile; nothing was submitted. Open it again, look "
                "at the change and repeat your step."
            )
        faults = precheck(case.application, day_of(now))
        if faults:
            raise InvalidInputError(faults)
        drafts = [one for one in case.acts if one.state is ActState.DRAFT and one.kind in LICENCES]
        if not drafts:
            raise StepNotAllowedError(f"case {number} is submitted already")
        for act in drafts:
            case = _submit_act(work, case, act, actor, now)
        # The version moves on, so that a change made from an older view is refused.
        case = work.cases.save(case, changed_by=actor.name, at=now)
        work.commit()
        return case


def supply(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    note: str = "",
) -> Case:
    """Say that everything asked for was attached."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.SUPPLY, calendar)
        clock = replace(act.clock, supplied_on=request.today)
        changed = replace(act, clock=clock)
        case = write_step(work, case, act, request, Step.SUPPLY, changed=changed, reason=note)
        work.commit()
        return case


def withdraw(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    reason: str,
) -> Case:
    """Withdraw one act that is not decided yet; the others run on."""
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.WITHDRAW, calendar)
        case = write_step(work, case, act, request, Step.WITHDRAW, reason=reason)
        work.commit()
        return case


def _submit_act(work: UnitOfWork, case: Case, act: Act, actor: Actor, now: datetime) -> Case:
    authority = authority_of(work, act.kind, act.area, case.application)
    if not authority.organisation_id:
        if act.kind is not ActKind.HIGHWAY_PERMIT:
            return case
        message = (
            f"no transport office for {act.area} is registered here; ask the administrator to add "
            f"{authority.name or 'it'}"
        )
        raise InvalidInputError([FieldFault("authority", message, "office_missing")])
    request = StepRequest(
        actor=actor,
        case_number=case.number,
        act_id=act.id,
        expected_version=act.version,
        now=now,
    )
    changed = replace(
        act, authority=authority, clock=replace(act.clock, submitted_on=request.today)
    )
    return write_step(work, case, act, request, Step.SUBMIT, changed=changed)


def _with_terms(application: Application, law: Law) -> Application:
    """Note what bounds a pass by the law of the application's day."""
    rules = term_rules(law, application.law_day)
    requirements = replace(
        application.requirements,
        temporary_plate_days=rules.temporary_plate_days,
        plan_permit_months=rules.plan_permit_months,
        ends_with_shortest_paper=rules.ends_with_shortest_paper,
    )
    return replace(application, requirements=requirements)


def _enquiry(work: UnitOfWork, enquiry_id: str, actor: Actor) -> Enquiry:
    enquiry = work.enquiries.get(enquiry_id)
    if enquiry.carrier_id != actor.organisation_id:
        raise NotFoundError(f"there is no enquiry {enquiry_id!r}")
    return enquiry


def _must_be_carrier(actor: Actor) -> None:
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only a carrier makes and changes applications")


def _audit(
    work: UnitOfWork,
    case: Case,
    actor: Actor,
    now: datetime,
    step: str,
    details: dict[str, str] | None = None,
) -> None:
    work.audit.append(
        event_by(
            actor,
            now,
            subject=case.number,
            step=step,
            law_day=case.application.law_day,
            details=details,
        )
    )
