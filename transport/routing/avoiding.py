"""Read what a user wants to avoid: roads, structures, edges, places, areas or jurisdictions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transport.errors import FieldFault, InvalidInputError
from transport.network.graph import RoadNetwork
from transport.network.naming import locate
from transport.network.snapping import distance_m
from transport.routing.regions import region_edges, road_edges

# A place to avoid closes the roads around its junction this far.
_AROUND_PLACE_M = 2_000.0


def avoided_edges(network: RoadNetwork, wishes: Sequence[str]) -> frozenset[int]:
    """Return the edges that the wishes close; raise InvalidInputError on `avoid` for unknown ones.

    A wish is a road number (`G6`), a road's name, a structure's id or name, `edge:` with a number,
    a region (transport.routing.regions: an area or a jurisdiction), a place name or `LON,LAT`.
    """
    closed: set[int] = set()
    faults: list[FieldFault] = []
    for wish in wishes:
        try:
            closed |= _edges(network, wish.strip())
        except InvalidInputError as wrong:
            faults += wrong.faults
    if faults:
        raise InvalidInputError(faults)
    return frozenset(closed)


def _edges(network: RoadNetwork, wish: str) -> set[int]:
    if wish.startswith("edge:") and wish[5:].isdigit() and int(wish[5:]) < network.edge_count:
        return {int(wish[5:])}
    region = region_edges(network, wish, field="avoid")
    if region is not None:
        return set(region)
    folded = wish.casefold()
    roads = road_edges(network, wish)
    if roads.any():
        return set(np.flatnonzero(roads).tolist())
    structures = network.structures
    standing = {
        int(structures.edge[row])
        for row, identity in enumerate(structures.ids)
        if folded in (identity.casefold(), structures.names[row].casefold())
    }
    return standing or _around_place(network, wish)


def _around_place(network: RoadNetwork, wish: str) -> set[int]:
    point = locate(network, wish, field="avoid")
    nodes = {
        node
        for node in range(network.node_count)
        if abs(network.node_lat[node] - point.lat) < 0.05  # noqa: PLR2004 - a quick first look, 5 km
        and distance_m(
            point.lon, point.lat, float(network.node_lon[node]), float(network.node_lat[node])
        )
        <= _AROUND_PLACE_M
    }
    if not nodes:
        message = f"'{wish}': no road junction within {_AROUND_PLACE_M / 1000:.0f} km to avoid"
        raise InvalidInputError([FieldFault("avoid", message, "nothing_to_avoid")])
    ends = list(nodes)
    touched = np.isin(network.tail, ends) | np.isin(network.head, ends)
    return set(np.flatnonzero(touched).tolist())
