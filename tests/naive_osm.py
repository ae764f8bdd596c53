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
