"""Sign passes with the keys of this installation: the usual implementation of `PassSigner`."""

from __future__ import annotations

from transport.services.ports import SignedPass
from transport.verification.keys import KeyRing
from transport.verification.pass_token import PassClaims
from transport.verification.signing import sign


class KeyRingSigner:
    """Signs with the newest key in use at the instant of issue, for the page at `site`."""

    def __init__(self, keys: KeyRing, site: str) -> None:
        self._keys = keys
        self._site = site

    def sign(self, claims: PassClaims) -> SignedPass:
        """Return the token; raise NotFoundError where no key was made yet."""
        key = self._keys.signing_key(claims.issued_at)
        return SignedPass(sign(claims, key, self._site), key.key_id)
