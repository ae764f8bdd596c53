"""The delivery plan: every trip with its times and who takes it, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from transport.scheduling.consignments import Obstacle
from transport.scheduling.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait at a holding place, with the number of its spot."""

    place: str
    spot: str
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryTrip:
    """One load on its way; `load` is its number on the load plan.

    `way` is the code of its way in the plan. `waiting` is the spot where the truck waits for the
    crane, empty where it does not. `leaves_at` is later than `unloaded_at` where the crew rests
    before the way home. `is_pinned` keeps the trip where it is in every later plan.
    """

    load: int
    truck: str
    units: tuple[str, ...]
    crew: str
    escorts: tuple[str, ...]
    bay: str
    crane: str
    waiting: str
    origin: str
    destination: str
    way: str
    loads_at: datetime
    loaded_at: datetime
    departs_at: datetime
    holds: tuple[Wait, ...]
    arrives_at: datetime
    unloads_at: datetime
    unloaded_at: datetime
    leaves_at: datetime
    returns_at: datetime
    earliest: date
    latest: date
    sequence: int
    pieces: int
    pass_number: int = 0
    is_pinned: bool = False
    late_min: int = 0

    @property
    def day(self) -> date:
        """The day of unloading."""
        return self.unloads_at.date()


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A load that no trip was found for, and what stands in its way."""

    load: int
    pieces: int
    earliest: date
    latest: date
    obstacle: Obstacle
    origin: str = ""
    destination: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PassDates:
    """A pass as the plan uses it: its truck, first and last day, and the last day to apply.

    `ready_on` is the first day it can be in force if it is applied for on the day of the plan; None
    where the working days of that year are not announced.
    """

    number: int
    truck: str
    first_on: date
    last_on: date
    trips: int
    apply_by: date | None
    ready_on: date | None


@dataclass(frozen=True, slots=True)
class Disruption:
    """Something that happened after the plan was made.

    A way closed from one moment to another (`origin` and `destination`), a truck that is away
    (`truck`), or a trip that runs late (`load`, `late_min`).
    """

    origin: str = ""
    destination: str = ""
    truck: str = ""
    load: int = 0
    late_min: int = 0
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """One version of the delivery plan of a load plan.

    `cautions` are codes of conditions of weather and season that concern some of the trips.
    `moved` are the loads that lie elsewhere than in the version before. `gone` are pieces of fixed
    trips, by part number, that the load plan no longer has: the trips are not on this plan.
    """

    id: str
    project_id: str
    result_id: str
    number: int
    made_at: datetime
    made_by: str
    fleet: Fleet
    first_day: date
    trips: tuple[DeliveryTrip, ...]
    undelivered: tuple[Undelivered, ...]
    passes: tuple[PassDates, ...]
    disruptions: tuple[Disruption, ...] = ()
    moved: tuple[int, ...] = ()
    conflicts: tuple[int, ...] = ()
    cautions: tuple[str, ...] = ()
    years_not_announced: tuple[int, ...] = ()
    gone: tuple[tuple[str, int], ...] = ()

    @property
    def trucks_used(self) -> tuple[str, ...]:
        """Trucks that carry something, in the order of the fleet."""
        used = {one.truck for one in self.trips}
        return tuple(one.name for one in self.fleet.trucks if one.name in used)
