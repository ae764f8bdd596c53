"""Save a network: a folder with a manifest and versions of memory-mapped arrays.

`manifest.json` names the version in use, a folder beside it. A new version is written beside the
old one and put to use by replacing the manifest, which is one atomic step: whatever happens before
leaves the old network as it was. Official records laid over a version are a folder of the arrays
they change (`r-…`), which stand in front of those of the version; restrictions are one file
(`t-….json`). Both are named by the manifest too, so they come and go in the same atomic step.
`opening` opens what is saved.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from road_data.arrays import all_arrays, changed_arrays
from road_data.in_use import RESTORED, read_manifest, token_in_use
from road_data.manifest import (
    SCHEMA_VERSION,
    Manifest,
    Provenance,
    SourceFile,
    software_version,
)
from road_data.writing import (
    digest,
    drop_old_versions,
    fresh,
    put_in_place,
    refuse_foreign,
    replace_manifest,
    write_array,
    write_bytes,
    write_named,
    writing,
)
from transport.errors import ConflictError
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a version: the network with all records, documents beside it, restrictions.

    `laid` shares with the version's network every array that the records do not change.
    """

    laid: RoadNetwork | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    restrictions: str = ""


def save_network(
    network: RoadNetwork,
    folder: Path,
    *,
    provenance: Provenance | None = None,
    overlay: Overlay | None = None,
    made_from: str | None = None,
) -> Manifest:
    """Write the network as the version in use of `folder`; return its manifest.

    The same network gives the same bytes, the manifest's `built_at` apart. `made_from` is the
    `token_in_use` that the overlay was made from. Raises InvalidInputError for a folder that holds
    something else, ConflictError where records changed since, and TransportError where the disk
    refuses; the version in use before then stays.
    """
    refuse_foreign(folder)
    provenance = provenance or _from_network(network)
    with writing(folder):
        if made_from is not None and token_in_use(folder) != made_from:
            raise _changed(folder)
        building = fresh(folder)
        files = {
            name: write_array(building / name, data) for name, data in all_arrays(network).items()
        }
        version = "v-" + digest(files)
        manifest = _manifest(network, provenance, version, files)
        put_in_place(building, folder / version)
        manifest = _with_overlay(folder, manifest, network, overlay or Overlay())
        replace_manifest(folder, manifest)
        (folder / RESTORED).unlink(missing_ok=True)
        drop_old_versions(folder, manifest)
    return manifest


def save_overlay(folder: Path, before: Manifest, base: RoadNetwork, overlay: Overlay) -> Manifest:
    """Put an overlay to use over the version of `before`, which is not written again.

    Raises ConflictError where somebody else changed the folder since `before` was read, and
    TransportError where the disk refuses; what was in use then stays.
    """
    with writing(folder):
        _refuse_changed(folder, before)
        manifest = _with_overlay(folder, before, base, overlay)
        replace_manifest(folder, manifest)
        drop_old_versions(folder, manifest)
    return manifest


def save_restrictions(folder: Path, before: Manifest, text: str) -> Manifest:
    """Put restrictions to use and leave everything else as it is; an empty text removes them.

    Raises as `save_overlay` does.
    """
    with writing(folder):
        _refuse_changed(folder, before)
        manifest = replace(before, restrictions=_write_restrictions(folder, text))
        replace_manifest(folder, manifest)
        drop_old_versions(folder, manifest)
    return manifest


def _refuse_changed(folder: Path, before: Manifest) -> None:
    if read_manifest(folder).token != before.token:
        raise _changed(folder)


def _changed(folder: Path) -> ConflictError:
    return ConflictError(
        f"{folder}: somebody else changed this network just now; nothing was written, "
        "give the command again"
    )


def _write_restrictions(folder: Path, text: str) -> str:
    if not text:
        return ""
    name = f"t-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    write_named(folder, name, text.encode())
    return name


def _with_overlay(
    folder: Path, manifest: Manifest, base: RoadNetwork, overlay: Overlay
) -> Manifest:
    """Write the parts of an overlay beside the version; return the manifest that names them."""
    records, files = "", dict[str, str]()
    if overlay.laid is not None:
        building = fresh(folder)
        changed = changed_arrays(base, overlay.laid)
        files = {name: write_array(building / name, data) for name, data in changed.items()}
        files |= {
            name: write_bytes(building / name, text.encode())
            for name, text in overlay.documents.items()
        }
        records = "r-" + digest({**files, "": manifest.version})
        put_in_place(building, folder / records)
    restrictions = _write_restrictions(folder, overlay.restrictions)
    return replace(manifest, records=records, record_files=files, restrictions=restrictions)


def _manifest(
    network: RoadNetwork, provenance: Provenance, version: str, files: dict[str, str]
) -> Manifest:
    structures = network.structures
    kinds = Counter(
        StructureKind(kind).word
        for kind, _ in {*zip(structures.kind.tolist(), structures.ids, strict=True)}
    )
    counts = {
        "nodes": network.node_count,
        "edges": network.edge_count,
        "places": len(network.places),
        "forbidden_turns": len(network.forbidden_turns),
        **{f"structures.{kind.word}": kinds[kind.word] for kind in StructureKind},
    }
    return Manifest(
        id=network.id,
        built_at=network.built_at,
        version=version,
        schema_version=SCHEMA_VERSION,
        software_version=software_version(),
        sources=provenance.sources,
        counts=counts,
        unreadable_tags=provenance.unreadable_tags,
        files=dict(sorted(files.items())),
    )


def _from_network(network: RoadNetwork) -> Provenance:
    return Provenance(tuple(SourceFile(source, "record", "", "", "") for source in network.sources))
