"""Which unknown structures to survey first: those that the most plausible journeys cross.

Journeys are fastest ways between places, drawn with a fixed seed: seats of leagues, ports, bases
and factories more often than small towns. The same network gives the same list.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from random import Random

import numpy as np

from road_data.surveys.adding import DECIDING
from transport.network.attributes import Access, Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered

SEED = 20170901
LARGEST_EDGES = 250_000
_ORIGINS, _DESTINATIONS = 30, 20
# Work in edges visited: a large network gets fewer journeys rather than a longer wait.
_MOST_VISITS = 3_000_000
_FEWEST_ORIGINS = 6
_LISTED = 50
_HEADLINE = 12
_WEIGHTS = {"seat": 8.0, "county_seat": 4.0, "port": 6.0, "base": 6.0, "factory": 6.0,
            "site": 3.0, "town": 2.0}  # fmt: skip
_ON_ROADS = (LimitKind.CLEAR_HEIGHT, LimitKind.CLEAR_WIDTH)


@dataclass(frozen=True, slots=True)
class Priority:
    """A structure to survey: how many journeys cross it, and what all up to it would decide.

    `decided_pct` is the share of journeys without an open question once this structure and all
    before it in the list are known.
    """

    structure: str
    kind: str
    name: str
    name_en: str
    at: tuple[float, float]
    missing: tuple[str, ...]
    journeys: int
    decided_pct: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The list with its headline: the first `headline` structures decide `gain_pct` more.

    `road_questions_pct` is the share of journeys with an unknown road between the structures,
    which no survey of a structure decides. `crossing_pct` is the share of journeys that cross any
    of the first `headline` structures.
    """

    journeys: int
    decided_now_pct: float
    road_questions_pct: float
    headline: int
    gain_pct: float
    crossing_pct: float
    priorities: tuple[Priority, ...]


def survey_ranking(network: RoadNetwork) -> Ranking:
    """Rank the unknown structures of a network by the journeys that cross them; remembered."""
    return remembered(network, "survey ranking", lambda: _ranking(network))


def _ranking(network: RoadNetwork) -> Ranking:
    questions = _questions(network)
    road_open = _open_roads(network)
    journeys: list[tuple[frozenset[str], bool]] = []
    for way in _journeys(network):
        asked = frozenset(name for edge in way for name in questions.get(edge, ()))
        journeys.append((asked, bool(road_open[way].any())))
    crossed = Counter(name for asked, _ in journeys for name in asked)
    order = sorted(crossed, key=lambda name: (-crossed[name], name))
    rows = {name: row for row, name in reversed(list(enumerate(network.structures.ids)))}
    now = _decided_pct(journeys, frozenset())
    priorities = []
    for number, name in enumerate(order[:_LISTED], start=1):
        decided = _decided_pct(journeys, frozenset(order[:number]))
        priorities.append(_priority(network, rows[name], crossed[name], decided))
    headline = min(_HEADLINE, len(priorities))
    gain = priorities[headline - 1].decided_pct - now if headline else 0.0
    open_pct = 100 * sum(1 for _, road in journeys if road) / len(journeys) if journeys else 0.0
    first = frozenset(order[:headline])
    crossing = sum(1 for asked, _ in journeys if asked & first)
    return Ranking(
        journeys=len(journeys),
        decided_now_pct=round(now, 1),
        road_questions_pct=round(open_pct, 1),
        headline=headline,
        gain_pct=round(gain, 1),
        crossing_pct=round(100 * crossing / len(journeys), 1) if journeys else 0.0,
        priorities=tuple(priorities),
    )


def _decided_pct(
    journeys: Sequence[tuple[frozenset[str], bool]], surveyed: frozenset[str]
) -> float:
    if not journeys:
        return 0.0
    decided = sum(1 for asked, road in journeys if not road and asked <= surveyed)
    return 100 * decided / len(journeys)


def _priority(network: RoadNetwork, row: int, journeys: int, decided_pct: float) -> Priority:
    structures = network.structures
    return Priority(
        structure=structures.ids[row],
        kind=StructureKind(int(structures.kind[row])).word,
        name=structures.names[row],
        name_en=structures.names_en[row],
        at=(float(structures.lon[row]), float(structures.lat[row])),
        missing=tuple(kind.value for kind in _missing(network, row)),
        journeys=journeys,
        decided_pct=round(decided_pct, 1),
    )


def _missing(network: RoadNetwork, row: int) -> list[LimitKind]:
    limits = network.structures.limits
    kind = StructureKind(int(network.structures.kind[row]))
    return [one for one in DECIDING[kind] if limits[one].certainty[row] == Certainty.UNKNOWN]


def _questions(network: RoadNetwork) -> dict[int, list[str]]:
    """Return the unknown structures of every edge that has some."""
    found: dict[int, list[str]] = {}
    structures = network.structures
    unknown = np.zeros(len(structures.kind), dtype=np.bool_)
    for kind, limits in DECIDING.items():
        for limit in limits:
            open_ = structures.limits[limit].certainty == Certainty.UNKNOWN
            unknown |= (structures.kind == kind) & open_
    for row in np.flatnonzero(unknown).tolist():
        found.setdefault(int(structures.edge[row]), []).append(structures.ids[row])
    return found


def _open_roads(network: RoadNetwork) -> np.ndarray:
    unknown = network.access == Access.UNKNOWN
    for kind in _ON_ROADS:
        unknown |= network.limits[kind].certainty == Certainty.UNKNOWN
    return np.asarray(unknown)


def _journeys(network: RoadNetwork) -> Iterator[list[int]]:
    """Yield the edges of each journey."""
    random = Random(SEED)  # noqa: S311 - the same draw every time is the point
    nodes, weights = _ends(network)
    if len(nodes) < 2:  # noqa: PLR2004 - a journey has two ends
        return
    origins = max(_FEWEST_ORIGINS, min(_ORIGINS, _MOST_VISITS // max(1, network.edge_count)))
    graph = _Graph(network)
    for _ in range(origins):
        origin = random.choices(nodes, weights)[0]
        into = graph.tree(origin)
        for _ in range(_DESTINATIONS):
            way = graph.way(into, origin, random.choices(nodes, weights)[0])
            if way:
                yield way


def _ends(network: RoadNetwork) -> tuple[list[int], list[float]]:
    """Return the nodes nearest to places with the weight of what is there; else every node."""
    if len(network.places) < 2:  # noqa: PLR2004 - a journey has two ends
        return list(range(network.node_count)), [1.0] * network.node_count
    weights: dict[int, float] = {}
    for place in network.places:
        east = (network.node_lon - place.lon) * np.cos(np.radians(place.lat))
        node = int(np.argmin(np.hypot(east, network.node_lat - place.lat)))
        weights[node] = weights.get(node, 0.0) + _WEIGHTS.get(place.kind, 1.0)
    return list(weights), list(weights.values())


class _Graph:
    """Fastest ways over open edges, whatever their limits."""

    def __init__(self, network: RoadNetwork) -> None:
        open_ = network.access != Access.CLOSED
        self._cost: list[float] = np.where(open_, network.duration_s, inf).tolist()
        self._first: list[int] = network.first_edge.tolist()
        self._head: list[int] = network.head.tolist()
        self._tail = network.tail

    def tree(self, origin: int) -> dict[int, int]:
        """Return the last edge of the fastest way to every node that can be reached."""
        best, into, done = {origin: 0.0}, dict[int, int](), set[int]()
        heap = [(0.0, origin)]
        while heap:
            spent, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            for edge in range(self._first[node], self._first[node + 1]):
                total, onward = spent + self._cost[edge], self._head[edge]
                if total < best.get(onward, inf):
                    best[onward], into[onward] = total, edge
                    heapq.heappush(heap, (total, onward))
        return into

    def way(self, into: dict[int, int], origin: int, destination: int) -> list[int]:
        """Return the edges from the origin to a destination, none where it is not reached."""
        edges: list[int] = []
        node = destination
        while node != origin:
            if node not in into:
                return []
            edges.append(into[node])
            node = int(self._tail[edges[-1]])
        return edges[::-1]
