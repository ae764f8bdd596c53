"""Carry the records, decisions and restrictions of a network elsewhere: backups, files, new builds.

A network can be built again from its source; what people laid over it cannot.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from road_data.in_use import RESTORED, read_document, read_restrictions_text
from road_data.restrictions import RestrictionRecord, records_from_text, records_to_text
from road_data.surveys.draft import ROWS
from road_data.surveys.rows import Bundle, as_text
from transport.errors import NotFoundError, TransportError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Laid:
    """Everything that people laid over a network."""

    bundle: Bundle = field(default_factory=Bundle)
    restrictions: tuple[RestrictionRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody laid anything over it."""
        return self.bundle.is_empty and not self.restrictions


def read_bundle(folder: Path) -> Bundle:
    """Return all records of a network folder; raises TransportError where they are damaged."""
    text = read_document(folder, ROWS)
    if not text:
        return Bundle()
    try:
        return Bundle.from_json(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise damaged(folder, ROWS, fault) from fault


def read_restrictions(folder: Path) -> tuple[RestrictionRecord, ...]:
    """Return the restrictions of a network folder, those of the past too."""
    text = read_restrictions_text(folder)
    try:
        return records_from_text(text)
    except (KeyError, TypeError, ValueError) as fault:
        raise TransportError(
            f"{folder}: the restrictions are damaged ({fault}); restore them from a backup, or "
            "delete the file 't-….json' and its name in the manifest, and add them again"
        ) from fault


def read_laid(folder: Path) -> Laid:
    """Return what is laid over a network, or what waits in the folder for a network.

    The network itself need not be readable: one of an older release keeps its records.
    """
    waiting = folder / RESTORED
    if waiting.is_file():
        return laid_from_text(waiting.read_text(encoding="utf-8"))
    try:
        return Laid(read_bundle(folder), read_restrictions(folder))
    except NotFoundError:
        return Laid()


def laid_to_text(laid: Laid) -> str:
    """Return what was laid over a network as JSON text."""
    document = {"format": _FORMAT, "records": laid.bundle.to_json()}
    return as_text({**document, **_restrictions(laid.restrictions)})


def laid_from_text(text: str) -> Laid:
    """Read what `laid_to_text` wrote; raises TransportError for another text."""
    try:
        document = json.loads(text)
        if document["format"] != _FORMAT:
            raise TransportError(
                f"the records over the network have format {document['format']}; this version "
                f"reads {_FORMAT}"
            )
        restrictions = records_from_text(
            json.dumps({"restrictions": document["restrictions"]}, ensure_ascii=False)
        )
        return Laid(Bundle.from_json(document["records"]), restrictions)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise TransportError(f"the records over the network are damaged ({fault})") from fault


def leave_waiting(folder: Path, laid: Laid) -> None:
    """Put records into a folder without a usable network; the next build lays them over it."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{RESTORED}.{os.getpid()}"
    written.write_text(laid_to_text(laid), encoding="utf-8")
    written.replace(folder / RESTORED)


def restrictions_to_text(records: Iterable[RestrictionRecord]) -> str:
    """Return restrictions as a file that another network can take; edges are found there anew."""
    return records_to_text(replace(one, edges=(), spans=()) for one in records)


def damaged(folder: Path, name: str, fault: Exception) -> TransportError:
    """Return the error for a document of the records that cannot be read."""
    return TransportError(
        f"{folder}: {name} of the official records is damaged ({fault}); import the files again"
    )


def _restrictions(records: Iterable[RestrictionRecord]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(restrictions_to_text(records))
    return found
