"""Check a pass against the keys and the revocations of this installation; publish both."""

from __future__ import annotations

from datetime import datetime

from transport.services.ports import UnitOfWorkFactory
from transport.verification.keys import KeyRing
from transport.verification.locating import Place
from transport.verification.revocations import RevocationList, RevokedPass, sign_revocations
from transport.verification.signing import Verification, verify


def check_pass(
    unit_of_work: UnitOfWorkFactory,
    keys: KeyRing,
    token: str,
    at: datetime,
    place: Place | None = None,
) -> Verification:
    """Check a token at an instant, with the revocations of this moment."""
    return verify(token, keys.public_keys(), revocations_now(unit_of_work, at), at, place)


def revocations_now(unit_of_work: UnitOfWorkFactory, at: datetime) -> RevocationList:
    """List every revoked pass as of an instant."""
    with unit_of_work(read_only=True) as work:
        revoked = [RevokedPass(one.number, one.revision) for one in work.permits.revoked()]
    return RevocationList(at, tuple(revoked))


def revocation_file(unit_of_work: UnitOfWorkFactory, keys: KeyRing, at: datetime) -> bytes:
    """Write the list as the signed file that checkers carry without a network."""
    return sign_revocations(revocations_now(unit_of_work, at), keys.signing_key(at))
