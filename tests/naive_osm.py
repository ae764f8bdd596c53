"""A naive reader of OpenStreetMap XML that imports no product code: the oracle of the importer."""

from __future__ import annotations

import gzip
import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROADS = frozenset(
    ["motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
     "secondary_link", "tertiary", "tertiary_link", "unclassified", "road", "residential",
     "living_street", "service", "track"]
)  # fmt: skip
Point = tuple[float, float]
Step = tuple[Point, Point, str, str]
Move = tuple[Point, Point]
Tags = dict[str, str]
NUMBER = re.compile(r"\d+(\.\d+)?")
LIMITS = ("maxheight", "maxwidth", "maxlength", "maxweight", "maxaxleload")
MODES = ("access", "vehicle", "motor_vehicle", "hgv", "hgv_articulated")
CLOSED = frozenset(["no", "agricultural", "forestry", "bus", "psv", "foot", "bicycle"])


@dataclass(frozen=True)
class NaiveRoads:
    """Every step between two neighbouring nodes in each direction of travel.

    `limits` holds plain numbers only, for steps whose way says nothing else of that limit;
    `closed` the steps that are closed or not by plain words; `under` how often bridges cross over.
    """

    steps: Counter[Step]
    bridges_m: float
    length_m: float
    limits: dict[tuple[Move, str], float] = field(default_factory=dict)
    closed: dict[Move, bool] = field(default_factory=dict)
    under: Counter[Move] = field(default_factory=Counter)


def read_naively(path: Path) -> NaiveRoads:
    """Read the whole document into memory and walk every way node by node."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    root = ET.fromstring(raw)  # noqa: S314 - our own test file
    at = {
        node.get("id"): (round(float(node.get("lon", "")), 7), round(float(node.get("lat", "")), 7))
        for node in root.iter("node")
    }
    marked = {
        node.get("id")
        for node in root.iter("node")
        if any(key.startswith((*LIMITS, "barrier", "ford", "traffic_sign", "maxbogie"))
               for key in _tags(node))
    }  # fmt: skip
    roads = NaiveRoads(Counter(), 0.0, 0.0)
    bridges_m = length_m = 0.0
    lower: list[tuple[int, Move, list[Move]]] = []
    upper: list[tuple[int, Move]] = []
    for way in root.iter("way"):
        tags = _tags(way)
        ids = [ref.get("ref") for ref in way.iter("nd") if ref.get("ref") in at]
        points = [at[node] for node in ids]
        layer, bridge = _layer(tags), tags.get("bridge", "no") not in NO_BRIDGE
        if tags.get("area") == "yes":
            continue
        road = _is_road(tags)
        for one, other in itertools.pairwise(points):
            if bridge and tags.get("tunnel", "no") == "no":
                upper.append((layer, (one, other)))
            if not road:
                continue
            moves = _directions(tags, one, other)
            if not _is_hidden(tags):
                lower.append((layer, (one, other), moves))
            for a, b in moves:
                roads.steps[
                    a, b, tags.get("ref", ""), tags.get("name:zh", tags.get("name", ""))
                ] += 1
                length_m += metres(a, b)
                if tags.get("bridge", "no") != "no" and tags.get("tunnel", "no") == "no":
                    bridges_m += metres(a, b)
                _note(roads, tags, (a, b), along=a == one, plain=marked.isdisjoint(ids))
    _cross(roads, lower, upper)
    return NaiveRoads(roads.steps, bridges_m, length_m, roads.limits, roads.closed, roads.under)


NO_BRIDGE = frozenset(["no", "culvert", "abandoned", "low_water_crossing", "dismantled"])


def _tags(element: ET.Element) -> Tags:
    return {tag.get("k", ""): tag.get("v", "") for tag in element.iter("tag")}


def _is_road(tags: Tags) -> bool:
    ferry = "highway" not in tags and tags.get("route") == "ferry"
    return tags.get("highway") in ROADS or ferry


def _is_hidden(tags: Tags) -> bool:
    return (
        tags.get("tunnel", "no") not in ("no", "culvert")
        or tags.get("location") == "underground"
        or (tags.get("bridge", "no") in NO_BRIDGE
            and (tags.get("covered", "no") != "no" or tags.get("indoor", "no") != "no"))
    )  # fmt: skip


def _layer(tags: Tags) -> int:
    if re.fullmatch(r"[+-]?\d+", tags.get("layer", "")):
        return int(tags["layer"])
    if tags.get("bridge", "no") not in NO_BRIDGE:
        return 1
    return -1 if tags.get("tunnel", "no") not in ("no", "culvert") else 0


def _note(roads: NaiveRoads, tags: Tags, move: Move, *, along: bool, plain: bool) -> None:
    """Note limits and closures that are plain to see; a node on the way may say more."""
    direction = "forward" if along else "backward"
    other = "backward" if along else "forward"
    for limit in LIMITS:
        keys = [key for key in tags if key.split(":")[0] == limit]
        mine = [limit, f"{limit}:{direction}", f"{limit}:hgv"]
        theirs = f"{limit}:{other}"
        numbers = [float(tags[key]) for key in keys if key in mine and NUMBER.fullmatch(tags[key])]
        if plain and numbers and len(numbers) == len([key for key in keys if key != theirs]):
            roads.limits[move, limit] = min(numbers)
    words = [tags[mode] for mode in MODES if mode in tags]
    special = ("conditional", "lanes", "smoothness", "ford", direction)
    if plain and not any(part in special for key in tags for part in key.split(":")):
        roads.closed[move] = bool(words) and words[-1] in CLOSED


def _cross(
    roads: NaiveRoads,
    lower: list[tuple[int, Move, list[Move]]],
    upper: list[tuple[int, Move]],
) -> None:
    """Compare every bridge with every road: slow, and nothing to get wrong."""
    boxes = [(low, _box(low[1])) for low in lower]
    for layer, (p, q) in upper:
        west, south, east, north = _box((p, q))
        for (below, (a, b), moves), box in boxes:
            if box[0] > east or box[2] < west or box[1] > north or box[3] < south:
                continue
            if below < layer and not {a, b} & {p, q} and _straddle(a, b, p, q):
                roads.under.update(moves)


def _box(move: Move) -> tuple[float, float, float, float]:
    (x, y), (u, v) = move
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _straddle(a: Point, b: Point, p: Point, q: Point) -> bool:
    def side(one: Point, other: Point, third: Point) -> float:
        return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])

    return side(a, b, p) * side(a, b, q) < 0 and side(p, q, a) * side(p, q, b) < 0


def _directions(tags: dict[str, str], one: Point, other: Point) -> list[tuple[Point, Point]]:
    oneway = tags.get("oneway")
    if oneway in ("-1", "reverse"):
        return [(other, one)]
    if oneway in ("yes", "true", "1"):
        return [(one, other)]
    round_about = tags.get("junction") in ("roundabout", "circular")
    if oneway is None and (round_about or tags.get("highway") == "motorway"):
        return [(one, other)]
    return [(one, other), (other, one)]


def metres(one: Point, other: Point) -> float:
    """Return the distance on a sphere: within 0.6 % of the ellipsoid."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


Chain = tuple[Point, ...]


def read_bans_naively(path: Path) -> set[Chain]:
    """Return the points that must not be driven one after another, for every turn restriction.

    Of a mandatory course every other way out is banned, at every junction on it.
    """
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    root = ET.fromstring(raw)  # noqa: S314 - our own test file
    at = {
        node.get("id", ""): (
            round(float(node.get("lon", "")), 7),
            round(float(node.get("lat", "")), 7),
        )
        for node in root.iter("node")
    }
    leaving: dict[str, list[tuple[str, str]]] = {}
    arriving: dict[str, list[tuple[str, str]]] = {}
    nodes: dict[str, list[str]] = {}
    for way in root.iter("way"):
        tags, number = _tags(way), way.get("id", "")
        if not _is_road(tags) or tags.get("area") == "yes":
            continue
        nodes[number] = [ref.get("ref", "") for ref in way.iter("nd") if ref.get("ref") in at]
        for one, other in itertools.pairwise(nodes[number]):
            for a, b in _directions_of(tags, one, other):
                leaving.setdefault(a, []).append((b, number))
                arriving.setdefault(b, []).append((a, number))
    bans: set[Chain] = set()
    for relation in root.iter("relation"):
        for chain in _bans_of(relation, nodes, leaving, arriving):
            bans.add(tuple(at[node] for node in chain))
    return bans


def _directions_of(tags: Tags, one: str, other: str) -> list[tuple[str, str]]:
    here = {(0.0, 0.0): one, (1.0, 0.0): other}
    return [(here[a], here[b]) for a, b in _directions(tags, (0.0, 0.0), (1.0, 0.0))]


def _bans_of(
    relation: ET.Element,
    nodes: dict[str, list[str]],
    leaving: dict[str, list[tuple[str, str]]],
    arriving: dict[str, list[tuple[str, str]]],
) -> list[list[str]]:
    tags = _tags(relation)
    word = tags.get("restriction:hgv", tags.get("restriction", ""))
    exempt = {part.strip() for part in tags.get("except", "").split(";")}
    if not word.startswith(("no_", "only_")) or exempt & {"hgv", "motor_vehicle", "vehicle"}:
        return []
    members = [(m.get("role"), m.get("ref", "")) for m in relation.iter("member")]
    from_ways, via, to_ways = (
        [ref for role, ref in members if role == wanted] for wanted in ("from", "via", "to")
    )
    course = _naive_course(from_ways, via, to_ways, nodes)
    if not course:
        return []
    starts = [a for a, way in arriving.get(course[0], []) if way in from_ways]
    ends = [b for b, way in leaving.get(course[-1], []) if way in to_ways]
    if not starts or not ends:
        return []
    if word.startswith("no_"):
        return [
            [a, *course, b] for a in starts for b in ends
            if a == b or from_ways != to_ways or not word.endswith("u_turn") or len(course) > 1
        ]  # fmt: skip
    banned = []
    for a in starts:
        way = [a, *course]
        for place in range(1, len(way)):
            wanted = ends if place == len(way) - 1 else [way[place + 1]]
            out = [b for b, _ in leaving.get(way[place], [])]
            # Between junctions there is nothing to choose.
            if len({*out, *(c for c, _ in arriving.get(way[place], []))}) > 2:
                banned += [[*way[: place + 1], b] for b in out if b not in wanted]
            elif place == len(way) - 1:
                banned += [[*way, b] for b in out if b not in wanted]
    return banned


def _naive_course(
    from_ways: list[str], via: list[str], to_ways: list[str], nodes: dict[str, list[str]]
) -> list[str]:
    """Return the nodes from the end of the first way to the start of the last."""
    if len(via) == 1 and via[0] not in nodes:
        return via  # a node
    if not via or any(way not in nodes for way in via):
        return []
    at_start = {node for way in from_ways for node in nodes.get(way, [])}
    at_end = {node for way in to_ways for node in nodes.get(way, [])}
    (line,) = [nodes[way] for way in via] if len(via) == 1 else [_chain([nodes[w] for w in via])]
    if line and line[0] in at_start and line[-1] in at_end:
        return line
    return line[::-1] if line and line[-1] in at_start and line[0] in at_end else []


def _chain(lines: list[list[str]]) -> list[str]:
    """Join lines end to end in the order given."""
    joined = lines[0]
    for line in lines[1:]:
        if joined[-1] not in (line[0], line[-1]):
            joined = joined[::-1]
        if joined[-1] == line[-1]:
            line = line[::-1]  # noqa: PLW2901 - turned round to fit
        if joined[-1] != line[0]:
            return []
        joined = joined + line[1:]
    return joined
