"""Documents that belong to an application (R62 art. 10)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from transport.regulations.citation import Status
from transport.regulations.documents import Needed
from transport.regulations.law import Law


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """One document: whether it is required here, and by which clause."""

    code: str
    name_zh: str
    name_en: str
    required: bool
    clause: str
    status: Status


def list_documents(law: Law, day: date, *, escort_plan: bool) -> tuple[DocumentNeed, ...]:
    """List every document of art. 10; outline drawing and escort plan only where due."""
    needs = []
    for field in fields(law.documents):
        row = getattr(law.documents, field.name)
        provision = row.on(day)
        required = provision.value == Needed.ALWAYS or escort_plan
        needs.append(
            DocumentNeed(
                code=field.name,
                name_zh=row.description_zh,
                name_en=row.description_en,
                required=required,
                clause=provision.clause,
                status=provision.status,
            )
        )
    return tuple(needs)
