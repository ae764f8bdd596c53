"""Measurements and engineers' decisions in one file beside the network, for every later case."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

_lock = Lock()


class PassageRecordsOnDisk:
    """A JSON document that is written whole or not at all; the same that commands read."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def read(self) -> Mapping[str, Any]:
        """Return the document, empty where nothing was kept yet."""
        if not self._place.exists():
            return {}
        document: Mapping[str, Any] = json.loads(self._place.read_text(encoding="utf-8"))
        return document

    def add(self, part: str, row: Mapping[str, Any]) -> None:
        """Add a row to `measurements` or `decisions`."""
        with _lock:
            document = dict(self.read())
            document[part] = [*document.get(part, []), dict(row)]
            self._place.parent.mkdir(parents=True, exist_ok=True)
            draft = self._place.with_name(f".{self._place.name}.{secrets.token_hex(4)}")
            with draft.open("w", encoding="utf-8") as file:
                json.dump(document, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._place)
