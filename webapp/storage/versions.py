"""Writes a row only at the version that was read; says who was faster otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from transport.errors import ConflictError, NotFoundError
from webapp.storage.columns import Table

_SHOWN_IN = timezone(timedelta(hours=8))


def write_version(
    session: Session,
    table: type[Table],
    key: ColumnElement[bool],
    values: dict[str, Any],
    *,
    what: str,
    expected_version: int,
    changed_by: str,
    at: datetime,
) -> int:
    """Update one row and return its new version.

    Raises ConflictError if the row is no longer at `expected_version`, NotFoundError if it is gone.
    """
    columns = table.__table__.columns
    session.flush()
    statement = (
        update(table)
        .where(key, columns["version"] == expected_version)
        .values(**values, version=expected_version + 1, changed_by=changed_by, changed_at=at)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(statement)
    session.expire_all()
    if isinstance(result, CursorResult) and result.rowcount == 1:
        return expected_version + 1
    found = session.execute(select(columns["changed_by"], columns["changed_at"]).where(key)).first()
    if found is None:
        raise NotFoundError(f"{what} does not exist")
    who, when = found
    moment = when.astimezone(_SHOWN_IN).strftime("%Y-%m-%d %H:%M:%S")
    raise ConflictError(
        f"{what} was changed by {who} at {moment} while you were working on it; "
        "nothing of yours was written. Open it again, look at the change and repeat your step."
    )
