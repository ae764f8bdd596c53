"""What was surveyed and decided beside the network a command works on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords, read_records
from webapp.access import current_services
from webapp.command_line.networks import BUILT_IN

RECORDS = "evaluation.json"


def chosen_records(place: str | None) -> PassageRecords:
    """Return what was measured along roads and decided by engineers beside the chosen network.

    Raises InvalidInputError where the file is damaged.
    """
    if place == BUILT_IN:
        return NO_RECORDS
    if place is None:
        return read_records(current_services().passage_records.read())
    file = Path(place) / RECORDS
    return read_records(read_json(file, "records")) if file.is_file() else NO_RECORDS


def read_json(file: Path, field: str) -> Any:
    """Read a JSON file that a person named; raises InvalidInputError on `field`."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as wrong:
        message = f"{file} is not valid JSON ({wrong})"
        raise InvalidInputError([FieldFault(field, message, "json")]) from wrong
