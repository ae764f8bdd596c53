"""Save and open a network: a folder with a manifest and one version of memory-mapped arrays.

`manifest.json` names the version in use, a folder beside it. A new version is written beside the
old one and put to use by replacing the manifest, which is one atomic step: whatever happens before
leaves the old network as it was. Official records laid over a version are a folder of the arrays
they change (`r-…`), which stand in front of those of the version; restrictions are one file
(`t-….json`). Both are named by the manifest too, so they come and go in the same atomic step.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import numpy as np

from road_data.arrays import (
    COLUMN_PARTS,
    EDGE_ARRAYS,
    OPTIONAL_ARRAYS,
    STRUCTURE_ARRAYS,
    SURVEY_ARRAYS,
    Array,
    all_arrays,
    changed_arrays,
)
from road_data.manifest import (
    SCHEMA_VERSION,
    Manifest,
    Provenance,
    SourceFile,
    software_version,
)
from road_data.restrictions import restrictions_from_text
from road_data.tagged_hours import with_tagged_hours
from road_data.texts import Areas, Places, Texts
from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    TransportError,
)
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    LimitColumn,
    LimitKind,
    StructureKind,
)
from transport.network.closures import Restriction
from transport.network.graph import RoadNetwork, Structures
from transport.network.surveyed import NO_SURVEYS, Surveys

MANIFEST = "manifest.json"
# Records brought back from a backup, waiting for the network to be built.
RESTORED = "restored-records.json"
_BUILDING = ".building-"
_KEPT_VERSIONS = 2
_OURS = (_BUILDING, "v-", "r-", "t-", RESTORED)


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
    _refuse_foreign(folder)
    provenance = provenance or _from_network(network)
    with _writing(folder):
        if made_from is not None and token_in_use(folder) != made_from:
            raise _changed(folder)
        building = _fresh(folder)
        files = {name: _write(building / name, data) for name, data in all_arrays(network).items()}
        version = "v-" + _digest(files)
        manifest = _manifest(network, provenance, version, files)
        _put_in_place(building, folder / version)
        manifest = _with_overlay(folder, manifest, network, overlay or Overlay())
        _write_manifest(folder, manifest).replace(folder / MANIFEST)
        (folder / RESTORED).unlink(missing_ok=True)
        _drop_old_versions(folder, manifest)
    return manifest


def save_overlay(folder: Path, before: Manifest, base: RoadNetwork, overlay: Overlay) -> Manifest:
    """Put an overlay to use over the version of `before`, which is not written again.

    Raises ConflictError where somebody else changed the folder since `before` was read, and
    TransportError where the disk refuses; what was in use then stays.
    """
    with _writing(folder):
        _refuse_changed(folder, before)
        manifest = _with_overlay(folder, before, base, overlay)
        _write_manifest(folder, manifest).replace(folder / MANIFEST)
        _drop_old_versions(folder, manifest)
    return manifest


def save_restrictions(folder: Path, before: Manifest, text: str) -> Manifest:
    """Put restrictions to use and leave everything else as it is; an empty text removes them.

    Raises as `save_overlay` does.
    """
    with _writing(folder):
        _refuse_changed(folder, before)
        manifest = replace(before, restrictions=_write_restrictions(folder, text))
        _write_manifest(folder, manifest).replace(folder / MANIFEST)
        _drop_old_versions(folder, manifest)
    return manifest


def _refuse_changed(folder: Path, before: Manifest) -> None:
    if read_manifest(folder).token != before.token:
        raise _changed(folder)


def _changed(folder: Path) -> ConflictError:
    return ConflictError(
        f"{folder}: somebody else changed this network just now; nothing was written, "
        "give the command again"
    )


def token_in_use(folder: Path) -> str:
    """Name what is in use in a folder (version, records, restrictions); empty where nothing is.

    Manifests of other schemas are read too.
    """
    try:
        return "/".join(filter(None, names_in_use(folder)))
    except NotFoundError:
        return ""


def names_in_use(folder: Path) -> tuple[str, str, str]:
    """Return the names of version, records and restrictions in use; raises NotFoundError.

    Records and restrictions are empty where there are none.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version, records, restrictions = (
            str(found.get(name, "")) for name in ("version", "records", "restrictions")
        )
    except FileNotFoundError as fault:
        raise _no_network(folder) from fault
    except (OSError, ValueError, AttributeError) as fault:
        raise _damaged(path, f"not a manifest of a network: {fault}", folder) from fault
    return version, records, restrictions


def _write_restrictions(folder: Path, text: str) -> str:
    if not text:
        return ""
    name = f"t-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    written = folder / f"{_BUILDING}{os.getpid()}.restrictions"
    _write_bytes(written, text.encode())
    written.replace(folder / name)
    return name


def _with_overlay(
    folder: Path, manifest: Manifest, base: RoadNetwork, overlay: Overlay
) -> Manifest:
    """Write the parts of an overlay beside the version; return the manifest that names them."""
    records, files = "", dict[str, str]()
    if overlay.laid is not None:
        building = _fresh(folder)
        changed = changed_arrays(base, overlay.laid)
        files = {name: _write(building / name, data) for name, data in changed.items()}
        files |= {
            name: _write_bytes(building / name, text.encode())
            for name, text in overlay.documents.items()
        }
        records = "r-" + _digest({**files, "": manifest.version})
        _put_in_place(building, folder / records)
    restrictions = _write_restrictions(folder, overlay.restrictions)
    return replace(manifest, records=records, record_files=files, restrictions=restrictions)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Hold the folder for one writer, sweep up afterwards, and say what a full disk means."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            flock(handle, LOCK_EX)
            _sweep(folder)
            yield
        finally:
            _sweep(folder)
            os.close(handle)
    except OSError as fault:
        raise TransportError(
            f"{folder}: the network could not be written ({fault.strerror}); free some space or "
            "choose another folder; the network there before is unchanged"
        ) from fault


def _fresh(folder: Path) -> Path:
    building = folder / f"{_BUILDING}{os.getpid()}"
    building.mkdir()
    return building


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest; raises NotFoundError or TransportError naming the file."""
    path = folder / MANIFEST
    try:
        manifest = Manifest.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        raise _no_network(folder) from fault
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
    return _open(folder, read_manifest(folder))


def open_base(folder: Path) -> RoadNetwork:
    """Open the version in use without the records and restrictions laid over it."""
    return _open(folder, replace(read_manifest(folder), records="", restrictions=""))


def read_document(folder: Path, name: str) -> str:
    """Return a document of the records in use, whatever the schema; empty where none are."""
    _, records, _ = names_in_use(folder)
    if not records:
        return ""
    path = folder / records / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise _damaged(path, str(fault), folder) from fault


def read_restrictions_text(folder: Path) -> str:
    """Return the restrictions in use as they are stored; empty where none are."""
    _, _, restrictions = names_in_use(folder)
    if not restrictions:
        return ""
    path = folder / restrictions
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise _damaged(path, str(fault), folder) from fault


def _restrictions(folder: Path, manifest: Manifest) -> tuple[Restriction, ...]:
    if not manifest.restrictions:
        return ()
    path = folder / manifest.restrictions
    try:
        return restrictions_from_text(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise _damaged(path, str(fault), folder) from fault


def _open(folder: Path, manifest: Manifest) -> RoadNetwork:
    arrays = _Mapped(folder, manifest)
    certain = arrays.has("admin_certainty")
    opened = RoadNetwork(
        id=f"{manifest.id}+{manifest.records[2:10]}" if manifest.records else manifest.id,
        built_at=manifest.built_at,
        sources=arrays.texts("sources"),
        strings=arrays.texts("strings"),
        **{name: arrays.array(name) for name in EDGE_ARRAYS},
        **{name: arrays.array(name) for name in OPTIONAL_ARRAYS if arrays.has(name)},
        limits=arrays.columns("limits", EDGE_LIMITS),
        structures=Structures(
            **{name: arrays.array(f"structures.{name}") for name in STRUCTURE_ARRAYS},
            ids=arrays.texts("structures.ids"),
            names=arrays.texts("structures.names"),
            names_en=arrays.texts("structures.names_en"),
            limits=arrays.columns("structures.limits", STRUCTURE_LIMITS),
        ),
        places=Places(arrays.texts("places")),
        notes=arrays.texts("notes"),
        surveys=_surveys(arrays),
        restrictions=_restrictions(folder, manifest),
        admin_certainty=arrays.array("admin_certainty") if certain else None,
        areas=Areas(arrays.texts("areas")) if arrays.has("areas.text") else (),
    )
    return with_tagged_hours(opened)


def _surveys(arrays: _Mapped) -> Surveys:
    if not arrays.has("surveys.of_structure"):
        return NO_SURVEYS
    return Surveys(
        records=arrays.texts("surveys.records"),
        **{name: arrays.array(f"surveys.{name}") for name in SURVEY_ARRAYS},
    )


def verify_network(folder: Path) -> Manifest:
    """Compare every file with its hash in the manifest; raise TransportError naming a wrong one."""
    manifest = read_manifest(folder)
    expected_at = {f"{manifest.version}/{name}": sha for name, sha in manifest.files.items()}
    over = manifest.records
    expected_at |= {f"{over}/{name}": sha for name, sha in manifest.record_files.items()}
    for name, expected in expected_at.items():
        path = folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as fault:
            raise _damaged(path, str(fault.strerror), folder) from fault
        if found != expected:
            raise _damaged(path, "its checksum is not the one in the manifest", folder)
    return manifest


class _Mapped:
    """The files of one version, those of its records first; faults become errors with a remedy."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._places = dict.fromkeys(manifest.files, folder / manifest.version)
        if manifest.records:
            self._places |= dict.fromkeys(manifest.record_files, folder / manifest.records)

    def has(self, name: str) -> bool:
        """Say whether an array is there."""
        return f"{name}.npy" in self._places

    def array(self, name: str) -> Any:
        """Map one array."""
        if not self.has(name):
            raise _damaged(self._folder / MANIFEST, f"does not list {name}.npy", self._folder)
        path = self._places[f"{name}.npy"] / f"{name}.npy"
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
            kind: LimitColumn(*(self.array(f"{prefix}.{kind}.{part}") for part in COLUMN_PARTS))
            for kind in kinds
        }


def _write(path: Path, array: Array) -> str:
    # Not straight into the file: numpy's own writing passes over a disk that is full.
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return _write_bytes(path, content.getbuffer())


def _write_bytes(path: Path, content: bytes | memoryview) -> str:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(content).hexdigest()


def _digest(files: Mapping[str, str]) -> str:
    """Name a set of files by its content."""
    text = "\n".join(f"{name} {files[name]}" for name in sorted(files))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
        others = [entry for entry in folder.iterdir() if not entry.name.startswith(_OURS)]
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
    if not version.exists():
        building.rename(version)
        return
    # Same name, same content, unless it was damaged since: each fresh file takes the place of its
    # own, so that there is no moment without a whole version.
    for fresh in building.iterdir():
        fresh.replace(version / fresh.name)
    building.rmdir()


def _write_manifest(folder: Path, manifest: Manifest) -> Path:
    written = folder / f"{_BUILDING}{os.getpid()}.json"
    text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with written.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return written


def _drop_old_versions(folder: Path, manifest: Manifest) -> None:
    """Keep the version before: a process may be opening it just now."""
    in_use = {manifest.version, manifest.records, manifest.restrictions}
    for pattern in ("v-*", "r-*", "t-*.json"):
        others = [entry for entry in folder.glob(pattern) if entry.name not in in_use]
        others.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for old in others[_KEPT_VERSIONS - 1 :]:
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)


def _no_network(folder: Path) -> NotFoundError:
    return NotFoundError(
        f"{folder} holds no network; build one: 'dajian network build SOURCE --out {folder}'"
    )


def _damaged(path: Path, why: str, folder: Path) -> TransportError:
    return TransportError(
        f"{path}: {why}; build the network again with 'dajian network build SOURCE --out {folder}'"
    )
