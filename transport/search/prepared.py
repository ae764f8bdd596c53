"""Everything that searching needs of a network version and of no vehicle; made once and stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from transport.search.hierarchy import Hierarchy, contract
from transport.search.ordering import dissect, order_states
from transport.search.turn_graph import TurnGraph

Ints = NDArray[np.int32]
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class PreparedRoads:
    """The turn graph, its hierarchy, and the arcs backwards.

    `tails` is the state that each arc leaves. The arcs that enter state `s` are
    `into_arc[into_first[s]:into_first[s + 1]]`. States beyond the edges are sorted by number.
    """

    graph: TurnGraph
    hierarchy: Hierarchy
    tails: Ints
    into_first: Ints
    into_arc: Ints
    edge_count: int

    def states_of(self, edge: int) -> list[int]:
        """Return the states of an edge: itself, and those of sequences that lead to it."""
        more = np.flatnonzero(self.graph.edge[self.edge_count :] == edge)
        return [edge, *(int(number) + self.edge_count for number in more)]

    def arcs_into(self, edge: int) -> list[int]:
        """Return the arcs that enter an edge."""
        found: list[int] = []
        for state in self.states_of(edge):
            found += self.into_arc[self.into_first[state] : self.into_first[state + 1]].tolist()
        return found

    def all_arcs_into(self, edges: Ints) -> Ints:
        """Return the arcs that enter any of many edges, each of which is given once."""
        more = np.flatnonzero(np.isin(self.graph.edge[self.edge_count :], edges)) + self.edge_count
        states = np.concatenate([edges, more]).astype(np.int64)
        begin, end = self.into_first[states].astype(np.int64), self.into_first[states + 1]
        counts = end - begin
        before = np.cumsum(counts) - counts
        arcs: Ints = self.into_arc[np.repeat(begin - before, counts) + np.arange(counts.sum())]
        return arcs

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all arrays by name, to be stored."""
        graph = {f"graph.{one.name}": getattr(self.graph, one.name) for one in fields(TurnGraph)}
        hierarchy = {
            f"hierarchy.{one.name}": getattr(self.hierarchy, one.name) for one in fields(Hierarchy)
        }
        return (
            graph
            | hierarchy
            | {
                "tails": self.tails,
                "into_first": self.into_first,
                "into_arc": self.into_arc,
            }
        )

    @classmethod
    def from_arrays(cls, arrays: Arrays, edge_count: int) -> PreparedRoads:
        """Put stored arrays together again."""

        def part(name: str, kind: type[TurnGraph | Hierarchy]) -> dict[str, NDArray[np.generic]]:
            return {one.name: arrays[f"{name}.{one.name}"] for one in fields(kind)}

        return cls(
            TurnGraph(**part("graph", TurnGraph)),  # type: ignore[arg-type]
            Hierarchy(**part("hierarchy", Hierarchy)),  # type: ignore[arg-type]
            arrays["tails"],  # type: ignore[arg-type]
            arrays["into_first"],  # type: ignore[arg-type]
            arrays["into_arc"],  # type: ignore[arg-type]
            edge_count,
        )


def prepare(graph: TurnGraph, tail: Ints, head: Ints, node_count: int) -> PreparedRoads:
    """Order and contract a turn graph of edges from `tail` to `head`."""
    rank = order_states(dissect(tail, head, node_count), head, graph.edge)
    into_first = np.zeros(graph.state_count + 1, dtype=np.int32)
    np.cumsum(np.bincount(graph.head, minlength=graph.state_count), out=into_first[1:])
    return PreparedRoads(
        graph=graph,
        hierarchy=contract(graph, rank),
        tails=graph.tails(),
        into_first=into_first,
        into_arc=np.argsort(graph.head, kind="stable").astype(np.int32),
        edge_count=len(head),
    )
