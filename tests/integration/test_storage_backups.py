"""Backup and restore: the whole installation, also between the two kinds of database."""

from __future__ import annotations

import json
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from road_data.building import build_network
from road_data.opening import open_network
from road_data.restrictions import RestrictionRecord
from road_data.surveys.carrying import read_laid
from road_data.surveys.cells import Kind
from road_data.surveys.keeping import change_restrictions, import_records, save_with_records
from road_data.surveys.restricting import placed
from tests.factories import CALENDAR, NOON, World
from transport.errors import InvalidInputError
from transport.network.graph import RoadNetwork
from transport.services import accepting
from transport.services.case_history import check_audit, verify_audit
from webapp.storage.backups import InstallationBackups
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.passage_records import PassageRecordsOnDisk
from webapp.storage.units_of_work import StoredUnitsOfWork

TOWN = Path(__file__).parent / "extracts" / "town.osm"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder with an upload and a key."""
    upload = tmp_path / "data" / "uploads" / "ab" / "abcdef"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF-1.7 drawing %%EOF")
    key = tmp_path / "data" / "keys" / "keys.json"
    key.parent.mkdir()
    key.write_text('{"keys": []}', encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[InstallationBackups, Engine, Path]]:
    """Give an empty installation on SQLite."""
    folder = tmp_path / "other"
    engine = open_database(f"sqlite:///{folder / 'dajian.sqlite3'}")
    yield InstallationBackups(engine, folder), engine, folder
    engine.dispose()


def filled(database: Engine) -> World:
    world = World(unit_of_work=StoredUnitsOfWork(database))
    world.ready()
    return world


def test_a_backup_of_either_database_restores_into_sqlite(
    database: Engine,
    data: Path,
    tmp_path: Path,
    empty: tuple[InstallationBackups, Engine, Path],
) -> None:
    world = filled(database)
    archive = tmp_path / "backup.tar.gz"
    rows = InstallationBackups(database, data).write(archive, NOON)
    assert (rows["cases"], rows["acts"], rows["permits"]) == (1, 4, 1)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    backups, engine, folder = empty
    assert backups.restore(archive, replace=False) == rows
    restored = StoredUnitsOfWork(engine)
    with world.unit_of_work(read_only=True) as before, restored(read_only=True) as after:
        assert after.cases.of_carrier(world.carrier.organisation_id) == (
            before.cases.of_carrier(world.carrier.organisation_id)
        )
        assert after.people.everyone() == before.people.everyone()
    assert verify_audit(restored) == verify_audit(world.unit_of_work)
    assert check_audit(restored) == check_audit(world.unit_of_work)
    assert check_audit(restored).is_intact
    assert (folder / "uploads" / "ab" / "abcdef").read_bytes() == b"%PDF-1.7 drawing %%EOF"
    assert (folder / "keys" / "keys.json").is_file()
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700


def test_surveys_and_decisions_of_engineers_go_along_and_come_back(
    database: Engine,
    data: Path,
    tmp_path: Path,
    empty: tuple[InstallationBackups, Engine, Path],
) -> None:
    filled(database)
    kept = PassageRecordsOnDisk(data / "network" / "evaluation.json")
    kept.add("measurements", [{"element": "bridge-1", "field": "lanes", "value": 2}])
    archive = tmp_path / "backup.tar.gz"
    InstallationBackups(database, data).write(archive, NOON)
    backups, _, folder = empty
    backups.restore(archive, replace=False)
    assert PassageRecordsOnDisk(folder / "network" / "evaluation.json").read() == kept.read()
    with pytest.raises(InvalidInputError, match="surveys and decisions"):
        backups.restore(archive, replace=False)


@pytest.mark.postgresql
def test_a_backup_moves_an_installation_from_sqlite_to_postgresql_where_work_goes_on(
    tmp_path: Path, data: Path, postgresql_url: str
) -> None:
    small = open_database(f"sqlite:///{tmp_path / 'small.sqlite3'}")
    Migrations(small).upgrade()
    world = World(unit_of_work=StoredUnitsOfWork(small))
    case = world.submitted()
    archive = tmp_path / "backup.tar.gz"
    InstallationBackups(small, data).write(archive, NOON)
    large = open_database(postgresql_url)
    InstallationBackups(large, tmp_path / "large").restore(archive, replace=False)
    moved = StoredUnitsOfWork(large)
    world.unit_of_work = moved
    accepting.accept(moved, CALENDAR, world.request(case, world.handler))
    events, _, broken = verify_audit(moved)
    assert (events, broken) == (5, None)
    for engine in (small, large):
        engine.dispose()


def test_restore_refuses_an_installation_that_holds_something_unless_told_to_replace_it(
    tmp_path: Path, data: Path, empty: tuple[InstallationBackups, Engine, Path]
) -> None:
    backups, engine, folder = empty
    Migrations(engine).upgrade()
    world = filled(engine)
    archive = tmp_path / "backup.tar.gz"
    InstallationBackups(engine, data).write(archive, NOON)
    world.submitted()
    with pytest.raises(InvalidInputError, match=r"is not empty \(.*cases.*--replace"):
        backups.restore(archive, replace=False)
    with world.unit_of_work(read_only=True) as work:
        assert len(work.cases.of_carrier(world.carrier.organisation_id)) == 2
    backups.restore(archive, replace=True)
    with world.unit_of_work(read_only=True) as work:
        assert len(work.cases.of_carrier(world.carrier.organisation_id)) == 1
    assert (folder / "keys" / "keys.json").is_file()
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []


def altered(archive: Path, name: str, content: bytes) -> Path:
    """Return a copy of the archive in which one member has another content."""
    copy = archive.with_name("altered.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(copy, "w:gz") as new:
        for member in old:
            source = old.extractfile(member)
            assert source is not None
            file = archive.with_name("member")
            file.write_bytes(content if member.name == name else source.read())
            new.add(file, member.name)
    return copy


def test_a_damaged_or_foreign_archive_changes_nothing(
    tmp_path: Path, data: Path, empty: tuple[InstallationBackups, Engine, Path]
) -> None:
    backups, engine, folder = empty
    Migrations(engine).upgrade()
    world = filled(engine)
    archive = tmp_path / "backup.tar.gz"
    backups = InstallationBackups(engine, data)
    backups.write(archive, NOON)
    with tarfile.open(archive) as tar:
        manifest = tar.extractfile("manifest.json")
        assert manifest is not None
        newer = {**json.load(manifest), "revision": "9999"}
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[:-200])
    noise = tmp_path / "noise.tar.gz"
    noise.write_bytes(b"no archive at all")
    for wrong, message in (
        (tmp_path / "nowhere.tar.gz", "there is no file"),
        (noise, "not a backup"),
        (cut, "damaged"),
        (altered(archive, "tables/users.jsonl", b"{}\n"), "tables/users.jsonl is not what"),
    ):
        with pytest.raises(InvalidInputError, match=message):
            backups.restore(wrong, replace=True)
    with pytest.raises(InvalidInputError, match="written by a newer version"):
        backups.restore(altered(archive, "manifest.json", json.dumps(newer).encode()), replace=True)
    with world.unit_of_work(read_only=True) as work:
        assert len(work.cases.of_carrier(world.carrier.organisation_id)) == 1
    assert (data / "keys" / "keys.json").is_file()
    assert not folder.joinpath("uploads").exists()


def with_network(data: Path) -> RoadNetwork:
    """Build a small network in a data folder; return it."""
    roads = Path(__file__).parents[2] / "config" / "roads"
    made = build_network(TOWN, roads_folder=roads, built_at="2026-05-11T00:00:00+08:00")
    save_with_records(made.network, data / "network", made.provenance)
    return made.network


def laid_over(tmp_path: Path, data: Path, network: RoadNetwork) -> None:
    """Lay a record and a restriction over the network of a data folder."""
    bridge = network.structures.ids[0]
    file = tmp_path / "rows.csv"
    file.write_text(f"structure_id,kind,clear_width_m\n{bridge},bridge,3.3\n")
    import_records(data / "network", Kind.STRUCTURES, file)
    where = {"structure": bridge}
    record = RestrictionRecord("R1", "closure", where, "r", "o", closed=True)
    change_restrictions(
        data / "network",
        lambda found, bundle, _: [placed(found, bundle, record)],
    )


@pytest.mark.parametrize("built", ["before the restore", "after the restore"])
def test_records_and_restrictions_over_the_network_come_back(
    tmp_path: Path, data: Path, empty: tuple[InstallationBackups, Engine, Path], built: str
) -> None:
    backups, engine, folder = empty
    Migrations(engine).upgrade()
    laid_over(tmp_path, data, with_network(data))
    archive = tmp_path / "backup.tar.gz"
    InstallationBackups(engine, data).write(archive, NOON)
    if built == "before the restore":
        with_network(folder)
    backups.restore(archive, replace=False)
    if built == "after the restore":
        with_network(folder)
    there, here = open_network(data / "network"), open_network(folder / "network")
    assert here.id == there.id
    assert here.restrictions == there.restrictions
    assert here.restrictions[0].edges
    assert read_laid(folder / "network") == read_laid(data / "network")
    with pytest.raises(InvalidInputError, match="records over the network"):
        backups.restore(archive, replace=False)
    backups.restore(archive, replace=True)
    assert open_network(folder / "network").id == there.id


def test_records_that_wait_for_a_network_are_in_the_next_backup_too(
    tmp_path: Path, data: Path, empty: tuple[InstallationBackups, Engine, Path]
) -> None:
    backups, engine, _ = empty
    Migrations(engine).upgrade()
    laid_over(tmp_path, data, with_network(data))
    InstallationBackups(engine, data).write(tmp_path / "first.tar.gz", NOON)
    backups.restore(tmp_path / "first.tar.gz", replace=False)
    backups.write(tmp_path / "second.tar.gz", NOON)
    third = InstallationBackups(engine, tmp_path / "third")
    third.restore(tmp_path / "second.tar.gz", replace=True)
    laid = read_laid(tmp_path / "third" / "network")
    assert len(laid.bundle.of(Kind.STRUCTURES)) == len(laid.restrictions) == 1
