"""Finding: what one rule says of one transport, with value, limit, clause and certainty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.regulations.citation import Status


class Outcome(StrEnum):
    """Words for legal findings (one table, used everywhere)."""

    WITHIN_LIMIT = "within_limit"
    PERMIT_NEEDED = "permit_needed"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer; `value` and `limit` are in the unit that `rule` names (m, t, count)."""

    rule: str
    outcome: Outcome
    value: float | str | None
    limit: float | str | None
    clause: str
    status: Status
