"""A way from factory to site as stretches with hours of travel, and passages over it.

Times are whole minutes from midnight of the plan's first day, in steps of five.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from transport.scheduling.fleet import DAY_MIN

STEP_MIN = 5
_SEARCHED_DAYS = 4
Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the way: its driving time, its hours, and where one may wait before it.

    `windows` are minutes of the day, none for the whole day; one that ends before it begins runs
    over midnight. Without `holding` nobody may stop before it.
    """

    minutes: int
    windows: Windows = ()
    in_city: bool = False
    holding: str = ""

    def earliest(self, start: int, minutes: int, closed: frozenset[int]) -> int | None:
        """Return the first moment from `start` at which the whole stretch can be driven."""
        day = start // DAY_MIN
        for number in range(day - 1, day + _SEARCHED_DAYS):
            for opens, closes in self.windows or ((0, 2 * DAY_MIN),):
                first = max(start, number * DAY_MIN + opens)
                last = number * DAY_MIN + (closes if closes > opens else closes + DAY_MIN)
                days = range(first // DAY_MIN, (first + minutes - 1) // DAY_MIN + 1)
                if first + minutes <= last and closed.isdisjoint(days):
                    return first
        return None


@dataclass(frozen=True, slots=True)
class Hold:
    """A wait on the way."""

    place: str
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One drive over a way: departure, waits, arrival."""

    departs: int
    arrives: int
    holds: tuple[Hold, ...] = ()
    driving: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way of one kind of load; `closed` are days of the plan on which it is not open.

    After `longest_min` of driving the driver rests `pause_min` (both by law). `back_min` is the way
    home of the empty truck, pauses included. `no_route` says why no road leads there at all.
    """

    code: str
    origin: str
    destination: str
    stretches: tuple[Stretch, ...]
    closed: frozenset[int] = frozenset()
    longest_min: int = 240
    pause_min: int = 20
    no_route: str = ""

    @property
    def drive_min(self) -> int:
        """Driving time without a wait, pauses included."""
        driven = sum(one.minutes for one in self.stretches)
        return driven + (ceil(driven / self.longest_min) - 1) * self.pause_min if driven else 0

    @property
    def back_min(self) -> int:
        """Time of the empty truck home."""
        return self.drive_min

    def passage(self, ready: int) -> Passage | None:
        """Return the first passage of a truck that is loaded at `ready`; None where none fits.

        It waits at the factory before the first stretch, later only at holding places.
        """
        at, driven = ready, 0
        holds: list[Hold] = []
        driving: list[tuple[int, int]] = []
        for stretch in self.stretches:
            minutes = stretch.minutes + self._pauses(driven, stretch.minutes) * self.pause_min
            start = stretch.earliest(at, minutes, self.closed)
            if start is None:
                return None
            if start > at and driving:
                if not stretch.holding:
                    return None
                holds.append(Hold(stretch.holding, at, start))
                if start - at >= self.pause_min:
                    driven = 0
                    minutes = stretch.minutes + self._pauses(0, stretch.minutes) * self.pause_min
            driven = (driven + stretch.minutes - 1) % self.longest_min + 1
            driving.append((start, start + minutes))
            at = start + minutes
        if not driving:
            return Passage(ready, ready)
        return Passage(driving[0][0], at, tuple(holds), tuple(driving))

    def _pauses(self, driven: int, minutes: int) -> int:
        """How often the driver rests within a stretch."""
        return max(0, ceil((driven + minutes) / self.longest_min) - 1)


def in_steps(minutes: float) -> int:
    """Round a duration up to whole steps."""
    return max(STEP_MIN, ceil(minutes / STEP_MIN) * STEP_MIN)


def without(windows: Windows, banned: Windows) -> Windows:
    """Take banned hours out of windows; all in minutes of one day."""
    left = list(windows or ((0, DAY_MIN),))
    for from_min, to_min in banned:
        left = [
            piece
            for opens, closes in left
            for piece in ((opens, min(closes, from_min)), (max(opens, to_min), closes))
            if piece[0] < piece[1]
        ]
    return tuple(left)
