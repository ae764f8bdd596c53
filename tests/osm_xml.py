"""Write OpenStreetMap XML: from a few lines of a test, or from a drawn network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from transport.network.attributes import Access, LimitKind, RoadClass, Tolled
from transport.network.graph import RoadNetwork

Tags = Mapping[str, str]
HIGHWAYS = {
    RoadClass.EXPRESSWAY: "motorway",
    RoadClass.CLASS_1: "trunk",
    RoadClass.CLASS_2: "primary",
    RoadClass.CLASS_3: "secondary",
    RoadClass.CLASS_4: "tertiary",
    RoadClass.BELOW_CLASS: "unclassified",
    RoadClass.URBAN_BRANCH: "residential",
    RoadClass.SERVICE: "service",
}
KEYS = {
    LimitKind.SIGNED_HEIGHT: "maxheight",
    LimitKind.CLEAR_HEIGHT: "maxheight:physical",
    LimitKind.SIGNED_WIDTH: "maxwidth",
    LimitKind.CLEAR_WIDTH: "maxwidth:physical",
    LimitKind.SIGNED_LENGTH: "maxlength",
    LimitKind.SIGNED_MASS: "maxweight",
    LimitKind.SIGNED_AXLE: "maxaxleload",
}


@dataclass(frozen=True)
class Way:
    """A way through nodes that are single letters; its id is its place in the list from 10."""

    nodes: str
    tags: Tags = field(default_factory=dict)


@dataclass(frozen=True)
class Ban:
    """A turn restriction: members as (role, way number or node letter)."""

    members: Sequence[tuple[str, int | str]]
    tags: Tags = field(default_factory=lambda: {"restriction": "no_left_turn"})


def write_osm(
    path: Path,
    nodes: Mapping[str, tuple[float, float]],
    ways: Sequence[Way],
    *,
    node_tags: Mapping[str, Tags] | None = None,
    bans: Sequence[Ban] = (),
) -> Path:
    """Write a file; nodes get their number in the order given, from 1."""
    number = {name: index + 1 for index, name in enumerate(nodes)}
    lines = ['<osm version="0.6">']
    lines += [
        f'<node id="{number[name]}" lon="{lon:.7f}" lat="{lat:.7f}">'
        f"{_tags((node_tags or {}).get(name, {}))}</node>"
        for name, (lon, lat) in nodes.items()
    ]
    for index, way in enumerate(ways):
        refs = "".join(f'<nd ref="{number[name]}"/>' for name in way.nodes)
        lines.append(f'<way id="{index + 10}">{refs}{_tags(way.tags)}</way>')
    for index, ban in enumerate(bans):
        members = "".join(_member(role, who, number) for role, who in ban.members)
        tags = _tags({"type": "restriction", **ban.tags})
        lines.append(f'<relation id="{index + 1}">{members}{tags}</relation>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def _member(role: str, who: int | str, number: Mapping[str, int]) -> str:
    kind, ref = ("node", number[who]) if isinstance(who, str) else ("way", who + 10)
    return f'<member type="{kind}" ref="{ref}" role="{role}"/>'


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def write_network(path: Path, network: RoadNetwork) -> Path:
    """Write a drawn network: a way for each road, named by its letters."""
    letters = [place.name for place in network.places]
    nodes = {
        letter: (float(network.node_lon[number]), float(network.node_lat[number]))
        for number, letter in enumerate(letters)
    }
    ways: list[Way] = []
    way_of: dict[int, int] = {}
    for edge in range(network.edge_count):
        back = int(network.reverse[edge])
        if 0 <= back < edge:
            way_of[edge] = way_of[back]
            continue
        way_of[edge] = len(ways)
        name = letters[network.tail[edge]] + letters[network.head[edge]]
        ways.append(Way(name, _way_tags(network, edge, back) | {"name": name}))
    bans = [
        Ban(
            [("from", way_of[a]), ("via", letters[network.head[a]]), ("to", way_of[b])],
            {"restriction": "no_straight_on"},
        )
        for a, b in network.forbidden_turns.tolist()
    ]
    return write_osm(path, nodes, ways, bans=bans)


def _way_tags(network: RoadNetwork, edge: int, back: int) -> dict[str, str]:
    tags = {
        "highway": HIGHWAYS[RoadClass(int(network.road_class[edge]))],
        "oneway": "no" if back >= 0 else "yes",
        "toll": "yes" if network.tolled[edge] == Tolled.YES else "no",
    }
    if network.text(network.ref[edge]):
        tags["ref"] = network.text(network.ref[edge])
    if network.access[edge] == Access.CLOSED:
        tags["hgv"] = "no"
    for which, direction in ((edge, "forward"), (back, "backward")):
        for kind, key in KEYS.items():
            value = float(network.limits[kind].value[which]) if which >= 0 else math.inf
            if math.isfinite(value):
                tags[f"{key}:{direction}"] = repr(value)
    return tags


def bans(network: RoadNetwork) -> set[tuple[tuple[float, float], ...]]:
    """Return the points of every ban, from the step before the first junction to the one after."""
    lon, lat = network.shape_lon.round(7).tolist(), network.shape_lat.round(7).tolist()

    def points(edge: int) -> list[tuple[float, float]]:
        part = slice(int(network.shape_start[edge]), int(network.shape_start[edge + 1]))
        return list(zip(lon[part], lat[part], strict=True))

    rows = network.forbidden_turns.tolist()
    if network.forbidden_sequences is not None:
        rows += [[e for e in row if e >= 0] for row in network.forbidden_sequences.tolist()]
    found = set()
    for first, *over, last in rows:
        course = [points(first)[-2:], *(points(edge)[1:] for edge in over), points(last)[1:2]]
        found.add(tuple(point for piece in course for point in piece))
    return found
