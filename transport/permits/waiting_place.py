"""Where a truck on the road waits before a restriction: the last stop of its route before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transport.network.graph import RoadNetwork

# Where a long transport can stand: a toll plaza, a service or rest area, a holding place.
_STOPS = frozenset({"toll_station", "service_area", "rest_area", "holding_place"})
_M_PER_KM = 1000.0


def waiting_place(
    contract: Mapping[str, Any], edges: Sequence[int], network: RoadNetwork, origin: str
) -> str:
    """Return where on a planned route a truck waits for a restriction on some of its edges.

    The last place before it at which the transport can stand; where there is none, where the
    journey begins. Kilometres count from the start of the journey.
    """
    closed, km = set(edges), 0.0
    for edge in contract.get("edges", ()):
        if int(edge) in closed:
            break
        km += float(network.length_m[int(edge)]) / _M_PER_KM
    before = [
        one
        for one in contract.get("structures", ())
        if one.get("kind") in _STOPS and (one.get("chainage_km") or 0.0) < km and one.get("name")
    ]
    if not before:
        return f"{origin}（起运地，距限行路段约{km:.0f}公里）"
    last = max(before, key=lambda one: one.get("chainage_km") or 0.0)
    return f"{last['name']}（距限行路段约{km - (last.get('chainage_km') or 0.0):.0f}公里）"
