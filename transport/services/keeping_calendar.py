"""An administrator enters the working days of a year that no calendar file announces yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWorkFactory
from transport.working_days import EnteredYear

_SATURDAY = 5
_FIRST_YEAR, _LAST_YEAR = 2019, 2100
# An announcement lists seven festivals, 17 to 19 weekdays of them: fewer is no whole year.
_FEWEST_DAYS_OFF = 10


def entered_years(unit_of_work: UnitOfWorkFactory) -> list[EnteredYear]:
    """Return the years that administrators entered, in order."""
    with unit_of_work(read_only=True) as work:
        return work.working_years.listed()


def enter_year(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    year: int,
    holidays: Collection[date],
    make_up_days: Collection[date],
    source: str,
    now: datetime,
    expected_version: int | None = None,
) -> EnteredYear:
    """Enter a year, or correct one read at `expected_version`; administrators only.

    Raises InvalidInputError with every fault, ConflictError if somebody entered it meanwhile.
    """
    if actor.role is not Role.ADMINISTRATOR:
        raise StepNotAllowedError("only an administrator enters working days", "administrator_only")
    entered = EnteredYear(
        year=year,
        holidays=tuple(sorted(set(holidays))),
        make_up_days=tuple(sorted(set(make_up_days))),
        source=source.strip(),
        version=expected_version or 1,
    )
    faults = _faults(entered)
    if faults:
        raise InvalidInputError(faults)
    with unit_of_work() as work:
        if expected_version is None:
            work.working_years.add(entered, changed_by=actor.name, at=now)
        else:
            entered = work.working_years.save(entered, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=f"working days {year}",
                step="enter_working_year",
                reason=entered.source,
                details={
                    "holidays": " ".join(day.isoformat() for day in entered.holidays),
                    "make_up_days": " ".join(day.isoformat() for day in entered.make_up_days),
                },
            )
        )
        work.commit()
    return entered


def _faults(entered: EnteredYear) -> list[FieldFault]:
    faults = []
    if not _FIRST_YEAR <= entered.year <= _LAST_YEAR:
        message = f"must be between {_FIRST_YEAR} and {_LAST_YEAR}"
        bounds = (("least", str(_FIRST_YEAR)), ("most", str(_LAST_YEAR)))
        faults.append(FieldFault("year", message, "out_of_range", bounds))
    if not entered.source:
        faults.append(FieldFault("source", "is required", "required"))
    if not entered.holidays:
        faults.append(FieldFault("holidays", "is required", "required"))
    elif len(entered.holidays) < _FEWEST_DAYS_OFF:
        message = f"lists {len(entered.holidays)} days off, at least {_FEWEST_DAYS_OFF} are"
        message += " announced for a year: enter all of them"
        params = (("given", str(len(entered.holidays))), ("least", str(_FEWEST_DAYS_OFF)))
        faults.append(FieldFault("holidays", message, "too_few_days_off", params))
    for field, days in (("holidays", entered.holidays), ("make_up_days", entered.make_up_days)):
        strange = [day for day in days if day.year != entered.year]
        faults += [_fault(field, day, "is not in the year", "day_of_other_year") for day in strange]
    both = sorted({*entered.holidays} & {*entered.make_up_days})
    faults += [_fault("make_up_days", day, "is also a holiday", "day_is_both") for day in both]
    faults += [
        _fault("make_up_days", day, "is an ordinary working day", "day_is_weekday")
        for day in entered.make_up_days
        if day.weekday() < _SATURDAY
    ]
    return faults


def _fault(field: str, day: date, message: str, code: str) -> FieldFault:
    return FieldFault(field, f"{day.isoformat()} {message}", code, (("day", day.isoformat()),))
