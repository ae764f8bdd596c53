"""Regions that a user avoids or travels through: areas on the map, jurisdictions, whole roads.

    area:LON,LAT LON,LAT LON,LAT    an outline; two points are opposite corners of a box
    admin:150203, 150203            a county, league (150200) or region (150000) by its code
    admin:NAME                      the same by name, an authority, or an urban area on record
    road:G6                         a road by its number or name

The words 区域, 辖区 and 道路 with a colon mean the same.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.errors import FieldFault, InvalidInputError
from transport.network.areas import league_of, region_of
from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.snapping import PlaceOnEdge

Flags = npt.NDArray[np.bool_]
Outline = list[tuple[float, float]]
_CODE = re.compile(r"[0-9]{6}")
_PREFIX = re.compile(r"\s*(area|admin|road|区域|辖区|道路)\s*[:：]\s*(.*\S)\s*", re.IGNORECASE)
_SAME_WORD = {"区域": "area", "辖区": "admin", "道路": "road"}
_BODIES = ("authority", "police", "expressway_brigade", "name")
_BOX_POINTS = 2
# A way that drives this far into a region was there.
_INSIDE_M = 1.0


@dataclass(frozen=True, slots=True)
class Region:
    """The roads of a region as the user named it."""

    given: str
    edges: frozenset[int]


def region_edges(network: RoadNetwork, wish: str, *, field: str) -> frozenset[int] | None:
    """Return the edges of a region, None where the wish names no region.

    Raises InvalidInputError on `field` for a region that this network does not have.
    """
    found = _PREFIX.fullmatch(wish)
    if found is None:
        if not _CODE.fullmatch(wish.strip()):
            return None
        word, what = "admin", wish.strip()
    else:
        word = _SAME_WORD.get(found[1], found[1].lower())
        what = found[2]
    chosen = _KINDS[word](network, what, field)
    edges = np.flatnonzero(chosen)
    if not len(edges):
        message = f"'{wish}': no road of this network lies there"
        raise InvalidInputError([FieldFault(field, message, "empty_region", (("given", wish),))])
    return frozenset(edges.tolist())


def road_edges(network: RoadNetwork, name: str) -> Flags:
    """Return the edges of a road by number or name; a number may be one of several joined."""
    folded = name.casefold()
    strings = [
        number
        for number, text in enumerate(network.strings)
        if text and any(part.strip() == folded for part in text.casefold().split(";"))
    ]
    chosen = np.isin(network.ref, strings) | np.isin(network.name, strings)
    return chosen | np.isin(network.name_en, strings)


def places_in(network: RoadNetwork, region: Region) -> list[PlaceOnEdge]:
    """Return a place just inside on every edge by which a way comes into a region."""
    inside = np.zeros(network.edge_count, dtype=np.bool_)
    inside[list(region.edges)] = True
    outside_into = np.zeros(network.node_count, dtype=np.bool_)
    outside_into[network.head[~inside]] = True
    # A region that is the whole network has no way in: every road of it is one.
    entries = np.flatnonzero(inside & outside_into[network.tail])
    if not len(entries):
        entries = np.flatnonzero(inside)
    return [_just_inside(network, int(edge), 0.0) for edge in entries]


def begun_in(
    network: RoadNetwork, before: Sequence[PlaceOnEdge], region: Region
) -> list[PlaceOnEdge]:
    """Return a place a little further on where the way stands in the region already."""
    standing = [place for place in before if place.edge in region.edges]
    return [_just_inside(network, place.edge, place.offset_m) for place in standing]


def _just_inside(network: RoadNetwork, edge: int, from_m: float) -> PlaceOnEdge:
    offset_m = min(from_m + _INSIDE_M, float(network.length_m[edge]))
    first = int(network.shape_start[edge])
    lon, lat = float(network.shape_lon[first]), float(network.shape_lat[first])
    return PlaceOnEdge(edge, offset_m, lon, lat, 0.0)


def outline_text(polygon: Mapping[str, object]) -> str:
    """Return a GeoJSON Polygon as a wish; raises InvalidInputError on `avoid` for anything else."""
    rings = polygon.get("coordinates")
    try:
        if polygon.get("type") != "Polygon" or not isinstance(rings, list):
            raise TypeError(polygon.get("type"))  # noqa: TRY301 - one message for every fault
        return "area:" + " ".join(f"{float(p[0])!r},{float(p[1])!r}" for p in rings[0])
    except (TypeError, ValueError, IndexError, KeyError) as wrong:
        message = f"is no GeoJSON Polygon ({wrong})"
        raise InvalidInputError([FieldFault("avoid", message, "region_outline")]) from wrong


def _in_area(network: RoadNetwork, text: str, field: str) -> Flags:
    outline = _read_outline(text, field)
    lon, lat = network.shape_lon, network.shape_lat
    inside = _inside(outline, lon, lat)
    # An edge touches the outline where one of its points is inside or one of its pieces crosses it.
    last = np.zeros(len(lon), dtype=np.bool_)
    last[network.shape_start[1:] - 1] = True
    inside |= _crossing(outline, lon, lat, ~last)
    return np.logical_or.reduceat(inside, network.shape_start[:-1].astype(np.int64))


def _read_outline(text: str, field: str) -> Outline:
    points: Outline = []
    try:
        for part in text.replace("，", ",").split():
            lon, lat = (float(number) for number in part.split(","))
            points.append((lon, lat))
    except ValueError:
        points = []
    good = all(
        math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004 - degrees
        for lon, lat in points
    )
    if len(points) < _BOX_POINTS or not good:
        message = (
            f"'area:{text}' is no outline: write its corners LON,LAT joined by spaces, or two "
            "opposite corners of a box, e.g. area:109.8,40.6 110.0,40.7"
        )
        raise InvalidInputError([FieldFault(field, message, "region_outline")])
    if len(points) == _BOX_POINTS:
        (west, south), (east, north) = points
        points = [(west, south), (east, south), (east, north), (west, north)]
    return points


def _inside(outline: Outline, lon: Floats, lat: Floats) -> Flags:
    """Count for every point the sides of the outline to its east."""
    inside = np.zeros(len(lon), dtype=np.bool_)
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if y1 == y2:
            continue
        between = (lat >= min(y1, y2)) & (lat < max(y1, y2))
        inside ^= between & (lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1))
    return inside


def _crossing(outline: Outline, lon: Floats, lat: Floats, begins: Flags) -> Flags:
    """Say for every shape point that begins a piece whether that piece crosses the outline."""
    result = np.zeros(len(lon), dtype=np.bool_)
    rows = np.flatnonzero(begins)
    ax, ay, bx, by = lon[rows], lat[rows], lon[rows + 1], lat[rows + 1]
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        of_a = (x2 - x1) * (ay - y1) - (y2 - y1) * (ax - x1)
        of_b = (x2 - x1) * (by - y1) - (y2 - y1) * (bx - x1)
        of_1 = (bx - ax) * (y1 - ay) - (by - ay) * (x1 - ax)
        of_2 = (bx - ax) * (y2 - ay) - (by - ay) * (x2 - ax)
        result[rows] |= (of_a * of_b < 0) & (of_1 * of_2 < 0)
    return result


def _in_jurisdiction(network: RoadNetwork, text: str, field: str) -> Flags:
    code = text.strip()
    if not _CODE.fullmatch(code):
        named = [area.code for area in network.areas if area.name.casefold() == code.casefold()]
        if not named:
            return _under_a_body(network, code, field)
        code = named[0]
    parents = {area.code: area.parent for area in network.areas}

    def belongs(county: str) -> bool:
        league = parents.get(county) or league_of(county)
        return code in (county, league, parents.get(league) or region_of(county))

    counties = [n for n, t in enumerate(network.strings) if t and (t == code or belongs(t))]
    return np.isin(network.admin_code, counties)


def _under_a_body(network: RoadNetwork, name: str, field: str) -> Flags:
    """Return the edges under an authority, a brigade or in an urban area, by its recorded name."""
    surveys = network.surveys
    records = [number for number, one in enumerate(_records(network)) if name in one]
    chosen = np.zeros(network.edge_count, dtype=np.bool_)
    chosen[surveys.section_edge[np.isin(surveys.section_record, records)]] = True
    if len(surveys.area):
        chosen |= np.isin(surveys.area, records)
    if not chosen.any():
        message = (
            f"'{name}' is no county, league, region or authority of this network; give a code of "
            "six digits, e.g. admin:150203"
        )
        params = (("given", name),)
        raise InvalidInputError([FieldFault(field, message, "unknown_jurisdiction", params)])
    return chosen


def _records(network: RoadNetwork) -> list[frozenset[str]]:
    """Return the names of bodies and areas in every record."""

    def read() -> list[frozenset[str]]:
        return [
            frozenset(str(json.loads(text).get(name) or "") for name in _BODIES) - {""}
            for text in network.surveys.records
        ]

    return remembered(network, "recorded bodies", read)


def _on_road(network: RoadNetwork, text: str, field: str) -> Flags:
    chosen = road_edges(network, text)
    if not chosen.any():
        message = f"no road '{text}' in this network"
        raise InvalidInputError([FieldFault(field, message, "unknown_road", (("ref", text),))])
    return chosen


_KINDS: Mapping[str, Callable[[RoadNetwork, str, str], Flags]] = {
    "area": _in_area,
    "admin": _in_jurisdiction,
    "road": _on_road,
}
