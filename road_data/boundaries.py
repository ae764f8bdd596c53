"""Counties of edges: boundaries in the extract, else the nearest place, marked as assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from shapely import STRtree, from_wkb, points
from shapely.geometry.base import BaseGeometry

from road_data.surveys.draft import Numbered
from road_data.surveys.sections import middles
from transport.network.attributes import Bytes, Certainty, RoadClass
from transport.network.graph import RoadNetwork
from transport.network.places import Area, Place

# Level 6 is the county in China and many countries; where an extract has none, its smaller units.
_LEVELS = ("6", "8", "7", "9")
_BOUNDARY = ("boundary", "administrative")
_CODE_KEYS = ("ref:GB2260", "gb2260", "admin_code", "ref")
_GB_DIGITS = 6
_CENTRES = frozenset({"seat", "county_seat", "town"})


@dataclass(frozen=True, slots=True)
class Boundary:
    """A closed administrative boundary of an extract."""

    code: str
    name: str
    level: str
    polygon: BaseGeometry


def read_boundaries(path: Path) -> tuple[Boundary, ...]:
    """Return the complete boundaries of an extract by level and code; none from a graphml file.

    Boundaries that the extract cuts are no closed areas and are left out.
    """
    if path.name.lower().endswith(".graphml") or not _has_boundaries(path):
        return ()
    maker = osmium.geom.WKBFactory()
    found: list[Boundary] = []
    wanted = osmium.filter.TagFilter(_BOUNDARY)
    processor = osmium.FileProcessor(str(path)).with_areas(wanted).with_filter(wanted)
    for thing in processor:
        if not isinstance(thing, osmium.osm.Area) or thing.tags.get("admin_level") not in _LEVELS:
            continue
        tags = dict(thing.tags)
        try:
            polygon = from_wkb(maker.create_multipolygon(thing))
        except RuntimeError:  # a ring that does not close
            continue
        name = tags.get("name:zh") or tags.get("name", "")
        found.append(Boundary(_code(tags, thing), name, tags["admin_level"], polygon))
    return tuple(sorted(found, key=lambda one: (_LEVELS.index(one.level), one.code)))


def _has_boundaries(path: Path) -> bool:
    """Look at the relations only, which is fast, before anything is put together."""
    relations = osmium.FileProcessor(str(path), osmium.osm.RELATION)
    relations = relations.with_filter(osmium.filter.TagFilter(_BOUNDARY))
    return any(one.tags.get("admin_level") in _LEVELS for one in relations)


def _code(tags: dict[str, str], area: osmium.osm.Area) -> str:
    for key in _CODE_KEYS:
        code = tags.get(key, "")
        if len(code) == _GB_DIGITS and code.isdigit():
            return code
    return f"osm:{'w' if area.from_way() else 'r'}{area.orig_id()}"


def with_counties(network: RoadNetwork, boundaries: Sequence[Boundary]) -> RoadNetwork:
    """Return the network with the county of every edge; places get theirs as well.

    An edge belongs where its middle lies. Outside all boundaries it is taken to belong to the
    nearest town, which is assumed.
    """
    lon, lat = middles(network)
    strings = Numbered(list(network.strings))
    codes = np.array(network.admin_code)
    certainty: Bytes = np.full(network.edge_count, Certainty.UNKNOWN, dtype=np.uint8)
    places = _placed(network.places, boundaries)
    areas: dict[str, Area] = {}
    if boundaries:
        tree = STRtree([one.polygon for one in boundaries])
        spots: Any = points(lon, lat)
        edge, inside = tree.query(spots, predicate="within")
        # Boundaries stand in the order of their level: the first that holds an edge counts.
        first = np.full(network.edge_count, len(boundaries), dtype=np.int64)
        np.minimum.at(first, edge, inside)
        for number in np.unique(first[first < len(boundaries)]).tolist():
            one, here = boundaries[number], first == number
            codes[here], certainty[here] = strings.number(one.code), Certainty.KNOWN
            areas[one.code] = Area(one.code, one.name)
    open_ = np.flatnonzero(certainty == Certainty.UNKNOWN)
    centres = [place for place in places if place.kind in _CENTRES] or list(places)
    if len(open_) and centres:
        at: Any = points([one.lon for one in centres], [one.lat for one in centres])
        spots = points(lon[open_], lat[open_])
        nearest = STRtree(at).nearest(spots)
        for number in np.unique(nearest).tolist():
            place = centres[number]
            code = place.admin_code or f"place:{place.name}"
            here = open_[nearest == number]
            codes[here], certainty[here] = strings.number(code), Certainty.ASSUMED
            areas.setdefault(code, Area(code, place.name))
    return replace(
        network,
        strings=tuple(strings.texts),
        admin_code=codes,
        urban=_urban(network),
        admin_certainty=certainty,
        areas=tuple(areas[code] for code in sorted(areas)),
        places=places,
    )


def _urban(network: RoadNetwork) -> Bytes:
    """Take streets of the urban classes as urban until an official area says where the city is."""
    classes = (
        RoadClass.URBAN_EXPRESSWAY,
        RoadClass.URBAN_ARTERIAL,
        RoadClass.URBAN_SECONDARY,
        RoadClass.URBAN_BRANCH,
    )
    streets: Bytes = np.isin(network.road_class, classes).astype(np.uint8)
    return np.maximum(network.urban, streets)


def _placed(places: Sequence[Place], boundaries: Sequence[Boundary]) -> tuple[Place, ...]:
    """Give places the code of the boundary they lie in."""
    if not boundaries or not places:
        return tuple(places)
    tree = STRtree([one.polygon for one in boundaries])
    spots: Any = points([place.lon for place in places], [place.lat for place in places])
    of, inside = tree.query(spots, predicate="within")
    first: dict[int, int] = {}
    for place, boundary in zip(of.tolist(), inside.tolist(), strict=True):
        first[place] = min(boundary, first.get(place, boundary))
    return tuple(
        replace(place, admin_code=boundaries[first[number]].code) if number in first else place
        for number, place in enumerate(places)
    )
