"""Core values as JSON documents: what goes in comes out, and old documents stay readable."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest

from tests.factories import DAYTIME, World, application, document, scheme
from transport.permits.acts import Act
from transport.permits.application import Application
from transport.permits.decision import TimeWindow, TravelTerms
from transport.permits.permit import Permit
from transport.relief.schemes import Scheme
from webapp.storage.snapshots import from_document, to_document

_CASE, _PERMIT = World().ready()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Application, application()),
        (Application, application(documents=(document("a", valid_until=date(2026, 6, 1)),))),
        (Permit, _PERMIT),
        (Scheme, scheme()),
        (TravelTerms, DAYTIME),
        (TravelTerms, TravelTerms(windows=(TimeWindow(time(22), time(5, 30), "夜间"),))),
        *((Act, act) for act in _CASE.acts),
    ],
)
def test_a_value_survives_being_written_as_json(kind: type[Any], value: Any) -> None:
    written = json.loads(json.dumps(to_document(value), ensure_ascii=False))
    assert from_document(kind, written) == value


def test_a_document_written_before_a_field_existed_reads_with_the_default() -> None:
    written = to_document(DAYTIME)
    del written["bridge_speed_km_h"]
    assert from_document(TravelTerms, written).bridge_speed_km_h is None


def test_a_field_that_was_given_up_is_passed_over() -> None:
    written = {**to_document(DAYTIME), "colour": "red"}
    assert from_document(TravelTerms, written) == DAYTIME
