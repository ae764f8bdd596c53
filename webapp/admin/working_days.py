"""Working days: which years are announced, and the form for a year that no file holds yet."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.services.keeping_calendar import enter_year, entered_years
from transport.working_days import EnteredYear, YearOfDays
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields

blueprint = Blueprint("working_days", __name__)

LABELS = {
    "year": _l("Year"),
    "holidays": _l("Days off"),
    "make_up_days": _l("Weekend days worked"),
    "source": _l("Announcement"),
}
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:~|～|至|到|–|—|to)\s*(\d{4}-\d{2}-\d{2}))?")
_LONGEST = 5000
_LONGEST_RANGE = 31


@blueprint.get("/admin/working-days")
@for_role(Role.ADMINISTRATOR)
def listed() -> str:
    """List the announced and entered years; `?year=2027` opens one for correction."""
    services = current_services()
    year = request.args.get("year", type=int) or 0
    opened = {one.year: one for one in entered_years(services.unit_of_work)}.get(year)
    if opened:
        return _page((), {**_values(opened.year, opened.days), **_origin(opened)})
    announced = services.calendar.years.get(year)
    return _page((), _values(year, announced) if announced else {})


@blueprint.post("/admin/working-days")
@for_role(Role.ADMINISTRATOR)
def enter() -> Response | tuple[str, int]:
    """Enter or correct a year; it counts at once."""
    services = current_services()
    fields = Fields(request.form)
    year = fields.whole_number("year", least=2019, most=2100)
    holidays, make_up_days = _days(fields, "holidays"), _days(fields, "make_up_days")
    source = fields.text("source", longest=200)
    version = request.form.get("version", type=int)
    try:
        fields.check()
        enter_year(
            services.unit_of_work,
            actor=current_actor(),
            year=year,
            holidays=holidays,
            make_up_days=make_up_days,
            source=source,
            now=services.clock.now(),
            expected_version=version,
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults, request.form), 422
    except ConflictError:
        fault = FieldFault("year", "was entered meanwhile", "changed_meanwhile")
        return _page((fault,), request.form), 409
    flash(gettext("The working days of %(year)s are entered and count from now on.", year=year))
    return redirect(url_for("working_days.listed"))


def _days(fields: Fields, field: str) -> tuple[date, ...]:
    """Read days and ranges of days, one a line or joined by commas."""
    text = fields.text(field, required=False, longest=_LONGEST)
    found: list[date] = []
    for part in filter(None, (one.strip() for one in re.split(r"[\n,，、;；]", text))):
        try:
            found += _span(part)
        except ValueError:
            fields.refuse(field, f"'{part}' is not a day like 2027-03-01", "not_a_day", given=part)
    return tuple(found)


def _span(text: str) -> list[date]:
    """Return the days of one entry; raises ValueError where it is no day and no range."""
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first = date.fromisoformat(found[1])
    last = date.fromisoformat(found[2]) if found[2] else first
    length = (last - first).days
    if not 0 <= length < _LONGEST_RANGE:
        raise ValueError(text)
    return [first + timedelta(days=number) for number in range(length + 1)]


def _values(year: int, days: YearOfDays) -> dict[str, object]:
    return {
        "year": year,
        "holidays": "\n".join(day.isoformat() for day in sorted(days.holidays)),
        "make_up_days": "\n".join(day.isoformat() for day in sorted(days.make_up_days)),
    }


def _origin(entered: EnteredYear) -> dict[str, object]:
    return {"source": entered.source, "version": entered.version}


def _page(faults: tuple[FieldFault, ...], values: object) -> str:
    services = current_services()
    entered = {one.year: one for one in entered_years(services.unit_of_work)}
    return render_template(
        "admin/working_days.html",
        years=sorted(services.calendar.years.items()),
        entered=entered,
        faults=faults,
        values=values,
        labels=LABELS,
    )
