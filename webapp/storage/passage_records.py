"""Measurements and engineers' decisions in one file beside the network, for every later case."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any


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

    def add(self, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to `measurements` or `decisions`, all of them or none."""
        with self._alone():
            document = dict(self.read())
            document[part] = [*document.get(part, []), *map(dict, rows)]
            draft = self._place.with_name(f".{self._place.name}.{secrets.token_hex(4)}")
            with draft.open("w", encoding="utf-8") as file:
                json.dump(document, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._place)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the file: several processes serve one installation."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        with self._place.with_name(f".{self._place.name}.lock").open("w") as handle:
            flock(handle, LOCK_EX)
            yield
