"""Enter tariff lines and relief schemes; every change is on the audit trail with its author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.relief.schemes import Scheme, SchemeState, checked_scheme
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import day_of
from transport.tariffs.line_files import read_lines
from transport.tariffs.lines import TariffLine

# A draft may be put in force or dropped; what has ended stays ended.
SCHEME_STEPS: Mapping[SchemeState, tuple[SchemeState, ...]] = MappingProxyType(
    {
        SchemeState.DRAFT: (SchemeState.IN_FORCE, SchemeState.ENDED),
        SchemeState.IN_FORCE: (SchemeState.ENDED,),
        SchemeState.ENDED: (),
    }
)


def add_lines(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, lines: Iterable[TariffLine], now: datetime
) -> int:
    """Add tariff lines, all or none; raises ConflictError where an id is taken."""
    _must_be_office(actor)
    made = list(lines)
    with unit_of_work() as work:
        for one in made:
            work.tariff_lines.add(one, changed_by=actor.name, at=now)
        ids = ",".join(one.id for one in made[:20])
        _audit(
            work, actor, now, "tariff", "add_tariff_lines", {"lines": str(len(made)), "ids": ids}
        )
        work.commit()
        return len(made)


def import_lines(unit_of_work: UnitOfWorkFactory, *, actor: Actor, text: str, now: datetime) -> int:
    """Add the tariff lines of a CSV file, all or none; raises InvalidInputError with all faults."""
    lines = read_lines(text)
    if not lines:
        raise InvalidInputError([FieldFault("file", "holds no row", "no_rows")])
    return add_lines(unit_of_work, actor=actor, lines=lines, now=now)


def end_line(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    line_id: str,
    expected_version: int,
    last_day: date,
    now: datetime,
) -> TariffLine:
    """Let an entered line end on a day; what it priced before stays priced."""
    _must_be_office(actor)
    with unit_of_work() as work:
        line = replace(work.tariff_lines.get(line_id), version=expected_version)
        if last_day < line.valid_from:
            message = f"{last_day} is before the first day {line.valid_from}"
            raise InvalidInputError([FieldFault("last_day", message, "ends_before_start")])
        saved = work.tariff_lines.save(
            replace(line, valid_to=last_day), changed_by=actor.name, at=now
        )
        details = {"line": line_id, "last_day": last_day.isoformat()}
        _audit(work, actor, now, "tariff", "end_tariff_line", details)
        work.commit()
        return saved


def add_scheme(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    scheme: Scheme,
    taken: Iterable[str],
    now: datetime,
) -> Scheme:
    """Add a scheme as a draft; `taken` are the ids in use."""
    _must_be_office(actor)
    if scheme.id in set(taken):
        message = f"the id {scheme.id!r} is taken"
        raise InvalidInputError([FieldFault("id", message, "id_taken")])
    try:
        draft = checked_scheme(replace(scheme, state=SchemeState.DRAFT))
    except ValueError as wrong:
        raise InvalidInputError([FieldFault("calculators", str(wrong), "scheme_wrong")]) from wrong
    with unit_of_work() as work:
        work.relief_schemes.add(draft, changed_by=actor.name, at=now)
        _audit(work, actor, now, f"scheme {draft.id}", "add_scheme", {"rule": draft.rule})
        work.commit()
        return draft


def move_scheme(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    scheme_id: str,
    to: SchemeState,
    expected_version: int,
    now: datetime,
) -> Scheme:
    """Put a draft in force or end a scheme; in force needs its decision and legal basis."""
    _must_be_office(actor)
    with unit_of_work() as work:
        scheme = replace(work.relief_schemes.get(scheme_id), version=expected_version)
        if to not in SCHEME_STEPS[scheme.state]:
            raise StepNotAllowedError(
                f"scheme {scheme_id} is {scheme.state.value}; it cannot become {to.value}",
                "scheme_not_from_this_state",
            )
        basis = scheme.document_number and scheme.legal_basis and scheme.issuing_body
        if to is SchemeState.IN_FORCE and not basis:
            raise StepNotAllowedError(
                f"scheme {scheme_id} needs issuing body, document number and legal basis first",
                "scheme_without_basis",
            )
        saved = work.relief_schemes.save(replace(scheme, state=to), changed_by=actor.name, at=now)
        _audit(work, actor, now, f"scheme {scheme_id}", "move_scheme", {"state": to.value})
        work.commit()
        return saved


def _must_be_office(actor: Actor) -> None:
    if actor.role is not Role.TOLL_OFFICE:
        raise StepNotAllowedError(
            "only the toll office keeps tolls and schemes", "toll_office_only"
        )


def _audit(
    work: UnitOfWork,
    actor: Actor,
    now: datetime,
    subject: str,
    step: str,
    details: Mapping[str, str],
) -> None:
    work.audit.append(
        event_by(actor, now, subject=subject, step=step, law_day=day_of(now), details=dict(details))
    )
