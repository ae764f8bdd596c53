"""Turn restrictions at a node as pairs of edges."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

import numpy as np
import numpy.typing as npt

from road_data.osm.roads import RawRoads

Array = npt.NDArray[np.int64]


class EdgeEnds(Protocol):
    """The way at the start and end of each edge, and the numbers of its end nodes."""

    @property
    def first_way(self) -> Array:
        """Way id where the edge begins."""

    @property
    def last_way(self) -> Array:
        """Way id where the edge ends."""

    @property
    def reverse(self) -> Array:
        """Opposite edge of the same road, -1 for none."""

    @property
    def tail(self) -> Array:
        """Node where the edge begins."""

    @property
    def head(self) -> Array:
        """Node where the edge ends."""


def forbidden_turns(roads: RawRoads, node_ids: Array, ends: EdgeEnds) -> npt.NDArray[np.int32]:
    """Return pairs (edge in, edge out), sorted; records whose members are missing are counted."""
    over_nodes = [turn for turn in roads.turns if not turn.via_ways]
    arriving, leaving = _around({turn.via for turn in over_nodes}, node_ids, ends)
    pairs: set[tuple[int, int]] = set()
    for turn in over_nodes:
        into = [edge for edge in arriving[turn.via] if ends.last_way[edge] in turn.from_ways]
        out_of = [edge for edge in leaving[turn.via] if ends.first_way[edge] in turn.to_ways]
        if not into or not out_of:
            roads.skip("turn restrictions that no truck meets (against one-way, or roads left out)")
            continue
        if turn.rule.only:
            out_of = [edge for edge in leaving[turn.via] if edge not in out_of]
        around = turn.rule.u_turn and turn.from_ways == turn.to_ways
        pairs.update(
            (edge, other)
            for edge in into
            for other in out_of
            # One road that runs through the node: only turning back on it is meant.
            if not around or ends.reverse[edge] == other
        )
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)


def meeting(rows: npt.NDArray[np.int32], ends: EdgeEnds) -> npt.NDArray[np.int32]:
    """Return the rows of edges that can be driven one after another: a closed node parts some."""
    one, other = rows[:, :-1], rows[:, 1:]
    fits = (other < 0) | (ends.head[one] == ends.tail[other])
    kept: npt.NDArray[np.int32] = rows[fits.all(axis=1)]
    return kept


def _around(
    vias: set[int], node_ids: Array, ends: EdgeEnds
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    arriving: dict[int, list[int]] = defaultdict(list)
    leaving: dict[int, list[int]] = defaultdict(list)
    wanted = np.array(sorted(vias), dtype=np.int64)
    for nodes, table in ((ends.head, arriving), (ends.tail, leaving)):
        of_edge = node_ids[nodes]
        for edge in np.flatnonzero(np.isin(of_edge, wanted)):
            table[int(of_edge[edge])].append(int(edge))
    return arriving, leaving
