"""What the search minimises: seconds, with named weights for what a carrier wants to avoid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transport.network.attributes import Access, Bytes, Floats, Owner, Passability
from transport.network.graph import RoadNetwork


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a second counts on less welcome roads, and what a yuan is worth.

    The factors are added: 0.5 makes a kilometre count one and a half times. A zero factor leaves
    the road as welcome as any other.
    """

    conditional: float = 0.1
    unknown: float = 0.5
    municipal: float = 0.2
    private: float = 2.0
    seconds_per_yuan: float = 0.0


USUAL_WEIGHTS = Weights()


def welcome_factors(network: RoadNetwork, outcome: Bytes, weights: Weights) -> Floats:
    """Return for every edge the factor by which its seconds count."""
    factor = np.ones(network.edge_count)
    factor += weights.conditional * (outcome == Passability.CONDITIONAL)
    factor += weights.unknown * (outcome == Passability.UNKNOWN)
    factor += weights.municipal * ((network.owner == Owner.MUNICIPAL) & (network.urban != 0))
    factor += weights.private * (network.access == Access.PRIVATE)
    return factor


def cost_columns(
    network: RoadNetwork, outcome: Bytes, weights: Weights, toll_yuan: Floats | None
) -> Floats:
    """Return the cost of every whole edge in weighted seconds, whatever its passability."""
    cost = network.duration_s * welcome_factors(network, outcome, weights)
    if toll_yuan is not None and weights.seconds_per_yuan:
        cost = cost + toll_yuan * weights.seconds_per_yuan
    return cost
