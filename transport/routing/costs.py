"""What the search minimises: seconds, with named weights for what a carrier wants to avoid.

Costs are whole milliseconds. Each weight is documented where it stands and may be changed by the
user; none of them opens or closes a road.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import (
    Access,
    Floats,
    Ints,
    Owner,
    Passability,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.alike import Alike, alike
from transport.routing.passability import Passabilities
from transport.routing.passage_rules import PassageRules

Edges = npt.NDArray[np.signedinteger[Any]]
Permilles = npt.NDArray[np.int32]
SHUT = -1
_LARGEST_FACTOR = 100.0
_LARGEST_SECONDS = 36_000.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a second counts on less welcome roads, and what other things are worth in seconds.

    The factors are added to 1: `unknown` 0.5 makes a second on a road with open questions count one
    and a half times. `municipal` counts on city streets, `private` on roads that need their owner's
    consent. `seconds_per_km` prices distance, `seconds_per_yuan` the toll of the tariff in use,
    `seconds_per_authority` each county that the way enters, `seconds_per_conditional_bridge` and
    `seconds_per_unknown_structure` each such structure. All may be zero.
    """

    conditional: float = 0.1
    unknown: float = 0.5
    municipal: float = 0.2
    private: float = 2.0
    seconds_per_km: float = 0.0
    seconds_per_yuan: float = 0.0
    seconds_per_authority: float = 0.0
    seconds_per_conditional_bridge: float = 0.0
    seconds_per_unknown_structure: float = 0.0


USUAL_WEIGHTS = Weights()


def check_weights(weights: Weights) -> None:
    """Raise InvalidInputError on every weight that is no number from zero to its largest."""
    faults = []
    for one in fields(weights):
        largest = _LARGEST_SECONDS if one.name.startswith("seconds") else _LARGEST_FACTOR
        value = getattr(weights, one.name)
        if not isfinite(value) or not 0 <= value <= largest:
            message = f"must be a number from 0 to {largest:g}, not {value}"
            faults.append(FieldFault(f"weights.{one.name}", message, "weight_range"))
    if faults:
        raise InvalidInputError(faults)


def read_weights(given: Mapping[str, float]) -> Weights:
    """Return the usual weights with some of them changed.

    Raises InvalidInputError on every unknown name and every value out of range.
    """
    known = [one.name for one in fields(Weights)]
    faults = [
        FieldFault(f"weights.{name}", f"is no weight; there are {', '.join(known)}", "weight_name")
        for name in given
        if name not in known
    ]
    if faults:
        raise InvalidInputError(faults)
    weights = replace(USUAL_WEIGHTS, **{name: float(value) for name, value in given.items()})
    check_weights(weights)
    return weights


@dataclass(frozen=True, slots=True)
class CostTables:
    """Costs by group of whole edges: thousandths of the free time, SHUT where closed, and more."""

    permille: Permilles
    added_ms: Ints


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a group of whole edges the weights ask for, beside its outcome."""

    factor: Floats
    structures: npt.NDArray[np.int64]
    on: npt.NDArray[np.int64]
    bridge: npt.NDArray[np.bool_]


def cost_tables(
    network: RoadNetwork,
    judged: Passabilities,
    rules: PassageRules,
    weights: Weights,
    worst: Passability,
) -> CostTables:
    """Return the costs of the groups of whole edges, closed where worse than `worst`."""
    kinds, outcome = alike(network, rules.restrictions), judged.edges.groups.outcome
    traits = _traits(network, kinds, weights)
    factor = traits.factor + factor_of_outcome(weights)[outcome]
    permille = np.where(outcome <= worst, np.round(1000 * factor), SHUT).astype(np.int32)
    standing = judged.structures.groups.outcome[traits.structures]
    extra = weights.seconds_per_unknown_structure * (standing == Passability.UNKNOWN)
    extra += weights.seconds_per_conditional_bridge * (
        traits.bridge & (standing == Passability.CONDITIONAL)
    )
    added = np.bincount(traits.on, weights=extra, minlength=len(outcome))
    return CostTables(permille, np.round(1000 * added).astype(np.int32))


def floor_tables(
    network: RoadNetwork,
    judged: Passabilities,
    rules: PassageRules,
    weights: Weights,
    worst: Passability,
) -> CostTables:
    """Return the least costs of any transport that is judged no better than this anywhere."""
    kinds, outcome = alike(network, rules.restrictions), judged.edges.groups.outcome
    of_outcome = factor_of_outcome(weights)
    # A weight of zero for the unknown can make a worse verdict cheaper.
    least = np.array([of_outcome[level : worst + 1].min(initial=np.inf) for level in range(4)])
    factor = _traits(network, kinds, weights).factor + np.minimum(least, _LARGEST_FACTOR)[outcome]
    permille = np.where(outcome <= worst, np.round(1000 * factor), SHUT).astype(np.int32)
    return CostTables(permille, np.zeros(len(outcome), dtype=np.int32))


def factor_of_outcome(weights: Weights) -> Floats:
    """Return what each outcome adds to the factor of a second."""
    return np.array([0.0, weights.conditional, weights.unknown, 0.0])


def _traits(network: RoadNetwork, kinds: Alike, weights: Weights) -> _Traits:
    row = kinds.edge_row[kinds.whole_edge]
    street = (network.owner[row] == Owner.MUNICIPAL) & (network.urban[row] != 0)
    private = network.access[row] == Access.PRIVATE
    structures = kinds.whole_structures.astype(np.int64)
    return _Traits(
        factor=1.0 + weights.municipal * street + weights.private * private,
        structures=structures,
        on=np.repeat(np.arange(len(row)), np.diff(kinds.whole_first)),
        bridge=network.structures.kind[kinds.structure_row[structures]] == StructureKind.BRIDGE,
    )


def free_ms(network: RoadNetwork) -> Ints:
    """Return the free driving time of every edge in whole milliseconds; remembered."""
    return remembered(
        network, "free ms", lambda: np.round(network.duration_s * 1000).astype(np.int32)
    )


def beside_ms(network: RoadNetwork, weights: Weights, toll_yuan: Floats | None) -> Ints:
    """Return what distance and toll cost on every edge; empty where they cost nothing."""
    total = np.zeros(0)
    if weights.seconds_per_km:
        total = network.length_m * weights.seconds_per_km
    if toll_yuan is not None and weights.seconds_per_yuan:
        total = (total if len(total) else 0.0) + toll_yuan * weights.seconds_per_yuan * 1000
    return np.round(total).astype(np.int32)


def enters_county(network: RoadNetwork, edge_in: Edges, edge_out: Edges) -> npt.NDArray[np.bool_]:
    """Say of each turn whether it enters another county, where both are known."""
    before, after = network.admin_code[edge_in], network.admin_code[edge_out]
    changed: npt.NDArray[np.bool_] = (before != after) & (before != 0) & (after != 0)
    return changed
