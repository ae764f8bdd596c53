"""The signed sheet of a passage evaluation report: a draft until an engineer signs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError

# Fields of appendix A that a report cannot be signed without.
MUST_NAME = ("project_name", "organisation", "technical_head", "project_head", "certificate")


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One signature under the evaluation of a case, and the paper as it was signed.

    `evaluation` is the digest of the evaluation that was signed: another one is a draft again.
    `details` are fields of appendix A by name, `paper` the digest of the printed report.
    """

    id: str
    case_number: str
    details: Mapping[str, str]
    evaluation: str
    conclusion: str
    signed_by: str
    organisation: str
    signed_at: datetime
    paper: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse a sheet that leaves out who answers for it."""
        faults = [
            FieldFault(name, "must not be empty", "required")
            for name in MUST_NAME
            if not self.details.get(name, "").strip()
        ]
        if faults:
            raise InvalidInputError(faults)
