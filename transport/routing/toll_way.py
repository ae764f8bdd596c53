"""The way that a toll is charged for: along a route's edges, or between two toll stations."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing.ground import unlimited_metric
from transport.routing.paths import Metric, cheapest_path

Pieces = list[tuple[int, float]]
_OFFERED = 5


def pieces_between_stations(
    network: RoadNetwork, entry: str, exit_: str, metric: Metric | None = None
) -> Pieces:
    """Return edges and metres of the fastest way between two toll stations, by code or name.

    Another `metric` than free driving time finds another way. Raises InvalidInputError on `entry`
    and `exit`.
    """
    faults: list[FieldFault] = []
    stops: list[list[PlaceOnEdge]] = []
    for field, code in (("entry", entry), ("exit", exit_)):
        places = _station(network, code)
        if not places:
            faults.append(_unknown_station(network, field, code))
        stops.append(places)
    if not faults and stops[0] == stops[1]:
        faults.append(FieldFault("exit", "is the entry station too", "equal_stations"))
    if faults:
        raise InvalidInputError(faults)
    found = cheapest_path(network, metric or unlimited_metric(network), stops)
    if found is None:
        message = f"no road leads from station '{entry}' to station '{exit_}'"
        raise InvalidInputError([FieldFault("exit", message, "stations_unconnected")])
    return [(piece.edge, piece.length_m) for piece in found[1]]


def _station(network: RoadNetwork, code: str) -> list[PlaceOnEdge]:
    structures = network.structures
    folded = code.strip().casefold()
    return [
        PlaceOnEdge(
            int(structures.edge[row]),
            float(structures.offset_m[row]),
            float(structures.lon[row]),
            float(structures.lat[row]),
            0.0,
        )
        for row in np.flatnonzero(structures.kind == StructureKind.TOLL_STATION).tolist()
        if folded
        in (
            structures.ids[row].casefold(),
            structures.names[row].casefold(),
            structures.names_en[row].casefold(),
        )
    ]


def _unknown_station(network: RoadNetwork, field: str, code: str) -> FieldFault:
    structures = network.structures
    rows = np.flatnonzero(structures.kind == StructureKind.TOLL_STATION).tolist()
    known = {structures.ids[row] for row in rows} | {structures.names[row] for row in rows}
    near = difflib.get_close_matches(code, sorted(known), n=_OFFERED, cutoff=0.3)
    message = f"no toll station '{code}' in this network"
    if near:
        message += "; nearest: " + ", ".join(near)
    return FieldFault(field, message, "unknown_station", (("nearest", "、".join(near)),))


def pieces_of_answer(network: RoadNetwork, answer: Any) -> Pieces:
    """Return edges and metres of the best route in an answer of `dajian route --json`.

    Accepts the whole answer or one of its routes; raises InvalidInputError on `route`.
    """
    if not isinstance(answer, Mapping):
        raise _wrong_route("it is no answer of 'dajian route --json'")
    made_on = answer.get("network", {})
    if isinstance(made_on, Mapping) and made_on.get("id", network.id) != network.id:
        raise _wrong_route(
            f"it was made on network {made_on.get('id')}, not on {network.id}: plan it again"
        )
    routes = answer.get("routes", [answer])
    if not isinstance(routes, Sequence) or not routes:
        raise _wrong_route("it holds no route")
    return _pieces(network, routes[0])


def _pieces(network: RoadNetwork, route: Any) -> Pieces:
    try:
        edges = [int(edge) for edge in route["edges"]]
        start_m, end_m = float(route["start_offset_m"]), float(route["end_offset_m"])
        if not edges or min(edges) < 0:
            raise ValueError(edges)  # noqa: TRY301 - one message for every damage
        lengths = [float(network.length_m[edge]) for edge in edges]
    except (KeyError, TypeError, ValueError, IndexError):
        raise _wrong_route("its edges are missing or not those of this network") from None
    lengths[-1] = end_m
    lengths[0] -= start_m
    if min(lengths) < 0 or any(network.head[a] != network.tail[b] for a, b in pairwise(edges)):
        raise _wrong_route("its edges do not follow one another on this network")
    return list(zip(edges, lengths, strict=True))


def _wrong_route(why: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("route", why, "wrong_route")])
