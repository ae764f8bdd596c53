"""Keep what routing computes of a network before any vehicle is known, beside its version.

The files stand in the folder of the version (or of the records laid over it), so they come and go
with it, and are mapped into memory when the first route is asked for. They are made from the
network alone: where they are missing or were made by another release they are computed again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from road_data.in_use import read_manifest
from road_data.manifest import Manifest
from road_data.opening import open_network
from transport.network.graph import RoadNetwork
from transport.network.remembering import offer
from transport.network.snapping import SEGMENTS, Segments, segments_of
from transport.routing.alike import ALIKE, Alike, alike
from transport.routing.preparing import (
    PREPARED,
    Prepared,
    bans_of,
    prepare_roads,
    turn_groups_between,
    unlimited_metric_of,
)
from transport.routing.turning import (
    SHARP_TURNS,
    TURN_GROUPS,
    SharpTurns,
    TurnGroups,
    sharp_turns,
    turn_groups,
)
from transport.search.customising import CustomMetric
from transport.search.prepared import PreparedRoads
from transport.search.warming import compile_searches

FOLDER = "prepared"
_RELEASE = 2
_WRITING = ".writing-"
# Preparing a network smaller than this takes less time than reading these files.
_SMALLEST_EDGES = 5_000
# Arrays of the network that each part is made from; records may change the others.
_TOPOLOGY = {"first_edge", "tail", "head", "reverse", "forbidden_sequences"}
_SPEEDS = {"duration_s", "access"}
_SHAPES = {"shape_start", "shape_lon", "shape_lat", "length_m", "access"}

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
T = TypeVar("T")


def prepare_version(folder: Path) -> bool:
    """Compute and write what routing needs of the version in use; False where it is too small."""
    manifest = read_manifest(folder)
    network = open_network(folder)
    if network.edge_count < _SMALLEST_EDGES:
        return False
    place = _place(folder, manifest)
    writing = place.parent / f"{_WRITING}{os.getpid()}"
    shutil.rmtree(writing, ignore_errors=True)
    writing.mkdir()
    try:
        for name, array in _computed(network):
            np.save(writing / f"{name}.npy", np.asarray(array, order="C"), allow_pickle=False)
        (writing / "made.json").write_text(json.dumps({"release": _RELEASE}), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        writing.replace(place)
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    compile_searches()
    return True


def offer_prepared(network: RoadNetwork, folder: Path) -> None:
    """Say where routing finds what was prepared for a network that was opened from `folder`."""
    offer(network, _loaders(network, folder, read_manifest(folder)))


def _place(folder: Path, manifest: Manifest) -> Path:
    return folder / (manifest.records or manifest.version) / FOLDER


def _computed(network: RoadNetwork) -> Iterator[tuple[str, Array]]:
    """Yield the arrays one by one, so that what is written can be forgotten."""
    yield "bans", bans_of(network)
    roads = prepare_roads(network)
    yield from ((f"roads.{name}", one) for name, one in roads.arrays().items())
    yield from _parts("unlimited", unlimited_metric_of(network, roads))
    ends = (roads.graph.edge[roads.tails], roads.graph.edge[roads.graph.head])
    del roads
    yield "turn_group", turn_groups_between(network, *ends)
    yield from _parts("sharp", sharp_turns(network))
    yield from _parts("turns", turn_groups(network))
    yield from _parts("alike", alike(network))
    yield from _parts("segments", segments_of(network))


def _parts(name: str, whole: Any) -> Iterator[tuple[str, Array]]:
    for one in fields(whole):
        yield f"{name}.{one.name}", np.asarray(getattr(whole, one.name))


class _Files:
    """The prepared arrays of one folder, mapped when asked for."""

    def __init__(self, place: Path) -> None:
        self._place = place
        try:
            made = json.loads((place / "made.json").read_text(encoding="utf-8"))
            self.usable = made == {"release": _RELEASE}
        except (OSError, ValueError):
            self.usable = False

    def array(self, name: str) -> Array:
        """Map one array; raises OSError or ValueError where it is damaged."""
        # Copy on write, though nobody writes: to compiled code read-only arrays are another kind.
        mapped = np.load(self._place / f"{name}.npy", mmap_mode="c", allow_pickle=False)
        plain: Array = mapped.view(np.ndarray)
        return plain

    def whole(self, name: str, kind: Callable[..., T]) -> T:
        """Put a value together from its arrays."""
        parts = {one.name: self.array(f"{name}.{one.name}") for one in fields(kind)}  # type: ignore[arg-type]
        return kind(**{key: float(one) if one.ndim == 0 else one for key, one in parts.items()})


def _loaders(
    network: RoadNetwork, folder: Path, manifest: Manifest
) -> dict[Any, Callable[[], Any]]:
    own, base = _Files(_place(folder, manifest)), _Files(folder / manifest.version / FOLDER)
    changed = {name.removesuffix(".npy") for name in manifest.record_files}

    def roads() -> Prepared | None:
        if own.usable:
            return _prepared(network, own, same_speeds=True, same_turns=True)
        if not base.usable or changed & _TOPOLOGY:
            return None
        return _prepared(network, base, same_speeds=not changed & _SPEEDS, same_turns=False)

    def one(name: str, kind: Callable[..., T], made_from: set[str] | None = None) -> Any:
        if own.usable:
            return _whole(own, name, kind)
        if base.usable and made_from is not None and not changed & made_from:
            return _whole(base, name, kind)
        return None

    return {
        PREPARED: roads,
        (ALIKE, ()): lambda: one("alike", Alike),
        SHARP_TURNS: lambda: one("sharp", SharpTurns),
        TURN_GROUPS: lambda: one("turns", TurnGroups),
        SEGMENTS: lambda: one("segments", Segments, _SHAPES),
    }


def _whole(files: _Files, name: str, kind: Callable[..., T]) -> T | None:
    try:
        return files.whole(name, kind)
    except (OSError, ValueError, EOFError):
        return None  # damaged: it is computed again


def _prepared(
    network: RoadNetwork, files: _Files, *, same_speeds: bool, same_turns: bool
) -> Prepared | None:
    try:
        if not np.array_equal(files.array("bans"), bans_of(network)):
            return None
        names = {name.removeprefix("roads.").removesuffix(".npy") for name in _names(files)}
        arrays = {name: files.array(f"roads.{name}") for name in names}
        return Prepared(
            PreparedRoads.from_arrays(arrays, network.edge_count),
            files.whole("unlimited", CustomMetric) if same_speeds else None,
            files.array("turn_group") if same_turns else None,
        )
    except (OSError, ValueError, EOFError, KeyError):
        return None  # damaged: it is computed again


def _names(files: _Files) -> list[str]:
    return [path.name for path in files._place.glob("roads.*.npy")]  # noqa: SLF001 - one module
