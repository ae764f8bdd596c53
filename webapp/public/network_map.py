"""The road network as lines for the maps: the pages' own background, from no other host.

Structures and their limits are not part of it: they are no public data (mapping secrecy).
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import numpy as np
from flask import Blueprint, Response, request
from shapely import LineString, simplify

from transport.network.attributes import RoadClass
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from webapp.access import Role, current_services, for_role

blueprint = Blueprint("network_map", __name__)

# A real extract has every farm track; a background needs the roads that trucks travel.
_LARGE_EDGES = 20_000
_MAIN_CLASSES = frozenset(
    {
        RoadClass.EXPRESSWAY,
        RoadClass.CLASS_1,
        RoadClass.CLASS_2,
        RoadClass.URBAN_EXPRESSWAY,
        RoadClass.URBAN_ARTERIAL,
    }
)
_TOLERANCE_DEG = 0.0015
_SHOWN_PLACES = frozenset({"seat", "county_seat", "port"})


@blueprint.get("/map/network.json")
@for_role(Role.ANYONE)
def lines() -> Response:
    """Answer with the network's lines and the names of its seats."""
    network = current_services().network()
    text = remembered(network, "map background", lambda: json.dumps(background(network)))
    answer = Response(text, mimetype="application/json")
    answer.set_etag(network.id)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.make_conditional(request)
    return answer


@blueprint.get("/map/empty.json")
@for_role(Role.ANYONE)
def empty() -> dict[str, list[object]]:
    """Answer with a map that shows the network and nothing else."""
    return {"routes": [], "points": []}


def background(network: RoadNetwork) -> dict[str, Any]:
    """Return the document that `static/map.js` draws as the background."""
    return {
        "network": network.id,
        "bounds": _bounds(network),
        "lines": [
            {"class": name, "coordinates": lines_of}
            for name, lines_of in sorted(_lines(network).items())
        ],
        "places": [
            {
                "name": place.name,
                "name_en": place.name_en,
                "kind": place.kind,
                "at": [place.lon, place.lat],
            }
            for place in network.places
            if place.kind in _SHOWN_PLACES
        ],
    }


def _bounds(network: RoadNetwork) -> list[float]:
    if network.node_count == 0:
        return []
    lon, lat = network.node_lon, network.node_lat
    return [float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())]


def _lines(network: RoadNetwork) -> dict[str, list[Any]]:
    every_road = network.edge_count <= _LARGE_EDGES
    found: dict[str, list[Any]] = defaultdict(list)
    for edge in range(network.edge_count):
        kind = RoadClass(int(network.road_class[edge]))
        # Of the two directions of a road one is drawn.
        if 0 <= network.reverse[edge] < edge or not (every_road or kind in _MAIN_CLASSES):
            continue
        start, end = network.shape_start[edge], network.shape_start[edge + 1]
        shape = np.column_stack((network.shape_lon[start:end], network.shape_lat[start:end]))
        if len(shape) > 1:
            line = simplify(LineString(shape), _TOLERANCE_DEG)
            found[kind.word].append(np.round(line.coords, 4).tolist())
    return found
