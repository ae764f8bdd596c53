"""What if a structure held: a network on which some structures and stretches let everything pass.

It answers what a survey or strengthening would release; it says nothing of what they would find.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from transport.network.attributes import Certainty, LimitColumn, LimitKind, Passability
from transport.network.graph import RoadNetwork
from transport.network.remembering import share
from transport.routing.alike import ALIKE
from transport.routing.examining import Examiner
from transport.routing.search import Turn
from transport.routing.turning import TURN_GROUPS

_EDGE, _TURN = "edge:", "turn:"


@dataclass(frozen=True, slots=True)
class TrustingExaminer:
    """An examiner that lets everything pass on some structures, and asks another about the rest."""

    examiner: Examiner
    opened: frozenset[str]

    @property
    def key(self) -> Hashable:
        """Name of the examination with what it trusts."""
        return (self.examiner.key, self.opened)

    def structure(self, network: RoadNetwork, row: int) -> Passability:
        """Judge a structure."""
        if str(network.structures.ids[row]) in self.opened:
            return Passability.PASS
        return self.examiner.structure(network, row)

    def turn(self, network: RoadNetwork, turn: Turn) -> Passability:
        """Judge a turn; one that is opened passes."""
        if f"{_TURN}{turn[0]}" in self.opened:
            return Passability.PASS
        return self.examiner.turn(network, turn)


def opened_network(network: RoadNetwork, elements: Collection[str]) -> RoadNetwork:
    """Return the network with nothing limiting some places.

    They are ids of structures, stretches `edge:N`, or the turns at the end of an edge, `turn:N`.
    """
    wanted = set(elements)
    rows = [row for row, name in enumerate(network.structures.ids) if str(name) in wanted]
    edges = _numbers(wanted, _EDGE, network.edge_count)
    turns = _numbers(wanted, _TURN, network.edge_count)
    if not rows and not edges and not turns:
        return network
    structures = replace(network.structures, limits=_lifted(network.structures.limits, rows))
    limits = _lifted(network.limits, edges)
    laid = replace(
        network, structures=structures, limits=limits, opened_turns=network.opened_turns | turns
    )
    share(network, laid, ALIKE, TURN_GROUPS)
    return laid


def _numbers(elements: Collection[str], start: str, below: int) -> frozenset[int]:
    numbers = (one.removeprefix(start) for one in elements if one.startswith(start))
    return frozenset(int(one) for one in numbers if one.isdigit() and int(one) < below)


def _lifted(
    columns: Mapping[LimitKind, LimitColumn], rows: Collection[int]
) -> Mapping[LimitKind, LimitColumn]:
    if not rows:
        return columns
    places = np.array(sorted(rows))
    lifted = {}
    for kind, column in columns.items():
        value, certainty = np.array(column.value), np.array(column.certainty)
        value[places], certainty[places] = np.inf, Certainty.KNOWN
        lifted[kind] = LimitColumn(value, certainty, column.source)
    return lifted
