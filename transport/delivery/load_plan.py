"""The load plan of a parts list: what goes when, on what, under which pass; and what it saves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transport.routing.route import RouteStatus
from transport.rules.category import Category


@dataclass(frozen=True, slots=True)
class PlannedLoad:
    """One truck load: its day, pieces by part number, vehicle, size on the road, and its pass.

    `units` are the codes of the vehicles front to rear; `is_firm` is false where practice asks an
    engineer to look at its stability. `pass_number` is 0 for a load that needs none.
    `route` says whether its way is open, None where nobody asked.
    """

    number: int
    deliver_on: date
    origin: str
    destination: str
    parts: tuple[tuple[str, int], ...]
    families: tuple[tuple[str, int], ...]
    units: tuple[str, ...]
    pattern: str
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    category: Category | None = None
    is_firm: bool = True
    pass_number: int = 0
    route: RouteStatus | None = None

    @property
    def pieces(self) -> int:
        """Number of pieces."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class PlannedPass:
    """A pass to apply for: one vehicle, one way, one loading, from its first to its last load.

    `apply_by` is the last day that leaves the authority its time; None where the working days of
    that year are not announced. `is_spare` marks one for a tractor that stands by. `expires_on` is
    its last possible day; `renews` is the number of the pass that it follows on, 0 for a first one.
    """

    number: int
    family: str
    pieces: int
    origin: str
    destination: str
    units: tuple[str, ...]
    category: Category | None
    starts_on: date
    ends_on: date
    loads: int
    apply_by: date | None = None
    is_spare: bool = False
    expires_on: date | None = None
    renews: int = 0


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Parts that no load was found for, and why."""

    family: str
    parts: tuple[str, ...]
    pieces: int
    reason: str


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What the plan comes to, against one load (and pass) per piece, and against proven bounds."""

    pieces: int
    loads: int
    loads_without_pass: int
    passes: int
    spare_passes: int
    naive_loads: int
    naive_passes: int
    least_loads_without_pass: int
    least_passes: int

    @property
    def loads_with_pass(self) -> int:
        """Loads that need a pass."""
        return self.loads - self.loads_without_pass


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """Loads in order of delivery, passes, what stays open, and the figures."""

    loads: tuple[PlannedLoad, ...]
    passes: tuple[PlannedPass, ...]
    unplanned: tuple[Unplanned, ...]
    figures: PlanFigures
    early_days: int
    law_day: date

    @property
    def closed(self) -> tuple[PlannedLoad, ...]:
        """Loads whose way is not open, or not known to be."""
        open_ones = {None, RouteStatus.FEASIBLE, RouteStatus.CONDITIONAL}
        return tuple(one for one in self.loads if one.route not in open_ones)

    @property
    def renewals(self) -> tuple[PlannedPass, ...]:
        """Passes that follow on one that expires, the first to apply for in front."""
        follow = (one for one in self.passes if one.renews)
        return tuple(sorted(follow, key=lambda one: (one.apply_by or one.starts_on, one.number)))

    @property
    def late(self) -> tuple[PlannedPass, ...]:
        """Passes that had to be applied for before the day of the plan."""
        return tuple(
            one for one in self.passes if one.apply_by is not None and one.apply_by < self.law_day
        )
