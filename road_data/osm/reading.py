"""Read an OpenStreetMap file in one pass: roads, things on them, turn restrictions, places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium

from road_data.osm.describing import class_word
from road_data.osm.roads import (
    AboveRecord,
    PlaceRecord,
    Progress,
    RawRoads,
    TurnRecord,
    kept_tags,
)
from road_data.osm.tags.ferry import ferry_pace
from road_data.osm.tags.layer import is_above, read_layer
from road_data.osm.tags.turns import read_turn_rule, unread_restriction
from transport.errors import FieldFault, InvalidInputError, NotFoundError

SUFFIXES = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2", ".pbf")
_LIMITS = (
    "maxheight",
    "maxwidth",
    "maxlength",
    "maxweight",
    "maxweightrating",
    "maxgcweight",
    "maxgcweightrating",
    "maxaxleload",
    "maxbogieweight",
)
# The filter knows whole keys only: a node may state its limit with such an ending alone.
_ENDINGS = (
    "",
    ":conditional",
    ":hgv",
    ":hgv:conditional",
    ":forward",
    ":backward",
    ":forward:conditional",
    ":backward:conditional",
    ":physical",
    ":legal",
)
_KEYS = [
    "highway",
    "route",
    "place",
    "barrier",
    "railway",
    "type",
    "traffic_sign",
    "traffic_sign:forward",
    "traffic_sign:backward",
    "ford",
    "bridge",
    *(limit + ending for limit in _LIMITS for ending in _ENDINGS),
]
_PLACES = frozenset({"city", "town", "village", "suburb"})
# Where a truck can wait beside the road.
_RESTS = frozenset({"services", "rest_area"})
_EVERY = 5000
# What makes a node on a road matter; a crossing's width or a signal's number does not.
_NODE_KEYS = frozenset(["barrier", "traffic_sign", "ford", *_LIMITS])
_CROSSINGS = frozenset({"level_crossing", "tram_level_crossing"})


def read_osm(path: Path, road_words: frozenset[str], progress: Progress) -> RawRoads:
    """Read the roads whose class is one of `road_words`.

    Raises NotFoundError for a missing file and InvalidInputError for one that is damaged or is not
    OpenStreetMap data.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file; give the path of an OpenStreetMap extract")
    roads = RawRoads()
    try:
        roads.as_of = _as_of(path)
        for number, thing in enumerate(_things(path)):
            if number % _EVERY == 0:
                progress("reading", number)
            if thing.is_way():
                _take_way(roads, thing, road_words)
            elif thing.is_node():
                _take_node(roads, thing)
            else:
                _take_relation(roads, thing)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as fault:
        raise _damaged(path, fault) from fault
    return roads


def _things(path: Path) -> Iterator[Any]:
    processor = osmium.FileProcessor(str(path)).with_locations()
    return iter(processor.with_filter(osmium.filter.KeyFilter(*_KEYS)))


def _as_of(path: Path) -> str:
    with osmium.io.Reader(str(path), osmium.osm.osm_entity_bits.NOTHING) as reader:
        header = reader.header()
        return str(header.get("osmosis_replication_timestamp", "") or header.get("timestamp", ""))


def _damaged(path: Path, fault: Exception) -> InvalidInputError:
    text = (
        f"{path} cannot be read as OpenStreetMap data ({fault}); it is damaged, incomplete or of "
        "another kind: fetch it again and check its checksum"
    )
    return InvalidInputError([FieldFault("source", text, "osm_damaged", (("path", str(path)),))])


def _take_way(roads: RawRoads, way: Any, road_words: frozenset[str]) -> None:
    every = dict(way.tags)
    if every.get("highway") in _RESTS:
        spots = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if spots:
            lon, lat = (sum(axis) / len(spots) for axis in zip(*spots, strict=True))
            _take_rest(roads, every, way.id, lon, lat)
        return
    if every.get("area") == "yes":
        return
    if class_word(every) not in road_words:
        if is_above(every):
            _take_above(roads, way, every)
        return
    tags = kept_tags(every)
    piece: list[tuple[int, float, float]] = []
    for node in way.nodes:
        if node.location.valid():
            piece.append((node.ref, node.lon, node.lat))
        else:  # beyond the edge of the extract
            roads.unplaced += 1
            roads.add_way(way.id, tags, piece)
            piece = []
    if class_word(every) == "ferry" and len(piece) == len(way.nodes) > 1:  # not cut by the extract
        pace, unread = ferry_pace(every, osmium.geom.haversine_distance(way.nodes))
        roads.unread.update(unread)
        tags = {**tags, **pace}
    roads.add_way(way.id, tags, piece)


def _take_rest(roads: RawRoads, tags: dict[str, str], number: int, lon: float, lat: float) -> None:
    """Keep a rest area as a place; without a name it is called by its number on the map."""
    named = tags if tags.get("name") or tags.get("name:en") else {"name": f"服务区 {number}"}
    roads.places.append(PlaceRecord({**named, "place": "rest_area"}, lon, lat))


def _take_above(roads: RawRoads, way: Any, tags: dict[str, str]) -> None:
    nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
    if len(nodes) < 2:  # noqa: PLR2004 - a line needs two points
        return
    ids, lon, lat = zip(*nodes, strict=True)
    name = tags.get("bridge:name") or tags.get("name:zh") or tags.get("name", "")
    name_en = tags.get("bridge:name:en") or tags.get("name:en", "")
    layer = read_layer(tags)[0]
    roads.above.append(AboveRecord(way.id, layer, name, name_en, ids, lon, lat))


def _take_node(roads: RawRoads, node: Any) -> None:
    tags = dict(node.tags)
    if tags.get("place") in _PLACES and (tags.get("name") or tags.get("name:en")):
        roads.places.append(PlaceRecord(tags, node.lon, node.lat))
    if tags.get("highway") in _RESTS:
        _take_rest(roads, tags, node.id, node.lon, node.lat)
    if (
        not _NODE_KEYS.isdisjoint(key.partition(":")[0] for key in tags)
        or tags.get("highway") == "toll_booth"
        or tags.get("railway") in _CROSSINGS
    ):
        roads.node_tags[node.id] = kept_tags(tags)


def _take_relation(roads: RawRoads, relation: Any) -> None:
    tags = dict(relation.tags)
    if tags.get("type", "").partition(":")[0] != "restriction":
        return
    rule = read_turn_rule(tags)
    roads.unread.update(unread_restriction(tags))
    if rule is None:
        return
    members: dict[str, list[tuple[str, int]]] = {}
    for member in relation.members:
        members.setdefault(member.role, []).append((member.type, member.ref))
    from_ways, over, to_ways = (
        tuple(ref for kind, ref in members.get(role, []) if kind == "w")
        for role in ("from", "via", "to")
    )
    nodes = [ref for kind, ref in members.get("via", []) if kind == "n"]
    if len(nodes) == 1 and not over:
        roads.turns.append(TurnRecord(rule, from_ways, nodes[0], to_ways))
    elif over and not nodes:
        roads.turns.append(TurnRecord(rule, from_ways, 0, to_ways, over))
    else:
        roads.skip("turn restrictions without a via that can be followed")
