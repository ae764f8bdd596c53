"""Records of a phone, made without signal and sent later, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.services.receiving_field_records import FieldRecord, FieldStep

_MOST = 200
_LONGEST = 1000


def read_field_records(sent: Any) -> list[FieldRecord]:
    """Read what a phone sent; raise InvalidInputError with every record that cannot be read."""
    rows = sent.get("records") if isinstance(sent, Mapping) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST:
        message = f"must be a list of 1 to {_MOST} records"
        raise InvalidInputError([FieldFault("records", message, "unread")])
    found, faults = [], []
    for place, row in enumerate(rows):
        try:
            found.append(_record(row))
        except (AttributeError, KeyError, TypeError, ValueError) as wrong:
            message = f"cannot be read: {type(wrong).__name__} {wrong}"
            faults.append(FieldFault(f"records[{place}]", message, "unread"))
    if faults:
        raise InvalidInputError(faults)
    return found


def _record(row: Mapping[str, Any]) -> FieldRecord:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError("the time needs its offset, as in 2026-05-01T08:00:00+08:00")
    scanned = row.get("scanned", [])
    if not isinstance(scanned, list):
        raise TypeError("scanned must be a list")
    return FieldRecord(
        _text(row["id"]),
        _text(row["trip_id"]),
        FieldStep(row["step"]),
        at,
        tuple(_text(one) for one in scanned),
        _text(row.get("site", "")),
        _text(row.get("accepted_by", "")),
        _text(row.get("damage_note", "")),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError(f"a text of at most {_LONGEST} characters is needed")
    return value
