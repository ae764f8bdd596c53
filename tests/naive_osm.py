"""A naive reader of OpenStreetMap XML that imports no product code: the oracle of the importer."""

from __future__ import annotations

import gzip
import itertools
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROADS = frozenset(
    ["motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
     "secondary_link", "tertiary", "tertiary_link", "unclassified", "road", "residential",
     "living_street", "service", "track"]
)  # fmt: skip
Point = tuple[float, float]
Step = tuple[Point, Point, str, str]


@dataclass(frozen=True)
class NaiveRoads:
    """Every step between two neighbouring nodes in each direction of travel."""

    steps: Counter[Step]
    bridges_m: float
    length_m: float


def read_naively(path: Path) -> NaiveRoads:
    """Read the whole document into memory and walk every way node by node."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    root = ET.fromstring(raw)  # noqa: S314 - our own test file
    at = {
        node.get("id"): (round(float(node.get("lon", "")), 7), round(float(node.get("lat", "")), 7))
        for node in root.iter("node")
    }
    steps: Counter[Step] = Counter()
    bridges_m = length_m = 0.0
    for way in root.iter("way"):
        tags = {tag.get("k", ""): tag.get("v", "") for tag in way.iter("tag")}
        ferry = "highway" not in tags and tags.get("route") == "ferry"
        if not (tags.get("highway") in ROADS or ferry) or tags.get("area") == "yes":
            continue
        points = [at[ref.get("ref")] for ref in way.iter("nd") if ref.get("ref") in at]
        for one, other in itertools.pairwise(points):
            for a, b in _directions(tags, one, other):
                steps[(a, b, tags.get("ref", ""), tags.get("name:zh", tags.get("name", "")))] += 1
                length_m += metres(a, b)
                if tags.get("bridge", "no") != "no" and tags.get("tunnel", "no") == "no":
                    bridges_m += metres(a, b)
    return NaiveRoads(steps, bridges_m, length_m)


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
