"""Edges and structures that no transport can tell apart, so each kind of them is judged once.

Real networks have millions of edges and some hundred combinations of limits: a new transport is
judged for the combinations, and an edge looks its verdict up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Ints, LimitColumn
from transport.network.closures import InForce
from transport.network.graph import RoadNetwork
from transport.network.lane_closures import widths_left
from transport.network.remembering import remembered

ALIKE = "alike"
Column = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Alike:
    """Group of every edge by itself, of every structure, and of every edge with its structures.

    `edge_row` and `structure_row` name one member of each group. Group `w` of whole edges is that
    of an edge alone, `whole_edge[w]`, with the structure groups
    `whole_structures[whole_first[w]:whole_first[w + 1]]` on it.
    """

    edge: Ints
    edge_row: Ints
    structure: Ints
    structure_row: Ints
    whole: Ints
    whole_edge: Ints
    whole_first: Ints
    whole_structures: Ints


def alike(network: RoadNetwork, restrictions: Sequence[InForce] = ()) -> Alike:
    """Group the edges and structures of a network; remembered.

    Edges under different restrictions in force are never of one group.
    """
    numbers = tuple(sorted({one.number for one in restrictions}))
    return remembered(network, (ALIKE, numbers), lambda: _grouped(network, numbers))


def _grouped(network: RoadNetwork, restrictions: Sequence[int]) -> Alike:
    structures = network.structures
    edge, edge_row = grouped(
        [
            network.road_class,
            network.access,
            network.owner,
            network.urban,
            _restricted(network, restrictions),
            *_limits(network.limits.values()),
        ]
    )
    structure, structure_row = grouped(
        [
            structures.kind,
            network.road_class[structures.edge],
            *_limits(structures.limits.values()),
        ]
    )
    return Alike(edge, edge_row, structure, structure_row, *_whole(network, edge, structure))


def _limits(columns: Iterable[LimitColumn]) -> list[Column]:
    # The source decides nothing, but the reason of a verdict names it.
    return [part for one in columns for part in (one.value, one.certainty, one.source)]


def _restricted(network: RoadNetwork, restrictions: Sequence[int]) -> Ints:
    """Return the number of the set of restrictions that each edge lies under."""
    result = np.zeros(network.edge_count, dtype=np.int32)
    for number in restrictions:
        of_set, place = np.unique(result, return_inverse=True)
        result = place.astype(np.int32)
        # Closed lanes leave different widths on the edges of one restriction.
        parts = [left.edges for left in widths_left(network, number)]
        for part, edges in enumerate(parts or [network.restrictions[number].edges], start=1):
            result[np.array(edges, dtype=np.int64)] += part * len(of_set)
    return result


def grouped(columns: Sequence[Column]) -> tuple[Ints, Ints]:
    """Return the group of every row of these columns, and one row of each group.

    Rows are compared by a hash that is checked afterwards and taken anew if it ever deceived.
    """
    size = len(columns[0])
    bits = [_bits(column) for column in columns if size and not _is_one_value(column)]
    if not bits:
        return np.zeros(size, dtype=np.int32), np.zeros(min(size, 1), dtype=np.int32)
    for salt in count(1):
        mixed = np.zeros(len(bits[0]), dtype=np.uint64)
        for column in bits:
            mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15 ^ (salt << 1))
            mixed ^= mixed >> np.uint64(29)
        _, rows, group = np.unique(mixed, return_index=True, return_inverse=True)
        if all((column == column[rows][group]).all() for column in bits):
            break
    return group.astype(np.int32), rows.astype(np.int32)


def _is_one_value(column: Column) -> bool:
    if np.issubdtype(column.dtype, np.floating) and np.isnan(column[0]):
        return bool(np.isnan(column).all())
    return bool((column == column[0]).all())


def _bits(column: Column) -> npt.NDArray[np.uint64]:
    if np.issubdtype(column.dtype, np.floating):
        # one spelling of nan and of zero
        whole = np.where(np.isnan(column), np.nan, np.asarray(column, dtype=np.float64) + 0.0)
        return whole.view(np.uint64)
    return np.asarray(column).astype(np.int64).view(np.uint64)


def _whole(network: RoadNetwork, edge: Ints, structure: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    structures = network.structures
    groups = int(edge.max(initial=-1)) + 1
    whole, number = edge.copy(), dict[tuple[int, ...], int]()
    bearing = np.unique(structures.edge)
    first, last = structures.first[bearing].tolist(), structures.first[bearing + 1].tolist()
    standing = structure.tolist()
    for place, low, high in zip(bearing.tolist(), first, last, strict=True):
        key = (int(edge[place]), *sorted(standing[low:high]))
        whole[place] = groups + number.setdefault(key, len(number))
    rows = [key[1:] for key in number]
    whole_first = np.zeros(groups + len(rows) + 1, dtype=np.int32)
    np.cumsum([0] * groups + [len(row) for row in rows], out=whole_first[1:])
    return (
        whole,
        np.array([*range(groups), *(key[0] for key in number)], dtype=np.int32),
        whole_first,
        np.array([one for row in rows for one in row], dtype=np.int32),
    )
