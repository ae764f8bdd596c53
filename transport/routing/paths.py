"""Ways from places on edges to places on edges, by way of others: the search with its ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Floats, Ints, RoadClass
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.snapping import PlaceOnEdge
from transport.routing.search import (
    NO_SEQUENCES,
    Sequences,
    Topology,
    Turn,
    cheapest_edges,
    sequences_of,
)

# A piece of road shorter than this is the junction itself.
_NOTHING_M = 0.5


class Stretch(NamedTuple):
    """The part of an edge that is driven, in metres from its tail; a way has some thousand."""

    edge: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Metres driven on this edge."""
        return self.to_m - self.from_m


Path = tuple[Stretch, ...]
Stops = Sequence[Sequence[PlaceOnEdge]]


Found = tuple[float, list[int]]


class Metric(Protocol):
    """What a search minimises, and how it searches."""

    def part(self, edge: int, from_m: float, to_m: float) -> float:
        """Return the cost of a part of an edge; inf closes."""

    def between(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> Found | None:
        """Return the cheapest two or more edges from one of `leaving` to one of `arriving`.

        Both give for states (`Sequences`) the cost of the part that is driven of their edge.
        """

    def dearer(self, permille: Mapping[int, int]) -> Metric:
        """Return the metric with these edges dearer: thousandths of their cost, none below 1000."""


@runtime_checkable
class CountsOthers(Metric, Protocol):
    """A metric that knows other ways than the cheapest without searching again."""

    def others(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> Sequence[Ints]:
        """Return the edges of candidates for other ways, cheapest first, asked as `between` is."""


@dataclass(frozen=True, slots=True)
class PlainMetric:
    """A metric for small networks and for numbers of any kind: lists, and the plain kernel."""

    cost: Sequence[float]
    of_part: Callable[[int, float, float], float]
    turn_cost: Mapping[Turn, float]

    def part(self, edge: int, from_m: float, to_m: float) -> float:
        """Return the cost of a part of an edge; inf closes."""
        return self.of_part(edge, from_m, to_m)

    def between(
        self, network: RoadNetwork, leaving: Mapping[int, float], arriving: Mapping[int, float]
    ) -> Found | None:
        """Search with the plain kernel."""
        return cheapest_edges(topology_of(network), self.cost, self.turn_cost, leaving, arriving)

    def dearer(self, permille: Mapping[int, int]) -> PlainMetric:
        """Return the metric with some edges dearer."""
        cost = list(self.cost)
        for edge, factor in permille.items():
            cost[edge] = inf if cost[edge] == inf else cost[edge] * factor // 1000
        return PlainMetric(cost, dearer_part(self.of_part, permille), self.turn_cost)


def dearer_part(
    of_part: Callable[[int, float, float], float], permille: Mapping[int, int]
) -> Callable[[int, float, float], float]:
    """Return the cost of parts of edges with some edges dearer."""

    def part(edge: int, from_m: float, to_m: float) -> float:
        cost = of_part(edge, from_m, to_m)
        return cost if cost == inf else int(cost) * permille.get(edge, 1000) // 1000

    return part


def topology_of(network: RoadNetwork) -> Topology:
    """Return the network's graph as plain lists for the kernel; remembered."""

    def build() -> Topology:
        columns = (network.first_edge, network.head, network.reverse)
        first_edge, head, reverse = (column.tolist() for column in columns)
        return Topology(first_edge, head, reverse, sequences_on(network))

    return remembered(network, "topology", build)


def sequences_on(network: RoadNetwork) -> Sequences:
    """Return the network's forbidden sequences as states for the searches; remembered."""

    def build() -> Sequences:
        rows = network.forbidden_sequences
        paths = [] if rows is None else [[e for e in row if e >= 0] for row in rows.tolist()]
        return sequences_of(paths, network.edge_count) if paths else NO_SEQUENCES

    return remembered(network, "sequences", build)


def forbidden_turns(network: RoadNetwork) -> dict[Turn, float]:
    """Return the network's forbidden turns with infinite cost; remembered.

    Where an expressway ends at the edge of the map nobody turns back, as at other dead ends.
    """

    def build() -> dict[Turn, float]:
        fast = np.flatnonzero(network.road_class == RoadClass.EXPRESSWAY).tolist()
        back = {(edge, int(network.reverse[edge])): inf for edge in fast}
        return back | {(int(a), int(b)): inf for a, b in network.forbidden_turns.tolist()}

    return remembered(network, "forbidden turns", build)


def cheapest_path(network: RoadNetwork, metric: Metric, stops: Stops) -> tuple[float, Path] | None:
    """Return the cheapest path through all stops in order, or None.

    At a stop on the way the truck drives on in its direction, and in the turn bans it has begun;
    only where that leads nowhere may it leave in another one (it turned on the site).
    """
    states_of = sequences_on(network).states_of
    reached = [_Reached(place, 0, (), place.edge) for place in _leaving(network, stops[0])]
    for number, ends in enumerate(stops[1:], start=1):
        arriving = [(place, state) for place in _arriving(ends) for state in states_of(place.edge)]
        # How the stop was reached matters for what follows, so each way is kept; not at the last.
        each = [[place] for place in arriving] if number < len(stops) - 1 else [arriving]
        found = [_between(network, metric, reached, group) for group in each]
        onward = [one for one in found if one is not None]
        if not onward and number > 1:
            best = min(reached, key=lambda one: one.cost)
            turned = [
                _Reached(place, best.cost, best.path, place.edge)
                for place in _leaving(network, stops[number - 1])
            ]
            found = [_between(network, metric, turned, group) for group in each]
            onward = [one for one in found if one is not None]
        if not onward:
            return None
        reached = onward
    best = min(reached, key=lambda one: one.cost)
    return best.cost, tuple(_joined(network, best.path))


@dataclass(frozen=True, slots=True)
class _Reached:
    """A place that was reached, what that cost, and how; `state` says which bans have begun."""

    place: PlaceOnEdge
    cost: float
    path: Path
    state: int


_End = tuple[PlaceOnEdge, int]


def _leaving(network: RoadNetwork, places: Sequence[PlaceOnEdge]) -> list[PlaceOnEdge]:
    rest = [p for p in places if network.length_m[p.edge] - p.offset_m > _NOTHING_M]
    return rest or list(places)


def _arriving(places: Sequence[PlaceOnEdge]) -> list[PlaceOnEdge]:
    return [place for place in places if place.offset_m > _NOTHING_M] or list(places)


def _between(
    network: RoadNetwork,
    metric: Metric,
    starts: Sequence[_Reached],
    ends: Sequence[_End],
) -> _Reached | None:
    best = _on_one_edge(metric, starts, ends)
    leaving, arriving = _ends_of(network, metric, starts, ends)
    found = metric.between(network, leaving, arriving)
    if found is None or (best is not None and best.cost <= found[0]):
        return best
    cost, edges = found
    start, (end, state) = _which(sequences_on(network), starts, ends, leaving, edges)
    return _Reached(end, cost, (*start.path, *_driven(network, edges, start, end)), state)


def _driven(
    network: RoadNetwork, edges: Sequence[int], start: _Reached, end: PlaceOnEdge
) -> list[Stretch]:
    whole_m = network.length_m[edges].tolist()
    stretches = [Stretch(edge, 0.0, to_m) for edge, to_m in zip(edges, whole_m, strict=True)]
    stretches[0] = stretches[0]._replace(from_m=start.place.offset_m)
    stretches[-1] = stretches[-1]._replace(to_m=end.offset_m)
    return stretches


@dataclass(frozen=True, slots=True)
class OtherWays:
    """Candidates for other ways between two stops, made into paths when asked for.

    `edges` are those of all ways one after another, way `n` from `first[n]` to `first[n + 1]`.
    """

    network: RoadNetwork
    starts: Sequence[_Reached]
    ends: Sequence[_End]
    leaving: Mapping[int, float]
    edges: Ints
    first: npt.NDArray[np.int64]

    def path(self, number: int) -> Path:
        """Return one of the ways as a path."""
        edges = self.edges[self.first[number] : self.first[number + 1]].tolist()
        sequences = sequences_on(self.network)
        start, (end, _) = _which(sequences, self.starts, self.ends, self.leaving, edges)
        return tuple(_joined(self.network, _driven(self.network, edges, start, end)))


def other_ways(network: RoadNetwork, metric: CountsOthers, stops: Stops) -> OtherWays:
    """Return candidates for other ways from the first of two stops to the second."""
    states_of = sequences_on(network).states_of
    starts = [_Reached(place, 0, (), place.edge) for place in _leaving(network, stops[0])]
    ends = [(place, state) for place in _arriving(stops[1]) for state in states_of(place.edge)]
    leaving, arriving = _ends_of(network, metric, starts, ends)
    ways = metric.others(network, leaving, arriving)
    first = np.cumsum([0, *(len(way) for way in ways)])
    edges = np.concatenate([np.empty(0, dtype=np.int32), *ways])
    return OtherWays(network, starts, ends, leaving, edges, first)


def _ends_of(
    network: RoadNetwork, metric: Metric, starts: Sequence[_Reached], ends: Sequence[_End]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return what it costs to have left each start's edge, and to drive up to each end."""
    length_m = network.length_m
    leaving = {
        one.state: one.cost
        + metric.part(one.place.edge, one.place.offset_m, float(length_m[one.place.edge]))
        for one in starts
    }
    return leaving, {state: metric.part(place.edge, 0.0, place.offset_m) for place, state in ends}


def _which(
    sequences: Sequences,
    starts: Sequence[_Reached],
    ends: Sequence[_End],
    leaving: Mapping[int, float],
    edges: Sequence[int],
) -> tuple[_Reached, _End]:
    """Return the cheapest start that may drive these edges, and the end it comes to."""
    by_state = {state: (place, state) for place, state in ends}
    may = [
        (one, by_state[end])
        for one in starts
        if one.place.edge == edges[0] and (end := sequences.after(one.state, edges[1:])) in by_state
    ]
    return min(may, key=lambda pair: leaving[pair[0].state])


def _on_one_edge(
    metric: Metric, starts: Sequence[_Reached], ends: Sequence[_End]
) -> _Reached | None:
    best: _Reached | None = None
    for start in starts:
        for end, state in ends:
            here = start.place
            if start.state == state and end.offset_m > here.offset_m:
                cost = start.cost + metric.part(here.edge, here.offset_m, end.offset_m)
                if cost < (inf if best is None else best.cost):
                    piece = Stretch(here.edge, here.offset_m, end.offset_m)
                    best = _Reached(end, cost, (*start.path, piece), state)
    return best


def _joined(network: RoadNetwork, path: Sequence[Stretch]) -> list[Stretch]:
    """Join the two parts of an edge that holds a stop; leave out pieces without length."""
    joined: list[Stretch] = []
    for piece in path:
        if joined and joined[-1].edge == piece.edge and joined[-1].to_m == piece.from_m:
            joined[-1] = joined[-1]._replace(to_m=piece.to_m)
        else:
            joined.append(piece)
    driven = [
        piece for piece in joined if piece.to_m > piece.from_m or network.length_m[piece.edge] == 0
    ]
    return driven or joined[:1]


def edges_of(path: Path) -> list[int]:
    """Return the edge numbers of a path."""
    return [piece.edge for piece in path]


def edge_array(path: Path) -> npt.NDArray[np.int64]:
    """Return the edge numbers of a path as an array."""
    return np.array([piece.edge for piece in path], dtype=np.int64)


def structure_rows(network: RoadNetwork, path: Path) -> list[tuple[int, int]]:
    """Return the structures on a path in order: the place of their piece, and their row."""
    edges, first = edge_array(path), network.structures.first
    bearing = np.flatnonzero(first[edges + 1] > first[edges]).tolist()
    return [(place, row) for place in bearing for row in structures_on(network, path[place])]


def driven_m(path: Path) -> Floats:
    """Return the metres driven on each piece of a path."""
    return np.array([piece.to_m - piece.from_m for piece in path], dtype=np.float64)


def length_m(path: Path) -> float:
    """Return the metres of a path."""
    return float(driven_m(path).sum())


def durations_s(network: RoadNetwork, path: Path) -> Floats:
    """Return the free driving time of each piece of a path."""
    edges = edge_array(path)
    whole_m = network.length_m[edges]
    shares = np.where(whole_m > 0, driven_m(path) / np.where(whole_m > 0, whole_m, 1.0), 1.0)
    times: Floats = shares * network.duration_s[edges]
    return times


def duration_s(network: RoadNetwork, path: Path) -> float:
    """Return the free driving time of a path."""
    return float(durations_s(network, path).sum())


def share(network: RoadNetwork, piece: Stretch) -> float:
    """Return the share of the edge that is driven."""
    whole_m = float(network.length_m[piece.edge])
    return piece.length_m / whole_m if whole_m else 1.0


def structures_on(network: RoadNetwork, piece: Stretch) -> range | list[int]:
    """Return the rows of the structures that the driven part of an edge crosses, in order."""
    structures = network.structures
    rows = range(int(structures.first[piece.edge]), int(structures.first[piece.edge + 1]))
    if not rows or (piece.from_m <= 0 and piece.to_m >= network.length_m[piece.edge]):
        return rows
    return [row for row in rows if piece.from_m <= structures.offset_m[row] <= piece.to_m]
