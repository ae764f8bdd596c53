"""Build a network from a file: read, describe, join, measure, attach, list what was not read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from road_data.boundaries import read_boundaries, with_counties
from road_data.manifest import Provenance, SourceFile, UnreadableTag, sha256_of, software_version
from road_data.osm.assembling import Assembled, assemble
from road_data.osm.defaults import FILE_NAME, RoadDefaults, read_defaults
from road_data.osm.describing import Described, describe
from road_data.osm.graphml import read_graphml
from road_data.osm.place_download import download_place, is_place
from road_data.osm.reading import SUFFIXES, read_osm
from road_data.osm.roads import Progress, RawRoads
from road_data.osm.settlements import read_places
from road_data.osm.tags.stated import Unread
from road_data.tagged_hours import with_tagged_hours
from transport.errors import FieldFault, InvalidInputError
from transport.network.graph import RoadNetwork

_LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
_NAMES = ("name", "name:zh", "name:en", "ref", "bridge:name", "tunnel:name")
_LISTED = 20


@dataclass(frozen=True, slots=True)
class BuiltNetwork:
    """A network with what a manifest says of its making."""

    network: RoadNetwork
    provenance: Provenance


def build_network(
    source: Path,
    *,
    roads_folder: Path,
    built_at: str,
    progress: Progress = lambda _stage, _done: None,
) -> BuiltNetwork:
    """Build a network from `.osm.pbf`, `.osm`, `.osm.gz`, osmnx `.graphml`, or `place:NAME`.

    `roads_folder` holds the defaults by class. Raises InvalidInputError for a file that is damaged,
    of another kind or without roads, NotFoundError for a missing one, NotAvailableError where a
    place cannot be fetched.
    """
    if not is_place(source):
        return _build(source, source.name, roads_folder, built_at, progress)
    with TemporaryDirectory(prefix="dajian-place-") as folder:
        fetched = Path(folder) / "place.graphml"
        progress("fetching", 0)
        download_place(source, fetched)
        return _build(fetched, str(source), roads_folder, built_at, progress)


def _build(
    source: Path, name: str, roads_folder: Path, built_at: str, progress: Progress
) -> BuiltNetwork:
    reader = _reader(source)
    defaults = read_defaults(roads_folder)
    roads = reader(source, frozenset(defaults.classes), progress)
    if not roads.way_ids:
        text = f"{source} holds no roads for trucks; give an extract with 'highway' ways"
        if roads.unplaced:
            text = (
                f"{source}: no road has two points on the map ({roads.unplaced} points without a "
                "valid position); give an extract with its nodes, longitude and latitude not "
                "swapped"
            )
        raise InvalidInputError([FieldFault("source", text, "no_roads", (("path", str(source)),))])
    progress("describing", len(roads.way_ids))
    described, unread = _describe_all(roads, defaults)
    unread.update(roads.unread)
    progress("joining", len(roads.way_ids))
    assembled = assemble(roads, described, unread)
    progress("placing names", len(roads.places))
    digest = sha256_of(source)
    file = SourceFile(name, "openstreetmap", digest, roads.as_of, _LICENCE)
    unreadable = _ranked(unread)
    network_id = _network_id(source, digest, roads_folder)
    network = _network(assembled, roads, unreadable, network_id, built_at)
    progress("finding counties", network.edge_count)
    return BuiltNetwork(
        network=with_tagged_hours(with_counties(network, read_boundaries(source))),
        provenance=Provenance((file,), unreadable),
    )


def _reader(source: Path) -> Callable[[Path, frozenset[str], Progress], RawRoads]:
    name = source.name.lower()
    if name.endswith(".graphml"):
        return read_graphml
    if name.endswith(SUFFIXES):
        return read_osm
    text = f"{source}: unknown kind of file; give .osm.pbf, .osm, .osm.gz, .graphml or 'built-in'"
    raise InvalidInputError(
        [FieldFault("source", text, "unknown_source", (("path", str(source)),))]
    )


def _describe_all(
    roads: RawRoads, defaults: RoadDefaults
) -> tuple[list[Described], Counter[Unread]]:
    """Describe every way; ways with the same tags (names apart) are described once."""
    seen: dict[frozenset[tuple[str, str]], Described] = {}
    by_object: dict[int, Described] = {}
    unread: Counter[Unread] = Counter()
    result = []
    for tags in roads.way_tags:
        described = by_object.get(id(tags))
        if described is None:
            key = frozenset(item for item in tags.items() if item[0] not in _NAMES)
            described = seen.get(key) or seen.setdefault(key, describe(tags, defaults))
            by_object[id(tags)] = described
        unread.update(described.unread)
        result.append(described)
    return result, unread


def _ranked(unread: Counter[Unread]) -> tuple[UnreadableTag, ...]:
    ranked = sorted(unread.items(), key=lambda item: (-item[1], item[0]))
    return tuple(UnreadableTag(tag.key, tag.value, count) for tag, count in ranked)


def _network_id(source: Path, digest: str, roads_folder: Path) -> str:
    """Name the version by everything that decides its bytes."""
    parts = (digest, software_version(), sha256_of(roads_folder / FILE_NAME))
    stem = source.name.partition(".")[0] or "network"
    return f"{stem}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}"


def _network(
    assembled: Assembled,
    roads: RawRoads,
    unreadable: tuple[UnreadableTag, ...],
    network_id: str,
    built_at: str,
) -> RoadNetwork:
    return RoadNetwork(
        id=network_id,
        built_at=built_at,
        sources=assembled.sources,
        strings=assembled.strings,
        **assembled.arrays,
        limits=assembled.limits,
        structures=assembled.structures,
        places=read_places(roads.places),
        notes=_notes(roads, unreadable),
    )


def _notes(roads: RawRoads, unreadable: tuple[UnreadableTag, ...]) -> tuple[str, ...]:
    notes = [f"{why}: {count}" for why, count in sorted(roads.skipped.items())]
    if unreadable:
        total = sum(tag.count for tag in unreadable)
        notes.append(f"tags that could not be read (taken as unknown): {total}")
    notes += [f"  {tag.tag}={tag.value} ({tag.count})" for tag in unreadable[:_LISTED]]
    return tuple(notes)
