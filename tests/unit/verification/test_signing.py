from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
import segno

from tests.passes import CHINA, DURING, KEY, OTHER_KEY, OTHER_PUBLIC, PUBLIC, SITE, claims
from transport.errors import InvalidInputError
from transport.verification.answer import claims_as_json, verification_as_json
from transport.verification.envelopes import Purpose, seal
from transport.verification.locating import Place
from transport.verification.pass_token import RoadStretch, encode_claims
from transport.verification.revocations import (
    RevocationList,
    RevokedPass,
    read_revocations,
    sign_revocations,
)
from transport.verification.signing import Outcome, sign, verify

_TOKEN = sign(claims(), KEY, SITE)
_SECOND = timedelta(seconds=1)


def _outcome(token: str, at: datetime = DURING) -> Outcome:
    return verify(token, [PUBLIC], None, at).outcome


def test_a_signed_pass_is_valid_and_says_what_was_signed() -> None:
    answer = verify(_TOKEN, [OTHER_PUBLIC, PUBLIC], None, DURING)
    assert answer.outcome is Outcome.VALID
    assert answer.claims == claims()
    assert answer.key_id == KEY.key_id


def test_the_code_alone_and_an_address_in_small_letters_are_read_too() -> None:
    code = _TOKEN.rpartition("/")[2]
    assert _outcome(code) is Outcome.VALID
    assert _outcome(code.lower()) is Outcome.VALID
    assert _outcome(f"{SITE}/V/{code}\n") is Outcome.VALID


def test_ten_stretches_fit_a_qr_code_of_version_20() -> None:
    code = segno.make(_TOKEN, error="m", micro=False, boost_error=False)
    assert code.mode == "alphanumeric"
    assert int(code.version) <= 20


def test_a_longer_route_says_less_but_never_something_wrong() -> None:
    many = tuple(RoadStretch(f"X{100 + i}", i, i + 1.5, f"1507{i:04}") for i in range(40))
    joints = tuple((110 + i / 10, 41.0) for i in range(41))
    token = sign(claims(roads=many, joints=joints), KEY, SITE)
    answer = verify(token, [PUBLIC], None, DURING, Place("X103", 90))
    assert int(segno.make(token, error="m", boost_error=False).version) <= 20
    assert answer.outcome is Outcome.VALID
    assert answer.on_route is None


def test_a_route_that_cannot_fit_is_refused_with_the_remedy() -> None:
    many = tuple(RoadStretch(f"无名道路{i}号" * 3) for i in range(60))
    with pytest.raises(InvalidInputError, match="60 stretches do not fit"):
        sign(claims(roads=many, joints=()), KEY, SITE)


def test_both_ends_of_the_validity_count() -> None:
    first, last = claims().valid_from, claims().valid_until
    assert _outcome(_TOKEN, first) is Outcome.VALID
    assert _outcome(_TOKEN, first - _SECOND) is Outcome.NOT_YET
    assert _outcome(_TOKEN, last) is Outcome.VALID
    assert _outcome(_TOKEN, last + _SECOND) is Outcome.EXPIRED


def test_the_offset_of_the_instant_counts() -> None:
    # 16:00 in Greenwich is midnight in Inner Mongolia.
    assert _outcome(_TOKEN, datetime(2026, 10, 31, 16, 0, tzinfo=UTC)) is Outcome.VALID
    assert _outcome(_TOKEN, datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)) is Outcome.NOT_YET


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="offset"):
        verify(_TOKEN, [PUBLIC], None, DURING.replace(tzinfo=None))


def test_the_hours_of_the_day_are_told_beside_the_outcome() -> None:
    noon = datetime(2026, 11, 5, 12, tzinfo=CHINA)
    assert verify(_TOKEN, [PUBLIC], None, DURING).within_hours is True
    assert verify(_TOKEN, [PUBLIC], None, noon).within_hours is False
    free = sign(claims(windows=()), KEY, SITE)
    assert verify(free, [PUBLIC], None, noon).within_hours is None


def test_a_key_that_is_not_in_the_file_is_unknown_and_nothing_is_shown() -> None:
    answer = verify(_TOKEN, [OTHER_PUBLIC], None, DURING)
    assert answer.outcome is Outcome.UNKNOWN_KEY
    assert answer.claims is None


def test_a_pass_signed_by_another_key_under_our_name_is_forged() -> None:
    thief = dataclasses.replace(OTHER_KEY, key_id=KEY.key_id)
    answer = verify(sign(claims(), thief, SITE), [PUBLIC], None, DURING)
    assert answer.outcome is Outcome.FORGED
    assert answer.claims is None


def test_a_key_retired_before_the_issue_does_not_count() -> None:
    retired = dataclasses.replace(PUBLIC, retired_on=claims().issued_at)
    later = dataclasses.replace(PUBLIC, retired_on=claims().issued_at + _SECOND)
    assert verify(_TOKEN, [retired], None, DURING).outcome is Outcome.UNKNOWN_KEY
    assert verify(_TOKEN, [later], None, DURING).outcome is Outcome.VALID


def test_no_single_letter_can_be_changed() -> None:
    outcomes = []
    for position in range(len(_TOKEN)):
        other = "A" if _TOKEN[position] != "A" else "B"
        outcomes.append(_outcome(_TOKEN[:position] + other + _TOKEN[position + 1 :]))
    assert Outcome.VALID not in outcomes
    # What the pass says follows the name of the key and ends with the signature; only the few
    # bytes that frame them may make it unreadable instead.
    said = outcomes[len(SITE) + 60 :]
    assert said.count(Outcome.FORGED) >= len(said) - 6


def test_a_pass_moved_to_another_address_is_forged() -> None:
    moved = _TOKEN.replace("PASS.EXAMPLE.CN", "PASS.EXAMPLE.COM")
    assert _outcome(moved) is Outcome.FORGED


def test_the_spare_bits_of_the_last_letter_are_no_second_spelling() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    spellings = [_TOKEN[:-1] + letter for letter in alphabet if letter != _TOKEN[-1]]
    assert {_outcome(spelling) for spelling in spellings} == {Outcome.FORGED}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://pass.example.cn/",
        "HTTPS://PASS.EXAMPLE.CN/V/",
        "HTTPS://PASS.EXAMPLE.CN/V/AAAA",
        "HTTPS://PASS.EXAMPLE.CN/V/" + "7" * 500,
        "A" * 100_000,
        "通行证",
        "2KCE3IQBE4CEQPUV",
    ],
)
def test_what_is_no_pass_is_unreadable(text: str) -> None:
    assert _outcome(text) is Outcome.UNREADABLE


def test_a_signed_revocation_list_is_no_pass() -> None:
    import base64  # noqa: PLC0415

    listed = seal(encode_claims(claims()), KEY, Purpose.REVOCATIONS)
    assert _outcome(base64.b32encode(listed).decode().rstrip("=")) is Outcome.FORGED


def test_a_revoked_revision_is_revoked_and_the_next_one_is_not() -> None:
    listed = RevocationList(
        datetime(2026, 11, 4, 6, tzinfo=CHINA), (RevokedPass(claims().number, 2),)
    )
    answer = verify(_TOKEN, [PUBLIC], listed, DURING)
    assert answer.outcome is Outcome.REVOKED
    assert answer.revocations_as_of == listed.as_of
    assert answer.claims is not None
    amended = sign(claims(revision=3), KEY, SITE)
    assert verify(amended, [PUBLIC], listed, DURING).outcome is Outcome.VALID


def test_revoked_weighs_more_than_expired() -> None:
    listed = RevocationList(DURING, (RevokedPass(claims().number, 9),))
    late = claims().valid_until + timedelta(days=9)
    assert verify(_TOKEN, [PUBLIC], listed, late).outcome is Outcome.REVOKED


def test_a_revocation_list_survives_its_file() -> None:
    listed = RevocationList(DURING, (RevokedPass("A-1", 1), RevokedPass("B-2", 4)))
    assert read_revocations(sign_revocations(listed, KEY), [PUBLIC]) == listed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a signed revocation list"),
        (b"1,2,3", "not a signed revocation list"),
        (sign_revocations(RevocationList(DURING, ()), OTHER_KEY), "unknown key"),
        (sign_revocations(RevocationList(DURING, ()), KEY)[:-1] + b"\0", "changed after"),
        (seal(encode_claims(claims()), KEY, Purpose.PASS), "changed after"),
    ],
)
def test_a_list_that_nobody_vouches_for_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        read_revocations(content, [PUBLIC])


def test_claims_tell_nothing_of_structures_and_nothing_of_persons() -> None:
    told = set(claims_as_json(claims()))
    assert told == {
        *("number", "revision", "tractor_plate", "trailer_plate"),
        *("height_m", "width_m", "length_m", "gross_mass_t", "largest_axle_t"),
        *("valid_from", "valid_until", "windows", "top_speed_km_h", "bridge_speed_km_h"),
        *("roads", "joints", "route_digest", "document_digest", "issuer", "issued_at"),
    }
    text = repr(encode_claims(claims())).lower()
    assert not any(word in text for word in ("capacity", "clearance", "driver", "rated"))


def test_the_answer_has_the_words_of_the_contract() -> None:
    answer = verification_as_json(verify(_TOKEN, [PUBLIC], None, DURING), DURING)
    assert answer["outcome"] == "valid"
    assert answer["revocations_as_of"] is None
    assert answer["on_route"] is None
    forged = verification_as_json(verify(_TOKEN[:-1] + "A", [PUBLIC], None, DURING), DURING)
    assert forged["claims"] is None


@pytest.mark.parametrize("site", ["pass.example.cn", "ftp://a", "https://a/b", "https://a b", ""])
def test_the_address_of_the_checking_page_must_be_scheme_and_host(site: str) -> None:
    with pytest.raises(InvalidInputError, match="site"):
        sign(claims(), KEY, site)
