"""A place in a regulation file: what a message names when something there is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transport.errors import RegulationFileError


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file, and the path of keys to the value that is being read."""

    file: Path
    key: str = ""

    def at(self, key: str) -> FilePlace:
        """Return the place one key further in."""
        return FilePlace(self.file, f"{self.key}.{key}" if self.key else key)

    def wrong(self, what: str) -> RegulationFileError:
        """Return the error that names this place and what is wrong there."""
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return RegulationFileError(where + what)

    def keys(self, value: Any, required: set[str], allowed: frozenset[str] = frozenset()) -> None:
        """Check that a mapping holds the required keys and none beyond the allowed ones."""
        if not isinstance(value, dict):
            raise self.wrong("must be a mapping")
        for key in value:
            if key not in required | allowed:
                raise self.at(str(key)).wrong(
                    f"unknown key; known here: {', '.join(sorted(required | allowed))}"
                )
        missing = sorted(required - value.keys())
        if missing:
            raise self.at(missing[0]).wrong("is missing")
