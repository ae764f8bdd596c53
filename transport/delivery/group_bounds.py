"""How few loads there can be: a proven lower bound, and the exact answer of small cases.

The solver is HiGHS (scipy). Its word is not taken for the bound: the prices it finds are checked
against every pattern and day, and shrunk until they prove what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from transport.delivery.grouping import Demand, GroupedLoad, Piece

_ROUNDING = 1e-6
_MOST_COLUMNS = 60_000


@dataclass(frozen=True, slots=True)
class Bound:
    """At least this many loads are needed; `prices` of the families are what proves it."""

    loads: int
    prices: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The model: loads of a pattern on a day, then pieces of a family on a day by need day."""

    loads: tuple[tuple[int, int], ...]  # pattern, day
    moves: tuple[tuple[int, str, int], ...]  # day of delivery, family, need day
    rows: csr_array[np.float64]
    least: NDArray[np.float64]
    pieces: tuple[Piece, ...]


def least_loads(demand: Demand) -> Bound:
    """Return a proven lower bound; families that no pattern takes are left out."""
    demand = _possible(demand)
    if not demand.pieces:
        return Bound(0, {})
    timed = _timed(demand) if _size(demand) <= _MOST_COLUMNS else Bound(0, {})
    still = _without_days(demand)
    return timed if timed.loads >= still.loads else still


def fewest_loads(demand: Demand, seconds: float = 20.0) -> tuple[GroupedLoad, ...] | None:
    """Return the fewest loads; None where the solver did not finish in time."""
    demand = _possible(demand)
    if not demand.pieces:
        return ()
    model = _columns(demand)
    count = len(model.loads) + len(model.moves)
    cost = np.concatenate([np.ones(len(model.loads)), np.zeros(len(model.moves))])
    solved = milp(
        cost,
        constraints=LinearConstraint(model.rows, model.least),
        integrality=np.ones(count, dtype=np.int64),
        bounds=Bounds(0, np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.status != 0 or solved.x is None:
        return None
    return _loads_of(demand, model, np.rint(solved.x).astype(int))


def _possible(demand: Demand) -> Demand:
    able = {family for one in demand.patterns for family, count in one.items() if count}
    kept = {piece: count for piece, count in demand.pieces.items() if piece[0] in able and count}
    families = {family for family, _ in kept}
    patterns = []
    for one in demand.patterns:
        known = {family: count for family, count in one.items() if family in families and count}
        if known and known not in patterns:
            patterns.append(known)
    return Demand(kept, tuple(patterns), demand.early_days)


def _size(demand: Demand) -> int:
    return len(demand.days) * len(demand.patterns)


def _columns(demand: Demand) -> _Columns:
    days, matrix, families = demand.days, demand.matrix(), demand.families
    loads = tuple((pattern, day) for day in days for pattern in range(len(matrix)))
    moves = tuple(
        (day, family, needed)
        for (family, needed) in demand.pieces
        for day in days
        if day <= needed <= day + demand.early_days
    )
    pieces = tuple(demand.pieces)
    demanded = {piece: row for row, piece in enumerate(pieces)}
    room: dict[tuple[int, str], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for column, (day, family, needed) in enumerate(moves, start=len(loads)):
        rows.append(demanded[family, needed])
        columns.append(column)
        values.append(1.0)
        rows.append(room.setdefault((day, family), len(pieces) + len(room)))
        columns.append(column)
        values.append(-1.0)
    for column, (pattern, day) in enumerate(loads):
        for place, family in enumerate(families):
            if matrix[pattern, place] and (day, family) in room:
                rows.append(room[day, family])
                columns.append(column)
                values.append(matrix[pattern, place])
    height = len(pieces) + len(room)
    least = np.zeros(height)
    least[: len(pieces)] = [demand.pieces[one] for one in pieces]
    shape = height, len(loads) + len(moves)
    return _Columns(loads, moves, csr_array((values, (rows, columns)), shape=shape), least, pieces)


def _timed(demand: Demand) -> Bound:
    model = _columns(demand)
    cost = np.concatenate([np.ones(len(model.loads)), np.zeros(len(model.moves))])
    # The stubs know dense matrices alone, HiGHS takes sparse ones.
    matrix: Any = -model.rows
    solved = linprog(cost, A_ub=matrix, b_ub=-model.least, method="highs")
    if solved.status != 0:
        return Bound(0, {})
    prices = np.maximum(-solved.ineqlin.marginals[: len(model.pieces)], 0.0)
    return _proven(demand, dict(zip(model.pieces, prices.tolist(), strict=True)))


def _without_days(demand: Demand) -> Bound:
    matrix, families = demand.matrix(), demand.families
    total = np.array(
        [sum(n for (one, _), n in demand.pieces.items() if one == family) for family in families]
    )
    solved = linprog(-total, A_ub=matrix, b_ub=np.ones(len(matrix)), method="highs")
    if solved.status != 0:
        return Bound(0, {})
    price = dict(zip(families, np.maximum(np.asarray(solved.x), 0.0).tolist(), strict=True))
    return _proven(demand, {piece: price[piece[0]] for piece in demand.pieces})


def _proven(demand: Demand, prices: Mapping[Piece, float]) -> Bound:
    """Shrink prices until no load on any day is worth more than one; then their sum is a bound."""
    matrix, families, days = demand.matrix(), demand.families, demand.days
    dearest = np.zeros((len(days), len(families)))
    for (family, needed), price in prices.items():
        column = families.index(family)
        for row, day in enumerate(days):
            if day <= needed <= day + demand.early_days:
                dearest[row, column] = max(dearest[row, column], price)
    most = float((dearest @ matrix.T).max(initial=0.0))
    total = sum(price * demand.pieces[piece] for piece, price in prices.items())
    by_family = {family: float(dearest[:, column].max()) for column, family in enumerate(families)}
    return Bound(ceil(total / max(most, 1.0) - _ROUNDING), by_family)


def _loads_of(
    demand: Demand, model: _Columns, solved: NDArray[np.int64]
) -> tuple[GroupedLoad, ...]:
    """Fill the loads that the solver chose with the pieces it moved."""
    left = {
        move: int(solved[place])
        for place, move in enumerate(model.moves, start=len(model.loads))
        if solved[place] > 0
    }
    owed = dict(demand.pieces)
    made = []
    for (pattern, day), count in zip(model.loads, solved, strict=False):
        for _ in range(count):
            pieces = _filled(demand.patterns[pattern], day, left, owed)
            if pieces:
                made.append(GroupedLoad(min(needed for _, needed in pieces), pieces))
    return tuple(made)


def _filled(
    pattern: Mapping[str, int],
    day: int,
    left: dict[tuple[int, str, int], int],
    owed: dict[Piece, int],
) -> dict[Piece, int]:
    pieces: dict[Piece, int] = {}
    for family, room in pattern.items():
        free = room
        for move in sorted(one for one in left if one[:2] == (day, family)):
            count = min(free, left[move], owed[family, move[2]])
            if count:
                pieces[family, move[2]] = count
                left[move] -= count
                owed[family, move[2]] -= count
                free -= count
    return pieces
