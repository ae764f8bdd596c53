"""Uploaded files in a folder outside the web root, named by their SHA-256.

What a file is follows from its first and last bytes, never from its name or from what the browser
says; a name that promises something else is refused.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.services.ports import StoredFile

_MEGABYTE = 1024 * 1024
_TAIL = 1024
_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class _Kind:
    media_type: str
    suffixes: frozenset[str]
    begins: bytes
    ends: bytes


_KINDS = (
    _Kind("application/pdf", frozenset({".pdf"}), b"%PDF-", b"%%EOF"),
    _Kind("image/png", frozenset({".png"}), b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    _Kind("image/jpeg", frozenset({".jpg", ".jpeg"}), b"\xff\xd8\xff", b"\xff\xd9"),
)


class UploadFolder:
    """A folder of uploaded files; the same content is kept once."""

    def __init__(self, folder: Path, *, limit_mb: int) -> None:
        self._folder = folder
        self._limit_mb = limit_mb

    def put(self, content: bytes, filename: str) -> StoredFile:
        """Keep a file; raises InvalidInputError for a wrong kind, empty or too large one."""
        media_type = self._checked(content, filename)
        digest = hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_name(f".{digest}.{secrets.token_hex(4)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            draft.replace(place)
        return StoredFile(digest=digest, media_type=media_type, size_bytes=len(content))

    def get(self, digest: str) -> bytes:
        """Return the bytes; raises NotFoundError."""
        well_formed = len(digest) == _DIGEST_LENGTH and set(digest) <= set("0123456789abcdef")
        if not well_formed or not self._place(digest).is_file():
            raise NotFoundError(f"there is no file {digest[:12]!r}")
        return self._place(digest).read_bytes()

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _checked(self, content: bytes, filename: str) -> str:
        if not content:
            raise _wrong("the file is empty: choose it again", "file_empty")
        if len(content) > self._limit_mb * _MEGABYTE:
            message = f"the file is larger than {self._limit_mb} MB: use a lower resolution"
            raise _wrong(message, "file_too_large", limit=str(self._limit_mb))
        kind = next((one for one in _KINDS if content.startswith(one.begins)), None)
        if kind is None:
            message = f"{filename!r} is no PDF, PNG or JPEG: scan or export it as one of these"
            raise _wrong(message, "file_kind", name=filename)
        if kind.ends not in content[-_TAIL:]:
            message = f"{filename!r} is damaged or cut off: open and save it again"
            raise _wrong(message, "file_damaged", name=filename)
        if Path(filename).suffix.lower() not in kind.suffixes:
            message = f"{filename!r} is not what its name says: it is {kind.media_type}"
            raise _wrong(message, "file_name_differs", name=filename, kind=kind.media_type)
        return kind.media_type


def _wrong(message: str, code: str, **params: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("file", message, code, tuple(params.items()))])
