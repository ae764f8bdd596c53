"""Settings come from the environment; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from transport.errors import InvalidInputError
from webapp.settings import read_settings


def test_the_defaults_are_a_local_database_without_demonstration() -> None:
    settings = read_settings({})
    assert settings.data == Path("var").absolute()
    assert settings.database_url.startswith("sqlite:///")
    assert not settings.demonstration
    assert not settings.https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAJIAN_DATABASE_URL", "mysql://somewhere"),
        ("DAJIAN_CONFIG", "/no/such/folder"),
        ("DAJIAN_SECRET_KEY", "short"),
        ("DAJIAN_UPLOAD_LIMIT_MB", "0"),
        ("DAJIAN_UPLOAD_LIMIT_MB", "many"),
        ("DAJIAN_HTTPS", "yes"),
        ("DAJIAN_KEY_PASSPHRASE", "short"),
        ("DAJIAN_KEY_PASSPHRASE_FILE", "/no/such/file"),
        ("DAJIAN_DEMONSTRATION", "true"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(InvalidInputError, match=name):
        read_settings({name: value})


def test_all_wrong_settings_are_named_together() -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_settings({"DAJIAN_HTTPS": "x", "DAJIAN_UPLOAD_LIMIT_MB": "x"})
    assert {fault.field for fault in raised.value.faults} == {
        "DAJIAN_HTTPS",
        "DAJIAN_UPLOAD_LIMIT_MB",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAJIAN_SMS_URL", "gateway.example/send"),
        ("DAJIAN_SMS_URL", "http://gateway.example/send"),
        ("DAJIAN_SMS_TEMPLATE", '{"to": {to}, "content": }'),
        ("DAJIAN_SMS_TEMPLATE", '{"to": {to}}'),
        ("DAJIAN_SMS_SIGN_HEADER", "X-Sign: a"),
    ],
)
def test_a_wrong_gateway_of_short_messages_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidInputError, match=name):
        read_settings({"DAJIAN_SMS_URL": "https://gateway.example/send", name: value})


def test_short_messages_are_off_until_a_gateway_is_set() -> None:
    assert not read_settings({"DAJIAN_SMS_TEMPLATE": "no JSON"}).sms_url
    given = {"DAJIAN_SMS_URL": "https://gateway.example/send", "DAJIAN_SMS_SECRET": "s"}
    settings = read_settings(given)
    assert (settings.sms_header, settings.sms_secret) == ("X-Signature", "s")
