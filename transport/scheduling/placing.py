"""One load on its truck, crew, escorts, bay, crane and place to wait; put down and taken up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from transport.scheduling.consignments import Consignment, Obstacle
from transport.scheduling.fleet import DAY_MIN, Fleet, Horizon, PlaceCount
from transport.scheduling.pools import CrewPool, Span, UnitPool
from transport.scheduling.ways import STEP_MIN, Passage, Way

NOBODY = -1
# A truck may be loaded before a holiday or weekend and stand that many days at most; then it leaves
# within some hours of the day of unloading.
_STANDING_DAYS = 3
_STANDING_MIN, _STANDING_STEP_MIN = 8 * 60, 120
# Loadings of each day before that are tried for a truck that stands, the last ones.
_STANDING_TRIED = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A load with its times (minutes of the plan) and who takes it, by number in their pools."""

    load: Consignment
    loads: int
    passage: Passage
    unloads: int
    truck: int
    crew: int
    escorts: tuple[int, ...]
    bay: int
    crane: int
    waiting: int
    holding: tuple[int, ...]
    loading_min: int
    unloading_min: int
    rest_away_min: int = 0

    @property
    def unloaded(self) -> int:
        """When the load stands on the site."""
        return self.unloads + self.unloading_min

    @property
    def returns(self) -> int:
        """When the truck is home again; a crew may have to rest before the way home."""
        return self.unloaded + self.rest_away_min + self.load.way.back_min

    @property
    def loading(self) -> Span:
        """When the bay is in use."""
        return self.loads, self.loads + self.loading_min

    @property
    def whole(self) -> Span:
        """When truck and crew are away."""
        return self.loads, self.returns

    @property
    def escorted(self) -> Span:
        """When escorts are away: there with the load, and home."""
        return self.passage.departs, self.passage.arrives + self.load.way.back_min


@dataclass(slots=True)
class Ground:
    """Who is free when, and which truck holds which pass."""

    fleet: Fleet
    horizon: Horizon
    trucks: UnitPool = field(init=False)
    crews: CrewPool = field(init=False)
    escorts: UnitPool = field(init=False)
    bays: dict[str, UnitPool] = field(init=False)
    cranes: dict[str, UnitPool] = field(init=False)
    waiting: dict[str, UnitPool] = field(init=False)
    holding: dict[str, UnitPool] = field(init=False)
    kinds: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    placed: dict[int, Placed] = field(default_factory=dict)
    _by_pass: dict[int, dict[int, Placed]] = field(default_factory=dict)
    _passages: dict[tuple[str, int], Passage | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fleet = self.fleet
        self.trucks = UnitPool([one.name for one in fleet.trucks], self.horizon.minutes)
        names = [f"{number}" for number in range(1, fleet.crews + 1)]
        self.crews = CrewPool(names, self.horizon.minutes, fleet.duty_min, fleet.rest_min)
        escorts = [f"{number}" for number in range(1, fleet.escorts + 1)]
        self.escorts = UnitPool(escorts, self.horizon.minutes)
        self.bays = self._places(fleet.bays)
        self.cranes = self._places(fleet.cranes)
        self.waiting = self._places(fleet.waiting)
        self.holding = self._places(fleet.holding)
        for number, truck in enumerate(fleet.trucks):
            self.kinds.setdefault(truck.units, []).append(number)
        for number, spans in self.horizon.away:
            for start, end in spans:
                first, last = max(start, 0), min(end, self.horizon.minutes)
                if first < last:
                    self.trucks.take(number, (first, last))

    def passage(self, way: Way, ready: int) -> Passage | None:
        """Return the passage from a moment, worked out once."""
        key = way.code, ready
        if key not in self._passages:
            self._passages[key] = way.passage(ready)
        return self._passages[key]

    def pass_trips(self, pass_number: int) -> list[Placed]:
        """Return the trips of a pass that are on the plan."""
        return list(self._by_pass.get(pass_number, {}).values()) if pass_number else []

    def put(self, one: Placed) -> None:
        """Put a trip down, also where something is in use already."""
        for pool, unit, span in uses_of(one, self):
            pool.take(unit, span)
        if one.crew != NOBODY:
            self.crews.begin(one.crew, work_of(one, self.fleet.rest_min))
        self.placed[one.load.load] = one
        self._by_pass.setdefault(one.load.pass_number, {})[one.load.load] = one

    def take_up(self, one: Placed) -> None:
        """Take a trip up again."""
        for pool, unit, span in uses_of(one, self):
            pool.give_back(unit, span)
        if one.crew != NOBODY:
            self.crews.forget(one.crew, work_of(one, self.fleet.rest_min))
        del self.placed[one.load.load]
        del self._by_pass[one.load.pass_number][one.load.load]

    def _places(self, counts: Sequence[PlaceCount]) -> dict[str, UnitPool]:
        return {
            one.place: UnitPool([f"{n}" for n in range(1, one.count + 1)], self.horizon.minutes)
            for one in counts
        }


def uses_of(one: Placed, ground: Ground) -> Iterator[tuple[UnitPool, int, Span]]:
    """Yield every unit that a trip uses, and when."""
    way = one.load.way
    yield ground.trucks, one.truck, one.whole
    yield ground.bays[way.origin], one.bay, one.loading
    yield ground.cranes[way.destination], one.crane, (one.unloads, one.unloaded)
    if one.crew != NOBODY:
        yield ground.crews, one.crew, one.whole
    for escort in one.escorts:
        yield ground.escorts, escort, one.escorted
    if one.waiting != NOBODY:
        yield ground.waiting[way.destination], one.waiting, (one.passage.arrives, one.unloads)
    for unit, hold in zip(one.holding, one.passage.holds, strict=True):
        yield ground.holding[way.destination], unit, (hold.from_min, hold.to_min)


def work_of(one: Placed, rest_min: int) -> list[Span]:
    """Return when the crew works: the whole trip but for waits long enough to rest in."""
    spans, start = [], one.loads
    waits = [(hold.from_min, hold.to_min) for hold in one.passage.holds]
    before = one.loading[1], one.passage.departs
    crane = one.passage.arrives, one.unloads
    away = one.unloaded, one.unloaded + one.rest_away_min
    for from_min, to_min in (before, *waits, crane, away):
        if to_min - from_min >= rest_min:
            spans.append((start, from_min))
            start = to_min
    return [*spans, (start, one.returns)]


def standing_until(load: Consignment, fleet: Fleet, loads: int, day: int) -> Iterator[int]:
    """Yield later moments of departure for a truck loaded on a day before that of unloading."""
    loaded = loads + fleet.loading_min
    if loaded // DAY_MIN >= day:
        return
    opens = day * DAY_MIN + fleet.site_hours.from_min
    first = (opens - load.way.drive_min) // STEP_MIN * STEP_MIN
    for departs in range(first, first + _STANDING_MIN + 1, _STANDING_STEP_MIN):
        if departs > loaded:
            yield departs


def within_term(load: Consignment, passage: Passage, ground: Ground) -> bool:
    """Whether a trip lies so near to the others of its pass that one term holds them."""
    if not load.pass_days:
        return True
    passages = [passage, *(one.passage for one in ground.pass_trips(load.pass_number))]
    first = min(one.departs // DAY_MIN for one in passages)
    return max(one.arrives // DAY_MIN for one in passages) - first < load.pass_days


class Placer:
    """Finds a place for one load, or says what is in the way."""

    def __init__(self, ground: Ground) -> None:
        self._ground, self._not_before = ground, ground.horizon.not_before

    def place(self, load: Consignment) -> Placed | Obstacle:
        """Return the first place that fits, days as the load plan wanted first."""
        hindered = self.hopeless(load)
        if hindered is not None:
            return hindered
        met: Counter[Obstacle] = Counter()
        for day in self._days(load):
            for loads, ready in self._attempts(load, day):
                found = self._try(load, day, loads, ready)
                if isinstance(found, Placed):
                    return found
                if found is not None:
                    met[found] += 1
        if met:
            return met.most_common(1)[0][0]
        days = range(load.earliest, load.latest + 1)
        return Obstacle.WAY_CLOSED if load.way.closed.issuperset(days) else Obstacle.NO_HOURS

    def hopeless(self, load: Consignment) -> Obstacle | None:
        """Say what stands against a load whatever else is planned."""
        ground = self._ground
        if load.way.no_route:
            return Obstacle.NO_ROUTE
        if not ground.kinds.get(load.units):
            return Obstacle.NO_TRUCK
        if load.latest * DAY_MIN + DAY_MIN <= self._not_before:
            return Obstacle.PAST
        if load.pass_number and (load.pass_ready is None or load.pass_ready > load.latest):
            return Obstacle.NO_PASS_IN_TIME
        if len(ground.escorts.names) < load.escorts:
            return Obstacle.ESCORTS_BUSY
        return None

    def _days(self, load: Consignment) -> list[int]:
        """Order the days of unloading: the wanted one, then those before it, then those after."""
        days = range(load.earliest, load.latest + 1)
        return sorted(days, key=lambda day: (day > load.wanted, abs(day - load.wanted)))

    def _attempts(self, load: Consignment, day: int) -> Iterator[Span]:
        """Yield when to load and when to leave: at once, or else after standing overnight."""
        fleet = self._ground.fleet
        starts = list(self._starts(load, day))
        yield from ((loads, loads + fleet.loading_min) for loads in starts)
        tried: Counter[int] = Counter()
        for loads in reversed(starts):
            tried[loads // DAY_MIN] += 1
            if tried[loads // DAY_MIN] <= _STANDING_TRIED:
                yield from ((loads, ready) for ready in standing_until(load, fleet, loads, day))

    def _starts(self, load: Consignment, day: int) -> Iterator[int]:
        """Yield moments to begin loading, for unloading on a day."""
        fleet, way = self._ground.fleet, load.way
        longest = fleet.loading_min + way.drive_min + fleet.longest_wait_min
        spread = longest // DAY_MIN + _STANDING_DAYS
        for at in range(day - spread, day + 1):
            if at in self._ground.horizon.days_off and not fleet.factory_hours.all_week:
                continue
            opens = at * DAY_MIN + fleet.factory_hours.from_min
            closes = at * DAY_MIN + fleet.factory_hours.to_min
            for loads in range(opens, closes - fleet.loading_min + 1, fleet.dispatch_step_min):
                if loads >= self._not_before:
                    yield loads

    def _try(self, load: Consignment, day: int, loads: int, ready: int) -> Placed | Obstacle | None:
        """Place a load from a moment on; None where the moment does not lead to that day."""
        ground, fleet = self._ground, self._ground.fleet
        passage = ground.passage(load.way, ready)
        if passage is None or passage.arrives // DAY_MIN > day:
            return None
        if passage.arrives + fleet.longest_wait_min < day * DAY_MIN + fleet.site_hours.from_min:
            return None
        if load.pass_ready is not None and passage.departs // DAY_MIN < load.pass_ready:
            return Obstacle.NO_PASS_IN_TIME
        if not within_term(load, passage, ground):
            return Obstacle.PASS_TERM
        return self._from(load, day, loads, passage)

    def _from(
        self, load: Consignment, day: int, loads: int, passage: Passage
    ) -> Placed | Obstacle | None:
        ground, fleet = self._ground, self._ground.fleet
        loading = loads, loads + fleet.loading_min
        bays = ground.bays.get(load.way.origin)
        bay = bays.free(loading) if bays else None
        if bay is None:
            return Obstacle.BAYS_BUSY
        least_back = passage.arrives + fleet.unloading_min + load.way.back_min
        if not ground.trucks.all_free((loads, least_back), self._trucks(load)):
            return Obstacle.TRUCKS_BUSY
        crane = self._crane(load, day, passage)
        if isinstance(crane, Obstacle) or crane is None:
            return crane
        unloads, crane_unit, spot = crane
        return self._manned(
            Placed(
                load,
                loads,
                passage,
                unloads,
                0,
                0,
                (),
                bay,
                crane_unit,
                spot,
                (),
                fleet.loading_min,
                fleet.unloading_min,
            )
        )

    def _manned(self, draft: Placed) -> Placed | Obstacle:
        """Find truck, crew, escorts and holding places for a trip whose times are settled."""
        ground, load = self._ground, draft.load
        work = work_of(draft, ground.fleet.rest_min)
        if not ground.crews.within_duty(work):
            draft = replace(draft, rest_away_min=ground.fleet.rest_min)
            work = work_of(draft, ground.fleet.rest_min)
            if not ground.crews.within_duty(work):
                return Obstacle.CREW_HOURS
        truck = ground.trucks.free(draft.whole, self._trucks(load))
        if truck is None:
            return Obstacle.TRUCKS_BUSY
        crew = ground.crews.rested(draft.whole, work)
        if crew is None:
            return Obstacle.CREWS_BUSY
        escorts = ground.escorts.all_free(draft.escorted)[: load.escorts] if load.escorts else []
        if len(escorts) < load.escorts:
            return Obstacle.ESCORTS_BUSY
        holding = self._holding(draft)
        if holding is None:
            return Obstacle.HOLDING_FULL
        return replace(draft, truck=truck, crew=crew, escorts=tuple(escorts), holding=holding)

    def _crane(
        self, load: Consignment, day: int, passage: Passage
    ) -> tuple[int, int, int] | Obstacle | None:
        """Return when which crane unloads on a day, and the spot where the truck waits for it."""
        ground, fleet = self._ground, self._ground.fleet
        cranes = ground.cranes.get(load.way.destination)
        if cranes is None:
            return Obstacle.CRANES_BUSY
        if day in ground.horizon.days_off and not fleet.site_hours.all_week:
            return None
        start = max(passage.arrives, day * DAY_MIN + fleet.site_hours.from_min)
        last = min(
            passage.arrives + fleet.longest_wait_min,
            day * DAY_MIN + fleet.site_hours.to_min - fleet.unloading_min,
        )
        if start > last:
            return None
        for unloads in range(start, last + 1, STEP_MIN):
            crane = cranes.free((unloads, unloads + fleet.unloading_min))
            if crane is None:
                continue
            if unloads == passage.arrives:
                return unloads, crane, NOBODY
            spots = ground.waiting.get(load.way.destination)
            spot = spots.free((passage.arrives, unloads)) if spots else None
            return Obstacle.WAITING_FULL if spot is None else (unloads, crane, spot)
        return Obstacle.CRANES_BUSY

    def _trucks(self, load: Consignment) -> Sequence[int]:
        """Return the trucks that may carry a load: one alone where its pass names it already."""
        held = self._ground.pass_trips(load.pass_number)
        return [held[0].truck] if held else self._ground.kinds[load.units]

    def _holding(self, draft: Placed) -> tuple[int, ...] | None:
        spots = self._ground.holding.get(draft.load.way.destination)
        taken: list[int] = []
        for hold in draft.passage.holds:
            unit = spots.free((hold.from_min, hold.to_min)) if spots else None
            if unit is None:
                return None
            taken.append(unit)
        return tuple(taken)
