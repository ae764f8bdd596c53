"""Plan the loads of a parts list: as many without a pass as can be, then the fewest passes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from transport.delivery.families import PartFamily, families_of
from transport.delivery.group_bounds import least_loads
from transport.delivery.grouping import Demand, GroupedLoad, group
from transport.delivery.load_plan import (
    LoadPlan,
    PlanFigures,
    PlannedLoad,
    PlannedPass,
    Unplanned,
)
from transport.delivery.parts import Part
from transport.delivery.passes import PassDemand, PassGroup, PassPlan, least_passes, plan_passes
from transport.delivery.ways import LoadBook, LoadWay
from transport.regulations.law import Law
from transport.routing.route import RouteStatus
from transport.rules.category import Category
from transport.rules.pass_term import last_day_of_months
from transport.rules.time_limit import time_limit
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.transport import Transport
from transport.working_days import WorkingCalendar, add_working_days

Lane = tuple[str, str]
# Whether a transport's way from a factory to a site is open, None where a place is not found.
RouteOf = Callable[[Transport, str, str], RouteStatus | None]
_SEARCHED_DAYS = 120


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """How early a piece may come, spare tractors that get passes too, trips of a truck a day.

    `paper_days` is the shortest term of the vehicle's own papers, such as a temporary plate: no
    pass outlives it. None where they last longer than a plan pass.
    """

    early_days: int = 5
    spare_tractors: int = 0
    trips_a_day: int = 1
    paper_days: int | None = None


def plan_loads(
    parts: Sequence[Part],
    catalogue: Catalogue,
    law: Law,
    day: date,
    wishes: PlanWishes | None = None,
    calendar: WorkingCalendar | None = None,
    route_of: RouteOf | None = None,
) -> LoadPlan:
    """Return loads and passes by the law of a day; what cannot be loaded stands in `unplanned`.

    `route_of` says whether a load's way is open. A part without a need day counts as needed on
    the last one of the list. Raise NoLawInForceError where the law has no value on that day.
    """
    wishes = wishes or PlanWishes()
    families = families_of(parts, catalogue.components)
    last = max((one.deliver_by for one in parts if one.deliver_by), default=day)
    book = LoadBook(catalogue, law, day, {one.code: one.piece for one in families})
    planner = _Planner(book, families, wishes, last, calendar, route_of)
    for lane in dict.fromkeys((one.origin, one.destination) for one in parts):
        planner.plan_lane(lane)
    return planner.plan()


@dataclass(slots=True)
class _Planner:
    """Collects loads and passes way by way."""

    book: LoadBook
    families: tuple[PartFamily, ...]
    wishes: PlanWishes
    last: date
    calendar: WorkingCalendar | None
    route_of: RouteOf | None
    loads: list[PlannedLoad] = field(default_factory=list)
    passes: list[PlannedPass] = field(default_factory=list)
    unplanned: list[Unplanned] = field(default_factory=list)
    least_free: int = 0
    least_passes: int = 0
    naive_passes: int = 0

    def plan_lane(self, lane: Lane) -> None:
        """Plan everything that goes from one factory to one site."""
        free: dict[tuple[str, int], int] = {}
        queues: dict[tuple[str, int], deque[str]] = {}
        for family in self.families:
            own = [one for one in family.parts if (one.origin, one.destination) == lane]
            if not own:
                continue
            needed = self._queue(family.code, own, queues)
            if self.book.without_pass(family.code):
                free |= {(family.code, due): count for due, count in needed.items()}
            elif self.book.with_pass(family.code):
                self._under_pass(family.code, lane, needed, queues)
            else:
                reason = "no lawful load on any vehicle of the catalogue"
                numbers = tuple(one.number for one in own)
                pieces = sum(one.quantity for one in own)
                self.unplanned.append(Unplanned(family.code, numbers, pieces, reason))
        self._without_pass(lane, free, queues)

    def plan(self) -> LoadPlan:
        """Return the whole plan, loads numbered by day."""
        ordered = sorted(
            self.loads, key=lambda one: (one.deliver_on, one.origin, one.destination, one.parts)
        )
        loads = tuple(_numbered(one, number) for number, one in enumerate(ordered, start=1))
        pieces = sum(one.pieces for one in loads)
        spare = sum(one.is_spare for one in self.passes)
        figures = PlanFigures(
            pieces=pieces,
            loads=len(loads),
            loads_without_pass=sum(1 for one in loads if not one.pass_number),
            passes=len(self.passes) - spare,
            spare_passes=spare,
            naive_loads=pieces,
            naive_passes=self.naive_passes,
            least_loads_without_pass=self.least_free,
            least_passes=self.least_passes,
        )
        return LoadPlan(
            loads,
            tuple(self.passes),
            tuple(self.unplanned),
            figures,
            self.wishes.early_days,
            self.book.day,
        )

    def _queue(
        self, code: str, parts: Iterable[Part], queues: dict[tuple[str, int], deque[str]]
    ) -> dict[int, int]:
        """Line pieces up by need day and order of erection; return how many each day needs."""
        needed: dict[int, int] = {}
        for part in sorted(parts, key=lambda one: (one.sequence or 0, one.line)):
            due = (part.deliver_by or self.last).toordinal()
            queues.setdefault((code, due), deque()).extend([part.number] * part.quantity)
            needed[due] = needed.get(due, 0) + part.quantity
        return needed

    def _without_pass(
        self,
        lane: Lane,
        pieces: Mapping[tuple[str, int], int],
        queues: Mapping[tuple[str, int], deque[str]],
    ) -> None:
        if not pieces:
            return
        codes = sorted({code for code, _ in pieces})
        patterns = tuple(dict(one) for one in self.book.patterns(codes))
        demand = Demand(pieces, patterns, self.wishes.early_days)
        bound = least_loads(demand)
        self.least_free += bound.loads
        for made in group(demand, bound.prices):
            for load in self._lawful(made):
                way = self.book.load_of(load.counts)
                if way is not None:
                    self._add(_planned(lane, load.day, load.pieces, way, queues), way)

    def _lawful(self, load: GroupedLoad) -> Iterator[GroupedLoad]:
        """Keep a load that can be loaded; part one that cannot into loads of one family."""
        if self.book.load_of(load.counts) is not None:
            yield load
            return
        for code, _ in load.counts:
            own = {piece: count for piece, count in load.pieces.items() if piece[0] == code}
            yield GroupedLoad(min(due for _, due in own), own)

    def _under_pass(
        self,
        code: str,
        lane: Lane,
        needed: Mapping[int, int],
        queues: Mapping[tuple[str, int], deque[str]],
    ) -> None:
        ways = self.book.with_pass(code)
        first = date.fromordinal(min(needed) - self.wishes.early_days)
        periods = self._periods(first, needed)
        starts = [*periods, max(needed) + 1]
        longest = max(after - at for at, after in pairwise(starts))
        term = (self._last_of_period(first) - first).days + 1
        demand = PassDemand(
            needed,
            len(ways),
            self.wishes.early_days,
            periods,
            max(longest, term),
            self.wishes.trips_a_day,
        )
        plan = plan_passes(demand)
        self.least_passes += least_passes(demand)
        self.naive_passes += sum(needed.values())
        self._note_passes(code, lane, demand, plan, queues)

    def _note_passes(
        self,
        code: str,
        lane: Lane,
        demand: PassDemand,
        plan: PassPlan,
        queues: Mapping[tuple[str, int], deque[str]],
    ) -> None:
        ways = self.book.with_pass(code)
        numbers: dict[tuple[int, int, int], int] = {}
        for one in plan.groups:
            way = ways[one.size - 1]
            for truck in range(one.trucks + self.wishes.spare_tractors):
                days = [
                    load.day
                    for load in plan.loads
                    if load.count == one.size
                    and demand.period_of(load.day) == one.period
                    and (load.truck == truck or truck >= one.trucks)
                ]
                number = len(self.passes) + 1
                numbers[one.size, one.period, truck] = number
                spare = truck >= one.trucks
                made = self._pass(number, lane, way, days, is_spare=spare)
                renews = self._renewed(numbers, one, truck)
                expires_on = self._last_of_period(made.starts_on)
                self.passes.append(replace(made, renews=renews, expires_on=expires_on))
        for load in plan.loads:
            number = numbers[load.count, demand.period_of(load.day), load.truck]
            pieces = {(code, due): count for due, count in load.pieces.items()}
            way = ways[load.count - 1]
            self._add(_planned(lane, load.day, pieces, way, queues, number), way)

    def _renewed(
        self, numbers: Mapping[tuple[int, int, int], int], group: PassGroup, truck: int
    ) -> int:
        """Return the pass of the same truck and loading in the period before, 0 for none."""
        return numbers.get((group.size, group.period - 1, truck), 0)

    def _add(self, load: PlannedLoad, way: LoadWay) -> None:
        """Keep a load, with what the roads say of it."""
        if self.route_of is not None:
            status = self.route_of(way.choice.transport(), load.origin, load.destination)
            load = replace(load, route=status)
        self.loads.append(load)

    def _pass(
        self, number: int, lane: Lane, way: LoadWay, days: Sequence[int], *, is_spare: bool
    ) -> PlannedPass:
        starts_on = date.fromordinal(min(days))
        category = way.choice.category
        code, pieces = way.counts[0]
        return PlannedPass(
            number,
            code,
            pieces,
            *lane,
            way.choice.combination.codes,
            category,
            starts_on,
            date.fromordinal(max(days)),
            loads=0 if is_spare else len(days),
            apply_by=self._apply_by(starts_on, category),
            is_spare=is_spare,
        )

    def _periods(self, first: date, needed: Mapping[int, int]) -> tuple[int, ...]:
        """Return the first days of plan periods; none begins before something can be delivered."""
        found = [first.toordinal()]
        while True:
            end = self._last_of_period(date.fromordinal(found[-1])).toordinal()
            later = [due for due in needed if due > end]
            if not later:
                return tuple(found)
            found.append(max(end + 1, min(later) - self.wishes.early_days))

    def _last_of_period(self, first: date) -> date:
        months = self.book.law.permit_terms.plan_permit_months.on(self.book.day).value
        last = last_day_of_months(first, months)
        if self.wishes.paper_days is None:
            return last
        return min(last, first + timedelta(days=self.wishes.paper_days - 1))

    def _apply_by(self, starts_on: date, category: Category | None) -> date | None:
        """Return the last day to apply on, so that the decision comes before the first load."""
        if self.calendar is None or category is None:
            return None
        limit = time_limit(self.book.law, self.book.day, category, crosses_provinces=False)
        for before in range(1, _SEARCHED_DAYS):
            apply_on = starts_on - timedelta(days=before)
            due = add_working_days(apply_on, limit.value, self.calendar)
            if due is None:
                return None
            if due < starts_on:
                return apply_on
        return None


def _planned(
    lane: Lane,
    day: int,
    pieces: Mapping[tuple[str, int], int],
    way: LoadWay,
    queues: Mapping[tuple[str, int], deque[str]],
    pass_number: int = 0,
) -> PlannedLoad:
    """Return a load with the numbers of its pieces, in the order they are erected."""
    taken: dict[str, int] = {}
    for piece, count in sorted(pieces.items(), key=lambda one: (one[0][1], one[0][0])):
        for _ in range(count):
            number = queues[piece].popleft()
            taken[number] = taken.get(number, 0) + 1
    choice = way.choice
    size = choice.envelope
    return PlannedLoad(
        number=0,
        deliver_on=date.fromordinal(day),
        origin=lane[0],
        destination=lane[1],
        parts=tuple(taken.items()),
        families=way.counts,
        units=choice.combination.codes,
        pattern=choice.arrangement.pattern.value,
        length_m=size.largest_length_m,
        width_m=size.largest_width_m,
        height_m=size.largest_height_m,
        mass_t=round(choice.mass_t, 3),
        category=choice.category,
        is_firm=way.is_firm,
        pass_number=pass_number,
    )


def _numbered(load: PlannedLoad, number: int) -> PlannedLoad:
    return replace(load, number=number)
