"""Turn restrictions over ways: which edges must not be driven one after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from road_data.osm.roads import RawRoads, TurnRecord
from road_data.osm.turning import Array, EdgeEnds

Nodes = Sequence[int]


@dataclass(frozen=True, slots=True)
class Course:
    """A restriction with its way through the via ways: (way id, node ids) of each, in order."""

    turn: TurnRecord
    pieces: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def start(self) -> int:
        """Node id where the from way meets the first via way."""
        return self.pieces[0][1][0]

    @property
    def end(self) -> int:
        """Node id where the last via way meets the to way."""
        return self.pieces[-1][1][-1]


def courses(roads: RawRoads) -> list[Course]:
    """Return the restrictions over ways whose members meet; the others are counted."""
    over_ways = [turn for turn in roads.turns if turn.via_ways]
    wanted = {way for turn in over_ways for way in (*turn.from_ways, *turn.via_ways, *turn.to_ways)}
    nodes = _nodes_of(roads, wanted)
    found = []
    for turn in over_ways:
        course = _course(turn, nodes)
        if course is None:
            roads.skip("turn restrictions over a way whose members do not meet")
        else:
            found.append(course)
    return found


def _nodes_of(roads: RawRoads, wanted: set[int]) -> dict[int, tuple[int, ...]]:
    if not wanted:
        return {}
    ids = np.array(roads.way_ids, dtype=np.int64)
    nodes: dict[int, tuple[int, ...]] = {}
    for number in np.flatnonzero(np.isin(ids, np.array(sorted(wanted)))).tolist():
        piece = roads.node_ids[roads.start[number] : roads.start[number + 1]]
        nodes.setdefault(int(ids[number]), tuple(piece))
    return nodes


def _course(turn: TurnRecord, nodes: dict[int, tuple[int, ...]]) -> Course | None:
    for via in (turn.via_ways, turn.via_ways[::-1]):
        lines = [nodes.get(way, ()) for way in via]
        first = [node for way in turn.from_ways for node in nodes.get(way, ())]
        last = [node for way in turn.to_ways for node in nodes.get(way, ())]
        meeting = [_meeting(one, other) for one, other in zip([first, *lines], [*lines, last],
                                                              strict=True)]  # fmt: skip
        pieces = []
        for way, line, start, end in zip(via, lines, meeting[:-1], meeting[1:], strict=True):
            if start is None or end is None or start == end:
                break
            low, high = line.index(start), line.index(end)
            piece = line[low : high + 1] if low < high else line[high : low + 1][::-1]
            pieces.append((way, piece))
        else:
            return Course(turn, tuple(pieces))
    return None


def _meeting(one: Nodes, other: Nodes) -> int | None:
    """Return the node where two ways meet, an end of them before a node in between."""
    shared = set(one).intersection(other)
    ends = [node for line in (other, one) if line for node in (line[0], line[-1])]
    return next((node for node in ends if node in shared), min(shared, default=None))


def forbidden_sequences(
    roads: RawRoads, over: Iterable[Course], node_ids: Array, ends: EdgeEnds
) -> npt.NDArray[np.int32]:
    """Return rows of edges, sorted, filled up with -1.

    A mandatory course (`only_…`) forbids everything else at every junction on it.
    """
    followed = list(over)
    leaving, arriving = _around(followed, node_ids, ends)
    rows: set[tuple[int, ...]] = set()
    for course in followed:
        turn = course.turn
        edges = _edges_along(course, leaving, node_ids, ends)
        into = [e for e in arriving[course.start] if ends.last_way[e] in turn.from_ways]
        out_of = [e for e in leaving[course.end] if ends.first_way[e] in turn.to_ways]
        if not edges or not into or not out_of:
            roads.skip("turn restrictions that no truck meets (against one-way, or roads left out)")
            continue
        for first in into:
            if not turn.rule.only:
                rows.update((first, *edges, last) for last in out_of)
                continue
            way = (first, *edges)
            for length in range(1, len(way) + 1):
                allowed = out_of if length == len(way) else [way[length]]
                node = int(node_ids[ends.head[way[length - 1]]])
                rows.update(
                    (*way[:length], other) for other in leaving[node] if other not in allowed
                )
    width = max((len(row) for row in rows), default=3)
    filled = [row + (-1,) * (width - len(row)) for row in sorted(rows)]
    return np.array(filled, dtype=np.int32).reshape(-1, width)


def _around(
    followed: Sequence[Course], node_ids: Array, ends: EdgeEnds
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    leaving: dict[int, list[int]] = defaultdict(list)
    arriving: dict[int, list[int]] = defaultdict(list)
    wanted = {node for course in followed for _, piece in course.pieces for node in piece}
    near = np.isin(node_ids, np.array(sorted(wanted), dtype=np.int64))
    for nodes, table in ((ends.tail, leaving), (ends.head, arriving)):
        for edge in np.flatnonzero(near[nodes]).tolist():
            table[int(node_ids[nodes[edge]])].append(edge)
    return leaving, arriving


def _edges_along(
    course: Course, leaving: dict[int, list[int]], node_ids: Array, ends: EdgeEnds
) -> list[int]:
    """Return the edges from the start to the end of the course, empty where one is missing."""
    edges: list[int] = []
    for way, piece in course.pieces:
        junctions = [
            node for place, node in enumerate(piece)
            if node in leaving or place in (0, len(piece) - 1)
        ]  # fmt: skip
        for one, other in pairwise(junctions):
            here = [
                edge
                for edge in leaving[one]
                if ends.first_way[edge] == way and node_ids[ends.head[edge]] == other
            ]
            if not here:
                return []
            edges.append(here[0])
    return edges
