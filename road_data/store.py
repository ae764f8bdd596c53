"""Save and open a network: a folder with a manifest and one version of memory-mapped arrays.

`manifest.json` names the version in use, a folder beside it. A new version is written beside the
old one and put to use by replacing the manifest, which is one atomic step: whatever happens before
leaves the old network as it was.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from road_data.manifest import (
    SCHEMA_VERSION,
    Manifest,
    Provenance,
    SourceFile,
    software_version,
)
from road_data.texts import Places, Texts, pack, pack_places
from transport.errors import FieldFault, InvalidInputError, NotFoundError, TransportError
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    LimitColumn,
    LimitKind,
    StructureKind,
)
from transport.network.graph import RoadNetwork, Structures

MANIFEST = "manifest.json"
_BUILDING = ".building-"
_KEPT_VERSIONS = 2
_EDGE_ARRAYS = (
    "node_lon", "node_lat", "first_edge", "tail", "head", "reverse", "length_m", "duration_s",
    "road_class", "owner", "urban", "access", "tolled", "lanes", "design_speed_km_h", "ref",
    "name", "name_en", "admin_code", "shape_start", "shape_lon", "shape_lat", "forbidden_turns",
)  # fmt: skip
_STRUCTURE_ARRAYS = ("first", "edge", "kind", "offset_m", "lon", "lat")
_COLUMN_PARTS = ("value", "certainty", "source")

Array = npt.NDArray[Any]


def save_network(
    network: RoadNetwork, folder: Path, *, provenance: Provenance | None = None
) -> Manifest:
    """Write the network as the version in use of `folder`; return its manifest.

    The same network gives the same bytes, the manifest's `built_at` apart. Raises InvalidInputError
    for a folder that holds something else and TransportError where the disk refuses; the version
    in use before then stays.
    """
    _refuse_foreign(folder)
    provenance = provenance or _from_network(network)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        building = folder / f"{_BUILDING}{os.getpid()}"
        building.mkdir()
        try:
            files = {name: _write(building / name, data) for name, data in _arrays(network).items()}
            version = "v-" + _digest("\n".join(f"{n} {files[n]}" for n in sorted(files)))[:16]
            manifest = _manifest(network, provenance, version, files)
            written = _write_manifest(folder, manifest)
            _put_in_place(building, folder / version)
            written.replace(folder / MANIFEST)
        finally:
            _sweep(folder)
        _drop_old_versions(folder, version)
    except OSError as fault:
        raise TransportError(
            f"{folder}: the network could not be written ({fault.strerror}); free some space or "
            "choose another folder; the network there before is unchanged"
        ) from fault
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest; raises NotFoundError or TransportError naming the file."""
    path = folder / MANIFEST
    try:
        manifest = Manifest.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        raise NotFoundError(
            f"{folder} holds no network; build one: 'dajian network build SOURCE --out {folder}'"
        ) from fault
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise _damaged(path, f"not a manifest of a network: {fault}", folder) from fault
    if manifest.schema_version != SCHEMA_VERSION:
        raise _damaged(
            path,
            f"written with schema {manifest.schema_version}, this version reads {SCHEMA_VERSION}",
            folder,
        )
    return manifest


def open_network(folder: Path) -> RoadNetwork:
    """Open the version in use with its arrays mapped into memory, read-only.

    Raises NotFoundError where there is none and TransportError where a file is damaged.
    """
    manifest = read_manifest(folder)
    arrays = _Mapped(folder, manifest)
    return RoadNetwork(
        id=manifest.id,
        built_at=manifest.built_at,
        sources=arrays.texts("sources"),
        strings=arrays.texts("strings"),
        **{name: arrays.array(name) for name in _EDGE_ARRAYS},
        limits=arrays.columns("limits", EDGE_LIMITS),
        structures=Structures(
            **{name: arrays.array(f"structures.{name}") for name in _STRUCTURE_ARRAYS},
            ids=arrays.texts("structures.ids"),
            names=arrays.texts("structures.names"),
            names_en=arrays.texts("structures.names_en"),
            limits=arrays.columns("structures.limits", STRUCTURE_LIMITS),
        ),
        places=Places(arrays.texts("places")),
        notes=arrays.texts("notes"),
    )


def verify_network(folder: Path) -> Manifest:
    """Compare every file with its hash in the manifest; raise TransportError naming a wrong one."""
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        path = folder / manifest.version / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as fault:
            raise _damaged(path, str(fault.strerror), folder) from fault
        if found != expected:
            raise _damaged(path, "its checksum is not the one in the manifest", folder)
    return manifest


class _Mapped:
    """The files of one version; every fault becomes an error with file and remedy."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._version = folder / manifest.version
        self._files = manifest.files

    def array(self, name: str) -> Any:
        """Map one array."""
        path = self._version / f"{name}.npy"
        if path.name not in self._files:
            raise _damaged(self._folder / MANIFEST, f"does not list {path.name}", self._folder)
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as fault:
            raise _damaged(path, str(fault), self._folder) from fault
        # A plain view: indexing numpy's memmap class costs several times as much.
        return mapped.view(np.ndarray)

    def texts(self, name: str) -> Texts:
        """Map strings."""
        return Texts(self.array(f"{name}.text"), self.array(f"{name}.offsets"))

    def columns(self, prefix: str, kinds: tuple[LimitKind, ...]) -> Mapping[LimitKind, LimitColumn]:
        """Map limit columns."""
        return {
            kind: LimitColumn(*(self.array(f"{prefix}.{kind}.{part}") for part in _COLUMN_PARTS))
            for kind in kinds
        }


def _arrays(network: RoadNetwork) -> dict[str, Array]:
    structures = network.structures
    arrays: dict[str, Array] = {name: getattr(network, name) for name in _EDGE_ARRAYS}
    arrays |= {f"structures.{name}": getattr(structures, name) for name in _STRUCTURE_ARRAYS}
    for prefix, limits in (("limits", network.limits), ("structures.limits", structures.limits)):
        for kind, column in limits.items():
            for part in _COLUMN_PARTS:
                arrays[f"{prefix}.{kind}.{part}"] = getattr(column, part)
    packed = {
        "sources": pack(network.sources),
        "strings": pack(network.strings),
        "structures.ids": pack(structures.ids),
        "structures.names": pack(structures.names),
        "structures.names_en": pack(structures.names_en),
        "notes": pack(network.notes),
        "places": pack_places(network.places),
    }
    for name, (blob, offsets) in packed.items():
        arrays[f"{name}.text"], arrays[f"{name}.offsets"] = blob, offsets
    return {f"{name}.npy": np.ascontiguousarray(array) for name, array in arrays.items()}


def _write(path: Path, array: Array) -> str:
    # Not straight into the file: numpy's own writing passes over a disk that is full.
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    with path.open("wb") as file:
        file.write(content.getbuffer())
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(content.getbuffer()).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    reason = None
    if not folder.is_dir():
        reason = "is a file"
    elif not (folder / MANIFEST).exists():
        others = [
            entry for entry in folder.iterdir() if not entry.name.startswith((_BUILDING, "v-"))
        ]
        reason = f"holds other files ({others[0].name})" if others else None
    if reason:
        text = f"{folder} {reason}; choose an empty folder, a new one, or one with a network"
        raise InvalidInputError([FieldFault("out", text, "foreign_folder")])


def _sweep(folder: Path) -> None:
    """Remove what builds left behind whose process has ended."""
    for left in folder.glob(f"{_BUILDING}*"):
        process = left.name.removeprefix(_BUILDING).split(".")[0]
        if process != str(os.getpid()) and process.isdigit() and _runs(int(process)):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _put_in_place(building: Path, version: Path) -> None:
    if version.exists():
        # Same name, same content, unless it was damaged since: let the fresh one take its place.
        aside = building.with_name(f"{building.name}.old")
        version.rename(aside)
        building.rename(version)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        building.rename(version)


def _write_manifest(folder: Path, manifest: Manifest) -> Path:
    written = folder / f"{_BUILDING}{os.getpid()}.json"
    text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with written.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return written


def _drop_old_versions(folder: Path, version: str) -> None:
    """Keep the version before: a process may be opening it just now."""
    others = [entry for entry in folder.glob("v-*") if entry.name != version]
    others.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for old in others[_KEPT_VERSIONS - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _damaged(path: Path, why: str, folder: Path) -> TransportError:
    return TransportError(
        f"{path}: {why}; build the network again with 'dajian network build SOURCE --out {folder}'"
    )
