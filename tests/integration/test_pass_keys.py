from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.passes import DURING, SITE, claims
from transport.errors import NotFoundError
from transport.verification.key_file import read_key_file
from transport.verification.signing import Outcome, sign, verify
from webapp.storage.key_files import KeyFolder

_LATER = timedelta(days=1)


def test_private_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    made = keys.new_key(DURING)
    private = tmp_path / "keys" / f"{made.key_id}.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert b"PRIVATE" not in keys.public_file.read_bytes()


def test_the_newest_key_signs_and_all_are_listed(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    first = keys.new_key(DURING)
    second = keys.new_key(DURING + _LATER)
    assert keys.public_keys() == (first, second)
    assert keys.signing_key(DURING).key_id == first.key_id
    assert keys.signing_key(DURING + _LATER).key_id == second.key_id


def test_passes_of_a_rotated_key_stay_valid_and_new_ones_need_the_new_key(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
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
    keys = KeyFolder(tmp_path / "none")
    assert keys.public_keys() == ()
    with pytest.raises(NotFoundError, match="dajian keys new"):
        keys.signing_key(DURING)


def test_the_list_of_keys_is_itself_a_key_file(tmp_path: Path) -> None:
    environment = {**os.environ, "DAJIAN_DATA": str(tmp_path)}
    dajian = Path(sys.executable).parent / "dajian"
    for step in (("keys", "new"), ("keys", "list", "--json")):
        ran = subprocess.run(
            [dajian, *step], capture_output=True, text=True, check=True, env=environment
        )
    [key] = read_key_file(ran.stdout)
    assert key.retired_on is None
