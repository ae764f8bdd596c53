from __future__ import annotations

from datetime import date

import pytest

from tests.factories import application, classification, route_contract
from transport.errors import InvalidInputError
from transport.permits.application import (
    OFFICIAL_NUMBER,
    case_number,
    check_official_number,
    digest_of,
)
from transport.permits.case import needed_acts
from transport.permits.states import ActKind


def test_our_number_can_not_be_taken_for_an_official_one() -> None:
    number = case_number("150000", date(2026, 11, 24), 7)
    assert number == "DJ150000-20261124-0007"
    assert not OFFICIAL_NUMBER.fullmatch(number)


def test_an_official_number_is_tidied_and_checked() -> None:
    assert check_official_number(" a1500002026112400001 ") == "A1500002026112400001"
    with pytest.raises(InvalidInputError, match=r"e\.g\. A1500002026112400001"):
        check_official_number("DJ150000-20261124-0007")


def test_the_digest_of_a_route_does_not_depend_on_the_order_of_its_keys() -> None:
    assert digest_of({"a": 1, "b": [1.5]}) == digest_of({"b": [1.5], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_each_city_whose_streets_are_used_needs_consent_and_designation() -> None:
    acts = needed_acts(application(cities=("150202", "150203", "150102")))
    assert acts == [
        (ActKind.HIGHWAY_PERMIT, "150000"),
        (ActKind.MUNICIPAL_CONSENT, "150200"),
        (ActKind.POLICE_DESIGNATION, "150200"),
        (ActKind.MUNICIPAL_CONSENT, "150100"),
        (ActKind.POLICE_DESIGNATION, "150100"),
    ]


def test_a_route_that_uses_no_city_street_needs_the_highway_pass_only() -> None:
    acts = needed_acts(application(route=route_contract(cities=())))
    assert acts == [(ActKind.HIGHWAY_PERMIT, "150000")]


def test_a_load_within_the_ordinary_limits_needs_no_act() -> None:
    assert needed_acts(application(answer=classification(over_limit=False))) == []
