"""The public key file, `keys.json`: what a checker needs to trust a pass."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.verification.keys import PublicKey, key_id_of

_KEY_BYTES = 32


def write_key_file(keys: Iterable[PublicKey]) -> str:
    """Write public keys as the text of a key file."""
    return json.dumps({"keys": [key_entry(key) for key in keys]}, indent=2) + "\n"


def key_entry(key: PublicKey) -> dict[str, Any]:
    """Return one entry of a key file: kid, public key (base64url), and when it is in use."""
    return {
        "kid": key.key_id,
        "public_key": base64.urlsafe_b64encode(key.public_key).decode().rstrip("="),
        "not_before": key.not_before.isoformat(),
        "retired_on": key.retired_on.isoformat() if key.retired_on else None,
    }


def read_key_file(text: str) -> tuple[PublicKey, ...]:
    """Read a key file; raise InvalidInputError saying which entry is wrong and how."""
    try:
        document = json.loads(text)
    except ValueError as wrong:
        raise _fault(f"not JSON ({wrong}); expected the file keys.json") from wrong
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise _fault('expected {"keys": [{"kid", "public_key", "not_before", "retired_on"}]}')
    return tuple(_read_entry(number, entry) for number, entry in enumerate(entries, start=1))


def _read_entry(number: int, entry: Any) -> PublicKey:
    try:
        text = entry["public_key"]
        public_key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        key_id = entry["kid"]
        not_before = _instant(entry["not_before"])
        retired = entry.get("retired_on")
        retired_on = _instant(retired) if retired else None
    except (KeyError, TypeError, AttributeError) as wrong:
        raise _fault(f"entry {number}: {wrong} is missing or no text") from wrong
    except (binascii.Error, ValueError) as wrong:
        raise _fault(f"entry {number}: {wrong}") from wrong
    if len(public_key) != _KEY_BYTES or key_id != key_id_of(public_key):
        raise _fault(f"entry {number}: kid and public_key do not belong together")
    return PublicKey(key_id, public_key, not_before, retired_on)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset such as +08:00")
    return moment


def _fault(message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("keys", message)])
