"""Project lists: trucks that carry for a project in a period, for loads that need no pass.

Many panel trips are within the ordinary limits and have no pass; relief then rests on the list that
a decision names: project, tractor, days, and if need be the kinds of components.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transport.errors import FieldFault, InvalidInputError


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A tractor on the list of a project from `first_day` to `last_day` (both included).

    No `component_kinds` means all. `basis` names the document that put it on the list. An entry is
    ended by its last day and never taken away: what it covered stays covered.
    """

    id: str
    project: str
    tractor_plate: str
    first_day: date
    last_day: date
    basis: str
    component_kinds: frozenset[str] = frozenset()
    added_by: str = ""
    version: int = 1

    def covers(self, plate: str, day: date) -> bool:
        """Say whether a tractor is on the list on a day."""
        return self.tractor_plate == plate and self.first_day <= day <= self.last_day


def checked_entry(entry: ListEntry) -> ListEntry:
    """Return the entry; raises InvalidInputError with every field that is wrong."""
    faults = [
        FieldFault(field, "is required", "required")
        for field in ("project", "tractor_plate", "basis")
        if not str(getattr(entry, field)).strip()
    ]
    if entry.last_day < entry.first_day:
        message = f"{entry.last_day} is before the first day {entry.first_day}"
        faults.append(FieldFault("last_day", message, "ends_before_start"))
    if faults:
        raise InvalidInputError(faults)
    return entry


def is_listed(
    entries: Iterable[ListEntry], *, plate: str, day: date, project: str, kind: str
) -> bool:
    """Say whether a project list names a trip: its tractor, day, project and kind of component."""
    return any(
        one.covers(plate, day)
        and one.project == project
        and (not one.component_kinds or kind in one.component_kinds)
        for one in entries
    )


def periods_by_plate(entries: Iterable[ListEntry]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return first and last day of every tractor's entries, as operators' records name them."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in entries:
        period = (one.first_day.isoformat(), one.last_day.isoformat())
        found[one.tractor_plate] = (*found.get(one.tractor_plate, ()), period)
    return found
