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
        self._remembered: tuple[tuple[int, int, int] | None, Mapping[str, Any]] = (None, {})

    def read(self) -> Mapping[str, Any]:
        """Return the document, empty where nothing was kept yet; nobody may change it."""
        try:
            state = self._place.stat()
        except FileNotFoundError:
            return {}
        version = (state.st_ino, state.st_mtime_ns, state.st_size)
        if self._remembered[0] != version:
            document: Mapping[str, Any] = json.loads(self._place.read_text(encoding="utf-8"))
            self._remembered = (version, document)
        return self._remembered[1]

    def add(self, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to `measurements` or `decisions`, all of them or none."""
        with self.adding(part, rows):
            pass

    @contextmanager
    def adding(self, part: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[None]:
        """Add rows when what stands inside ends well, and none of them when it fails.

        The rows are on the disk before, so that a full disk fails early too; what is left for
        after is the change of a name.
        """
        with self._alone():
            document = dict(self.read())
            document[part] = [*document.get(part, []), *map(dict, rows)]
            draft = self._place.with_name(f".{self._place.name}.{secrets.token_hex(4)}")
            try:
                with draft.open("w", encoding="utf-8") as file:
                    file.write(_as_text(document))
                    file.flush()
                    os.fsync(file.fileno())
                yield
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
            draft.replace(self._place)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the file: several processes serve one installation."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        with self._place.with_name(f".{self._place.name}.lock").open("w") as handle:
            flock(handle, LOCK_EX)
            yield


def _as_text(document: Mapping[str, Any]) -> str:
    """Return the document as JSON with a row a line, which both people and encoder like."""
    parts = []
    for name, rows in document.items():
        if isinstance(rows, list):
            lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
            parts.append(f"{json.dumps(name)}: [\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(rows, ensure_ascii=False)}")
    return "{" + ",\n".join(parts) + "}\n"
