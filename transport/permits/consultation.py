"""Consulting another department: an opinion, or silence, which is overdue and never consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transport.permits.decision import NO_TERMS, Signature, TravelTerms


class OpinionOutcome(StrEnum):
    """What the consulted body says; there is no entry for silence on purpose."""

    NO_OBJECTION = "no_objection"
    CONDITIONS = "conditions"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Opinion:
    """The answer of a consulted body, with the terms it asks for."""

    outcome: OpinionOutcome
    text: str
    given_by: Signature
    terms: TravelTerms = NO_TERMS
    was_late: bool = False


def is_overdue(due_on: date | None, today: date) -> bool:
    """Say whether the limit for an answer has passed; never where the limit is not known."""
    return due_on is not None and today > due_on
