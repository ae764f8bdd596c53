"""What is drawn around a route on paper: roads with numbers and seats of the same network."""

from __future__ import annotations

from transport.network.graph import RoadNetwork
from transport.permits.application import RouteSnapshot
from webapp.documents.contents import LonLat, MapRoad, MapTown, RouteMap

_SHOWN_PLACES = ("seat", "county_seat", "port")
_MARGIN_SHARE = 0.15
_LEAST_MARGIN_DEG = 0.05
_MOST_ROADS = 400


def map_around(
    route: RouteSnapshot, network: RoadNetwork | None, approval_number: str = ""
) -> RouteMap | None:
    """Return the map of a planned route; None where the snapshot has no line.

    Roads and seats are drawn only from the network the route was planned on: another version could
    lie beside the route, and the same pass would look different from day to day.
    """
    line = route.contract.get("geometry") or {}
    points = tuple((float(lon), float(lat)) for lon, lat in line.get("coordinates", ()))
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    if network is None or network.id != route.network_id:
        return RouteMap(points, approval_number=approval_number)
    box = _box(points)
    return RouteMap(
        route=points,
        roads=_roads(network, box),
        towns=_towns(network, box),
        approval_number=approval_number,
    )


def _box(points: tuple[LonLat, ...]) -> tuple[float, float, float, float]:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    margin = max(
        _LEAST_MARGIN_DEG,
        _MARGIN_SHARE * max(max(lons) - min(lons), max(lats) - min(lats)),
    )
    return min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin


def _roads(network: RoadNetwork, box: tuple[float, float, float, float]) -> tuple[MapRoad, ...]:
    west, south, east, north = box
    roads: list[MapRoad] = []
    named: set[str] = set()
    for edge in range(network.edge_count):
        ref = network.text(int(network.ref[edge]))
        # Of the two directions of a road one is drawn.
        if not ref or 0 <= int(network.reverse[edge]) < edge:
            continue
        start, end = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
        lons, lats = network.shape_lon[start:end], network.shape_lat[start:end]
        inside = (lons > west) & (lons < east) & (lats > south) & (lats < north)
        if not inside.any():
            continue
        line = tuple(zip(lons.tolist(), lats.tolist(), strict=True))
        roads.append(MapRoad("" if ref in named else ref, line))
        named.add(ref)
        if len(roads) == _MOST_ROADS:
            break
    return tuple(roads)


def _towns(network: RoadNetwork, box: tuple[float, float, float, float]) -> tuple[MapTown, ...]:
    west, south, east, north = box
    inside = [
        one
        for one in network.places
        if one.kind in _SHOWN_PLACES and west < one.lon < east and south < one.lat < north
    ]
    ranked = sorted(inside, key=lambda one: (_SHOWN_PLACES.index(one.kind), one.name))
    return tuple(MapTown(one.name, one.lon, one.lat) for one in ranked)
