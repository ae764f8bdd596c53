"""When conditions hold, and which hours a journey can keep clear of."""

from __future__ import annotations

import pytest

from road_data.osm.tags.closed_hours import plain_hours
from road_data.osm.tags.hours import Hours, read_hours
from transport.network.closures import read_weekly, read_yearly


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("24/7", Hours.ALWAYS),
        ("00:00-24:00", Hours.ALWAYS),
        ("Mo-Su 00:00-24:00", Hours.ALWAYS),
        ("Jan-Dec", Hours.ALWAYS),
        ("off", Hours.NEVER),
        ("24/7 off", Hours.NEVER),
        ("22:00-06:00", Hours.AT_TIMES),
        ("Mo-Fr 06:00-20:00", Hours.AT_TIMES),
        ("Nov-Mar", Hours.AT_TIMES),
        ("2026 Mar 01-2026 May 31", Hours.AT_TIMES),
        ("sunset-sunrise", Hours.AT_TIMES),
        ("PH", Hours.AT_TIMES),
        ("wet", None),
        ("06:00", None),
        ("", None),
    ],
)
def test_an_expression_holds_always_at_times_or_never(text: str, hours: Hours | None) -> None:
    assert read_hours(text) is hours


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("22:00-06:00", "Mo-Su 22:00-06:00"),
        ("Mo-Fr 07:00-09:00,16:00-18:00", "Mo-Fr 07:00-09:00; Mo-Fr 16:00-18:00"),
        ("Sa,Su", "Sa,Su 00:00-24:00"),
        ("Sa 12:00-24:00; Su 00:00-22:00", "Sa 12:00-24:00; Su 00:00-22:00"),
        ("Mar 15-May 15", "season 03-15/05-15"),
        ("Nov-Mar", "season 11-01/03-31"),
        ("Jan-Feb", "season 01-01/02-29"),
        ("Mo-Fr 07:00-19:00; We off", None),
        ("PH off", None),
        ("sunset-sunrise", None),
        ("Mo[1] 08:00-10:00", None),
        ("24/7", None),
    ],
)
def test_plain_hours_are_those_a_restriction_can_hold(text: str, plain: str | None) -> None:
    assert plain_hours(text) == plain
    if plain and plain.startswith("season "):
        assert read_yearly(plain.removeprefix("season "))
    elif plain:
        assert read_weekly(plain)
