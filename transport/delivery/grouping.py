"""Put pieces into loads: the combinatorial core, which knows counts and days and nothing else.

Pieces of a family are alike. A piece needed on a day may arrive up to `early_days` before it, so a
load is delivered on the earliest day that one of its pieces is needed. A load is possible where
some pattern has at least as many pieces of every family.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Piece = tuple[str, int]  # family code and the day (an ordinal) it is needed


@dataclass(frozen=True, slots=True)
class Demand:
    """What must be delivered: pieces by family and need day, and the largest possible loads."""

    pieces: Mapping[Piece, int]
    patterns: tuple[Mapping[str, int], ...]
    early_days: int

    @property
    def families(self) -> tuple[str, ...]:
        """Family codes in order."""
        return tuple(sorted({family for family, _ in self.pieces}))

    @property
    def days(self) -> tuple[int, ...]:
        """Days on which something is needed, in order."""
        return tuple(sorted({day for _, day in self.pieces}))

    def matrix(self) -> NDArray[np.float64]:
        """Return pieces of every family (columns) in every pattern (rows)."""
        rows = [[one.get(family, 0) for family in self.families] for one in self.patterns]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(self.families))


@dataclass(frozen=True, slots=True)
class GroupedLoad:
    """A load: the day it is delivered and its pieces by family and need day."""

    day: int
    pieces: Mapping[Piece, int]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Pieces by family code, in order."""
        total: dict[str, int] = {}
        for (family, _), count in self.pieces.items():
            total[family] = total.get(family, 0) + count
        return tuple(sorted(total.items()))


def group(demand: Demand, weights: Mapping[str, float] | None = None) -> tuple[GroupedLoad, ...]:
    """Return loads that deliver every piece once: the best of a few greedy runs, then merged.

    `weights` are prices of pieces, such as those of `group_bounds`; a family that no pattern
    takes is left out, for the caller to look at.
    """
    runs = [_capacity_weights(demand), dict.fromkeys(demand.families, 1.0)]
    if weights is not None:
        runs.insert(0, {**weights})
    found = sorted((_merged(demand, list(_greedy(demand, one))) for one in runs), key=len)
    return tuple(found[0])


def _capacity_weights(demand: Demand) -> dict[str, float]:
    most = {
        family: max((one.get(family, 0) for one in demand.patterns), default=0)
        for family in demand.families
    }
    return {family: 1 / count if count else 0.0 for family, count in most.items()}


def _greedy(demand: Demand, weights: Mapping[str, float]) -> Iterator[GroupedLoad]:
    """Fill one load after the other around the piece that is needed first."""
    families, matrix = demand.families, demand.matrix()
    if not matrix.size:
        return
    worth = np.array([weights.get(family, 0.0) + 1e-6 for family in families])
    days = demand.days
    left = np.array([[demand.pieces.get((f, day), 0) for f in families] for day in days])
    left[:, matrix.max(axis=0) == 0] = 0
    for place, day in enumerate(days):
        until = place
        while until < len(days) and days[until] <= day + demand.early_days:
            until += 1
        while left[place].any():
            window = left[place:until]
            filled = np.minimum(matrix, window.sum(axis=0))
            first = int(np.argmax(np.where(left[place] > 0, worth, -1.0)))
            value = np.where(filled[:, first] > 0, filled @ worth, -1.0)
            best = filled[int(np.argmax(value))]
            yield GroupedLoad(day, _take(families, days[place:until], window, best))


def _take(
    families: Sequence[str],
    days: Sequence[int],
    window: NDArray[np.int64],
    wanted: NDArray[np.float64],
) -> dict[Piece, int]:
    """Take pieces out of what is left, those needed first first."""
    taken: dict[Piece, int] = {}
    for column, family in enumerate(families):
        missing = int(wanted[column])
        for row, day in enumerate(days):
            count = min(missing, int(window[row, column]))
            if count:
                taken[family, day] = count
                window[row, column] -= count
                missing -= count
    return taken


def _merged(demand: Demand, loads: list[GroupedLoad]) -> list[GroupedLoad]:
    """Empty small loads into the room of others while one can be emptied completely."""
    families = demand.families
    place = {family: column for column, family in enumerate(families)}
    matrix = demand.matrix()
    ordered = sorted(loads, key=lambda one: sum(one.pieces.values()))
    for small in ordered:
        if all(one is not small for one in loads):
            continue  # it has taken in another one meanwhile: its pieces stand in that load
        others = [
            one
            for one in loads
            if one is not small and abs(one.day - small.day) <= demand.early_days
        ]
        moved = _emptied(demand, small, others, matrix, place)
        if moved is not None:
            gone = {id(one) for one in (small, *(old for old, _ in moved))}
            loads = [one for one in loads if id(one) not in gone] + [new for _, new in moved]
    return sorted(loads, key=lambda one: (one.day, one.counts))


def _emptied(
    demand: Demand,
    small: GroupedLoad,
    others: Sequence[GroupedLoad],
    matrix: NDArray[np.float64],
    place: Mapping[str, int],
) -> list[tuple[GroupedLoad, GroupedLoad]] | None:
    """Return which loads take the pieces of a small one, None where some piece finds no room."""
    changed: dict[int, tuple[GroupedLoad, GroupedLoad]] = {}
    for (family, day), count in small.pieces.items():
        for _ in range(count):
            for one in others:
                now = changed.get(id(one), (one, one))[1]
                grown = {**now.pieces, (family, day): now.pieces.get((family, day), 0) + 1}
                if _is_possible(demand, grown, matrix, place):
                    first = min(needed for _, needed in grown)
                    changed[id(one)] = one, GroupedLoad(first, grown)
                    break
            else:
                return None
    return list(changed.values())


def _is_possible(
    demand: Demand,
    pieces: Mapping[Piece, int],
    matrix: NDArray[np.float64],
    place: Mapping[str, int],
) -> bool:
    days = [day for _, day in pieces]
    if max(days) - min(days) > demand.early_days:
        return False
    counts = np.zeros(len(place))
    for (family, _), count in pieces.items():
        counts[place[family]] += count
    return bool((matrix >= counts).all(axis=1).any())
