"""What the repositories of whole values share: read, add and write a row with its snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from transport.errors import ConflictError, NotFoundError
from webapp.storage.columns import Table
from webapp.storage.snapshots import from_document, to_document
from webapp.storage.versions import write_version


class Versioned(Protocol):
    """A core value with an identifier and the version at which it was read."""

    @property
    def id(self) -> str:
        """Identifier."""

    @property
    def version(self) -> int:
        """Version."""


V = TypeVar("V", bound=Versioned)


class SnapshotRows(Generic[V]):
    """Rows of one table, each holding one core value."""

    def __init__(self, session: Session, table: type[Table], kind: type[V], name: str) -> None:
        self._session = session
        self._table = table
        self._columns = table.__table__.columns
        self._kind = kind
        self._name = name

    def one(self, condition: ColumnElement[bool], what: str) -> V:
        """Return the value of the one row that fits; raises NotFoundError."""
        found = self.list(select(self._table).where(condition))
        if not found:
            raise NotFoundError(f"there is no {self._name} {what!r}")
        return found[0]

    def list(self, wanted: Select[Any]) -> list[V]:
        """Return the values of these rows."""
        columns = (self._columns["snapshot"], self._columns["version"])
        rows = self._session.execute(wanted.with_only_columns(*columns))
        return [self._read(snapshot, version) for snapshot, version in rows]

    def add(self, value: V, columns: Mapping[str, Any], *, by: str, at: datetime) -> None:
        """Add a row; raises ConflictError if something that must be unique is taken."""
        row = self._table(
            id=value.id,
            version=value.version,
            changed_by=by,
            changed_at=at,
            snapshot=to_document(value),
            **columns,
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as wrong:
            raise ConflictError(
                f"a {self._name} with this number or name exists already; nothing was written"
            ) from wrong

    def save(self, value: V, columns: Mapping[str, Any], *, by: str, at: datetime) -> V:
        """Write a value read at its version; return it with its new version."""
        version = write_version(
            self._session,
            self._table,
            self._columns["id"] == value.id,
            {**columns, "snapshot": to_document(value)},
            what=f"The {self._name}",
            expected_version=value.version,
            changed_by=by,
            at=at,
        )
        return self._with_version(value, version)

    def _read(self, snapshot: Any, version: int) -> V:
        return self._with_version(from_document(self._kind, snapshot), version)

    def _with_version(self, value: V, version: int) -> V:
        changed: V = replace(value, version=version)  # type: ignore[type-var]
        return changed
