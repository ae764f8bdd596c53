"""What a stored network was made from and holds: sources, dates, hashes, versions, counts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file the network was made from; `as_of` is the date of its data, empty where not stated."""

    name: str
    kind: str
    sha256: str
    as_of: str
    licence: str


@dataclass(frozen=True, slots=True)
class UnreadableTag:
    """A tag whose value could not be read, and on how many ways or nodes it stands."""

    tag: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a network comes from and what was left out of it."""

    sources: tuple[SourceFile, ...] = ()
    unreadable_tags: tuple[UnreadableTag, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description beside the arrays of one network version.

    `records` and `restrictions` name what is laid over it, folder and file, or are empty.
    """

    id: str
    built_at: str
    version: str
    schema_version: int
    software_version: str
    sources: tuple[SourceFile, ...]
    counts: Mapping[str, int]
    unreadable_tags: tuple[UnreadableTag, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    records: str = ""
    record_files: Mapping[str, str] = field(default_factory=dict)
    restrictions: str = ""

    @property
    def token(self) -> str:
        """Name everything that is in use: the version, the records over it, the restrictions."""
        return "/".join(filter(None, (self.version, self.records, self.restrictions)))

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as plain values."""
        return {
            **asdict(self),
            "counts": dict(self.counts),
            "files": dict(self.files),
            "record_files": dict(self.record_files),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Manifest:
        """Read a manifest; raises KeyError, TypeError or ValueError for another document."""
        return cls(
            id=str(document["id"]),
            built_at=str(document["built_at"]),
            version=str(document["version"]),
            schema_version=int(document["schema_version"]),
            software_version=str(document["software_version"]),
            sources=tuple(SourceFile(**source) for source in document["sources"]),
            counts={str(key): int(value) for key, value in document["counts"].items()},
            unreadable_tags=tuple(UnreadableTag(**tag) for tag in document["unreadable_tags"]),
            files={str(key): str(value) for key, value in document["files"].items()},
            records=str(document.get("records", "")),
            record_files={
                str(key): str(value) for key, value in document.get("record_files", {}).items()
            },
            restrictions=str(document.get("restrictions", "")),
        )


def software_version() -> str:
    """Return the version of this installation."""
    try:
        return version("dajian")
    except PackageNotFoundError:
        return "unknown"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
