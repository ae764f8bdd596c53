"""Open a network: the arrays of the version in use, those of its records first, as memory maps."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from road_data.arrays import (
    COLUMN_PARTS,
    EDGE_ARRAYS,
    OPTIONAL_ARRAYS,
    STRUCTURE_ARRAYS,
    SURVEY_ARRAYS,
)
from road_data.in_use import MANIFEST, damaged, read_manifest
from road_data.manifest import Manifest
from road_data.restrictions import restrictions_from_text
from road_data.tagged_hours import with_tagged_hours
from road_data.texts import Texts, areas_in, places_in
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    LimitColumn,
    LimitKind,
)
from transport.network.closures import Restriction
from transport.network.graph import RoadNetwork, Structures
from transport.network.surveyed import NO_SURVEYS, Surveys


def open_network(folder: Path) -> RoadNetwork:
    """Open the version in use with its arrays mapped into memory, read-only.

    Raises NotFoundError where there is none and TransportError where a file is damaged.
    """
    return _open(folder, read_manifest(folder))


def open_base(folder: Path) -> RoadNetwork:
    """Open the version in use without the records and restrictions laid over it."""
    return _open(folder, replace(read_manifest(folder), records="", restrictions=""))


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
            raise damaged(path, str(fault.strerror), folder) from fault
        if found != expected:
            raise damaged(path, "its checksum is not the one in the manifest", folder)
    return manifest


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
        places=places_in(arrays.texts("places")),
        notes=arrays.texts("notes"),
        surveys=_surveys(arrays),
        restrictions=_restrictions(folder, manifest),
        admin_certainty=arrays.array("admin_certainty") if certain else None,
        areas=areas_in(arrays.texts("areas")) if arrays.has("areas.text") else (),
    )
    return with_tagged_hours(opened)


def _surveys(arrays: _Mapped) -> Surveys:
    if not arrays.has("surveys.of_structure"):
        return NO_SURVEYS
    return Surveys(
        records=arrays.texts("surveys.records"),
        **{
            name: arrays.array(f"surveys.{name}")
            for name in SURVEY_ARRAYS
            if arrays.has(f"surveys.{name}")
        },
    )


def _restrictions(folder: Path, manifest: Manifest) -> tuple[Restriction, ...]:
    if not manifest.restrictions:
        return ()
    path = folder / manifest.restrictions
    try:
        return restrictions_from_text(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise damaged(path, str(fault), folder) from fault


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
            raise damaged(self._folder / MANIFEST, f"does not list {name}.npy", self._folder)
        path = self._places[f"{name}.npy"] / f"{name}.npy"
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as fault:
            raise damaged(path, str(fault), self._folder) from fault
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
