"""What stays of a project when its load plan is made anew: loads that are fixed, begun or gone.

A load is the same on two plans when the same pieces go the same way on the same vehicle; numbers
of loads, passes and families are each plan's own.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from transport.delivery.load_plan import LoadPlan, PlanFigures, PlannedLoad, PlannedPass
from transport.delivery.parts import Part
from transport.scheduling.delivery_plan import DeliveryPlan, DeliveryTrip

_Key = tuple[str, str, tuple[str, ...], tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class FixedLoads:
    """Loads that a new load plan takes over as they are, with their passes."""

    loads: tuple[PlannedLoad, ...] = ()
    passes: tuple[PlannedPass, ...] = ()


NOTHING_FIXED = FixedLoads()


def fixed_loads(
    deliveries: DeliveryPlan, plan: LoadPlan, parts: Sequence[Part], now: datetime
) -> FixedLoads:
    """Return the loads whose trips are fixed or have begun, where the list still has them."""
    stays = {one.load for one in deliveries.trips if is_fixed(one, now)}
    left = Counter({one.number: one.quantity for one in parts})
    kept = []
    for load in plan.loads:
        own = Counter(dict(load.parts))
        if load.number in stays and own <= left:
            left -= own
            kept.append(load)
    passes = {one.pass_number for one in kept}
    return FixedLoads(tuple(kept), tuple(one for one in plan.passes if one.number in passes))


def is_fixed(trip: DeliveryTrip, now: datetime) -> bool:
    """Say whether a trip may not be moved any more."""
    return trip.is_pinned or trip.loads_at <= now


def parts_without(parts: Sequence[Part], loads: Sequence[PlannedLoad]) -> tuple[Part, ...]:
    """Return the parts that no load carries yet."""
    gone: Counter[str] = Counter()
    for load in loads:
        gone.update(dict(load.parts))
    found = []
    for one in parts:
        taken = min(gone[one.number], one.quantity)
        gone[one.number] -= taken
        if taken < one.quantity:
            found.append(replace(one, quantity=one.quantity - taken))
    return tuple(found)


def joined(
    rest: LoadPlan, fixed: FixedLoads, family_of: Mapping[str, str], renamed: Mapping[str, str]
) -> LoadPlan:
    """Return a plan of the rest together with what is fixed, loads and passes numbered anew.

    `family_of` gives the family of every part on the whole list, `renamed` that of every family of
    the rest. A pass of the rest that is for the same vehicle, way and loading as a fixed one, and
    ends within its term, is that pass.
    """
    if not fixed.loads:
        return rest
    plan = _renamed(rest, renamed)
    kept = [replace(one, families=_families(one, family_of)) for one in fixed.loads]
    names = {one.pass_number: one.families[0][0] for one in kept if one.pass_number}
    passes = [replace(one, family=names[one.number]) for one in fixed.passes]
    old = {one.number: number for number, one in enumerate(passes, start=1)}
    merged = [replace(one, number=old[one.number], renews=0) for one in passes]
    new: dict[int, int] = {}
    free = set(range(len(merged)))
    for one in plan.passes:
        same = next((n for n in sorted(free) if _continues(merged[n], one)), None)
        if same is None:
            merged.append(replace(one, number=len(merged) + 1))
            new[one.number] = len(merged)
        else:
            free.discard(same)
            new[one.number] = same + 1
            ends_on = max(one.ends_on, merged[same].ends_on)
            trips = merged[same].loads + one.loads
            merged[same] = replace(merged[same], ends_on=ends_on, loads=trips)
    merged = [
        replace(one, renews=new.get(one.renews, 0)) if place >= len(passes) else one
        for place, one in enumerate(merged)
    ]
    loads = [replace(one, pass_number=old.get(one.pass_number, 0)) for one in kept]
    loads += [replace(one, pass_number=new.get(one.pass_number, 0)) for one in plan.loads]
    loads.sort(key=lambda one: (one.deliver_on, one.origin, one.destination, one.parts))
    return replace(
        plan,
        loads=tuple(replace(one, number=number) for number, one in enumerate(loads, start=1)),
        passes=tuple(merged),
        figures=_figures(plan, kept, merged),
    )


def carried(before: DeliveryPlan, old: LoadPlan, new: LoadPlan) -> DeliveryPlan:
    """Return a delivery plan with the numbers of a new load plan; trips it has no load for go."""
    waiting: dict[_Key, deque[PlannedLoad]] = {}
    for load in new.loads:
        waiting.setdefault(_key(load), deque()).append(load)
    found: dict[int, PlannedLoad] = {}
    for load in old.loads:
        if waiting.get(_key(load)):
            found[load.number] = waiting[_key(load)].popleft()
    trips = tuple(
        replace(one, load=found[one.load].number, pass_number=found[one.load].pass_number)
        for one in before.trips
        if one.load in found
    )
    numbers = {
        one.pass_number: found[one.load].pass_number for one in before.trips if one.load in found
    }
    passes = tuple(
        replace(one, number=numbers[one.number]) for one in before.passes if numbers.get(one.number)
    )
    happened = tuple(one for one in before.disruptions if not one.load)
    return replace(before, trips=trips, passes=passes, disruptions=happened)


def _renamed(plan: LoadPlan, names: Mapping[str, str]) -> LoadPlan:
    loads = (
        replace(one, families=tuple(sorted((names[code], count) for code, count in one.families)))
        for one in plan.loads
    )
    passes = (replace(one, family=names[one.family]) for one in plan.passes)
    left = (replace(one, family=names[one.family]) for one in plan.unplanned)
    return replace(plan, loads=tuple(loads), passes=tuple(passes), unplanned=tuple(left))


def _key(load: PlannedLoad) -> _Key:
    return load.origin, load.destination, load.units, tuple(sorted(load.parts))


def _families(load: PlannedLoad, family_of: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for number, count in load.parts:
        counted[family_of[number]] += count
    return tuple(sorted(counted.items()))


def _continues(kept: PlannedPass, one: PlannedPass) -> bool:
    alike = all(
        getattr(kept, name) == getattr(one, name)
        for name in ("family", "pieces", "origin", "destination", "units", "is_spare")
    )
    return alike and kept.expires_on is not None and one.ends_on <= kept.expires_on


def _figures(
    plan: LoadPlan, kept: Sequence[PlannedLoad], passes: Sequence[PlannedPass]
) -> PlanFigures:
    figures = plan.figures
    free = sum(1 for one in kept if not one.pass_number)
    pieces = sum(one.pieces for one in kept)
    under = sum(one.pieces for one in kept if one.pass_number)
    spare = sum(one.is_spare for one in passes)
    return replace(
        figures,
        pieces=figures.pieces + pieces,
        loads=figures.loads + len(kept),
        loads_without_pass=figures.loads_without_pass + free,
        passes=len(passes) - spare,
        spare_passes=spare,
        naive_loads=figures.naive_loads + pieces,
        naive_passes=figures.naive_passes + under,
        least_loads_without_pass=figures.least_loads_without_pass + free,
        least_passes=min(figures.least_passes, len(passes) - spare),
    )
