"""Keys that sign passes: what a public key says of itself, and the port that keeps keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key (32 bytes) and the time during which its signatures were made.

    `not_before` and `retired_on` are instants with an offset; a pass issued outside them does not
    count as signed by a known key.
    """

    key_id: str
    public_key: bytes
    not_before: datetime
    retired_on: datetime | None = None

    def in_use_at(self, instant: datetime) -> bool:
        """Tell whether the key was in use at an instant."""
        return self.not_before <= instant and (self.retired_on is None or instant < self.retired_on)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 private key (32 bytes, never shown) with its public half and id."""

    key_id: str
    public_key: bytes
    private_key: bytes = field(repr=False)


class KeyRing(Protocol):
    """Where an installation keeps its keys; the instant is an argument."""

    def public_keys(self) -> tuple[PublicKey, ...]:
        """Return every key that ever signed here, oldest first."""

    def signing_key(self, at: datetime) -> SigningKey:
        """Return the newest key in use at an instant; raise NotFoundError if there is none."""

    def new_key(self, at: datetime) -> PublicKey:
        """Make a key that is in use from an instant on."""

    def rotate(self, at: datetime) -> PublicKey:
        """Make a new key and retire every other at the same instant."""

    def encrypt_all(self) -> list[str]:
        """Encrypt every private key that still lies open; return their ids."""


def key_id_of(public_key: bytes) -> str:
    """Name a key after the first bytes of its SHA-256, in hexadecimal."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES].hex()


def new_signing_key() -> SigningKey:
    """Make a random Ed25519 key."""
    return signing_key_of(Ed25519PrivateKey.generate().private_bytes_raw())


def signing_key_of(private_key: bytes) -> SigningKey:
    """Complete a private key of 32 bytes with its public half and id."""
    public = Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()
    return SigningKey(key_id_of(public), public, private_key)
