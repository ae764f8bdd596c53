from __future__ import annotations

from datetime import datetime, time
from typing import Any

import cbor2
import pytest

from tests.passes import CHINA, JOINTS, ROADS, claims
from transport.errors import InvalidInputError
from transport.verification.pass_token import (
    DailyWindow,
    RoadStretch,
    decode_claims,
    encode_claims,
    route_digest,
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": datetime(2026, 11, 1)}, "valid_from"),  # noqa: DTZ001
        ({"valid_until": datetime(2026, 10, 1, tzinfo=CHINA)}, "valid_until"),
        ({"height_m": 0}, "height_m"),
        ({"width_m": float("nan")}, "width_m"),
        ({"number": ""}, "number"),
        ({"joints": JOINTS[:3]}, "joints"),
        ({"document_digest": b"short"}, "document_digest"),
    ],
)
def test_claims_that_cannot_be_are_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        claims(**changes)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_window_may_pass_midnight() -> None:
    night = DailyWindow(time(22), time(5))
    assert night.holds(time(23, 59))
    assert night.holds(time(4, 59))
    assert not night.holds(time(5))
    assert DailyWindow(time(0), time(0)).holds(time(12))


@pytest.mark.parametrize("content", [b"", b"\xff", cbor2.dumps({}), cbor2.dumps({0: 1, 1: 5})])
def test_content_of_another_kind_is_no_pass(content: bytes) -> None:
    with pytest.raises(ValueError, match="not that of a pass"):
        decode_claims(content)


def test_a_later_format_asks_for_an_update() -> None:
    packed = cbor2.loads(encode_claims(claims()))
    with pytest.raises(ValueError, match="update this program"):
        decode_claims(cbor2.dumps(packed | {0: 9}))


def test_the_route_digest_changes_with_road_and_line() -> None:
    usual = route_digest(ROADS, JOINTS)
    assert usual == route_digest(ROADS, JOINTS)
    assert usual != route_digest((*ROADS[:-1], RoadStretch("G9")), JOINTS)
    assert usual != route_digest(ROADS, (*JOINTS[:-1], (116.0, 49.0)))
