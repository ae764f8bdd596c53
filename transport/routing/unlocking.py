"""Find the smallest change of one dimension that opens a way, exactly, by bottleneck search."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

import numpy as np

from transport.network.attributes import Floats, Passability
from transport.network.snapping import PlaceOnEdge
from transport.routing.alike import Alike, alike
from transport.routing.change_catalogue import PAIRS, STEPS, Change, changed, means_for
from transport.routing.demand import Demand, Dimension
from transport.routing.elements import edge_elements, structure_elements
from transport.routing.ground import Ground
from transport.routing.passability import capacities
from transport.routing.paths import (
    Path,
    Stops,
    Stretch,
    cheapest_path,
    duration_s,
    forbidden_turns,
    length_m,
    structures_on,
    topology_of,
)
from transport.routing.route import Unlocking
from transport.routing.search import Turn, widest_capacity
from transport.routing.timed import timed_capacities, untouched
from transport.routing.turning import sharp_turns, turn_capacities_m, turn_groups

# A change that leaves less than half of the load is another load.
LEAST_SHARE = 0.5
_STEP = 1000  # changes are said in whole millimetres and kilograms, rounded to the safe side


def unlocking_changes(ground: Ground, stops: Stops) -> tuple[Unlocking, ...]:
    """Return the changes that open a way and are not larger than need be (Pareto).

    First for each dimension its smallest change, smallest share first: a smaller mass shrinks all
    axle loads with it, a smaller axle load alone keeps the mass on more axles. Then the steps of
    two sizes together that open a way where neither is enough by itself, then other trailers and
    positions of the load, of each family the smallest. Each change is judged as a load of its own.
    """
    singles = _smallest_of_each(ground, stops)
    found = [*singles, *_pairs(ground, stops, singles), *_by_means(ground, stops)]
    return tuple(found)


def _pairs(ground: Ground, stops: Stops, singles: Sequence[Unlocking]) -> Iterator[Unlocking]:
    """Yield the smallest steps of two dimensions together, for each pair of them."""
    alone = {Dimension(one.change[0][0]): -one.change[0][1] for one in singles}
    for first, second in PAIRS:
        large = [step for step in STEPS[first] if step < alone.get(first, inf)]
        small = [step for step in STEPS[second] if step < alone.get(second, inf)]
        large, small = (
            [step for step in steps if step <= LEAST_SHARE * (ground.demand.value(one) or 0.0)]
            for one, steps in ((first, large), (second, small))
        )
        most: Change = ((first, -large[-1]), (second, -small[-1])) if large and small else ()
        if not most or not is_open(ground.for_demand(changed(ground.demand, most)), stops):
            continue
        # The larger the first step, the smaller the second one may be.
        ahead = len(small)
        for step in large:
            if not ahead:
                break
            place = _first_that_opens(ground, stops, (first, step), (second, small[:ahead]))
            if place is None:
                continue
            ahead = place
            change: Change = ((first, -step), (second, -small[place]))
            path = _opened(ground.for_demand(changed(ground.demand, change)), stops)
            if path is not None:
                yield _unlocking(ground, change, path, "")


def _first_that_opens(
    ground: Ground,
    stops: Stops,
    fixed: tuple[Dimension, float],
    varied: tuple[Dimension, Sequence[float]],
) -> int | None:
    """Return the place of the smallest step that opens a way beside a fixed one."""

    def opens(step: float) -> bool:
        change: Change = ((fixed[0], -fixed[1]), (varied[0], -step))
        return is_open(ground.for_demand(changed(ground.demand, change)), stops)

    steps = varied[1]
    if not opens(steps[-1]):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if opens(steps[middle]):
            high = middle
        else:
            low = middle + 1
    return low


def _by_means(ground: Ground, stops: Stops) -> Iterator[Unlocking]:
    opened: set[str] = set()
    for means in means_for(ground.demand):
        if means.family in opened:
            continue
        path = _opened(ground.for_demand(changed(ground.demand, means.change)), stops)
        if path is not None:
            opened.add(means.family)
            yield _unlocking(ground, means.change, path, means.word)


def _unlocking(ground: Ground, change: Change, path: Path, means: str) -> Unlocking:
    said = tuple((dimension.value, by) for dimension, by in change)
    return Unlocking(said, length_m(path), duration_s(ground.network, path), means)


def is_open(ground: Ground, stops: Stops) -> bool:
    """Say whether no known limit stops a transport on some way."""
    if not ground.is_small:
        from transport.routing.reach import is_reached  # noqa: PLC0415 - compiled code

        return is_reached(ground.metric(Passability.UNKNOWN), stops)
    return cheapest_path(ground.network, ground.metric(Passability.UNKNOWN), stops) is not None


def _smallest_of_each(ground: Ground, stops: Stops) -> list[Unlocking]:
    found: list[tuple[float, Unlocking]] = []
    for dimension in Dimension:
        value = ground.demand.value(dimension)
        if value is None:
            continue
        largest = largest_value(ground, stops, dimension)
        if not LEAST_SHARE * value <= largest < value:
            continue
        change = -math.ceil((value - largest) * _STEP - 1e-6) / _STEP
        path = _opened(ground.for_demand(_changed(ground.demand, dimension, change)), stops)
        if path is not None:
            answer = Unlocking(
                ((dimension.value, change),), length_m(path), duration_s(ground.network, path)
            )
            found.append((-change / value, answer))
    return [answer for _, answer in sorted(found, key=lambda pair: pair[0])]


def _changed(demand: Demand, dimension: Dimension, change: float) -> Demand:
    value = demand.value(dimension)
    return demand.with_value(dimension, round((value or 0.0) + change, 6))


def _opened(ground: Ground, stops: Stops) -> Path | None:
    for worst in (Passability.PASS, Passability.CONDITIONAL, Passability.UNKNOWN):
        found = cheapest_path(ground.network, ground.metric(worst), stops)
        if found is not None:
            return found[1]
    return None


def largest_value(ground: Ground, stops: Stops, dimension: Dimension) -> float:
    """Return the largest value of one dimension that finds a way with the others as they are."""
    if dimension is Dimension.MASS:
        return ground.demand.mass_t * _largest_of(ground, stops, _mass_shares(ground.demand))
    return _largest_of(ground, stops, {dimension: 1.0})


def _mass_shares(demand: Demand) -> dict[Dimension, float]:
    shares = {Dimension.MASS: demand.mass_t}
    if demand.axle_load_t is not None:
        shares[Dimension.AXLE] = demand.axle_load_t
    return shares


def _largest_of(ground: Ground, stops: Stops, scales: Mapping[Dimension, float]) -> float:
    widths = _Widths.of(ground, scales)
    return min(
        (_widest(ground, widths, starts, ends) for starts, ends in pairwise(stops)), default=inf
    )


@dataclass(frozen=True, slots=True)
class _Widths:
    """The largest multiple of the scaled dimensions that everything lets through, by group."""

    kinds: Alike
    alone: Floats
    standing: Floats
    whole: Floats
    turns: Floats
    scales: Mapping[Dimension, float]

    @classmethod
    def of(cls, ground: Ground, scales: Mapping[Dimension, float]) -> _Widths:
        network, rules = ground.network, ground.rules
        kinds = alike(network, rules.restrictions)
        # With these dimensions next to nothing, what still fails is closed by the others.
        rest = ground.demand
        for dimension in scales:
            rest = rest.with_value(dimension, 1e-6)
        others = ground.for_demand(rest)
        edges = edge_elements(network, rules, kinds.edge_row)
        structures = structure_elements(network, rules, kinds.structure_row)
        alone = _least([capacities(edges, d) / scale for d, scale in scales.items()])
        standing = _least([capacities(structures, d) / scale for d, scale in scales.items()])
        for dimension, scale in scales.items():
            timed = timed_capacities(network, rules, dimension, kinds.edge)
            alone = np.minimum(alone, timed / scale)
        failing = others.judged.edges_alone.groups.outcome == Passability.FAIL
        alone = np.where(failing, -inf, alone)
        failing = others.judged.structures.groups.outcome == Passability.FAIL
        standing = np.where(failing, -inf, standing)
        whole = alone[kinds.whole_edge]
        on = np.repeat(np.arange(len(whole)), np.diff(kinds.whole_first))
        np.minimum.at(whole, on, standing[kinds.whole_structures])
        turns = np.where(others.turns.outcome == Passability.FAIL, -inf, inf)
        if Dimension.LENGTH in scales:
            turns = turn_capacities_m(network)
        return cls(kinds, alone, standing, whole, turns, scales)

    def part(self, ground: Ground, edge: int, from_m: float, to_m: float) -> float:
        """Return what the driven part of an edge lets through."""
        if edge in ground.avoided:
            return -inf
        rows = list(structures_on(ground.network, Stretch(edge, from_m, to_m)))
        if any(row in ground.examined.shut_structures(Passability.UNKNOWN) for row in rows):
            return -inf
        elsewhere = untouched(ground.network, ground.rules, edge, (from_m, to_m))
        if elsewhere:
            left = tuple(one for one in ground.rules.restrictions if one.number not in elsewhere)
            here = replace(ground, rules=replace(ground.rules, restrictions=left))
            return _Widths.of(here, self.scales).part(here, edge, from_m, to_m)
        return float(
            min([self.alone[self.kinds.edge[edge]], *self.standing[self.kinds.structure[rows]]])
        )


def _widest(
    ground: Ground, widths: _Widths, starts: Sequence[PlaceOnEdge], ends: Sequence[PlaceOnEdge]
) -> float:
    length_m = ground.network.length_m
    leaving = {
        p.edge: widths.part(ground, p.edge, p.offset_m, float(length_m[p.edge])) for p in starts
    }
    arriving = {p.edge: widths.part(ground, p.edge, 0.0, p.offset_m) for p in ends}
    if ground.is_small:
        reach = _widest_plainly(ground, widths, leaving, arriving)
    else:
        from transport.routing.reach import widest_reach  # noqa: PLC0415 - compiled code

        shut = set(ground.avoided)
        shut |= {
            int(ground.network.structures.edge[row])
            for row in ground.examined.shut_structures(Passability.UNKNOWN)
        }
        reach = widest_reach(
            ground.network,
            (widths.kinds.whole, widths.whole, widths.turns),
            leaving,
            arriving,
            shut,
        )
    for start in starts:
        for end in ends:
            if start.edge == end.edge and end.offset_m > start.offset_m:
                reach = max(reach, widths.part(ground, start.edge, start.offset_m, end.offset_m))
    return reach


def _widest_plainly(
    ground: Ground, widths: _Widths, leaving: Mapping[int, float], arriving: Mapping[int, float]
) -> float:
    network = ground.network
    whole = widths.whole[widths.kinds.whole]
    whole[list(ground.avoided)] = -inf
    for row in ground.examined.shut_structures(Passability.UNKNOWN):
        whole[int(network.structures.edge[row])] = -inf
    sharp, of_turn = sharp_turns(network), widths.turns[turn_groups(network).group]
    rows = np.flatnonzero(of_turn < inf)
    pairs = zip(sharp.edge_in[rows].tolist(), sharp.edge_out[rows].tolist(), strict=True)
    turns: dict[Turn, float] = dict(zip(pairs, of_turn[rows].tolist(), strict=True))
    turns |= dict.fromkeys(ground.examined.shut_turns(Passability.UNKNOWN), -inf)
    turns |= dict.fromkeys(forbidden_turns(network), -inf)
    return widest_capacity(topology_of(network), whole.tolist(), turns, leaving, arriving)


def _least(columns: Sequence[Floats]) -> Floats:
    result = columns[0]
    for column in columns[1:]:
        result = np.minimum(result, column)
    return result
