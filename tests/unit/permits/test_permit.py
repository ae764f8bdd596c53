from __future__ import annotations

from datetime import date

import pytest

from tests.factories import MONDAY, application, document, with_papers
from transport.errors import InvalidInputError
from transport.permits.permit import RoadOnPass, roads_of, validity

LICENCE_END, INSURANCE_END = date(2026, 7, 31), date(2026, 6, 30)


def test_the_pass_ends_with_the_window_when_every_paper_lasts_longer() -> None:
    assert validity(application()) == (MONDAY, date(2026, 8, 31), "")


def test_the_pass_ends_with_the_shortest_paper() -> None:
    given = with_papers(application(), vehicle_licence=LICENCE_END, transport_licence=INSURANCE_END)
    assert validity(given) == (MONDAY, INSURANCE_END, "transport_licence")


def test_a_renewed_paper_replaces_the_older_one() -> None:
    given = application(
        documents=(
            document("vehicle_licence", valid_until=INSURANCE_END),
            document("vehicle_licence", valid_until=LICENCE_END),
        )
    )
    assert validity(given)[1] == LICENCE_END


def test_a_pass_is_not_issued_on_a_paper_that_has_ended() -> None:
    given = with_papers(application(), vehicle_licence=date(2026, 5, 1))
    with pytest.raises(InvalidInputError, match=r"vehicle_licence.*before the travel begins"):
        validity(given)


def test_stretches_are_joined_and_kilometres_of_the_journey_are_no_chainage() -> None:
    assert roads_of(application()) == (
        RoadOnPass("G6", 600.0, 520.0),
        RoadOnPass("钢铁大街", None, None),
    )
