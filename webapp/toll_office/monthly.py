"""The relief list of a month: on the page, and as Excel for the accounts."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError
from transport.permits.manifest import Trip
from transport.relief.monthly import MonthlyList, monthly_list
from transport.services.claiming_relief import list_month
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("toll_monthly", __name__)
NAVIGATION = (
    menu_entry(
        "toll_monthly.show", _l("Monthly list"), Role.TOLL_OFFICER, Role.FINANCE_OFFICER, order=20
    ),
)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@blueprint.get("/toll-office/monthly")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def show() -> str | tuple[str, int]:
    """Show the records of a month with the sums of each scheme."""
    month = request.args.get("month", "") or f"{_today():%Y-%m}"
    if not _MONTH.fullmatch(month):
        faults = (FieldFault("month", f"'{month}' is not like 2026-05", "month_form"),)
        return _page(monthly_list((), month), faults), 422
    return _page(_entries(month), ())


@blueprint.get("/toll-office/monthly/<month>.xlsx")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def workbook(month: str) -> Response:
    """Give out the list of a month as Excel."""
    if not _MONTH.fullmatch(month):
        raise InvalidInputError([FieldFault("month", f"'{month}' is not like 2026-05")])
    entries = _entries(month)
    services = current_services()
    paper = services.papers.relief_list(entries, _trips(entries), _today())
    return send_file(
        BytesIO(paper.content),
        mimetype=paper.media_type,
        as_attachment=True,
        download_name=paper.filename,
    )


def _page(entries: MonthlyList, faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "toll_office/monthly.html",
        entries=entries,
        faults=faults,
        values={"month": entries.month},
        labels={"month": _l("Month")},
    )


def _entries(month: str) -> MonthlyList:
    return list_month(current_services().unit_of_work, actor=current_actor(), month=month)


def _trips(entries: MonthlyList) -> dict[str, Trip]:
    with current_services().unit_of_work(read_only=True) as work:
        return {one.trip_id: work.trips.get(one.trip_id) for one in entries.claims}


def _today() -> date:
    return day_of(current_services().clock.now())
