"""Decision space: dated rows by which an office lets the system prepare its decisions.

Without a row in force that covers a case, the case goes to the desk. A row comes into force when
a second person of the office confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError

CATEGORIES = ("I", "II", "III")
_CITY_DIGITS = 4


class NotCovered(StrEnum):
    """Why a case goes to the desk."""

    NO_ROW = "no_row"
    DAY = "day"
    HOURS = "hours"
    CATEGORY = "category"
    CORRIDOR = "corridor"
    SIZE = "size"
    ROUTE = "route"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows look at; `route_status` is empty where nobody planned the route."""

    category: str
    origin_admin: str
    destination_admin: str
    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_t: float | None
    refusals: tuple[str, ...] = ()
    route_status: str = ""


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """One row: what it covers, since when, and who answers for it.

    `origin` and `destination` are areas (GB/T 2260), empty for anywhere. Hours are those of the
    office's day in which the system may act. `confirmed_by` is empty until a second person agrees.
    `automatic_by` signed, under the written order `automatic_order`, that the system also takes the
    decision; empty while it only prepares.
    """

    id: str
    categories: tuple[str, ...]
    origin: str
    destination: str
    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_t: float
    from_day: date
    until_day: date
    from_time: time
    until_time: time
    reason: str
    entered_by: str
    entered_by_id: str
    confirmed_by: str = ""
    ended_on: date | None = None
    confirmed_by_id: str = ""
    automatic_by: str = ""
    automatic_by_id: str = ""
    automatic_order: str = ""

    @property
    def is_automatic(self) -> bool:
        """Whether the system may take the decision, not only prepare it."""
        return bool(self.automatic_by)

    @property
    def people(self) -> frozenset[str]:
        """The ids of those who answer for the row."""
        return frozenset({self.entered_by_id, self.confirmed_by_id, self.automatic_by_id} - {""})

    def is_in_force(self, day: date) -> bool:
        """Say whether the row counts on a day."""
        over = self.ended_on is not None and day >= self.ended_on
        return bool(self.confirmed_by) and self.from_day <= day <= self.until_day and not over

    def misses(self, facts: Facts, at: datetime) -> NotCovered | None:
        """Return why the row does not cover these facts at a moment, None where it does."""
        if not self.is_in_force(at.date()):
            return NotCovered.DAY
        if not self.from_time <= at.time() < self.until_time:
            return NotCovered.HOURS
        return self.misses_load(facts)

    def misses_load(self, facts: Facts) -> NotCovered | None:
        """Return why the row does not cover these facts, whenever it is."""
        if facts.refusals:
            return NotCovered.REFUSAL
        if facts.category not in self.categories:
            return NotCovered.CATEGORY
        ends = (self.origin, facts.origin_admin), (self.destination, facts.destination_admin)
        if not all(_within(area, code) for area, code in ends):
            return NotCovered.CORRIDOR
        if facts.axle_t is None or any(
            value > most
            for value, most in (
                (facts.height_m, self.height_m),
                (facts.width_m, self.width_m),
                (facts.length_m, self.length_m),
                (facts.mass_t, self.mass_t),
                (facts.axle_t, self.axle_t),
            )
        ):
            return NotCovered.SIZE
        # A route with conditions or open questions is looked at by a person.
        return None if facts.route_status == "feasible" else NotCovered.ROUTE


def covering(
    rows: Iterable[SpaceRow], facts: Facts, at: datetime
) -> tuple[SpaceRow | None, NotCovered | None]:
    """Return the first row that covers these facts; else why the nearest one does not."""
    missed = NotCovered.NO_ROW
    order = list(NotCovered)
    for row in rows:
        why = row.misses(facts, at)
        if why is None:
            return row, None
        missed = max(missed, why, key=order.index)
    return None, missed


def check_row(row: SpaceRow) -> SpaceRow:
    """Return the row; raises InvalidInputError with every fault."""
    faults = []
    if not row.categories or not set(row.categories) <= set(CATEGORIES):
        faults.append(FieldFault("categories", "choose among I, II, III", "choose_one"))
    if row.until_day < row.from_day:
        faults.append(FieldFault("until_day", "lies before the first day", "day_order"))
    if row.until_time <= row.from_time:
        faults.append(FieldFault("until_time", "lies before the first hour", "hour_order"))
    if not row.reason.strip():
        faults.append(FieldFault("reason", "must be given", "reason_missing"))
    if faults:
        raise InvalidInputError(faults)
    return row


def _within(area: str, code: str) -> bool:
    if not area:
        return True
    prefix = area[:2] if area.endswith("0000") else area[:_CITY_DIGITS]
    return code.startswith(prefix if area.endswith("00") else area)
