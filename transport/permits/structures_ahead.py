"""Structures of a permitted route judged again with what was measured on the road."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transport.network.attributes import LimitKind
from transport.network.graph import RoadNetwork
from transport.permits.entry_check import Measured

_OF_LIMIT = {
    LimitKind.SIGNED_HEIGHT: "height_m",
    LimitKind.CLEAR_HEIGHT: "height_m",
    LimitKind.SIGNED_WIDTH: "width_m",
    LimitKind.CLEAR_WIDTH: "width_m",
    LimitKind.SIGNED_LENGTH: "length_m",
    LimitKind.TURN_LENGTH: "length_m",
    LimitKind.SIGNED_MASS: "mass_t",
    LimitKind.RATED_MASS: "mass_t",
    LimitKind.SIGNED_AXLE: "largest_axle_load_t",
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """A structure that what was measured does not fit; neither its limit nor its gap is told.

    `quantity` names what is too much, `chainage_km` counts from the start of the journey.
    """

    name: str
    kind: str
    chainage_km: float | None
    quantity: str


def structures_ahead(
    contract: Mapping[str, Any],
    measured: Measured,
    network: RoadNetwork | None,
    after_km: float = 0.0,
) -> tuple[Ahead, ...]:
    """Return the structures of the route behind `after_km` that the measured load exceeds.

    Limits come from the network, by the numbers of the structures on the route; where it does not
    know them nothing is said, which is no leave to pass.
    """
    if network is None:
        return ()
    rows = rows_of(network)
    found = []
    for one in contract.get("structures", ()):
        km = one.get("chainage_km")
        row = rows.get(str(one.get("id", "")))
        if row is None or (km is not None and km < after_km):
            continue
        for quantity, limit in limits_at(network, row).items():
            value = getattr(measured, quantity)
            if value is not None and value > limit:
                name = str(one.get("name") or one.get("id"))
                found.append(Ahead(name, str(one.get("kind", "")), km, quantity))
                break
    return tuple(found)


def rows_of(network: RoadNetwork) -> dict[str, int]:
    """Return the row of every structure of a network by its id."""
    return {one: row for row, one in enumerate(network.structures.ids)}


def limits_at(network: RoadNetwork, row: int) -> dict[str, float]:
    """Return the smallest limit of a structure for each quantity that is measured on the road."""
    limits: dict[str, float] = {}
    for kind, column in network.structures.limits.items():
        quantity, value = _OF_LIMIT.get(kind), round(float(column.value[row]), 3)
        if quantity and 0 < value < math.inf:
            limits[quantity] = min(value, limits.get(quantity, value))
    return limits
