"""The keys of an installation as files: private ones for their owner, one public list."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from transport.errors import NotFoundError
from transport.verification.key_file import read_key_file, write_key_file
from transport.verification.keys import PublicKey, SigningKey, new_signing_key, signing_key_of

PUBLIC_FILE = "keys.json"


class KeyFolder:
    """A folder with `keys.json` for everybody and `<kid>.pem` (mode 0600) for the owner."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def public_file(self) -> Path:
        """Return the path of the public list, to be given to checkers."""
        return self._folder / PUBLIC_FILE

    def public_keys(self) -> tuple[PublicKey, ...]:
        """Return every key that ever signed here, oldest first."""
        if not self.public_file.is_file():
            return ()
        return read_key_file(self.public_file.read_text("utf-8"))

    def signing_key(self, at: datetime) -> SigningKey:
        """Return the newest key in use at an instant; raise NotFoundError if there is none."""
        for key in reversed(self.public_keys()):
            private = self._private_file(key.key_id)
            if key.in_use_at(at) and private.is_file():
                return self._read_private(private)
        raise NotFoundError(f"no key to sign with in {self._folder}; make one: dajian keys new")

    def new_key(self, at: datetime) -> PublicKey:
        """Make a key that is in use from an instant on."""
        return self._add(self.public_keys(), at)

    def rotate(self, at: datetime) -> PublicKey:
        """Make a new key and retire every other at the same instant."""
        # Passes count whole seconds: one signed in this very second keeps its key.
        retired_on = at.replace(microsecond=0) + timedelta(seconds=1)
        older = tuple(
            key if key.retired_on else replace(key, retired_on=retired_on)
            for key in self.public_keys()
        )
        return self._add(older, at)

    def _add(self, older: tuple[PublicKey, ...], at: datetime) -> PublicKey:
        key = new_signing_key()
        public = PublicKey(key.key_id, key.public_key, at.replace(microsecond=0))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write_private(key)
        text = write_key_file((*older, public))
        unfinished = self.public_file.with_suffix(".new")
        unfinished.write_text(text, "utf-8")
        unfinished.replace(self.public_file)
        return public

    def _private_file(self, key_id: str) -> Path:
        return self._folder / f"{key_id}.pem"

    def _write_private(self, key: SigningKey) -> None:
        pem = Ed25519PrivateKey.from_private_bytes(key.private_key).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        path = self._private_file(key.key_id)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)

    @staticmethod
    def _read_private(path: Path) -> SigningKey:
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise NotFoundError(f"{path} is not an Ed25519 key; make one: dajian keys rotate")
        return signing_key_of(key.private_bytes_raw())
