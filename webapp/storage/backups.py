"""Backup of a whole installation in one archive, and back, also to the other kind of database.

The archive holds every table as JSON lines, read in one snapshot, with the folders of uploaded
files and keys, and what people laid over the road network: official records, decisions,
restrictions, surveys and decisions of the passage evaluation. The network itself is built again
from its source. The archive contains private keys and personal data: keep it like the installation
itself.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Engine, MetaData, Table, func, insert, select

from road_data.surveys.carrying import Laid, laid_from_text, laid_to_text, read_laid
from road_data.surveys.keeping import restore_laid
from transport.errors import FieldFault, InvalidInputError
from webapp.storage.database import READ_ONLY
from webapp.storage.migrating import Migrations

FOLDERS = ("uploads", "keys", "seals")
_NETWORK = "network"
_LAID = "network/laid.json"
# What was measured along roads and what engineers decided (webapp/storage/passage_records.py).
_PASSAGES = "network/evaluation.json"
_FORMAT = 1
_MANIFEST = "manifest.json"
_VERSION_TABLE = "alembic_version"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Archive:
    revision: str
    tables: dict[str, int]
    digests: dict[str, str]


class InstallationBackups:
    """Backups of the database and the data folder of one installation."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self._engine = engine
        self._data = data

    def write(self, archive: Path, now: datetime) -> dict[str, int]:
        """Write database, documents and keys; return the number of rows per table.

        The archive appears under its name only when it is whole.
        """
        revision = Migrations(self._engine).current()
        if revision is None:
            raise _wrong("the database is empty; there is nothing to back up")
        partial = archive.with_name(f".{archive.name}.partial")
        partial.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with (
                os.fdopen(descriptor, "wb") as file,
                tarfile.open(mode="w:gz", fileobj=file) as tar,
            ):
                tables, digests = self._write_tables(tar, partial.parent)
                digests |= self._write_folders(tar)
                laid = laid_to_text(read_laid(self._data / _NETWORK)).encode()
                digests |= _add_bytes(tar, _LAID, laid)
                if (self._data / _PASSAGES).is_file():
                    digests |= _add_file(tar, _PASSAGES, self._data / _PASSAGES)
                manifest = {
                    "format": _FORMAT,
                    "revision": revision,
                    "written_at": now.isoformat(),
                    "tables": tables,
                    "digests": digests,
                }
                _add_bytes(tar, _MANIFEST, json.dumps(manifest, indent=1).encode())
            partial.replace(archive)
        finally:
            partial.unlink(missing_ok=True)
        return tables

    def restore(self, archive: Path, *, replace: bool) -> dict[str, int]:
        """Read an archive into an empty installation, or over one if `replace`.

        The archive is checked whole before anything is touched; the database changes in one
        transaction. Raises InvalidInputError.
        """
        with (
            _opened(archive) as tar,
            tempfile.TemporaryDirectory(prefix=".restoring-", dir=_made(self._data)) as place,
        ):
            folder = Path(place)
            content = _unpack(tar, folder)
            laid = _read_laid(folder / _LAID)
            if not Migrations(self._engine).knows(content.revision):
                raise _wrong(
                    f"the archive was written by a newer version (schema {content.revision}); "
                    "install that version first"
                )
            with self._engine.begin() as connection:
                if not replace:
                    self._must_be_empty(connection)
                _drop_everything(connection)
                Migrations(self._engine).upgrade_on(connection, content.revision)
                _load(connection, folder / "tables", content.tables)
                Migrations(self._engine).upgrade_on(connection, "head")
            for name in FOLDERS:
                _swap(folder / "files" / name, self._data / name)
            if laid is not None:
                restore_laid(self._data / _NETWORK, laid)
            _put_back(folder / _PASSAGES, self._data / _PASSAGES)
        return content.tables

    def _write_tables(
        self, tar: tarfile.TarFile, beside: Path
    ) -> tuple[dict[str, int], dict[str, str]]:
        rows: dict[str, int] = {}
        digests: dict[str, str] = {}
        options: dict[str, Any] = (
            {"isolation_level": "REPEATABLE READ"}
            if self._engine.dialect.name == "postgresql"
            else {READ_ONLY: True}
        )
        with (
            self._engine.connect().execution_options(**options) as connection,
            tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as place,
        ):
            for table in _tables(connection):
                file = Path(place) / f"{table.name}.jsonl"
                rows[table.name] = _dump(connection, table, file)
                digests |= _add_file(tar, f"tables/{file.name}", file)
        return rows, digests

    def _write_folders(self, tar: tarfile.TarFile) -> dict[str, str]:
        digests: dict[str, str] = {}
        for name in FOLDERS:
            for file in sorted((self._data / name).rglob("*")):
                if file.is_file() and not file.name.startswith("."):
                    inside = file.relative_to(self._data).as_posix()
                    digests |= _add_file(tar, f"files/{inside}", file)
        return digests

    def _must_be_empty(self, connection: Connection) -> None:
        used = [
            table.name
            for table in _tables(connection)
            if connection.scalar(select(func.count()).select_from(table))
        ]
        used += [
            name for name in FOLDERS if any(one.is_file() for one in (self._data / name).rglob("*"))
        ]
        if not read_laid(self._data / _NETWORK).is_empty:
            used.append("records over the network")
        if (self._data / _PASSAGES).exists():
            used.append("surveys and decisions of engineers")
        if used:
            raise _wrong(
                f"this installation is not empty ({', '.join(used)}); restore into an empty one, "
                "or add --replace to lose what is there"
            )


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are in this database, each after those it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [one for one in metadata.sorted_tables if one.name != _VERSION_TABLE]


def _dump(connection: Connection, table: Table, file: Path) -> int:
    count = 0
    order = list(table.primary_key.columns)
    rows = connection.execute(select(table).order_by(*order)).mappings()
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps({key: _to_json(value) for key, value in row.items()}))
            out.write("\n")
            count += 1
    return count


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return aware.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _drop_everything(connection: Connection) -> None:
    metadata = MetaData()
    metadata.reflect(connection)
    metadata.drop_all(connection)


def _load(connection: Connection, folder: Path, expected: dict[str, int]) -> None:
    naive = connection.dialect.name == "sqlite"
    for table in _tables(connection):
        file = folder / f"{table.name}.jsonl"
        if table.name not in expected:
            continue
        count = 0
        for chunk in _chunks(file):
            values = [_from_json(table, row, naive=naive) for row in chunk]
            connection.execute(insert(table), values)
            count += len(values)
        if count != expected[table.name]:
            raise _wrong(f"table {table.name} has {count} rows, not {expected[table.name]}")


def _chunks(file: Path) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            chunk.append(json.loads(line))
            if len(chunk) == _CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _from_json(table: Table, row: dict[str, Any], *, naive: bool) -> dict[str, Any]:
    values = dict(row)
    for column in table.columns:
        value = values.get(column.name)
        if value is None:
            continue
        if isinstance(column.type, DateTime):
            moment = datetime.fromisoformat(value)
            values[column.name] = moment.replace(tzinfo=None) if naive else moment
        elif isinstance(column.type, Date):
            values[column.name] = date.fromisoformat(value)
    return values


def _opened(archive: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(archive, "r:gz")
    except FileNotFoundError as missing:
        raise _wrong(f"there is no file {archive}") from missing
    except (tarfile.TarError, OSError, EOFError) as wrong:
        raise _wrong(f"{archive} is not a backup of this product: {wrong}") from wrong


def _unpack(tar: tarfile.TarFile, folder: Path) -> _Archive:
    digests: dict[str, str] = {}
    try:
        for member in tar:
            path = PurePosixPath(member.name)
            source = tar.extractfile(member) if member.isfile() else None
            if source is None or path.is_absolute() or ".." in path.parts:
                raise _wrong(f"the archive holds something strange: {member.name!r}")
            target = _made((folder / path).parent) / path.name
            with target.open("wb") as out:
                shutil.copyfileobj(source, out)
            target.chmod(0o600)
            digests[member.name] = _digest(target)
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, EOFError, ValueError) as wrong:
        raise _wrong(f"the archive is damaged or is no backup of this product: {wrong}") from wrong
    if manifest.get("format") != _FORMAT:
        raise _wrong(
            f"the archive has format {manifest.get('format')}; this version reads {_FORMAT}"
        )
    digests.pop(_MANIFEST, None)
    if digests != manifest["digests"]:
        odd = sorted(set(digests.items()) ^ set(manifest["digests"].items()))
        raise _wrong(f"the archive is damaged: {odd[0][0]} is not what was written")
    return _Archive(manifest["revision"], manifest["tables"], manifest["digests"])


def _read_laid(file: Path) -> Laid | None:
    """Return what lay over the network; None in archives of releases that left it out."""
    return laid_from_text(file.read_text(encoding="utf-8")) if file.is_file() else None


def _swap(new: Path, place: Path) -> None:
    old = place.with_name(f".replaced-{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    if new.exists():
        new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(new: Path, place: Path) -> None:
    """Replace a file by the archive's, which may have none."""
    if new.is_file():
        _made(place.parent)
        new.replace(place)
    else:
        place.unlink(missing_ok=True)


def _add_file(tar: tarfile.TarFile, name: str, file: Path) -> dict[str, str]:
    info = tarfile.TarInfo(name)
    info.size = file.stat().st_size
    info.mode = 0o600
    with file.open("rb") as content:
        tar.addfile(info, content)
    return {name: _digest(file)}


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> dict[str, str]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(content))
    return {name: hashlib.sha256(content).hexdigest()}


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _wrong(message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("FILE", message)])
