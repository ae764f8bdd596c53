"""Reading the fields of a form: typed values, every fault collected."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from transport.errors import InvalidInputError
from webapp.fields import Fields


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def test_good_fields_become_typed_values() -> None:
    fields = Fields(
        {"width_m": " 3.6 ", "axles": "6", "on": "2026-05-11", "colour": "blue", "ok": "1"}
    )
    assert fields.number("width_m", least=1, most=12) == 3.6
    assert fields.whole_number("axles", least=1, most=40) == 6
    assert fields.day("on") == date(2026, 5, 11)
    assert fields.choice("colour", Colour) is Colour.BLUE
    assert fields.ticked("ok")
    assert not fields.ticked("absent")
    fields.check()


def test_all_faults_are_told_at_once() -> None:
    fields = Fields({"width_m": "wide", "axles": "six", "on": "May", "colour": "green"})
    fields.number("width_m")
    fields.whole_number("axles", least=1, most=40)
    fields.day("on")
    fields.choice("colour", Colour)
    fields.text("name")
    with pytest.raises(InvalidInputError) as raised:
        fields.check()
    assert [fault.field for fault in raised.value.faults] == [
        "width_m",
        "axles",
        "on",
        "colour",
        "name",
    ]


@pytest.mark.parametrize("given", ["nan", "inf", "-1", "13"])
def test_a_number_outside_its_range_is_refused(given: str) -> None:
    fields = Fields({"height_m": given})
    fields.number("height_m", least=0, most=12)
    assert len(fields.faults) == 1


def test_an_empty_optional_field_is_no_fault() -> None:
    fields = Fields({"speed": ""})
    assert fields.optional_number("speed") is None
    assert fields.day("on", required=False) is None
    fields.check()


@pytest.mark.parametrize("given", ["7,9,9", "7\uff0c9\u30019", "7 9 9", "7; 9; 9"])
def test_lists_of_numbers_may_be_joined_as_people_do(given: str) -> None:
    assert Fields({"axles": given}).numbers("axles") == (7, 9, 9)


def test_a_list_with_a_word_in_it_is_refused_naming_the_word() -> None:
    fields = Fields({"axles": "7,nine"})
    assert fields.numbers("axles") == ()
    assert "nine" in fields.faults[0].message
