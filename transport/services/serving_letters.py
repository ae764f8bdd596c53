"""Number the letters of an act, and put the proof of their service (送达回证) on file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits.act_letters import letters_of, written_on
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.clocks import day_after_working_days
from transport.permits.decision import signature_of
from transport.permits.letters import (
    DECISIONS,
    LetterKind,
    LetterNumber,
    Manner,
    Service,
    number_of,
    service_of,
)
from transport.permits.states import OPINIONS, Step, next_state
from transport.regulations.law import Law
from transport.rules.pass_term import last_day_of_months
from transport.services.ports import DocumentStore, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, open_case, write_step
from transport.working_days import WorkingCalendar

File = tuple[str, bytes]
_NEEDS_RECIPIENT = frozenset({Manner.DIRECT, Manner.POST, Manner.ENTRUSTED, Manner.ELECTRONIC})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an officer enters about the service of one letter."""

    letter: LetterKind
    manner: Manner
    served_on: date
    received_by: str = ""
    place: str = ""
    witness: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LetterOnFile:
    """A letter with its number, its service and the days that follow from it.

    `serve_by` is the last day to bring it to the applicant (ALL 44), `review_until` and
    `lawsuit_until` the last days of the remedies, counted from the service; None where they do not
    apply or cannot be told yet.
    """

    letter: LetterKind
    number: str
    written_on: date | None
    service: Service | None
    serve_by: date | None = None
    late: bool = False
    review_until: date | None = None
    lawsuit_until: date | None = None


def write_number(number: LetterNumber, law: Law, day: date) -> str:
    """Write a number the way the law's data of its day ask for."""
    terms = law.at(number.admin_code).case_terms
    words = terms.letter_office_words.on(day).value
    office = number.word or f"{words.get(number.role, '')}{number.admin_code}"
    return terms.letter_number_form.on(day).value.format(
        office=office,
        kind=terms.letter_kind_words.on(day).value.get(number.letter.value, ""),
        year=number.year,
        serial=number.serial,
    )


def letter_number(case: Case, act: Act, letter: LetterKind, law: Law) -> str:
    """Return the number of a letter; one from before numbers were given names case and act."""
    number = number_of(act.letter_numbers, letter)
    if number is None:
        sign = law.case_terms.letter_kind_words.on(case.application.law_day).value
        place = [one.id for one in case.acts].index(act.id) + 1
        return f"{case.number}-{sign.get(letter.value, '')}{place}"
    return write_number(number, law, written_on(letter, act) or case.application.law_day)


def letters_on_file(
    case: Case, act: Act, law: Law, calendar: WorkingCalendar, today: date
) -> list[LetterOnFile]:
    """Return the letters of an act with their numbers, services and the days that follow."""
    return [_on_file(case, act, one, law, calendar, today) for one in letters_of(act)]


def serve(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    documents: DocumentStore,
    request: StepRequest,
    receipt: Receipt,
    *,
    paper: File | None = None,
) -> Case:
    """Put the proof of service of a letter on file; its periods run from that day.

    The letter of a consultation is served by the office that asks. Raises InvalidInputError for a
    letter that does not exist, a day before it or after today, or nobody who received it.
    """
    with unit_of_work() as work:
        case, act = _open(work, calendar, request)
        _check(act, receipt, request.today)
        service = Service(
            letter=receipt.letter,
            manner=receipt.manner,
            served_on=receipt.served_on,
            received_by=receipt.received_by.strip(),
            served_by=signature_of(request.actor, request.now),
            place=receipt.place.strip(),
            witness=receipt.witness.strip(),
            note=receipt.note.strip(),
            paper=documents.put(paper[1], paper[0]).digest if paper else "",
        )
        changed = replace(act, services=(*act.services, service))
        if receipt.letter is LetterKind.CONSULTATION:
            # The time for the answer runs from the day the letter arrived.
            changed = replace(changed, clock=replace(act.clock, submitted_on=receipt.served_on))
        details = {
            "letter": receipt.letter.value,
            "manner": receipt.manner.value,
            "served_on": receipt.served_on.isoformat(),
            "received_by": service.received_by,
        }
        case = write_step(
            work, case, act, request, Step.SERVE, changed=changed, reason=service.note,
            details=details,
        )  # fmt: skip
        work.commit()
        return case


def _open(work: UnitOfWork, calendar: WorkingCalendar, request: StepRequest) -> tuple[Case, Act]:
    seen = open_case(work, request.case_number, request.actor)
    act = seen.act(request.act_id)
    if act.kind not in OPINIONS:
        return open_act(work, request, Step.SERVE, calendar)
    next_state(act.kind, act.state, Step.SERVE, request.actor.role)
    highway = seen.highway_permit
    if highway is None or highway.authority.organisation_id != request.actor.organisation_id:
        raise StepNotAllowedError("only the authority that asked serves its letter", "other_desk")
    return seen, replace(act, version=request.expected_version)


def _check(act: Act, receipt: Receipt, today: date) -> None:
    faults = []
    if receipt.letter not in letters_of(act):
        message = f"this act has no letter '{receipt.letter.value}' yet"
        faults.append(FieldFault("letter", message, "no_such_letter"))
    elif service_of(act.services, receipt.letter) is not None:
        message = "was served already; the proof of service is on file"
        faults.append(FieldFault("letter", message, "served_already"))
    written = written_on(receipt.letter, act)
    if receipt.served_on > today or (written is not None and receipt.served_on < written):
        message = f"must lie between the day of the letter ({written}) and today"
        faults.append(FieldFault("served_on", message, "served_outside"))
    if receipt.manner in _NEEDS_RECIPIENT and not receipt.received_by.strip():
        message = "must name who received the letter"
        faults.append(FieldFault("received_by", message, "recipient_missing"))
    if receipt.manner is Manner.LEFT_THERE and not receipt.witness.strip():
        message = "a letter that is left there needs a witness"
        faults.append(FieldFault("witness", message, "witness_missing"))
    if faults:
        raise InvalidInputError(faults)


def _on_file(
    case: Case, act: Act, letter: LetterKind, law: Law, calendar: WorkingCalendar, today: date
) -> LetterOnFile:
    written, service = written_on(letter, act), service_of(act.services, letter)
    found = LetterOnFile(letter, letter_number(case, act, letter, law), written, service)
    if letter not in DECISIONS or written is None:
        return found
    days = law.time_limits.delivery_days.on(written).value
    serve_by = day_after_working_days(written, days, calendar)
    reached = service.served_on if service else today
    found = replace(found, serve_by=serve_by, late=serve_by is not None and reached > serve_by)
    if service is None:
        return found
    served, terms = service.served_on, law.case_terms
    months = terms.lawsuit_months.on(written).value
    return replace(
        found,
        review_until=served + timedelta(days=terms.review_days.on(written).value),
        # The day of service is not counted: the last day bears its number, months later.
        lawsuit_until=last_day_of_months(served + timedelta(days=1), months),
    )
