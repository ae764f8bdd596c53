"""The regional picture: planned transports by corridor and week, and the structures that hold them.

Corridors run from a place of dispatch to a site; weeks begin on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

Corridor = tuple[str, str]


class Remedy(StrEnum):
    """What would open a structure or stretch."""

    SURVEY = "survey"  # its value is not known, or only assumed
    STRENGTHENING = "strengthening"  # it bears or was assessed for less
    REBUILDING = "rebuilding"  # it is too low, too narrow, or too tight a turn
    SIGN = "sign"  # a posted limit
    WAITING = "waiting"  # a restriction for a time


@dataclass(frozen=True, slots=True)
class PlannedTransport:
    """One load that a project plans: when, from where to where, how heavy, under a pass or not.

    `is_held` says that its way is not open, or not known to be.
    """

    project: str
    load: int
    on: date
    corridor: Corridor
    mass_t: float
    pieces: int
    needs_pass: bool
    is_held: bool = False

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.on - timedelta(days=self.on.weekday())


@dataclass(frozen=True, slots=True)
class CorridorWeek:
    """What a corridor carries in a week."""

    corridor: Corridor
    week: date
    loads: int
    tonnes: float
    with_pass: int
    held: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A structure or stretch that holds transports up, and what opening it alone would release.

    `element` is a structure's id or `edge:` or `turn:` with a number. `needs_others` counts the
    loads that it holds and that other places hold as well.
    """

    element: str
    name: str
    kind: str
    at: tuple[float, float]
    remedy: Remedy
    loads: int
    tonnes: float
    released: int
    first_on: date
    corridors: tuple[Corridor, ...]

    @property
    def needs_others(self) -> int:
        """Loads that stay held by other places when this one alone is opened."""
        return self.loads - self.released


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the order in which to open them: loads released by it and all before it."""

    element: str
    name: str
    kind: str
    remedy: Remedy
    released: int
    left: int


@dataclass(frozen=True, slots=True)
class RegionalPicture:
    """Everything departments see: weeks of corridors, what holds, in which order to open it.

    `projects` have a load plan, `unplanned` are those that have none; `cannot_tell` counts held
    loads whose places the network does not know.
    """

    day: date
    weeks: tuple[CorridorWeek, ...]
    holdings: tuple[Holding, ...]
    steps: tuple[Step, ...]
    projects: int
    unplanned: int
    cannot_tell: int = 0

    @property
    def loads(self) -> int:
        """All planned loads."""
        return sum(one.loads for one in self.weeks)

    @property
    def held(self) -> int:
        """Loads whose way is not open."""
        return sum(one.held for one in self.weeks)


def by_corridor_and_week(transports: Iterable[PlannedTransport]) -> tuple[CorridorWeek, ...]:
    """Count transports by corridor, then week."""
    found: dict[tuple[Corridor, date], list[PlannedTransport]] = {}
    for one in transports:
        found.setdefault((one.corridor, one.week), []).append(one)
    return tuple(
        CorridorWeek(
            corridor,
            week,
            len(own),
            round(sum(one.mass_t for one in own), 1),
            sum(one.needs_pass for one in own),
            sum(one.is_held for one in own),
        )
        for (corridor, week), own in sorted(found.items())
    )
