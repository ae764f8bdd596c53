"""Entering a year of working days: who may, what is refused, what counts afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.fakes import FakeUnitsOfWork
from transport.errors import ConflictError, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.services.keeping_calendar import enter_year, entered_years
from transport.working_days import EnteredYear, WorkingCalendar, YearOfDays

FESTIVALS = [date(2027, 1, 1), *(date(2027, 2, day) for day in range(1, 10))]
NOW = datetime(2026, 11, 10, tzinfo=UTC)
ADMINISTRATOR = Actor("a", "管理员", "o", "自治区交通运输厅", Role.ADMINISTRATOR)


def _enter(units: FakeUnitsOfWork, actor: Actor = ADMINISTRATOR, **more: object) -> EnteredYear:
    given: dict[str, object] = {
        "year": 2027,
        "holidays": FESTIVALS,
        "make_up_days": [date(2027, 2, 14)],
        "source": "国办通知",
        "now": NOW,
    }
    return enter_year(units, actor=actor, **(given | more))  # type: ignore[arg-type]


def test_an_entered_year_joins_the_announced_ones() -> None:
    units = FakeUnitsOfWork()
    _enter(units)
    announced = WorkingCalendar({2026: YearOfDays(frozenset(), frozenset())})

    calendar = announced.with_entered(entered_years(units))

    assert calendar.is_announced(2026)
    assert calendar.is_working_day(date(2027, 1, 1)) is False
    assert calendar.is_working_day(date(2027, 2, 14)) is True
    assert calendar.is_working_day(date(2028, 1, 3)) is None
    assert not announced.is_announced(2027)


def test_a_year_is_entered_once_and_corrected_at_its_version() -> None:
    units = FakeUnitsOfWork()
    first = _enter(units)

    with pytest.raises(ConflictError):
        _enter(units)
    second = _enter(
        units, holidays=[date(2027, 1, 4), *FESTIVALS[1:]], expected_version=first.version
    )
    with pytest.raises(ConflictError):
        _enter(units, expected_version=first.version)
    assert entered_years(units) == [second]


def test_only_an_administrator_enters_a_year() -> None:
    officer = Actor("b", "王", "o", "处", Role.CARRIER)

    with pytest.raises(StepNotAllowedError):
        _enter(FakeUnitsOfWork(), actor=officer)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InvalidInputError) as wrong:
        _enter(
            FakeUnitsOfWork(),
            source=" ",
            holidays=[date(2026, 1, 1), date(2027, 2, 14), *FESTIVALS],
            make_up_days=[date(2027, 2, 14), date(2027, 3, 3)],
        )

    assert [fault.field for fault in wrong.value.faults] == [
        "source",
        "holidays",
        "make_up_days",
        "make_up_days",
    ]


def test_a_year_with_few_days_off_is_not_the_whole_announcement() -> None:
    with pytest.raises(InvalidInputError) as wrong:
        _enter(FakeUnitsOfWork(), holidays=FESTIVALS[:3])

    (fault,) = wrong.value.faults
    assert (fault.field, fault.code) == ("holidays", "too_few_days_off")
