"""Drivers and escort companies of a carrier, with their papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transport.vehicles.vehicle_papers import WARN_DAYS


class CrewKind(StrEnum):
    """Who it is."""

    DRIVER = "driver"
    ESCORT = "escort"  # a company that escorts, or the firm's own escort team


@dataclass(frozen=True, slots=True)
class CrewPaper:
    """A paper of a driver or escort company: a word for its kind, its number and last day."""

    kind: str
    number: str = ""
    valid_until: date | None = None


PAPERS_OF: dict[CrewKind, tuple[str, ...]] = {
    CrewKind.DRIVER: ("driving_licence", "driver_qualification"),
    CrewKind.ESCORT: ("business_licence", "liability_insurance"),
}


@dataclass(frozen=True, slots=True)
class CrewMember:
    """A driver or an escort company; `detail` is the licence class, or cars and radios."""

    id: str
    organisation_id: str
    kind: CrewKind
    name: str
    phone: str = ""
    detail: str = ""
    papers: tuple[CrewPaper, ...] = ()
    active: bool = True
    version: int = 1


def crew_papers_ending(
    crew: list[CrewMember], day: date, warn_days: int = WARN_DAYS
) -> list[tuple[CrewMember, CrewPaper, date]]:
    """Return the papers that have ended or soon will, the earliest first."""
    found = [
        (one, paper, paper.valid_until)
        for one in crew
        if one.active
        for paper in one.papers
        if paper.valid_until and (paper.valid_until - day).days < warn_days
    ]
    return sorted(found, key=lambda each: (each[2], each[0].name))
