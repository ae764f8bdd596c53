"""Ways from places on edges to places on edges, by way of others: the search with its ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

import numpy as np

from transport.network.attributes import RoadClass
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.snapping import PlaceOnEdge
from transport.routing.search import (
    NO_SEQUENCES,
    Topology,
    Turn,
    cheapest_edges,
    sequences_of,
)

# A piece of road shorter than this is the junction itself.
_NOTHING_M = 0.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of an edge that is driven, in metres from its tail."""

    edge: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Metres driven on this edge."""
        return self.to_m - self.from_m


Path = tuple[Stretch, ...]
Stops = Sequence[Sequence[PlaceOnEdge]]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a search minimises: whole edges, parts of edges at the ends, and turns; inf closes."""

    cost: Sequence[float]
    part: Callable[[int, float, float], float]
    turn_cost: Mapping[Turn, float]


def topology_of(network: RoadNetwork) -> Topology:
    """Return the network's graph as plain lists for the kernel; remembered."""

    def build() -> Topology:
        columns = (network.first_edge, network.head, network.reverse)
        first_edge, head, reverse = (column.tolist() for column in columns)
        rows = network.forbidden_sequences
        paths = [] if rows is None else [[e for e in row if e >= 0] for row in rows.tolist()]
        sequences = sequences_of(paths, network.edge_count) if paths else NO_SEQUENCES
        return Topology(first_edge, head, reverse, sequences)

    return remembered(network, "topology", build)


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

    At a stop on the way the truck drives on in its direction; only where that leads nowhere may it
    leave in another one (it turned on the site).
    """
    total: float = 0
    path: list[Stretch] = []
    starts = stops[0]
    for before, ends in pairwise(stops):
        found = _between(network, metric, starts, ends)
        if found is None and path:
            found = _between(network, metric, before, ends)
        if found is None:
            return None
        total += found[0]
        path += found[1]
        last = path[-1]
        starts = [p for p in ends if p.edge == last.edge and p.offset_m == last.to_m] or ends
    return total, tuple(_joined(network, path))


def _between(
    network: RoadNetwork,
    metric: Metric,
    starts: Sequence[PlaceOnEdge],
    ends: Sequence[PlaceOnEdge],
) -> tuple[float, list[Stretch]] | None:
    length_m = network.length_m
    best = _on_one_edge(metric, starts, ends)
    offset_from = {place.edge: place.offset_m for place in starts}
    offset_to = {place.edge: place.offset_m for place in ends}
    leaving = {e: o for e, o in offset_from.items() if length_m[e] - o > _NOTHING_M} or offset_from
    arriving = {e: o for e, o in offset_to.items() if o > _NOTHING_M} or offset_to
    found = cheapest_edges(
        topology_of(network),
        metric.cost,
        metric.turn_cost,
        {e: metric.part(e, o, float(length_m[e])) for e, o in leaving.items()},
        {e: metric.part(e, 0.0, o) for e, o in arriving.items()},
    )
    if found is None or (best is not None and best[0] <= found[0]):
        return best
    cost, edges = found
    stretches = [Stretch(edge, 0.0, float(length_m[edge])) for edge in edges]
    stretches[0] = replace(stretches[0], from_m=leaving[edges[0]])
    stretches[-1] = replace(stretches[-1], to_m=arriving[edges[-1]])
    return cost, stretches


def _on_one_edge(
    metric: Metric, starts: Sequence[PlaceOnEdge], ends: Sequence[PlaceOnEdge]
) -> tuple[float, list[Stretch]] | None:
    best: tuple[float, list[Stretch]] | None = None
    for start in starts:
        for end in ends:
            if start.edge == end.edge and end.offset_m > start.offset_m:
                cost = metric.part(start.edge, start.offset_m, end.offset_m)
                if cost < (inf if best is None else best[0]):
                    best = cost, [Stretch(start.edge, start.offset_m, end.offset_m)]
    return best


def _joined(network: RoadNetwork, path: Sequence[Stretch]) -> list[Stretch]:
    """Join the two parts of an edge that holds a stop; leave out pieces without length."""
    joined: list[Stretch] = []
    for piece in path:
        if joined and joined[-1].edge == piece.edge and joined[-1].to_m == piece.from_m:
            joined[-1] = replace(joined[-1], to_m=piece.to_m)
        else:
            joined.append(piece)
    driven = [piece for piece in joined if piece.length_m > 0 or network.length_m[piece.edge] == 0]
    return driven or joined[:1]


def edges_of(path: Path) -> list[int]:
    """Return the edge numbers of a path."""
    return [piece.edge for piece in path]


def length_m(path: Path) -> float:
    """Return the metres of a path."""
    return sum(piece.length_m for piece in path)


def duration_s(network: RoadNetwork, path: Path) -> float:
    """Return the free driving time of a path."""
    return sum(share(network, piece) * float(network.duration_s[piece.edge]) for piece in path)


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
