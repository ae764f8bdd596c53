"""Repositories of entered tariff lines and schemes, operators' files and saved scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Engine, func, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from transport.errors import ConflictError, NotFoundError
from transport.relief.schemes import Scheme
from transport.services.repositories import OperatorImport, OperatorRecord, SavedScenario
from transport.tariffs.lines import TariffLine
from webapp.storage.database import READ_ONLY
from webapp.storage.snapshot_rows import SnapshotRows
from webapp.storage.toll_tables import (
    OperatorImportRow,
    OperatorRecordRow,
    ReliefSchemeRow,
    ScenarioRow,
    TariffLineRow,
)

_ROWS_AT_ONCE = 20_000
_RECORD_COLUMNS = (
    *("import_id", "line", "record_id", "pass_number", "tractor_plate", "entry_station"),
    *("exit_station", "entered_at", "left_at", "toll_fen", "relief_fen", "paid_fen"),
    *("mass_t", "length_m", "width_m", "height_m"),
)
_RECORD_TABLE = "operator_records"


class StoredTariffLines:
    """Entered tariff lines in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, TariffLineRow, TariffLine, "tariff line")

    def get(self, line_id: str) -> TariffLine:
        """Return a line; raises NotFoundError."""
        return self._rows.one(TariffLineRow.id == line_id, line_id)

    def listed(self) -> list[TariffLine]:
        """Return the lines by id."""
        return self._rows.list(select(TariffLineRow).order_by(TariffLineRow.id))

    def add(self, line: TariffLine, *, changed_by: str, at: datetime) -> None:
        """Add a line; raises ConflictError if the id is taken."""
        self._rows.add(line, {}, by=changed_by, at=at)

    def save(self, line: TariffLine, *, changed_by: str, at: datetime) -> TariffLine:
        """Write a line read at its `version`."""
        return self._rows.save(line, {}, by=changed_by, at=at)


class StoredSchemes:
    """Entered relief schemes in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, ReliefSchemeRow, Scheme, "relief scheme")

    def get(self, scheme_id: str) -> Scheme:
        """Return a scheme; raises NotFoundError."""
        return self._rows.one(ReliefSchemeRow.id == scheme_id, scheme_id)

    def listed(self) -> list[Scheme]:
        """Return the schemes by id."""
        return self._rows.list(select(ReliefSchemeRow).order_by(ReliefSchemeRow.id))

    def add(self, scheme: Scheme, *, changed_by: str, at: datetime) -> None:
        """Add a scheme; raises ConflictError if the id is taken."""
        self._rows.add(scheme, {"state": scheme.state.value}, by=changed_by, at=at)

    def save(self, scheme: Scheme, *, changed_by: str, at: datetime) -> Scheme:
        """Write a scheme read at its `version`."""
        return self._rows.save(scheme, {"state": scheme.state.value}, by=changed_by, at=at)


class StoredOperatorImports:
    """Files of operators in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, made: OperatorImport, records: Iterable[OperatorRecord]) -> int:
        """Add a file with its records; raises ConflictError if the same file was read before."""
        row = {
            "id": made.id,
            "filename": made.filename,
            "digest": made.digest,
            "imported_at": made.imported_at,
            "imported_by": made.imported_by,
            "result": dict(made.result),
            "operator_id": made.operator_id,
        }
        try:
            self._session.execute(insert(OperatorImportRow), [row])
        except IntegrityError as wrong:
            raise ConflictError("the same file was read before; nothing was written") from wrong
        return sum(self._write(rows) for rows in _batches(made.id, records))

    def finish(self, import_id: str, result: Mapping[str, Any]) -> None:
        """Note what came out once all records were read."""
        self._session.execute(
            update(OperatorImportRow)
            .where(OperatorImportRow.id == import_id)
            .values(result=dict(result))
        )

    def _write(self, rows: list[tuple[Any, ...]]) -> int:
        """Write many rows past the mapper: COPY on PostgreSQL, one prepared statement on SQLite."""
        connection = self._session.connection()
        raw: Any = connection.connection.driver_connection
        columns = ", ".join(_RECORD_COLUMNS)
        if connection.dialect.name == "postgresql":
            with (
                raw.cursor() as cursor,
                cursor.copy(f"COPY {_RECORD_TABLE} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" for _ in _RECORD_COLUMNS)
            raw.executemany(
                f"INSERT INTO {_RECORD_TABLE} ({columns}) VALUES ({marks})",  # noqa: S608 - own names
                rows,
            )
        return len(rows)

    def listed(self, operator_id: str = "") -> list[OperatorImport]:
        """Return the files, newest first: all, or those of one operator."""
        wanted = select(OperatorImportRow).order_by(OperatorImportRow.imported_at.desc())
        if operator_id:
            wanted = wanted.where(OperatorImportRow.operator_id == operator_id)
        return [_import(one) for one in self._session.scalars(wanted)]

    def of_truck(self, tractor_plate: str, first: str, last: str) -> list[OperatorRecord]:
        """Return the passages of a truck that began on these days (`YYYY-MM-DD`)."""
        wanted = (
            select(*(getattr(OperatorRecordRow, one) for one in OperatorRecord._fields))
            .where(
                OperatorRecordRow.tractor_plate == tractor_plate,
                func.substr(OperatorRecordRow.entered_at, 1, 10).between(first, last),
            )
            .order_by(OperatorRecordRow.entered_at)
        )
        return [OperatorRecord(*row) for row in self._session.execute(wanted)]

    def get(self, import_id: str) -> OperatorImport:
        """Return a file; raises NotFoundError."""
        row = self._session.get(OperatorImportRow, import_id)
        if row is None:
            raise NotFoundError(f"there is no imported file {import_id!r}")
        return _import(row)

    def count(self, import_id: str) -> int:
        """Return the number of records of a file."""
        wanted = select(func.count()).where(OperatorRecordRow.import_id == import_id)
        return int(self._session.execute(wanted).scalar_one())


class StoredScenarios:
    """Saved scenarios in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, scenario: SavedScenario) -> None:
        """Keep a scenario."""
        row = {
            "id": scenario.id,
            "name": scenario.name,
            "saved_at": scenario.saved_at,
            "saved_by": scenario.saved_by,
            "result": scenario.result,
        }
        self._session.execute(insert(ScenarioRow), [row])

    def listed(self) -> list[SavedScenario]:
        """Return the scenarios, newest first."""
        rows = self._session.scalars(select(ScenarioRow).order_by(ScenarioRow.saved_at.desc()))
        return [_scenario(one) for one in rows]

    def get(self, scenario_id: str) -> SavedScenario:
        """Return a scenario; raises NotFoundError."""
        row = self._session.get(ScenarioRow, scenario_id)
        if row is None:
            raise NotFoundError(f"there is no scenario {scenario_id!r}")
        return _scenario(row)


def read_entered_tolls(engine: Engine) -> tuple[tuple[TariffLine, ...], tuple[Scheme, ...]]:
    """Return the tariff lines and schemes in the database; none before it is migrated."""
    with Session(engine) as session:
        connection = session.connection(execution_options={READ_ONLY: True})
        if not inspect(connection).has_table(TariffLineRow.__tablename__):
            return (), ()
        lines = StoredTariffLines(session).listed()
        return tuple(lines), tuple(StoredSchemes(session).listed())


def _batches(import_id: str, records: Iterable[OperatorRecord]) -> Iterator[list[tuple[Any, ...]]]:
    rows = ((import_id, *one) for one in records)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield batch


def _import(row: OperatorImportRow) -> OperatorImport:
    return OperatorImport(
        row.id,
        row.filename,
        row.digest,
        row.imported_at,
        row.imported_by,
        row.result,
        row.operator_id,
    )


def _scenario(row: ScenarioRow) -> SavedScenario:
    return SavedScenario(row.id, row.name, row.saved_at, row.saved_by, row.result)
