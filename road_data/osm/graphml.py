"""Read an osmnx graph file (`.graphml`) as roads; its edges become ways."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from road_data.osm.describing import class_word
from road_data.osm.roads import Progress, RawRoads, kept_tags
from transport.errors import FieldFault, InvalidInputError, NotFoundError

_DEGREES = ("epsg:4326", "wgs84", "ogc:crs84")
Point = tuple[int, float, float]


def read_graphml(path: Path, road_words: frozenset[str], progress: Progress) -> RawRoads:
    """Read the graph; raises NotFoundError or InvalidInputError.

    A street in both directions is one way, as it was in OpenStreetMap. Where osmnx merged streets
    with different values, the values form a list, of which the smallest limit counts.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file; give the path of an osmnx .graphml file")
    import networkx as nx  # noqa: PLC0415 - two seconds that other commands need not wait for
    import osmnx  # noqa: PLC0415 - as above

    try:
        graph = osmnx.load_graphml(path)
        _check_degrees(graph)
        roads = RawRoads()
        roads.as_of = str(graph.graph.get("created_date", ""))
        _take_edges(roads, graph, road_words, progress)
    except (
        KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, nx.NetworkXException,
    ) as fault:  # fmt: skip
        text = f"{path} is not a graph saved by osmnx ({fault}); save it with osmnx.save_graphml"
        raise InvalidInputError([FieldFault("source", text, "graphml_damaged")]) from fault
    return roads


def _check_degrees(graph: Any) -> None:
    """Refuse a graph that was projected, or has places that are none; raises ValueError."""
    reference = str(graph.graph.get("crs", "epsg:4326")).lower()
    if reference not in _DEGREES:
        raise ValueError(
            f"its coordinates are {reference}, not degrees: project it back first with "
            "osmnx.project_graph(graph, to_latlong=True)"
        )
    for node, data in graph.nodes(data=True):
        lon, lat = float(data["x"]), float(data["y"])
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
            raise ValueError(f"node {node} stands at {lon:g},{lat:g}, which is no place in degrees")


def _take_edges(
    roads: RawRoads, graph: Any, road_words: frozenset[str], progress: Progress
) -> None:
    taken: set[tuple[Any, ...]] = set()
    invented = 0
    for number, (tail, head, data) in enumerate(graph.edges(data=True)):
        if number % 5000 == 0:
            progress("reading", number)
        tags = _tags(data, road_words)
        if class_word(tags) not in road_words:
            continue
        if data.get("oneway") in (True, "True", "yes"):
            tags["oneway"] = "yes"
        else:
            tags["oneway"] = "no"
            key = (min(tail, head), max(tail, head), _text(data.get("osmid")), _metres(data))
            if key in taken:
                continue
            taken.add(key)
        inner = list(data["geometry"].coords)[1:-1] if "geometry" in data else []
        points: list[Point] = [_node(graph, tail)]
        for lon, lat in inner:
            invented -= 1  # shape points have no ids in the file; negative ones cannot collide
            points.append((invented, float(lon), float(lat)))
        points.append(_node(graph, head))
        roads.add_way(_way_id(data), tags, points)
    for node, data in graph.nodes(data=True):
        kept = kept_tags({key: str(value) for key, value in data.items()})
        if kept.keys() - {"highway", "ref", "junction"}:
            roads.node_tags[int(node)] = kept


def _node(graph: Any, node: Any) -> Point:
    return int(node), float(graph.nodes[node]["x"]), float(graph.nodes[node]["y"])


def _metres(data: dict[str, Any]) -> int:
    return round(float(data.get("length", 0.0)))


def _way_id(data: dict[str, Any]) -> int:
    osmid = data.get("osmid", 0)
    return int(min(osmid) if isinstance(osmid, list) else osmid)


def _tags(data: dict[str, Any], road_words: frozenset[str]) -> dict[str, str]:
    tags = kept_tags(
        {key: _text(value) for key, value in data.items() if key not in ("oneway", "reversed")}
    )
    highway = data.get("highway")
    if isinstance(highway, list):
        known = [word for word in highway if word in road_words]
        tags["highway"] = known[0] if known else _text(highway)
    for key in ("bridge", "tunnel", "access", "junction"):
        value = data.get(key)
        if isinstance(value, list):
            tags[key] = next((word for word in value if word != "no"), "no")
    return tags


def _text(value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ";".join(str(part) for part in value)
    return str(value)
