"""The public check of a pass: for anybody, without signing in."""

from __future__ import annotations

import base64
import json

import pytest

from tests.offices import Offices
from tests.pages import Visitor
from tests.papers import TOKEN
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.verification.key_file import read_key_file
from transport.verification.revocations import read_revocations


@pytest.fixture
def permit(offices: Offices) -> Permit:
    """Return an issued pass of the installation."""
    return offices.world.issued()[1]


@pytest.fixture
def passer_by(offices: Offices) -> Visitor:
    """Return somebody on the road with a phone."""
    return Visitor(offices.app.test_client())


def _code(permit: Permit) -> str:
    return permit.token.rpartition("/")[2]


def test_a_genuine_pass_shows_what_the_token_says_and_no_more(
    passer_by: Visitor, permit: Permit
) -> None:
    page = passer_by.open(f"/V/{_code(permit)}")
    assert "有效" in page.text
    for words in (permit.number, "蒙B12345", "4.6", "G6"):
        assert words in page.text
    for private in ("王某", "0471-0000000", "包头构件厂", "预制箱梁"):
        assert private not in page.text


def test_a_phone_that_writes_small_letters_finds_the_page_too(
    passer_by: Visitor, permit: Permit
) -> None:
    assert permit.number in passer_by.open(f"/v/{_code(permit).lower()}").text


def test_the_text_of_the_code_can_be_pasted(passer_by: Visitor, permit: Permit) -> None:
    assert "核验" in passer_by.open("/verify").text
    page = passer_by.send("/verify", {"token": f"  {permit.token}\n"}, status=200)
    assert permit.number in page.text
    page = passer_by.send("/verify", {"token": ""}, status=422)
    assert "token-error" in page.ids


def test_a_forged_code_is_called_forged_and_shows_nothing_it_says(
    passer_by: Visitor, permit: Permit
) -> None:
    code = _code(permit)
    raw = bytearray(base64.b32decode(code + "=" * (-len(code) % 8)))
    raw[-1] ^= 1
    forged = base64.b32encode(bytes(raw)).decode().rstrip("=")
    page = passer_by.open(f"/V/{forged}")
    assert "伪造" in page.text
    assert "蒙B12345" not in page.text


@pytest.mark.parametrize("text", ["HELLO", "A" * 5000, "%3Cscript%3E"])
def test_what_is_no_code_is_unreadable_and_no_fault_of_ours(
    passer_by: Visitor, offices: Offices, text: str
) -> None:
    assert offices.installation.keys.public_keys()
    assert "无法读取" in passer_by.open(f"/V/{text}").text


def test_a_pass_before_and_after_its_days_says_so(
    passer_by: Visitor, permit: Permit, offices: Offices
) -> None:
    offices.installation.steady_clock.move(days=-5)
    assert "尚未生效" in passer_by.open(f"/V/{_code(permit)}").text
    offices.installation.steady_clock.move(days=300)
    assert "已过期" in passer_by.open(f"/V/{_code(permit)}").text


def test_a_key_that_is_not_ours_is_named_unknown(passer_by: Visitor, permit: Permit) -> None:
    assert permit.token != TOKEN
    assert "密钥" in passer_by.open(f"/V/{TOKEN.rpartition('/')[2]}").text


def test_keys_and_revocations_can_be_carried_away(
    passer_by: Visitor, permit: Permit, offices: Offices
) -> None:
    answer = passer_by.client.get("/keys.json")
    keys = read_key_file(answer.text)
    assert json.loads(answer.text)["keys"][0]["kid"] == permit.key_id
    empty = read_revocations(passer_by.client.get("/revocations.bin").data, keys)
    assert not empty.names(permit.number, permit.revision)
    case = _case_of(offices, permit)
    offices.step(
        case,
        offices.world.signatory,
        "revoke",
        {"ground": "circumstances_changed", "reason": "桥梁受损"},
    )
    listed = read_revocations(passer_by.client.get("/revocations.bin").data, keys)
    assert listed.names(permit.number, permit.revision)
    assert "撤销" in passer_by.open(f"/V/{_code(permit)}").text


def _case_of(offices: Offices, permit: Permit) -> Case:
    with offices.world.unit_of_work(read_only=True) as work:
        return work.cases.get(permit.case_number)
