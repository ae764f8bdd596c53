"""COSE_Sign1 envelopes with Ed25519 in exactly one form: no altered byte goes unnoticed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cbor2
from cwt import COSE, COSEKey
from cwt.exceptions import CWTError

from transport.verification.keys import KEY_ID_BYTES, SigningKey

LARGEST_BYTES = 1_000_000
_SIGN1_TAG = 18
_SIGNATURE_BYTES = 64
_ALGORITHM, _KEY_ID, _EDDSA = 1, 4, -8
_KEY_TYPE, _OKP, _KEY_NAME, _KEY_ALGORITHM = 1, 1, 2, 3
_CURVE, _ED25519, _X, _D = -1, 6, -2, -4


class Purpose(StrEnum):
    """What a signature is for; signed along, so that one can never pass for another."""

    PASS = "dajian pass 1"  # noqa: S105 - a label, not a secret
    REVOCATIONS = "dajian revocations 1"


class UnreadableError(ValueError):
    """The bytes are no envelope at all."""


class BadSignatureError(ValueError):
    """The bytes are an envelope, but not as the signer made it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope taken apart, its signature not yet checked."""

    key_id: str
    payload: bytes
    raw: bytes


def seal(payload: bytes, key: SigningKey, purpose: Purpose) -> bytes:
    """Sign a payload."""
    signer = COSEKey.new(
        {
            _KEY_TYPE: _OKP,
            _KEY_ALGORITHM: _EDDSA,
            _CURVE: _ED25519,
            _X: key.public_key,
            _D: key.private_key,
        }
    )
    sealed = COSE.new(deterministic_header=True).encode_and_sign(
        payload,
        signer,
        protected={_ALGORITHM: _EDDSA, _KEY_ID: bytes.fromhex(key.key_id)},
        external_aad=purpose.value.encode(),
    )
    return bytes(sealed)


def open_envelope(raw: bytes) -> Envelope:
    """Take an envelope apart without trusting it; raise UnreadableError where it is none."""
    if len(raw) > LARGEST_BYTES:
        raise UnreadableError("too long")
    try:
        tagged: Any = cbor2.loads(raw)
        protected_bytes, _unprotected, payload, signature = tagged.value
        protected = cbor2.loads(protected_bytes)
        key_id = protected[_KEY_ID]
        readable = (
            tagged.tag == _SIGN1_TAG
            and isinstance(payload, bytes)
            and isinstance(key_id, bytes)
            and isinstance(signature, bytes)
        )
    except Exception as wrong:  # decoding hostile bytes may raise anything
        raise UnreadableError("not a signed pass") from wrong
    if not readable or len(key_id) != KEY_ID_BYTES:
        raise UnreadableError("not a signed pass")
    return Envelope(key_id.hex(), payload, raw)


def check(envelope: Envelope, public_key: bytes, purpose: Purpose) -> bytes:
    """Return the payload of an envelope signed by this key; raise BadSignatureError otherwise."""
    protected = {_ALGORITHM: _EDDSA, _KEY_ID: bytes.fromhex(envelope.key_id)}
    signature = envelope.raw[-_SIGNATURE_BYTES:]
    only_form = cbor2.dumps(
        cbor2.CBORTag(
            _SIGN1_TAG,
            [cbor2.dumps(protected, canonical=True), {}, envelope.payload, signature],
        ),
        canonical=True,
    )
    if only_form != envelope.raw:
        raise BadSignatureError("the envelope was changed")
    verifier = COSEKey.new(
        {
            _KEY_TYPE: _OKP,
            _KEY_NAME: bytes.fromhex(envelope.key_id),
            _KEY_ALGORITHM: _EDDSA,
            _CURVE: _ED25519,
            _X: public_key,
        }
    )
    try:
        payload = COSE.new().decode(envelope.raw, verifier, external_aad=purpose.value.encode())
    except (CWTError, ValueError) as wrong:
        raise BadSignatureError("the signature does not fit") from wrong
    return bytes(payload)
