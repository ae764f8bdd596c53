"""Records of a phone, made without signal and sent later, as JSON."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.services.receiving_field_records import FieldRecord, FieldStep, File

_MOST = 200
_LONGEST = 1000
_MOST_FILES = 6
_HEAVIEST_T = 1500.0
_NAMES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


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
    scanned, files = row.get("scanned", []), row.get("files", [])
    if not isinstance(scanned, list) or not isinstance(files, list) or len(files) > _MOST_FILES:
        raise TypeError(f"scanned and files must be lists, of at most {_MOST_FILES} files")
    certificate = row.get("certificate")
    return FieldRecord(
        _text(row["id"]),
        _text(row["trip_id"]),
        FieldStep(row["step"]),
        at,
        tuple(_text(one) for one in scanned),
        _text(row.get("site", "")),
        _text(row.get("accepted_by", "")),
        _text(row.get("damage_note", "")),
        certificate_number=_text(row.get("certificate_number", "")),
        certificate=_file(certificate, "certificate") if certificate else None,
        files=tuple(_file(one, f"photo-{place}") for place, one in enumerate(files, start=1)),
        weighed_t=_tonnes(row.get("weighed_t")),
        driver=_text(row.get("driver", "")),
        station=_text(row.get("station", "")),
    )


def _file(address: Any, name: str) -> File:
    """Read a file written as a data address, as browsers make them."""
    kind, _, content = str(address).partition(",")
    media_type = kind.removeprefix("data:").partition(";")[0]
    return f"{name}{_NAMES[media_type]}", base64.b64decode(content, validate=True)


def _tonnes(value: Any) -> float | None:
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 < value <= _HEAVIEST_T:
        raise ValueError(f"a mass up to {_HEAVIEST_T:g} t is needed")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError(f"a text of at most {_LONGEST} characters is needed")
    return value
