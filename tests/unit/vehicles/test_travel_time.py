"""The moment of travel: a day, or an instant with its offset."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from transport.errors import InvalidInputError
from transport.vehicles.travel_time import read_travel_at

LATE_IN_LONDON = datetime(2026, 5, 11, 20, 0, tzinfo=UTC)


def test_the_default_is_today_in_china() -> None:
    assert read_travel_at(None, LATE_IN_LONDON).day == date(2026, 5, 12)


def test_a_day_is_taken_as_it_stands() -> None:
    assert str(read_travel_at("2026-05-11", LATE_IN_LONDON)) == "2026-05-11"


def test_an_instant_belongs_to_its_day_in_china() -> None:
    travel_at = read_travel_at("2026-05-11T23:00+00:00", LATE_IN_LONDON)

    assert travel_at.day == date(2026, 5, 12)
    assert str(travel_at) == "2026-05-11T23:00:00+00:00"


def test_a_time_without_an_offset_is_an_error() -> None:
    with pytest.raises(InvalidInputError, match=r"travel_at: .* has no offset: write .*08:00"):
        read_travel_at("2026-05-11T08:00", LATE_IN_LONDON)


def test_what_is_no_day_is_an_error() -> None:
    with pytest.raises(InvalidInputError, match=r"is no day or time"):
        read_travel_at("tomorrow", LATE_IN_LONDON)
