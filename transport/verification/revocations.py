"""The signed list of passes that no longer count: small enough to be carried to a roadside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import cbor2

from transport.errors import FieldFault, InvalidInputError
from transport.verification import envelopes
from transport.verification.keys import PublicKey, SigningKey
from transport.verification.pass_token import CHINA_TIME


@dataclass(frozen=True, slots=True)
class RevokedPass:
    """A pass whose revisions up to and including `through_revision` no longer count.

    An amended pass revokes its earlier revisions, an annulled or cancelled one all of them.
    """

    number: str
    through_revision: int


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Revoked passes as they stood at `as_of` (an instant with offset)."""

    as_of: datetime
    revoked: tuple[RevokedPass, ...]

    def names(self, number: str, revision: int) -> bool:
        """Tell whether this revision of a pass is revoked."""
        return any(
            entry.number == number and revision <= entry.through_revision for entry in self.revoked
        )


def sign_revocations(revocations: RevocationList, key: SigningKey) -> bytes:
    """Write a list as a signed file."""
    entries = sorted((entry.number, entry.through_revision) for entry in revocations.revoked)
    payload = {1: int(revocations.as_of.timestamp()), 2: [list(entry) for entry in entries]}
    return envelopes.seal(cbor2.dumps(payload, canonical=True), key, envelopes.Purpose.REVOCATIONS)


def read_revocations(content: bytes, public_keys: Iterable[PublicKey]) -> RevocationList:
    """Read a signed list; raise InvalidInputError where it cannot be trusted."""
    known = {key.key_id: key for key in public_keys}
    try:
        envelope = envelopes.open_envelope(content)
        if envelope.key_id not in known:
            raise _distrust(f"signed by the unknown key {envelope.key_id}; update the key file")
        public_key = known[envelope.key_id]
        payload = cbor2.loads(
            envelopes.check(envelope, public_key.public_key, envelopes.Purpose.REVOCATIONS)
        )
    except envelopes.UnreadableError as wrong:
        raise _distrust("not a signed revocation list") from wrong
    except envelopes.BadSignatureError as wrong:
        raise _distrust("changed after it was signed; fetch it again") from wrong
    as_of = datetime.fromtimestamp(payload[1], UTC).astimezone(CHINA_TIME)
    if not public_key.in_use_at(as_of):
        raise _distrust(f"its key {public_key.key_id} was not in use at {as_of.isoformat()}")
    return RevocationList(as_of, tuple(RevokedPass(*entry) for entry in payload[2]))


def _distrust(reason: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("revocations", reason)])
