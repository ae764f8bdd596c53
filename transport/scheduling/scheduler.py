"""All loads by need day and order of erection; repair; planning anew around what is fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transport.scheduling.consignments import Consignment, Obstacle
from transport.scheduling.fleet import DAY_MIN, Fleet, Horizon
from transport.scheduling.placing import (
    NOBODY,
    Ground,
    Placed,
    Placer,
    uses_of,
    within_term,
    work_of,
)
from transport.scheduling.ways import STEP_MIN

# Trips that are tried elsewhere to make room for one load, and for all of them.
_TRIED_FOR_ONE = 20
_TRIED_IN_ALL = 400
# Rounds in which the loads that stayed open go first; more where a round takes no time.
_FEW_LOADS, _MORE_ROUNDS, _FEWER_ROUNDS = 60, 12, 2
_BUSY = {
    Obstacle.TRUCKS_BUSY,
    Obstacle.CREWS_BUSY,
    Obstacle.ESCORTS_BUSY,
    Obstacle.BAYS_BUSY,
    Obstacle.CRANES_BUSY,
    Obstacle.WAITING_FULL,
    Obstacle.HOLDING_FULL,
    Obstacle.PASS_TERM,
}
Key = Callable[[Consignment], tuple[int, ...]]
_ORDERS: tuple[Key, ...] = (
    lambda one: (one.latest, one.sequence, one.load),
    lambda one: (one.wanted, one.sequence, one.load),
    lambda one: (not one.pass_number, one.latest, one.sequence, one.load),
)
# Told how many loads are settled of how many; may raise to stop the work.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Trips and what has none; `conflicts` are fixed trips that cannot stay as they are."""

    placed: tuple[Placed, ...]
    open: tuple[tuple[Consignment, Obstacle], ...]
    conflicts: tuple[int, ...] = ()


def schedule(
    loads: Sequence[Consignment],
    fleet: Fleet,
    horizon: Horizon,
    progress: Progress | None = None,
) -> Schedule:
    """Plan all loads; of several orders the one that leaves least open, nearest to the wanted days.

    Loads of a pass stay on one truck, in its term, and none departs before it can be in force.
    """
    rounds = _MORE_ROUNDS if len(loads) <= _FEW_LOADS else _FEWER_ROUNDS
    blame: Counter[int] = Counter()
    best = Schedule((), ())
    for number in range(len(_ORDERS) + rounds):
        order = _blamed(_ORDERS[number % len(_ORDERS)], blame if number >= len(_ORDERS) else None)
        told = _part(progress, number, len(_ORDERS) + rounds)
        made = _in_order(sorted(loads, key=order), fleet, horizon, told)
        if number == 0 or _cost(made) < _cost(best):
            best = made
        if not best.open:
            break
        blame.update(one.load for one, why in made.open if why in _BUSY)
    return best


def _blamed(order: Key, blame: Mapping[int, int] | None) -> Key:
    """Put the loads first that stayed open in earlier rounds."""
    if blame is None:
        return order
    return lambda one: (-blame.get(one.load, 0), *order(one))


def reschedule(
    before: Sequence[Placed],
    loads: Sequence[Consignment],
    fleet: Fleet,
    horizon: Horizon,
    fixed: Iterable[int],
    late: Mapping[int, int],
    progress: Progress | None = None,
) -> Schedule:
    """Plan again: `fixed` trips stay where they are, and so does every other that still can.

    `late` are minutes by which a trip runs behind; it is unloaded when a crane is free. Only what
    no longer fits is planned anew, from `horizon.not_before` on.
    """
    ground = Ground(fleet, horizon)
    wanted = {one.load: one for one in loads}
    known = [one for one in before if one.load.load in wanted]
    stays = set(fixed) | set(late)
    conflicts = []
    for one in (one for one in known if one.load.load in stays):
        kept = _delayed(one, ground, late.get(one.load.load, 0))
        work = work_of(kept, fleet.rest_min)
        tired = not ground.crews.may(kept.crew, work)
        if tired or _taken(kept, ground) or not _open(kept, wanted[one.load.load]):
            conflicts.append(one.load.load)
        ground.put(kept)
    for one in (one for one in known if one.load.load not in stays):
        moved = replace(one, load=wanted[one.load.load])
        if _fits(moved, ground):
            ground.put(moved)
    rest = sorted((one for one in loads if one.load not in ground.placed), key=_ORDERS[0])
    return replace(_filled(rest, ground, progress, frozenset(stays)), conflicts=tuple(conflicts))


def _in_order(
    loads: Sequence[Consignment], fleet: Fleet, horizon: Horizon, progress: Progress | None
) -> Schedule:
    ground = Ground(fleet, horizon)
    return _filled(loads, ground, progress, frozenset())


def _filled(
    loads: Sequence[Consignment],
    ground: Ground,
    progress: Progress | None,
    fixed: frozenset[int],
) -> Schedule:
    placer = Placer(ground)
    left: list[tuple[Consignment, Obstacle]] = []
    for number, load in enumerate(loads):
        found = placer.place(load)
        if isinstance(found, Placed):
            ground.put(found)
        else:
            left.append((load, found))
        if progress is not None:
            progress(number + 1, len(loads))
    left = _Repair(ground, placer, fixed).of(left)
    return Schedule(tuple(ground.placed[one] for one in sorted(ground.placed)), tuple(left))


class _Repair:
    """Makes room for a load by moving one other trip."""

    def __init__(self, ground: Ground, placer: Placer, fixed: frozenset[int]) -> None:
        self._ground, self._placer, self._fixed = ground, placer, fixed
        self._tried = 0

    def of(
        self, left: Sequence[tuple[Consignment, Obstacle]]
    ) -> list[tuple[Consignment, Obstacle]]:
        """Return what stays open after all that was tried."""
        return [(load, why) for load, why in left if why not in _BUSY or not self._room_made(load)]

    def _room_made(self, load: Consignment) -> bool:
        near = [one for one in self._ground.placed.values() if self._in_the_way(one, load)]
        for other in sorted(near, key=lambda one: one.load.latest, reverse=True)[:_TRIED_FOR_ONE]:
            if self._tried >= _TRIED_IN_ALL:
                return False
            self._tried += 1
            if self._moved(other, load):
                return True
        return False

    def _moved(self, other: Placed, load: Consignment) -> bool:
        ground = self._ground
        ground.take_up(other)
        found = self._placer.place(load)
        if isinstance(found, Placed):
            ground.put(found)
            elsewhere = self._placer.place(other.load)
            if isinstance(elsewhere, Placed):
                ground.put(elsewhere)
                return True
            ground.take_up(found)
        ground.put(other)
        return False

    def _in_the_way(self, one: Placed, load: Consignment) -> bool:
        if one.load.load in self._fixed:
            return False
        day = one.unloads // DAY_MIN
        return load.earliest - 1 <= day <= load.latest + 1


def _cost(made: Schedule) -> tuple[int, int, int]:
    away = sum(abs(one.unloads // DAY_MIN - one.load.wanted) for one in made.placed)
    return sum(one.pieces for one, _ in made.open), away, out_of_order(made.placed)


def out_of_order(placed: Iterable[Placed]) -> int:
    """Count the trips unloaded on a day after one that is erected later."""
    found = 0
    latest: dict[tuple[str, int], int] = {}
    for one in sorted(placed, key=lambda each: each.unloads):
        key = one.load.way.destination, one.unloads // DAY_MIN
        found += one.load.sequence < latest.get(key, 0)
        latest[key] = max(latest.get(key, 0), one.load.sequence)
    return found


def _fits(one: Placed, ground: Ground) -> bool:
    """Whether a trip of the plan before can stay as it is."""
    if one.loads < ground.horizon.not_before or _taken(one, ground) or not _open(one, one.load):
        return False
    load = one.load
    day = one.unloads // DAY_MIN
    held = ground.pass_trips(load.pass_number)
    ready = load.pass_ready is None or one.passage.departs // DAY_MIN >= load.pass_ready
    return (
        load.earliest <= day <= load.latest
        and ready
        and all(other.truck == one.truck for other in held)
        and one.truck in ground.kinds.get(load.units, ())
        and within_term(load, one.passage, ground)
        and ground.crews.may(one.crew, work_of(one, ground.fleet.rest_min))
    )


def _taken(one: Placed, ground: Ground) -> bool:
    """Whether somebody else uses what a trip needs."""
    return any(pool.free(span, (unit,)) is None for pool, unit, span in uses_of(one, ground))


def _open(one: Placed, load: Consignment) -> bool:
    """Whether the way is still open at the times of a passage."""
    if load.way.no_route:
        return False
    passed = load.way.passage(one.passage.departs)
    return passed is not None and passed.departs == one.passage.departs


def _delayed(one: Placed, ground: Ground, minutes: int) -> Placed:
    """Return a trip that arrives later, unloaded when a crane is free."""
    if not minutes:
        return one
    arrives = one.passage.arrives + -(-minutes // STEP_MIN) * STEP_MIN
    place = one.load.way.destination
    unloads, crane = max(arrives, one.unloads), None
    while crane is None:
        crane = ground.cranes[place].free((unloads, unloads + one.unloading_min))
        unloads += 0 if crane is not None else STEP_MIN
        if unloads > ground.horizon.minutes:
            return one
    waits = arrives, unloads
    spot = ground.waiting[place].free(waits) if unloads > arrives else None
    return replace(
        one,
        passage=replace(one.passage, arrives=arrives),
        unloads=unloads,
        crane=crane,
        waiting=NOBODY if spot is None else spot,
    )


def _part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, parts * total)
