"""The fewest passes for loads that need one (R62 art. 19).

A pass holds for one vehicle, one way, the same goods loaded the same way, and at most for some
months. So loads of one family with equally many pieces share passes, one for every truck that is on
the road on the same day. A part-filled load is another loading and needs passes of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_MANY = 10_000.0


@dataclass(frozen=True, slots=True)
class PassDemand:
    """Pieces of one family on one way by need day (ordinals); `most` fit into one lawful load.

    A piece may arrive up to `early_days` before its day. `periods` are the first days of the plan
    periods, the first at or before every possible delivery; `period_days` is the longest of them.
    """

    needed: Mapping[int, int]
    most: int
    early_days: int
    periods: tuple[int, ...]
    period_days: int
    trips_a_day: int = 1

    def period_of(self, day: int) -> int:
        """Return the number of the plan period that a day lies in."""
        return sum(1 for first in self.periods if first <= day) - 1


@dataclass(frozen=True, slots=True)
class PassLoad:
    """A load under a pass: its day, its pieces by need day, and which truck drives it."""

    day: int
    pieces: Mapping[int, int]
    truck: int = 0

    @property
    def count(self) -> int:
        """Number of pieces."""
        return sum(self.pieces.values())


@dataclass(frozen=True, slots=True)
class PassGroup:
    """Passes for loads of `size` pieces within one period, one for every truck."""

    size: int
    period: int
    trucks: int


@dataclass(frozen=True, slots=True)
class PassPlan:
    """Loads with their days and trucks, and the passes they need."""

    loads: tuple[PassLoad, ...]
    groups: tuple[PassGroup, ...]

    @property
    def passes(self) -> int:
        """Number of passes."""
        return sum(one.trucks for one in self.groups)


def plan_passes(demand: PassDemand) -> PassPlan:
    """Return the plan with the fewest passes of those tried, then the fewest loads.

    Tried is every number of pieces a load, with what is left over as loads of its own size or one
    by one.
    """
    tried = [
        _scheduled(demand, loads)
        for size in range(1, demand.most + 1)
        for loads in _divided(demand, size)
    ]
    return min(tried, key=lambda one: (one.passes, len(one.loads)))


def least_passes(demand: PassDemand) -> int:
    """Return a proven lower bound of the passes.

    Whatever the loads, the pieces that can only arrive within some days need that many trucks; and
    days farther apart than a period share no pass.
    """
    return _trucks_apart(demand)


def exact_passes(demand: PassDemand, seconds: float = 20.0) -> tuple[int, int] | None:
    """Return the fewest passes and then loads; None where the solver did not finish in time."""
    if not any(demand.needed.values()):
        return 0, 0
    model = _Model(demand)
    loads, trucks = len(model.loads), len(model.trucks)
    cost = np.zeros(loads + trucks + len(model.moves))
    cost[:loads] = 1.0
    cost[loads : loads + trucks] = _MANY
    solved = milp(
        cost,
        constraints=model.constraint(),
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=Bounds(0, np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.status != 0 or solved.x is None:
        return None
    found = np.rint(solved.x)
    return int(found[loads : loads + trucks].sum()), int(found[:loads].sum())


class _Model:
    """The whole choice: loads by size and day, trucks by size and period, pieces by day."""

    def __init__(self, demand: PassDemand) -> None:
        needed = {day: count for day, count in sorted(demand.needed.items()) if count}
        early = demand.early_days
        days = range(min(needed) - early, max(needed) + 1)
        sizes = range(1, demand.most + 1)
        periods = sorted({demand.period_of(day) for day in days})
        self.loads = [(size, day) for size in sizes for day in days]
        self.trucks = [(size, period) for size in sizes for period in periods]
        self.moves = [(day, due) for due in needed for day in days if due - early <= day <= due]
        self._rows: list[tuple[dict[int, float], float, float]] = []
        first_move = len(self.loads) + len(self.trucks)
        moved = dict(enumerate(self.moves, start=first_move))
        for day in days:  # what is moved on a day is what the loads of the day hold
            row = {place: 1.0 for place, (at, _) in moved.items() if at == day}
            row |= {place: -float(size) for place, (size, at) in enumerate(self.loads) if at == day}
            self._rows.append((row, 0.0, 0.0))
        for due, count in needed.items():
            row = {place: 1.0 for place, (_, at) in moved.items() if at == due}
            self._rows.append((row, float(count), float(count)))
        for place, (size, day) in enumerate(self.loads):
            truck = len(self.loads) + self.trucks.index((size, demand.period_of(day)))
            row = {place: 1.0, truck: -float(demand.trips_a_day)}
            self._rows.append((row, -np.inf, 0.0))

    def constraint(self) -> LinearConstraint:
        """Return the rows as the solver wants them."""
        cells = [
            (value, row, column)
            for row, (entries, _, _) in enumerate(self._rows)
            for column, value in entries.items()
        ]
        values, rows, columns = zip(*cells, strict=True)
        width = len(self.loads) + len(self.trucks) + len(self.moves)
        matrix = csr_array((values, (rows, columns)), shape=(len(self._rows), width))
        return LinearConstraint(
            matrix, [least for _, least, _ in self._rows], [most for _, _, most in self._rows]
        )


def _divided(demand: PassDemand, size: int) -> Iterator[list[dict[int, int]]]:
    """Yield the pieces in loads of one size, the rest once together and once one by one."""
    full: list[dict[int, int]] = []
    rest: list[dict[int, int]] = []
    now: dict[int, int] = {}
    for day, count in sorted(demand.needed.items()):
        left = count
        if now and day - min(now) > demand.early_days:
            rest.append(now)
            now = {}
        while left:
            taken = min(left, size - sum(now.values()))
            now[day] = now.get(day, 0) + taken
            left -= taken
            if sum(now.values()) == size:
                full.append(now)
                now = {}
    if now:
        rest.append(now)
    yield full + rest
    if rest and size > 1:
        yield full + [{day: 1} for one in rest for day, count in one.items() for _ in range(count)]


def _scheduled(demand: PassDemand, loads: Sequence[dict[int, int]]) -> PassPlan:
    """Give every load of a size its day so that few trucks are on the road at once."""
    made: list[PassLoad] = []
    groups: list[PassGroup] = []
    for size in sorted({sum(one.values()) for one in loads}, reverse=True):
        alike = [one for one in loads if sum(one.values()) == size]
        dated = _dated(demand, alike)
        made += dated
        for period in sorted({demand.period_of(one.day) for one in dated}):
            trucks = 1 + max(one.truck for one in dated if demand.period_of(one.day) == period)
            groups.append(PassGroup(size, period, trucks))
    return PassPlan(tuple(sorted(made, key=lambda one: (one.day, one.truck))), tuple(groups))


def _dated(demand: PassDemand, loads: Sequence[dict[int, int]]) -> list[PassLoad]:
    """Return loads with days by the earliest due day first, with as few trucks as that takes.

    The same number of trucks in every period first, then fewer in one period after the other.
    """
    trucks = 1
    limits = dict.fromkeys(range(len(demand.periods)), trucks)
    while (found := _with_trucks(demand, loads, limits)) is None:
        trucks += 1
        limits = dict.fromkeys(limits, trucks)
    if trucks == 1:
        return found
    best = found
    for order in (sorted(limits), sorted(limits, reverse=True)):
        fewer, kept = dict(limits), found
        for period in order:
            while fewer[period]:
                tried = _with_trucks(demand, loads, {**fewer, period: fewer[period] - 1})
                if tried is None:
                    break
                fewer[period], kept = fewer[period] - 1, tried
        best = min(best, kept, key=lambda one: _passes_of(demand, one))
    return best


def _passes_of(demand: PassDemand, loads: Sequence[PassLoad]) -> int:
    most: dict[int, int] = {}
    for one in loads:
        period = demand.period_of(one.day)
        most[period] = max(most.get(period, 0), one.truck + 1)
    return sum(most.values())


def _with_trucks(
    demand: PassDemand, loads: Sequence[dict[int, int]], trucks: Mapping[int, int]
) -> list[PassLoad] | None:
    """Return loads with days by the trucks of every period, None where some would be late."""
    waiting = sorted(loads, key=lambda one: (min(one), max(one)))
    day = min((max(one) - demand.early_days for one in waiting), default=0)
    made: list[PassLoad] = []
    while waiting:
        ready = [one for one in waiting if max(one) - demand.early_days <= day]
        room = trucks[demand.period_of(day)] * demand.trips_a_day
        for place, one in enumerate(ready[:room]):
            if min(one) < day:
                return None
            made.append(PassLoad(day, one, place // demand.trips_a_day))
            waiting.remove(one)
        if any(min(one) <= day for one in waiting):
            return None
        day += 1
    return made


def _trucks_apart(demand: PassDemand) -> int:
    """Return the most trucks that spans of days need which are too far apart to share a pass."""
    days = sorted(day for day, count in demand.needed.items() if count)
    most = [0] * (len(days) + 1)  # with the spans that end before the day at this place
    for end, last in enumerate(days):
        most[end + 1] = most[end]
        pieces = 0
        for start in range(end, -1, -1):
            pieces += demand.needed[days[start]]
            # all of these arrive from the first one's earliest day to the last
            opens = days[start] - demand.early_days
            trips = ceil(pieces / demand.most)
            trucks = ceil(trips / ((last - opens + 1) * demand.trips_a_day))
            before = bisect_right(days, opens - demand.period_days, hi=end)
            most[end + 1] = max(most[end + 1], most[before] + trucks)
    return most[-1]
