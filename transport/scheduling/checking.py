"""An independent look at a delivery plan: everything in it that is not allowed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from transport.scheduling.delivery_plan import DeliveryPlan, DeliveryTrip
from transport.scheduling.fleet import DAY_MIN
from transport.scheduling.ways import Stretch, Way

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PlanFault:
    """What is wrong, with which loads."""

    what: str
    loads: tuple[int, ...]


def faults_of(
    plan: DeliveryPlan, wanted: Iterable[int], ways: Mapping[str, Way]
) -> tuple[PlanFault, ...]:
    """Return all faults of a plan; `wanted` are the numbers of all loads to deliver."""
    return (
        *_once(plan, wanted),
        *_in_two_places(plan),
        *_passes(plan),
        *_crews(plan),
        *(fault for one in plan.trips for fault in _trip(one, plan, ways[one.way])),
    )


def _once(plan: DeliveryPlan, wanted: Iterable[int]) -> Iterator[PlanFault]:
    told = Counter([one.load for one in plan.trips] + [one.load for one in plan.undelivered])
    wrong = tuple(sorted({*wanted} ^ {*told} | {one for one, n in told.items() if n > 1}))
    if wrong:
        yield PlanFault("not delivered once or listed as open", wrong)


def _in_two_places(plan: DeliveryPlan) -> Iterator[PlanFault]:
    used: dict[tuple[str, str, str], list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for one in plan.trips:
        back = one.returns_at - one.leaves_at
        used["truck", "", one.truck].append((one.loads_at, one.returns_at, one.load))
        used["crew", "", one.crew].append((one.loads_at, one.returns_at, one.load))
        for escort in one.escorts:
            used["escort", "", escort].append((one.departs_at, one.arrives_at + back, one.load))
        used["bay", one.origin, one.bay].append((one.loads_at, one.loaded_at, one.load))
        used["crane", one.destination, one.crane].append(
            (one.unloads_at, one.unloaded_at, one.load)
        )
        if one.unloads_at > one.arrives_at:
            used["waiting", one.destination, one.waiting].append(
                (one.arrives_at, one.unloads_at, one.load)
            )
        for hold in one.holds:
            used["holding", one.destination, hold.spot].append((hold.from_at, hold.to_at, one.load))
    for (kind, _, name), times in used.items():
        if not name:
            yield PlanFault(f"no {kind}", tuple(load for _, _, load in times))
        for before, after in pairwise(sorted(times)):
            if after[0] < before[1]:
                yield PlanFault(f"{kind} {name} in two places", (before[2], after[2]))


def _passes(plan: DeliveryPlan) -> Iterator[PlanFault]:
    dates = {one.number: one for one in plan.passes}
    trucks: dict[int, set[str]] = defaultdict(set)
    for one in plan.trips:
        if not one.pass_number:
            continue
        trucks[one.pass_number].add(one.truck)
        ready = dates[one.pass_number].ready_on
        if ready is None or one.departs_at.date() < ready:
            yield PlanFault("departs before its pass", (one.load,))
    for number, used in trucks.items():
        if len(used) > 1:
            yield PlanFault(f"pass {number} on two trucks", ())


def _crews(plan: DeliveryPlan) -> Iterator[PlanFault]:
    """Look for duties that are too long: work that no rest of the full length lies in."""
    work: dict[str, list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for one in plan.trips:
        start = one.loads_at
        waits = [(hold.from_at, hold.to_at) for hold in one.holds]
        rests = (
            (one.loaded_at, one.departs_at),
            *waits,
            (one.arrives_at, one.unloads_at),
            (one.unloaded_at, one.leaves_at),
        )
        for from_at, to_at in rests:
            if to_at - from_at >= plan.fleet.rest_min * _MINUTE:
                work[one.crew].append((start, from_at, one.load))
                start = to_at
        work[one.crew].append((start, one.returns_at, one.load))
    for spans in work.values():
        began: datetime | None = None
        ended: datetime | None = None
        for start, end, load in sorted(spans):
            if began is None or ended is None or start - ended >= plan.fleet.rest_min * _MINUTE:
                began = start
            ended = end
            if end - began > plan.fleet.duty_min * _MINUTE:
                yield PlanFault("crew works too long", (load,))


def _trip(one: DeliveryTrip, plan: DeliveryPlan, way: Way) -> Iterator[PlanFault]:
    order = (
        *(one.loads_at, one.loaded_at, one.departs_at),
        *(at for hold in one.holds for at in (hold.from_at, hold.to_at)),
        *(one.arrives_at, one.unloads_at, one.unloaded_at, one.leaves_at, one.returns_at),
    )
    if any(after < before for before, after in pairwise(order)):
        yield PlanFault("times out of order", (one.load,))
    if not one.late_min and not one.earliest <= one.day <= one.latest:
        yield PlanFault("delivered too early or too late", (one.load,))
    kinds = {truck.name: truck.units for truck in plan.fleet.trucks}
    if kinds.get(one.truck) != one.units:
        yield PlanFault("on a truck of another kind", (one.load,))
    if not one.late_min and not _within_hours(one, plan, way):
        yield PlanFault("travels outside its hours", (one.load,))


def _within_hours(one: DeliveryTrip, plan: DeliveryPlan, way: Way) -> bool:
    """Drive the way again: every stretch within its hours, waits only where one may wait."""
    zero = datetime.combine(plan.first_day, time(), one.departs_at.tzinfo)
    at, driven = (one.departs_at - zero) // _MINUTE, 0
    waits = {(hold.from_at - zero) // _MINUTE: (hold.to_at - zero) // _MINUTE for hold in one.holds}
    for number, stretch in enumerate(way.stretches):
        if number and at in waits:
            if not stretch.holding:
                return False
            driven = 0 if waits[at] - at >= way.pause_min else driven
            at = waits[at]
        for _ in range(stretch.minutes):
            if driven == way.longest_min:
                at, driven = at + way.pause_min, 0
            if not _may_drive(stretch, at, way.closed):
                return False
            at, driven = at + 1, driven + 1
    return at == (one.arrives_at - zero) // _MINUTE


def _may_drive(stretch: Stretch, at: int, closed: frozenset[int]) -> bool:
    if at // DAY_MIN in closed:
        return False
    minute = at % DAY_MIN
    return not stretch.windows or any(
        opens <= minute < closes if opens < closes else (minute >= opens or minute < closes)
        for opens, closes in stretch.windows
    )
