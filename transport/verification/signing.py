"""Sign passes and check them: the keys and the instant are passed in, nothing else is needed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import cbor2

from transport.errors import FieldFault, InvalidInputError
from transport.verification import envelopes
from transport.verification.keys import PublicKey, SigningKey
from transport.verification.locating import Place, is_on_route
from transport.verification.pass_token import (
    CHINA_TIME,
    PassClaims,
    RoadStretch,
    decode_claims,
    encode_claims,
)
from transport.verification.revocations import RevocationList

LONGEST_QR_TEXT = 970  # version 20, level M, capital letters and digits
LONGEST_TOKEN = 4_000
_SITE_BYTES = 4
_SITE = re.compile(r"https?://[a-z0-9.\-]+(:\d+)?", re.IGNORECASE)
_TOKEN = re.compile(r"(?:(?P<site>HTTPS?://[A-Z0-9.\-]+(?::\d+)?)/V/)?(?P<code>[A-Z2-7]+)")


class Outcome(StrEnum):
    """What a check of a pass can answer."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer of a check.

    `claims` are given only where the signature holds: nothing that nobody vouches for is shown.
    `on_route` and `within_hours` are None where they cannot be told or were not asked.
    """

    outcome: Outcome
    claims: PassClaims | None = None
    key_id: str = ""
    revocations_as_of: datetime | None = None
    on_route: bool | None = None
    within_hours: bool | None = None
    reason: str = ""


def sign(claims: PassClaims, key: SigningKey, site: str) -> str:
    """Sign a pass; return the token as an upper-case URL on `site`, fit for a compact QR code.

    `site` is scheme and host (`https://pass.example.cn`) of the public page that checks passes.
    Where a long route does not fit a QR code of version 20, the token says less of the route: a
    check then answers "cannot tell" more often, never anything else. Raises InvalidInputError
    where even the bare road list is too long.
    """
    if not _SITE.fullmatch(site):
        raise InvalidInputError(
            [FieldFault("site", f"must be http(s)://host[:port] and nothing more: {site}")]
        )
    for fewer in (claims, *_saying_less(claims)):
        content = cbor2.dumps([_site_digest(site), encode_claims(fewer)], canonical=True)
        sealed = envelopes.seal(content, key, envelopes.Purpose.PASS)
        token = f"{site.upper()}/V/{base64.b32encode(sealed).decode().rstrip('=')}"
        if len(token) <= LONGEST_QR_TEXT:
            return token
    raise InvalidInputError(
        [FieldFault("roads", f"{len(claims.roads)} stretches do not fit a QR code; join some")]
    )


def _saying_less(claims: PassClaims) -> Iterator[PassClaims]:
    yield replace(claims, joints=())
    bare = tuple(replace(road, entry_station="", exit_station="") for road in claims.roads)
    yield replace(claims, joints=(), roads=bare)
    bare = tuple(RoadStretch(road.road) for road in claims.roads)
    yield replace(claims, joints=(), roads=bare)


def verify(
    token: str,
    public_keys: Iterable[PublicKey],
    revocations: RevocationList | None,
    at: datetime,
    place: Place | None = None,
) -> Verification:
    """Check a pass at an instant, and whether a place lies on its route.

    `token` is the URL of the QR code or the code behind its `/V/`. A pass counts from `valid_from`
    to `valid_until`, both included.
    """
    if at.tzinfo is None:
        raise InvalidInputError([FieldFault("at", "needs an offset such as +08:00")])
    as_of = revocations.as_of if revocations else None
    try:
        site, envelope = _open(token)
    except envelopes.UnreadableError as wrong:
        return Verification(Outcome.UNREADABLE, revocations_as_of=as_of, reason=str(wrong))
    known = {key.key_id: key for key in public_keys}
    if envelope.key_id not in known:
        return _refuse(Outcome.UNKNOWN_KEY, envelope, as_of, "the key is not in the key file")
    public_key = known[envelope.key_id]
    try:
        content = envelopes.check(envelope, public_key.public_key, envelopes.Purpose.PASS)
        site_digest, packed = cbor2.loads(content)
        claims = decode_claims(packed)
    except envelopes.BadSignatureError as wrong:
        return _refuse(Outcome.FORGED, envelope, as_of, str(wrong))
    except (ValueError, TypeError) as wrong:
        return _refuse(Outcome.UNREADABLE, envelope, as_of, str(wrong))
    if site and site_digest != _site_digest(site):
        return _refuse(Outcome.FORGED, envelope, as_of, "the address is not the signer's")
    if not public_key.in_use_at(claims.issued_at):
        return _refuse(Outcome.UNKNOWN_KEY, envelope, as_of, "the key was not in use at issue")
    return Verification(
        outcome=_outcome(claims, revocations, at),
        claims=claims,
        key_id=envelope.key_id,
        revocations_as_of=as_of,
        on_route=is_on_route(claims, place) if place else None,
        within_hours=_within_hours(claims, at),
    )


def _refuse(
    outcome: Outcome, envelope: envelopes.Envelope, as_of: datetime | None, reason: str
) -> Verification:
    return Verification(outcome, key_id=envelope.key_id, revocations_as_of=as_of, reason=reason)


def _open(token: str) -> tuple[str, envelopes.Envelope]:
    """Take a token apart; a telephone may write scheme and host, or all of it, in small letters."""
    text = token.strip()
    if len(text) > LONGEST_TOKEN:
        raise envelopes.UnreadableError("longer than any pass")
    head, slash, code = text.rpartition("/")
    if code.islower():
        code = code.upper()
    found = _TOKEN.fullmatch(f"{head.upper()}{slash}{code}")
    if found is None:
        raise envelopes.UnreadableError("not the text of a pass code")
    code = found["code"]
    try:
        raw = base64.b32decode(code + "=" * (-len(code) % 8))
    except binascii.Error as wrong:
        raise envelopes.UnreadableError("letters are missing from the code") from wrong
    envelope = envelopes.open_envelope(raw)
    if base64.b32encode(raw).decode().rstrip("=") != code:
        # The last letter has bits to spare: only one spelling of a pass is accepted.
        envelope = envelopes.Envelope(envelope.key_id, envelope.payload, raw + b"\0")
    return found["site"] or "", envelope


def _site_digest(site: str) -> bytes:
    return hashlib.sha256(site.upper().encode()).digest()[:_SITE_BYTES]


def _outcome(claims: PassClaims, revocations: RevocationList | None, at: datetime) -> Outcome:
    if revocations and revocations.names(claims.number, claims.revision):
        return Outcome.REVOKED
    if at < claims.valid_from:
        return Outcome.NOT_YET
    return Outcome.EXPIRED if at > claims.valid_until else Outcome.VALID


def _within_hours(claims: PassClaims, at: datetime) -> bool | None:
    if not claims.windows:
        return None
    moment = at.astimezone(CHINA_TIME).time()
    return any(window.holds(moment) for window in claims.windows)
