from __future__ import annotations

import json

import pytest

from tests.passes import OTHER_PUBLIC, PUBLIC
from transport.errors import InvalidInputError
from transport.verification.key_file import read_key_file, write_key_file

_ENTRY = json.loads(write_key_file([PUBLIC]))["keys"][0]


def test_keys_survive_their_file() -> None:
    assert read_key_file(write_key_file([PUBLIC, OTHER_PUBLIC])) == (PUBLIC, OTHER_PUBLIC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no json", "not JSON"),
        ("[]", "expected"),
        (json.dumps({"keys": [{}]}), "entry 1"),
        (json.dumps({"keys": [_ENTRY, _ENTRY | {"public_key": "AAAA"}]}), "entry 2"),
        (json.dumps({"keys": [_ENTRY | {"kid": "0" * 16}]}), "do not belong together"),
        (json.dumps({"keys": [_ENTRY | {"not_before": "2026-01-01"}]}), "offset"),
    ],
)
def test_a_broken_key_file_names_the_entry(text: str, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        read_key_file(text)


def test_a_private_key_is_never_printed() -> None:
    from tests.passes import KEY  # noqa: PLC0415

    assert "private" not in repr(KEY)
