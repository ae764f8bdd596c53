from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.passes import DURING, SITE, claims
from transport.errors import InvalidInputError, NotFoundError
from transport.verification.key_file import read_key_file
from transport.verification.signing import Outcome, sign, verify
from webapp.storage.key_files import KeyFolder

_LATER = timedelta(days=1)
_PASSPHRASE = "a passphrase for tests only"


def test_private_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys", _PASSPHRASE)
    made = keys.new_key(DURING)
    private = tmp_path / "keys" / f"{made.key_id}.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert b"PRIVATE" not in keys.public_file.read_bytes()
    assert private.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert [one.name for one in sorted((tmp_path / "keys").iterdir())] == sorted(
        ["keys.json", private.name]
    )


def test_no_key_is_made_or_used_without_its_passphrase(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="DAJIAN_KEY_PASSPHRASE_FILE"):
        KeyFolder(tmp_path, "").new_key(DURING)
    assert not (tmp_path / "keys.json").exists()
    KeyFolder(tmp_path, _PASSPHRASE).new_key(DURING)
    with pytest.raises(InvalidInputError, match="is not set"):
        KeyFolder(tmp_path, "").signing_key(DURING)
    with pytest.raises(InvalidInputError, match="does not open"):
        KeyFolder(tmp_path, "another passphrase").signing_key(DURING)


def test_a_key_that_lies_open_is_encrypted_when_it_first_signs(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path, _PASSPHRASE)
    made = keys.new_key(DURING)
    private = tmp_path / f"{made.key_id}.pem"
    signs = keys.signing_key(DURING)
    plain = Ed25519PrivateKey.from_private_bytes(signs.private_key).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    private.write_bytes(plain)
    assert KeyFolder(tmp_path, _PASSPHRASE).signing_key(DURING) == signs
    assert b"ENCRYPTED" in private.read_bytes()
    private.write_bytes(plain)
    assert keys.encrypt_all() == [made.key_id]
    assert keys.encrypt_all() == []
    assert KeyFolder(tmp_path, _PASSPHRASE).signing_key(DURING) == signs


def test_the_newest_key_signs_and_all_are_listed(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path, _PASSPHRASE)
    first = keys.new_key(DURING)
    second = keys.new_key(DURING + _LATER)
    assert keys.public_keys() == (first, second)
    assert keys.signing_key(DURING).key_id == first.key_id
    assert keys.signing_key(DURING + _LATER).key_id == second.key_id


def test_passes_of_a_rotated_key_stay_valid_and_new_ones_need_the_new_key(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path, _PASSPHRASE)
    keys.new_key(DURING)
    old = keys.signing_key(DURING)
    moment = DURING + _LATER
    before = sign(claims(issued_at=moment), old, SITE)
    keys.rotate(moment)
    after = sign(claims(issued_at=moment + _LATER), old, SITE)
    known = read_key_file(keys.public_file.read_text("utf-8"))
    assert verify(before, known, None, moment).outcome is Outcome.VALID
    assert verify(after, known, None, moment).outcome is Outcome.UNKNOWN_KEY
    assert keys.signing_key(moment + _LATER).key_id == known[1].key_id


def test_without_a_key_the_remedy_is_named(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "none", _PASSPHRASE)
    assert keys.public_keys() == ()
    with pytest.raises(NotFoundError, match="dajian keys new"):
        keys.signing_key(DURING)


def test_the_list_of_keys_is_itself_a_key_file(tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{_PASSPHRASE}\n")
    environment = {
        **os.environ,
        "DAJIAN_DATA": str(tmp_path),
        "DAJIAN_KEY_PASSPHRASE_FILE": str(secret),
    }
    dajian = Path(sys.executable).parent / "dajian"
    for step in (("keys", "new"), ("keys", "list", "--json")):
        ran = subprocess.run(
            [dajian, *step], capture_output=True, text=True, check=True, env=environment
        )
    [key] = read_key_file(ran.stdout)
    assert key.retired_on is None
