"""What an officer's device carries along to judge structures ahead without a network.

It holds limits of structures and is for officers alone; public pages and tokens never tell them.
The form is named in it: a device that does not know the form says nothing of structures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from transport.network.graph import RoadNetwork
from transport.permits.application import RouteSnapshot
from transport.permits.permit import Permit
from transport.permits.structures_ahead import limits_at, rows_of

FORM = "dajian-structures-1"


def roadside_pack(
    passes: Iterable[tuple[Permit, RouteSnapshot]], network: RoadNetwork | None
) -> dict[str, Any]:
    """Return structures with their limits, and those of each pass in the order of travel.

    Each structure stands in it once. A pass whose route was planned on another version of the
    network, or with a structure that the network does not know, is `untold`.
    """
    rows = rows_of(network) if network is not None else {}
    structures: dict[str, dict[str, Any]] = {}
    told: dict[str, list[list[Any]]] = {}
    untold: list[str] = []
    for permit, route in passes:
        there = [(str(one.get("id", "")), one) for one in route.contract.get("structures", ())]
        known = network is not None and route.network_id == network.id
        if network is None or not known or any(one not in rows for one, _ in there):
            untold.append(permit.number)
        if network is None or not known:
            continue
        told[permit.number] = []
        for one, said in there:
            if one not in rows:
                continue
            if one not in structures:
                structures[one] = {
                    "name": str(said.get("name") or one),
                    "kind": str(said.get("kind", "")),
                    "limits": limits_at(network, rows[one]),
                }
            told[permit.number].append([one, said.get("chainage_km")])
    return {"form": FORM, "structures": structures, "passes": told, "untold": untold}
