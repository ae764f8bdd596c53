"""The queue that carries the numbers of runs: Huey, in a file or in PostgreSQL.

Huey forgets a number once it is taken, so it carries numbers alone; the table of runs says what is
still to do, and a sweep of the workers puts back what was lost.
"""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

_NAME = "dajian"


class RunQueue:
    """The queue of one installation; a connection is held no longer than a call."""

    def __init__(self, database_url: str, data: Path) -> None:
        self._url, self._data = database_url, data
        self._lock = threading.Lock()  # the library's connection is one for all threads

    def put(self, job_id: str) -> None:
        """Add a number."""
        with self._lock:
            try:
                self._storage.enqueue(job_id.encode())
            finally:
                self._storage.close()

    def take(self) -> str | None:
        """Return the next number, None where there is none."""
        with self._lock:
            try:
                taken: bytes | None = self._storage.dequeue()
            finally:
                self._storage.close()
        return None if taken is None else bytes(taken).decode()

    @cached_property
    def _storage(self) -> Any:
        # Imported here: pages and commands that start no run do not wait for it.
        from huey.storage import PostgresStorage, SqliteStorage  # noqa: PLC0415 - as above

        url = make_url(self._url)
        if url.get_backend_name() == "sqlite":
            self._data.mkdir(parents=True, exist_ok=True)
            return SqliteStorage(_NAME, filename=str(self._data / "queue.sqlite3"))
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresStorage(_NAME, dsn=plain, blocking=False)
