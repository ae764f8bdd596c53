"""What carries, loads and unloads: trucks, crews, escorts, bays, cranes, places to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of one day, in minutes from midnight; `all_week` works on days off too."""

    from_min: int
    to_min: int
    all_week: bool = False

    def hold(self, start: int, end: int) -> bool:
        """Whether a time lies within the hours of one day; both in minutes of the plan."""
        day = start // DAY_MIN * DAY_MIN
        return day + self.from_min <= start and end <= day + self.to_min


@dataclass(frozen=True, slots=True)
class Truck:
    """One combination, by the codes of its units; `away` are times it cannot be used."""

    name: str
    units: tuple[str, ...]
    away: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many bays, cranes or places to wait a place has."""

    place: str
    count: int


@dataclass(frozen=True, slots=True)
class Fleet:
    """Everything a plan may use, with the times work takes.

    `bays` are by factory; `cranes` and `waiting` by site; `holding` by site too, for the places
    before the city and along the road where a truck waits for its next hours of travel. A crew
    works `duty_min` at most before it rests `rest_min`. Escorts are teams of one car each.
    """

    trucks: tuple[Truck, ...]
    crews: int
    escorts: int
    bays: tuple[PlaceCount, ...]
    cranes: tuple[PlaceCount, ...]
    waiting: tuple[PlaceCount, ...]
    holding: tuple[PlaceCount, ...]
    factory_hours: Hours = Hours(7 * 60, 19 * 60)
    site_hours: Hours = Hours(7 * 60, 19 * 60, all_week=True)
    loading_min: int = 60
    unloading_min: int = 60
    duty_min: int = 13 * 60
    rest_min: int = 10 * 60
    longest_wait_min: int = 4 * 60
    city_hours: tuple[int, int] | None = None
    thaw_confirmed: bool = False
    reserve_days: int = 0
    dispatch_step_min: int = 30


@dataclass(frozen=True, slots=True)
class Horizon:
    """The time of a plan: minutes from its first day, the first free moment, days off.

    `away` are times at which trucks cannot be used, by their number in the fleet.
    """

    minutes: int
    not_before: int = 0
    days_off: frozenset[int] = frozenset()
    away: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = ()
