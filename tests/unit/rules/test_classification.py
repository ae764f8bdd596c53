"""The document that `dajian classify` prints keeps the shape of the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from transport.errors import InvalidInputError
from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law
from transport.rules.classification import classification_as_json, classify
from transport.vehicles.transport import Transport

CONFIG = Path(__file__).parent.parent.parent.parent / "config"
DAY = date(2026, 5, 11)
WIDE = Transport(
    height_m=4.4,
    width_m=3.6,
    length_m=18.0,
    mass_t=60.0,
    axle_loads_t=(7.0, 10.0, 10.0, 11.0, 11.0, 11.0),
    tyres_per_axle=(2, 4, 4, 4, 4, 4),
    tractor_axles=3,
)


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(CONFIG)


def test_the_document_has_the_keys_and_words_of_the_contract(law: Law) -> None:
    result = classify(WIDE, law, DAY, "150203", "150781", (), read_calendar(CONFIG))
    document = json.loads(json.dumps(classification_as_json(result)))

    assert document["over_limit"] is True
    assert [row["criterion"] for row in document["exceeded"]] == [
        "height_m",
        "width_m",
        "gross_mass_t",
    ]
    assert document["exceeded"][2] == {
        "criterion": "gross_mass_t",
        "limit": 49.0,
        "value": 60.0,
        "clause": "R62 art. 3(8)",
    }
    assert document["category"] == "II"
    assert document["size_grade"] == "C"
    assert document["axle_grade"] == "C"
    assert document["authority"] == {
        "level": "region",
        "admin_code": "150000",
        "name": "内蒙古自治区交通运输厅",
        "name_en": "Transport Department of Inner Mongolia",
    }
    assert document["time_limit_working_days"] == 5
    assert document["due_on"] == "2026-05-18"
    assert document["escort_plan_required"] is False
    assert document["refusals"] == []
    assert document["law_as_of"] == "2026-05-11"
    assert {found["outcome"] for found in document["findings"]} <= {
        "within_limit",
        "permit_needed",
        "not_allowed",
        "unknown",
    }
    assert {found["status"] for found in document["findings"]} <= {
        "verified",
        "unverified",
        "assumption",
    }
    assert all(found["clause"] for found in document["findings"])


def test_the_same_question_has_the_same_answer(law: Law) -> None:
    assert classify(WIDE, law, DAY) == classify(WIDE, law, DAY)


def test_every_wrong_area_is_named(law: Law) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        classify(WIDE, law, DAY, "990000", "Baotou", ("15", "150299"))
    assert [fault.field for fault in wrong.value.faults] == [
        "from_admin",
        "to_admin",
        "through",
        "through",
    ]


def test_without_a_calendar_the_last_day_is_unknown(law: Law) -> None:
    result = classify(WIDE, law, DAY, "150203", "150781")

    assert result.time_limit_working_days == 5
    assert result.due_on is None


def test_whether_a_pass_is_needed_may_be_open(law: Law) -> None:
    light = Transport(height_m=3.9, width_m=2.5, length_m=16.5, mass_t=17.0)

    assert classify(WIDE, law, DAY).needs_permit is True
    assert classify(light, law, DAY).needs_permit is False
    assert classify(replace(light, mass_t=30.0), law, DAY).needs_permit is None
