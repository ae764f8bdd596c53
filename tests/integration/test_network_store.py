"""Networks on disk: complete, identical, safe against interruption, damage and full disks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from road_data.building import BuiltNetwork, build_network
from road_data.in_use import read_manifest
from road_data.opening import open_network, verify_network
from road_data.quality import coverage, structure_counts
from road_data.store import save_network
from transport.errors import InvalidInputError, NotFoundError, TransportError
from transport.network.attributes import EDGE_LIMITS, STRUCTURE_LIMITS, LimitKind
from transport.network.graph import RoadNetwork

ROOT = Path(__file__).parents[2]
TOWN = Path(__file__).parent / "extracts" / "town.osm"
ARRAYS = (
    "node_lon", "node_lat", "first_edge", "tail", "head", "reverse", "length_m", "duration_s",
    "road_class", "owner", "urban", "access", "tolled", "lanes", "design_speed_km_h", "ref",
    "name", "name_en", "admin_code", "shape_start", "shape_lon", "shape_lat", "forbidden_turns",
)  # fmt: skip


def built(at: str = "2026-06-01T08:00:00+08:00") -> BuiltNetwork:
    return build_network(TOWN, roads_folder=ROOT / "config" / "roads", built_at=at)


@pytest.fixture(scope="module")
def town() -> BuiltNetwork:
    return built()


@pytest.fixture
def folder(tmp_path: Path, town: BuiltNetwork) -> Path:
    save_network(town.network, tmp_path / "net", provenance=town.provenance)
    return tmp_path / "net"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def equal(one: RoadNetwork, other: RoadNetwork) -> None:
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    for mine, theirs, kinds in (
        (one.limits, other.limits, EDGE_LIMITS),
        (one.structures.limits, other.structures.limits, STRUCTURE_LIMITS),
    ):
        for kind in kinds:
            for part in ("value", "certainty", "source"):
                np.testing.assert_array_equal(
                    getattr(mine[kind], part), getattr(theirs[kind], part), err_msg=kind
                )
    for name in ("sources", "strings", "places", "notes"):
        assert list(getattr(one, name)) == list(getattr(other, name)), name
    for name in ("ids", "names", "names_en"):
        assert list(getattr(one.structures, name)) == list(getattr(other.structures, name))
    assert (one.id, one.built_at) == (other.id, other.built_at)


def test_what_is_saved_is_opened_again_entry_by_entry(folder: Path, town: BuiltNetwork) -> None:
    equal(open_network(folder), town.network)


def test_a_network_without_structures_places_and_turns_is_saved_too(
    tmp_path: Path, town: BuiltNetwork
) -> None:
    structures = town.network.structures
    none = replace(
        structures,
        first=np.zeros_like(structures.first),
        **{name: getattr(structures, name)[:0] for name in
           ("edge", "kind", "offset_m", "lon", "lat", "ids", "names", "names_en")},
        limits={kind: type(column)(column.value[:0], column.certainty[:0], column.source[:0])
                for kind, column in structures.limits.items()},
    )  # fmt: skip
    bare = replace(
        town.network, structures=none, places=(), notes=(),
        forbidden_turns=town.network.forbidden_turns[:0],
    )  # fmt: skip
    save_network(bare, tmp_path / "bare")
    equal(open_network(tmp_path / "bare"), bare)


def test_arrays_are_mapped_and_cannot_be_changed(folder: Path) -> None:
    network = open_network(folder)
    with pytest.raises(ValueError, match="read-only"):
        network.length_m[0] = 1.0


def test_the_same_input_gives_the_same_bytes_but_for_the_time(tmp_path: Path) -> None:
    for number, at in enumerate(("2026-06-01T08:00:00+08:00", "2026-06-02T08:00:00+08:00")):
        made = built(at)
        save_network(made.network, tmp_path / str(number), provenance=made.provenance)
    first, second = contents(tmp_path / "0"), contents(tmp_path / "1")
    manifests = [json.loads(each.pop("manifest.json")) for each in (first, second)]
    assert first == second
    assert manifests[0].pop("built_at") != manifests[1].pop("built_at")
    assert manifests[0] == manifests[1]


def test_saving_again_over_the_same_version_keeps_it(folder: Path, town: BuiltNetwork) -> None:
    save_network(town.network, folder, provenance=town.provenance)
    equal(open_network(folder), town.network)
    assert len(list(folder.iterdir())) == 2


def test_an_open_network_lives_on_while_a_new_version_takes_its_place(
    folder: Path, town: BuiltNetwork
) -> None:
    old = open_network(folder)
    longer = replace(town.network, id="longer", length_m=town.network.length_m * 2)
    save_network(longer, folder)
    np.testing.assert_array_equal(old.length_m, town.network.length_m)
    np.testing.assert_array_equal(open_network(folder).length_m, longer.length_m)


def test_the_manifest_names_source_hash_and_versions(folder: Path) -> None:
    manifest = read_manifest(folder)
    (source,) = manifest.sources
    assert source.name == "town.osm"
    assert len(source.sha256) == 64
    assert manifest.schema_version == 1
    assert manifest.counts["structures.bridge"] == 1
    assert [(tag.tag, tag.value) for tag in manifest.unreadable_tags] == [("maxweight", "viel")]


def test_a_folder_without_a_network_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="dajian network build"):
        open_network(tmp_path / "nothing")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": 1}', "not json", '{"sources": 3}'])
def test_a_foreign_manifest_is_named_with_the_remedy(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(TransportError, match=r"manifest\.json.*build the network again"):
        open_network(folder)


def test_a_newer_schema_is_refused(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"schema_version": 1', '"schema_version": 99'))
    with pytest.raises(TransportError, match="schema 99"):
        open_network(folder)


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "foreign"])
def test_a_damaged_array_is_named_with_the_remedy(folder: Path, damage: str) -> None:
    path = next(folder.glob("v-*")) / "length_m.npy"
    if damage == "missing":
        path.unlink()
    else:
        new = {"empty": b"", "cut": path.read_bytes()[:-8], "foreign": b"GIF89a" * 40}[damage]
        path.write_bytes(new)
    with pytest.raises(TransportError, match=r"length_m\.npy.*build the network again"):
        open_network(folder)


def test_a_flipped_bit_is_found_by_the_checksum(folder: Path) -> None:
    path = next(folder.glob("v-*")) / "length_m.npy"
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(TransportError, match=r"length_m\.npy: its checksum"):
        verify_network(folder)


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path: Path, town: BuiltNetwork) -> None:
    (tmp_path / "letter.txt").write_text("dear reader")
    with pytest.raises(InvalidInputError, match=r"letter\.txt"):
        save_network(town.network, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


# A limit on the size of files stands for a full disk: nothing above 300 bytes can be written.
_FULL = """
import resource, signal, sys
from dataclasses import replace
from pathlib import Path
from road_data.opening import open_network
from road_data.store import save_network
from transport.errors import TransportError
network = open_network(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    save_network(replace(network, id="other"), Path(sys.argv[1]))
except TransportError as fault:
    print(fault)
    sys.exit(3)
"""


def test_a_full_disk_leaves_the_network_before_as_it_was(folder: Path) -> None:
    before = contents(folder)
    ran = subprocess.run(
        [sys.executable, "-c", _FULL, str(folder)], cwd=ROOT, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    assert "free some space" in ran.stdout
    assert contents(folder) == before


_KILLED = """
import os, signal, sys
from pathlib import Path
from dataclasses import replace
import road_data.store as store
from road_data.opening import open_network
from road_data.store import save_network
folder, moment = Path(sys.argv[1]), sys.argv[2]
network = open_network(folder)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
real = store.write_array
written = []
def write(path, array):
    written.append(path)
    if len(written) == 20:
        die()
    return real(path, array)
if moment == "writing arrays":
    store.write_array = write
elif moment == "before the manifest":
    real_place = store.put_in_place
    store.put_in_place = lambda *places: (real_place(*places), die())
elif moment == "the same again":
    real_replace = Path.replace
    moved = []
    def slowly(path, target):
        moved.append(path)
        if len(moved) == 3:
            die()
        return real_replace(path, target)
    Path.replace = slowly
    save_network(network, folder)
save_network(replace(network, id="other", length_m=network.length_m * 2), folder)
"""


@pytest.mark.parametrize("moment", ["writing arrays", "before the manifest", "the same again"])
def test_a_build_killed_in_the_middle_leaves_the_network_before_in_use(
    folder: Path, town: BuiltNetwork, moment: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), moment],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL
    equal(open_network(folder), town.network)
    save_network(replace(town.network, id="next"), folder)
    assert open_network(folder).id == "next"
    assert not list(folder.glob(".building*"))


def test_coverage_counts_every_kilometre_once_per_attribute(town: BuiltNetwork) -> None:
    total = town.network.length_m.sum() / 1000
    rows = [row for row in coverage(town.network) if row.attribute == LimitKind.CLEAR_WIDTH.value]
    km = sum(row.known_km + row.assumed_km + row.demonstration_km + row.unknown_km for row in rows)
    assert km == pytest.approx(total)


def test_coverage_of_load_ratings_is_about_bridges_only(town: BuiltNetwork) -> None:
    (row,) = [row for row in coverage(town.network) if row.attribute == "rated_mass_t"]
    assert row.road_class == "class_1"
    assert row.known_km == 0
    assert row.unknown_km == pytest.approx(2 * 0.846, abs=0.01)


def test_a_structure_on_both_directions_counts_once(town: BuiltNetwork) -> None:
    assert structure_counts(town.network) == {
        "bridge": 1, "tunnel": 1, "overbridge": 0, "toll_station": 1, "level_crossing": 1,
        "junction": 0,
    }  # fmt: skip
