"""Choices of form fields, and the months that pages of the toll office are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from transport.errors import FieldFault, InvalidInputError, NoLawInForceError
from transport.services.settling_relief import check_month
from transport.services.stepping import day_of
from webapp.access import current_services
from webapp.area_names import area_name
from webapp.wording import say

_LEAGUE_DIGITS = 4


def choices(kind: str, words: Iterable[object]) -> list[tuple[str, str]]:
    """Return pairs of word and text for a list of choices."""
    return [(str(one), say(kind, one)) for one in words]


def today() -> date:
    """Return the day in China."""
    return day_of(current_services().clock.now())


def months_asked(form: Mapping[str, str]) -> tuple[str, str]:
    """Read `first` and `last` (`YYYY-MM`), by default this year; raises on a wrong month."""
    now = today()
    first = form.get("first", "") or f"{now:%Y}-01"
    last = form.get("last", "") or f"{now:%Y-%m}"
    faults: list[FieldFault] = []
    for field, month in (("first", first), ("last", last)):
        try:
            check_month(month, field)
        except InvalidInputError as wrong:
            faults += wrong.faults
    if faults:
        raise InvalidInputError(faults)
    return min(first, last), max(first, last)


def league_name(code: str) -> str:
    """Name a league by the first four digits of its code; a dash where it is not known."""
    return area_name(f"{code}00") if len(code) == _LEAGUE_DIGITS else area_name(code)


def rates_status() -> str:
    """Return how sure today's toll schedule is, `demonstration` where there is none."""
    try:
        return current_services().tariff.on(today()).status.value
    except NoLawInForceError:
        return "demonstration"
