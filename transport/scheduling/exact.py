"""The most that can be delivered in time, by a solver: for small instances.

The crews' rests are left out and the units of a pool are counted, not named, so the answer is a
bound that no plan exceeds; without passes and rests it is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from transport.scheduling.consignments import Consignment
from transport.scheduling.fleet import DAY_MIN, Fleet, Horizon, PlaceCount
from transport.scheduling.placing import standing_until
from transport.scheduling.ways import STEP_MIN, Passage

_Use = tuple[tuple[str, ...], int, int, int]  # pool, from, to, units


@dataclass(frozen=True, slots=True)
class _Candidate:
    load: int
    pieces: int
    uses: tuple[_Use, ...]


def most_delivered(
    loads: Sequence[Consignment], fleet: Fleet, horizon: Horizon, seconds: float = 20.0
) -> int | None:
    """Return the most pieces that any plan delivers; None where the solver did not finish."""
    candidates = [one for load in loads for one in _candidates(load, fleet, horizon)]
    if not candidates:
        return 0
    rows = [*_once(candidates), *_capacities(candidates, fleet)]
    data = [value for row, _ in rows for value in row.values()]
    columns = [column for row, _ in rows for column in row]
    starts = np.cumsum([0, *(len(row) for row, _ in rows)])
    matrix = csr_array((data, columns, starts), shape=(len(rows), len(candidates)))
    solved = milp(
        -np.array([float(one.pieces) for one in candidates]),
        constraints=LinearConstraint(matrix, -np.inf, np.array([most for _, most in rows])),
        integrality=np.ones(len(candidates), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.status != 0 or solved.x is None:
        return None
    return round(-solved.fun)


def _candidates(load: Consignment, fleet: Fleet, horizon: Horizon) -> Iterator[_Candidate]:
    """Yield every place of a load that the scheduler could choose, whatever else is planned."""
    if load.pass_number and load.pass_ready is None:
        return
    for loads in _loadings(fleet, horizon):
        for passage in _passages(load, loads, fleet):
            if passage.departs // DAY_MIN < (load.pass_ready or 0):
                continue
            for unloads in _unloadings(load, passage.arrives, fleet, horizon):
                uses = tuple(_uses(load, loads, passage, unloads, fleet))
                yield _Candidate(load.load, load.pieces, uses)


def _passages(load: Consignment, loads: int, fleet: Fleet) -> Iterator[Passage]:
    """Yield the passages of a truck loaded from a moment on, each once."""
    if load.way.no_route:
        return
    leaves = {loads + fleet.loading_min}
    for day in range(load.earliest, load.latest + 1):
        leaves |= set(standing_until(load, fleet, loads, day))
    found = {one for ready in sorted(leaves) if (one := load.way.passage(ready)) is not None}
    yield from sorted(found, key=lambda one: one.departs)


def _loadings(fleet: Fleet, horizon: Horizon) -> Iterator[int]:
    """Yield the moments at which loading may begin."""
    for day in range(horizon.minutes // DAY_MIN):
        if day in horizon.days_off and not fleet.factory_hours.all_week:
            continue
        first = day * DAY_MIN + fleet.factory_hours.from_min
        last = day * DAY_MIN + fleet.factory_hours.to_min - fleet.loading_min
        yield from (
            loads
            for loads in range(first, last + 1, fleet.dispatch_step_min)
            if loads >= horizon.not_before
        )


def _uses(
    load: Consignment, loads: int, passage: Passage, unloads: int, fleet: Fleet
) -> Iterator[_Use]:
    way, site = load.way, load.way.destination
    home = unloads + fleet.unloading_min + way.back_min
    yield ("trucks", *load.units), loads, home, 1
    yield ("crews",), loads, home, 1
    yield ("bays", way.origin), loads, loads + fleet.loading_min, 1
    yield ("cranes", site), unloads, unloads + fleet.unloading_min, 1
    if load.escorts:
        yield ("escorts",), passage.departs, passage.arrives + way.back_min, load.escorts
    if unloads > passage.arrives:
        yield ("waiting", site), passage.arrives, unloads, 1
    for hold in passage.holds:
        yield ("holding", site), hold.from_min, hold.to_min, 1


def _unloadings(load: Consignment, arrives: int, fleet: Fleet, horizon: Horizon) -> Iterator[int]:
    for unloads in range(arrives, arrives + fleet.longest_wait_min + 1, STEP_MIN):
        day = unloads // DAY_MIN
        works = fleet.site_hours.all_week or day not in horizon.days_off
        held = fleet.site_hours.hold(unloads, unloads + fleet.unloading_min)
        if load.earliest <= day <= load.latest and works and held:
            yield unloads


def _once(candidates: Sequence[_Candidate]) -> Iterator[tuple[dict[int, float], float]]:
    of_load: dict[int, dict[int, float]] = defaultdict(dict)
    for place, one in enumerate(candidates):
        of_load[one.load][place] = 1.0
    for row in of_load.values():
        yield row, 1.0


def _capacities(
    candidates: Sequence[_Candidate], fleet: Fleet
) -> Iterator[tuple[dict[int, float], float]]:
    """Yield a row wherever a use begins: what is in use then is no more than there is."""
    uses: dict[tuple[str, ...], list[tuple[int, int, int, int]]] = defaultdict(list)
    for place, one in enumerate(candidates):
        for pool, start, end, units in one.uses:
            uses[pool].append((start, end, place, units))
    for pool, found in uses.items():
        most = _count(pool, fleet)
        for moment in sorted({start for start, _, _, _ in found}):
            row = {place: float(n) for start, end, place, n in found if start <= moment < end}
            yield row, float(most)


def _count(pool: tuple[str, ...], fleet: Fleet) -> int:
    kind, *which = pool
    if kind == "trucks":
        return sum(one.units == tuple(which) for one in fleet.trucks)
    if kind in {"crews", "escorts"}:
        return fleet.crews if kind == "crews" else fleet.escorts
    places: tuple[PlaceCount, ...] = getattr(fleet, kind)
    return sum(one.count for one in places if one.place == which[0])
