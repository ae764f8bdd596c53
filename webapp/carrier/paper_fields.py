"""The papers of an application: which are wanted, and the files of one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import FileStorage, MultiDict

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import AttachedDocument
from transport.permits.case import Case
from transport.services.applying import attach_document
from webapp.access import current_actor, current_services
from webapp.fields import Fields

# What an office asks for beyond the law's list is attached under this code.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the list with the newest file attached to it."""

    code: str
    name: str
    required: bool
    clause: str
    attached: AttachedDocument | None


def paper_rows(case: Case) -> list[PaperRow]:
    """Return the papers the law asks for, and one row for anything else."""
    newest = {one.code: one for one in case.application.documents}
    rows = [
        PaperRow(one.code, one.name, one.required, one.clause, newest.get(one.code))
        for one in case.application.requirements.documents
    ]
    return [*rows, PaperRow(OTHER, "", required=False, clause="", attached=newest.get(OTHER))]


def attach_all(
    case: Case,
    form: Mapping[str, str],
    files: MultiDict[str, FileStorage],
    expected_version: int,
) -> tuple[int, list[FieldFault]]:
    """Attach the files of one form, each in its own step; return how many, and the faults.

    Raises ConflictError if somebody changed the case meanwhile.
    """
    fields = Fields(form)
    given = [row for row in paper_rows(case) if (file := files.get(f"file_{row.code}")) and file]
    days = {row.code: fields.day(f"valid_until_{row.code}", required=False) for row in given}
    faults = list(fields.faults)
    if not given:
        first = next((row.code for row in paper_rows(case)), OTHER)
        faults.append(FieldFault(f"file_{first}", "must be chosen", "file_missing"))
    attached = 0
    for row in given if not faults else ():
        try:
            expected_version = _attach(case, row.code, files, days[row.code], expected_version)
        except InvalidInputError as wrong:
            faults += [
                FieldFault(f"file_{row.code}", one.message, one.code, one.params)
                for one in wrong.faults
            ]
        else:
            attached += 1
    return attached, faults


def _attach(
    case: Case,
    code: str,
    files: MultiDict[str, FileStorage],
    valid_until: date | None,
    expected_version: int,
) -> int:
    services = current_services()
    file = files[f"file_{code}"]
    saved = attach_document(
        services.unit_of_work,
        services.documents,
        actor=current_actor(),
        number=case.number,
        code=code,
        filename=file.filename or "",
        content=file.read(),
        expected_version=expected_version,
        now=services.clock.now(),
        valid_until=valid_until,
    )
    return saved.version
