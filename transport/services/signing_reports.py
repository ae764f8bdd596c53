"""Sign the evaluation report of a case: what is signed is kept as it was printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from transport.errors import StepNotAllowedError
from transport.evaluation.passage.answer import passage_as_json
from transport.evaluation.passage.findings import Passage
from transport.people import Actor
from transport.permits.report_sheet import ReportSheet
from transport.services.audit_trail import event_by
from transport.services.ports import DocumentStore, UnitOfWorkFactory
from transport.services.stepping import open_case

# Prints the report with a sheet under it.
Print = Callable[[ReportSheet], bytes]


@dataclass(frozen=True, slots=True)
class Signatures:
    """The newest signature on a case, and whether it stands under today's evaluation."""

    newest: ReportSheet | None
    stands: bool


def digest_of(passage: Passage) -> str:
    """Return the digest of an evaluation; another day alone makes no other evaluation."""
    document = passage_as_json(passage)
    document.pop("evaluated_for")
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def sheets_of(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> list[ReportSheet]:
    """Return the signatures under the report of a case that the actor may see, the newest last."""
    with unit_of_work(read_only=True) as work:
        open_case(work, number, actor)
        return work.report_sheets.of_case(number)


def signatures(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, passage: Passage
) -> Signatures:
    """Return who signed the report of a case last, and whether it is still that evaluation."""
    sheets = sheets_of(unit_of_work, actor=actor, number=number)
    if not sheets:
        return Signatures(None, stands=False)
    return Signatures(sheets[-1], sheets[-1].evaluation == digest_of(passage))


def sign_report(
    unit_of_work: UnitOfWorkFactory,
    documents: DocumentStore,
    *,
    actor: Actor,
    number: str,
    passage: Passage,
    details: Mapping[str, str],
    printed: Print,
    now: datetime,
) -> ReportSheet:
    """Sign the report of a case and keep the paper.

    Raises StepNotAllowedError while the evaluation has no conclusion, InvalidInputError where a
    field that a report must name is empty.
    """
    if passage.conclusion is None:
        raise StepNotAllowedError(
            "the evaluation has no conclusion yet: settle surveys and full checks first",
            "no_conclusion",
        )
    with unit_of_work() as work:
        open_case(work, number, actor)
        sheet = ReportSheet(
            id=work.new_id(),
            case_number=number,
            details=dict(details),
            evaluation=digest_of(passage),
            conclusion=str(passage.conclusion),
            signed_by=actor.name,
            organisation=actor.organisation_name,
            signed_at=now,
        )
        kept = documents.put(printed(sheet), f"{number}.pdf")
        sheet = replace(sheet, paper=kept.digest)
        work.report_sheets.add(sheet, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=number,
                step="sign_report",
                details={"conclusion": sheet.conclusion, "paper": kept.digest},
            )
        )
        work.commit()
        return sheet
