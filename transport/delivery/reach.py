"""Can it get there: the answer for a part and a site, and the cheapest change that helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.routing.route import RouteStatus
from transport.rules.category import Category


class Reach(StrEnum):
    """The four answers."""

    WITHOUT_PASS = "without_pass"  # noqa: S105 - a road pass
    WITH_PASS = "with_pass"  # noqa: S105
    AFTER_CHANGE = "after_change"
    NOT_KNOWN = "not_known"


class Change(StrEnum):
    """What can be changed, the cheapest first."""

    TURN = "turn"  # lay it on its side, or stand it on a frame
    OTHER_TRAILER = "other_trailer"
    OTHER_ROUTE = "other_route"
    SPLIT = "split"  # make it in smaller pieces


@dataclass(frozen=True, slots=True)
class ReachAnswer:
    """How one part of a family comes from a factory to a site.

    `units`, sizes and mass are those of the loading the answer rests on, `orientation` how the
    piece lies. `change` is what has to be done first, or, under a pass, what would spare it or
    lower its category to `change_to` (None: no pass). `detour_m` is how much longer another route
    is. `stopped_by` names what is in the way where nothing helps.
    """

    family: str
    origin: str
    destination: str
    reach: Reach
    route: RouteStatus | None = None
    category: Category | None = None
    units: tuple[str, ...] = ()
    orientation: str = ""
    length_m: float = 0.0
    width_m: float = 0.0
    height_m: float = 0.0
    mass_t: float = 0.0
    change: Change | None = None
    change_units: tuple[str, ...] = ()
    change_orientation: str = ""
    change_to: Category | None = None
    route_length_m: float | None = None
    detour_m: float = 0.0
    stopped_by: str = ""
    limit: float | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class LaneEnvelope:
    """The largest height, width, length and mass between a factory and a site.

    Each with the others at the ordinary limits; None where no known limit stops it. The names say
    where it is smallest.
    """

    origin: str
    destination: str
    height_m: float | None
    width_m: float | None
    length_m: float | None
    mass_t: float | None
    stopped_by: tuple[str, ...] = ()
