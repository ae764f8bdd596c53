"""The papers of a vehicle as fields of a form: number, first day and last day of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel.speaklater import LazyString

from transport.vehicles.vehicle_papers import PaperKind, PaperState, VehiclePaper
from webapp.fields import Fields
from webapp.wording import WORDS

PULLING = (
    PaperKind.VEHICLE_LICENCE,
    PaperKind.TEMPORARY_PLATE,
    PaperKind.INSURANCE,
    PaperKind.INSPECTION,
    PaperKind.TRANSPORT_CERTIFICATE,
)
# No compulsory insurance is asked for trailers.
TOWED = tuple(kind for kind in PULLING if kind is not PaperKind.INSURANCE)
OF_THE_FIRM = (PaperKind.TRANSPORT_LICENCE, PaperKind.OTHER)
_PARTS = ("number", "issued_on", "valid_until")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper with its last day and how it stands today, for a list."""

    paper: VehiclePaper
    last_day: date | None
    state: PaperState


def read_papers(fields: Fields, kinds: Iterable[PaperKind]) -> tuple[VehiclePaper, ...]:
    """Read the papers of these kinds; one with all fields empty is not there."""
    found = []
    for kind in kinds:
        paper = VehiclePaper(
            kind,
            number=fields.text(f"{kind}_number", required=False, longest=40),
            issued_on=fields.day(f"{kind}_issued_on", required=False),
            valid_until=fields.day(f"{kind}_valid_until", required=False),
        )
        if paper != VehiclePaper(kind):
            found.append(paper)
    return tuple(found)


def paper_values(papers: Iterable[VehiclePaper]) -> dict[str, Any]:
    """Return papers as the values of their fields."""
    return {f"{one.kind}_{part}": getattr(one, part) or "" for one in papers for part in _PARTS}


def paper_labels(kinds: Iterable[PaperKind]) -> dict[str, LazyString]:
    """Return the names of the fields where faults of papers are shown."""
    return {f"{kind}_valid_until": WORDS["paper"][kind] for kind in kinds}


def paper_lines(
    papers: Iterable[VehiclePaper], day: date, temporary_plate_days: int
) -> list[PaperLine]:
    """Return papers with their state on a day."""
    return [
        PaperLine(one, one.last_day(temporary_plate_days), one.state_on(day, temporary_plate_days))
        for one in papers
    ]


def field_of_fault(field: str) -> str:
    """Return the form's field of a fault at `papers.kind`."""
    part, _, kind = field.partition(".")
    return f"{kind}_valid_until" if part == "papers" else field
