"""A load as the scheduler sees it: from where to where, when it may arrive, what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.scheduling.ways import Way


class Obstacle(StrEnum):
    """Why a load is not on the plan."""

    NO_TRUCK = "no_truck"  # none of this kind in the fleet
    NO_ROUTE = "no_route"  # the way is not open for it, or not known to be
    WAY_CLOSED = "way_closed"  # closed or restricted on all its days
    NO_PASS_IN_TIME = "no_pass_in_time"  # noqa: S105 - a pass of the road
    NO_HOURS = "no_hours"  # hours of travel, of the factory and the site never fit
    CREW_HOURS = "crew_hours"  # longer than a crew may work
    PASS_TERM = "pass_term"  # noqa: S105 - farther from the others of its pass than it lasts
    TRUCKS_BUSY = "trucks_busy"
    CREWS_BUSY = "crews_busy"
    ESCORTS_BUSY = "escorts_busy"
    BAYS_BUSY = "bays_busy"
    CRANES_BUSY = "cranes_busy"
    WAITING_FULL = "waiting_full"
    HOLDING_FULL = "holding_full"
    PAST = "past"  # its days are over


@dataclass(frozen=True, slots=True)
class Consignment:
    """One load of the load plan; days count from the plan's first, both included.

    `pass_ready` is the first day its pass can be in force, None where it needs none; `pass_days` is
    how long the pass lasts. `wanted` is the day the load plan chose. `sequence` is the place of its
    first piece in the order of erection.
    """

    load: int
    way: Way
    units: tuple[str, ...]
    earliest: int
    latest: int
    wanted: int
    sequence: int
    pieces: int = 1
    escorts: int = 0
    pass_number: int = 0
    pass_ready: int | None = None
    pass_days: int = 0
