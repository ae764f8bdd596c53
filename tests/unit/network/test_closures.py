"""When a restriction applies: spans, weekly hours over midnight, seasons, days and instants."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from transport.network.closures import (
    CHINA_TIME,
    Restriction,
    RestrictionKind,
    in_force,
    read_weekly,
    read_yearly,
    windows_on,
)

MONDAY = date(2026, 5, 11)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def closure(**facts: object) -> Restriction:
    return Restriction(
        id="R1", kind=RestrictionKind.CLOSURE, edges=(0,), reason="works", issued_by="office",
        closed=True, **facts,  # type: ignore[arg-type]
    )  # fmt: skip


def hours(restriction: Restriction, day: date) -> list[str]:
    return [f"{s:%d %H:%M}-{e:%d %H:%M}" for s, e in windows_on(restriction, day)]


def test_a_restriction_without_times_always_applies() -> None:
    (found,) = in_force([closure()], MONDAY, None)
    assert found.windows == ()


def test_a_closure_is_in_force_from_its_first_moment_and_not_at_its_last() -> None:
    works = closure(from_at=at("2026-05-11T08:00"), to_at=at("2026-05-11T18:00"))
    assert in_force([works], MONDAY, at("2026-05-11T08:00"))
    assert not in_force([works], MONDAY, at("2026-05-11T07:59"))
    assert not in_force([works], MONDAY, at("2026-05-11T18:00"))


def test_a_day_partly_covered_says_the_hours() -> None:
    works = closure(from_at=at("2026-05-11T08:00"), to_at=at("2026-05-12T18:00"))
    (found,) = in_force([works], MONDAY, None)
    assert found.windows == (("2026-05-11T08:00+08:00", "2026-05-12T00:00+08:00"),)
    assert in_force([works], date(2026, 5, 13), None) == ()


def test_a_day_wholly_covered_has_no_hours_left() -> None:
    works = closure(from_at=at("2026-05-10T08:00"), to_at=at("2026-05-20T18:00"))
    (found,) = in_force([works], MONDAY, None)
    assert found.windows == ()


def test_nightly_works_reach_into_the_morning_of_the_next_day() -> None:
    works = closure(weekly=read_weekly("Mo-Fr 22:00-06:00"))
    assert hours(works, MONDAY) == ["11 22:00-12 00:00"]
    assert hours(works, date(2026, 5, 12)) == ["12 00:00-12 06:00", "12 22:00-13 00:00"]
    assert hours(works, date(2026, 5, 16)) == ["16 00:00-16 06:00"]
    assert hours(works, date(2026, 5, 17)) == []


def test_an_instant_abroad_is_compared_with_the_time_in_china() -> None:
    works = closure(weekly=read_weekly("Mo 22:00-24:00"))
    instant = datetime.fromisoformat("2026-05-11T15:00+00:00")
    assert in_force([works], instant.astimezone(CHINA_TIME).date(), instant)


def test_a_season_comes_back_every_year_also_over_new_year() -> None:
    thaw = closure(yearly=read_yearly("03-15/05-31"))
    assert in_force([thaw], date(2027, 3, 15), None)
    assert not in_force([thaw], date(2027, 6, 1), None)
    winter = closure(yearly=read_yearly("11-01/02-29"))
    assert in_force([winter], date(2026, 1, 5), None)
    assert not in_force([winter], date(2026, 3, 1), None)


def test_hours_that_touch_are_one_window() -> None:
    works = closure(weekly=read_weekly("08:00-12:00; 12:00-15:00"))
    assert hours(works, MONDAY) == ["11 08:00-11 15:00"]


@pytest.mark.parametrize(
    "text", ["22-06", "Xx 10:00-11:00", "25:00-26:00", "10:61-11:00", "Mo-Fr", "10:00"]
)
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        read_weekly(text)


@pytest.mark.parametrize("text", ["3-15/5-31", "03-15", "13-01/01-01", "02-30/03-01"])
def test_seasons_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"season|month|day"):
        read_yearly(text)
