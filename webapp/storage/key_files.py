"""The keys of an installation as files: private ones encrypted, one public list.

A private key is PKCS 8 under the installation's passphrase, as OpenSSL reads it. A key
that an older version wrote without one is encrypted the first time it signs.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.verification.key_file import read_key_file, write_key_file
from transport.verification.keys import PublicKey, SigningKey, new_signing_key, signing_key_of

PUBLIC_FILE = "keys.json"
PASSPHRASE = "DAJIAN_KEY_PASSPHRASE"  # noqa: S105 - the name of the setting


def encryption_under(passphrase: str) -> KeySerializationEncryption:
    """Return how a private key is encrypted; raises InvalidInputError without a passphrase."""
    if not passphrase:
        message = (
            "is not set; private keys are kept encrypted under it. Set it, or name a file that "
            f"holds it in {PASSPHRASE}_FILE"
        )
        raise InvalidInputError([FieldFault(PASSPHRASE, message)])
    return BestAvailableEncryption(passphrase.encode())


class KeyFolder:
    """A folder with `keys.json` for everybody and `<kid>.pem` (mode 0600) for the owner."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._opened: dict[str, SigningKey] = {}

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
        """Return the newest key in use at an instant; raise NotFoundError if there is none.

        Raises InvalidInputError where the passphrase is missing or is not the key's.
        """
        for key in reversed(self.public_keys()):
            private = self._private_file(key.key_id)
            if key.in_use_at(at) and private.is_file():
                if key.key_id not in self._opened:
                    self._opened[key.key_id] = self._read_private(private)
                return self._opened[key.key_id]
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
        encryption_under(self._passphrase)
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

    def encrypt_all(self) -> list[str]:
        """Encrypt every private key that still lies open; return their ids."""
        encryption_under(self._passphrase)
        found = []
        for key in self.public_keys():
            private = self._private_file(key.key_id)
            if private.is_file() and _lies_open(private.read_bytes()):
                self._read_private(private)
                found.append(key.key_id)
        return found

    def _write_private(self, key: SigningKey) -> None:
        pem = Ed25519PrivateKey.from_private_bytes(key.private_key).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, encryption_under(self._passphrase)
        )
        path = self._private_file(key.key_id)
        # Written beside and moved: a key is never half there, nor lost while it is encrypted.
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}.new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    def _read_private(self, path: Path) -> SigningKey:
        encryption_under(self._passphrase)
        content = path.read_bytes()
        open_key = _lies_open(content)
        try:
            key = load_pem_private_key(content, None if open_key else self._passphrase.encode())
        except ValueError as wrong:
            message = f"does not open {path}; set the passphrase the key was encrypted under"
            raise InvalidInputError([FieldFault(PASSPHRASE, message)]) from wrong
        if not isinstance(key, Ed25519PrivateKey):
            raise NotFoundError(f"{path} is not an Ed25519 key; make one: dajian keys rotate")
        found = signing_key_of(key.private_bytes_raw())
        if open_key:
            self._write_private(found)
        return found


def _lies_open(pem: bytes) -> bool:
    return b"ENCRYPTED" not in pem
