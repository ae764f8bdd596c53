"""Monthly and yearly reports by league, road, scheme and kind, and the signals behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError
from transport.relief.reporting import Grouping, Report, report
from transport.relief.signals import SignalLimits, find_signals
from transport.services.claiming_relief import list_months
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import Bar, bars, columns, yuan_label
from webapp.page_context import menu_entry
from webapp.relief_wording import kind_name
from webapp.toll_choices import league_name, months_asked, today

blueprint = Blueprint("toll_reports", __name__)
NAVIGATION = (
    menu_entry(
        "toll_reports.show", _l("Reports"), Role.TOLL_OFFICER, Role.FINANCE_OFFICER, order=25
    ),
)
LABELS = {"first": _l("From month"), "last": _l("To month")}
SHOWN = (Grouping.LEAGUE, Grouping.ROAD, Grouping.SCHEME, Grouping.COMPONENT_KIND)
_MOST_BARS = 12


@blueprint.get("/toll-office/report")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def show() -> str | tuple[str, int]:
    """Show the report of some months with its charts."""
    try:
        first, last = months_asked(request.args)
    except InvalidInputError as wrong:
        now = f"{today():%Y-%m}"
        return _page(report((), now, now), wrong.faults), 422
    return _page(_report(first, last), ())


@blueprint.get("/toll-office/report.<any(pdf, xlsx):form>")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def paper(form: str) -> Response:
    """Give out the report as PDF or Excel."""
    first, last = months_asked(request.args)
    found = _in_chinese(_report(first, last))
    made = current_services().papers.relief_report(found, form, today())
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.filename,
    )


@blueprint.get("/toll-office/signals")
@for_role(Role.TOLL_OFFICER, Role.FINANCE_OFFICER)
def signals() -> str | tuple[str, int]:
    """Show what a person should look at, each with the records it rests on."""
    services = current_services()
    faults: tuple[FieldFault, ...] = ()
    try:
        first, last = months_asked(request.args)
    except InvalidInputError as wrong:
        first = last = f"{today():%Y-%m}"
        faults = wrong.faults
    claims = list_months(services.unit_of_work, actor=current_actor(), first=first, last=last)
    outputs: dict[str, int] = defaultdict(int)
    names = {}
    with services.unit_of_work(read_only=True) as work:
        for producer in {one.facts.producer for one in claims if one.facts.producer}:
            pieces = work.components.of_organisation(producer)
            if pieces:
                outputs[producer] = len(pieces)
        names = {one.id: one.name for one in work.organisations.listed()}
    page = render_template(
        "toll_office/signals.html",
        signals=find_signals(claims, _limits(last), outputs),
        checked=len(claims),
        names=names,
        faults=faults,
        values={"first": first, "last": last},
        labels=LABELS,
    )
    return (page, 422) if faults else page


def _in_chinese(found: Report) -> Report:
    """Return the report with kinds of components named as papers name them."""
    known = current_services().catalogue.components
    kinds = tuple(
        replace(one, name=known[one.name].name_zh) if one.name in known else one
        for one in found.parts[Grouping.COMPONENT_KIND]
    )
    return replace(found, parts={**found.parts, Grouping.COMPONENT_KIND: kinds})


def _limits(month: str) -> SignalLimits:
    day = date.fromisoformat(f"{month}-01")
    checks = current_services().law.relief_checks
    return SignalLimits(
        fastest_km_h=checks.fastest_km_h.on(day).value,
        size_m=checks.size_signal_m.on(day).value,
        same_weights=checks.same_weights.on(day).value,
    )


def grouped_bars(found: Report, grouping: Grouping) -> tuple[Bar, ...]:
    """Draw toll and relief of the largest parts of a report."""
    return bars(
        [
            (
                part_name(grouping, one.name),
                yuan_label(one.relief_fen),
                (one.relief_fen, one.toll_fen - one.relief_fen),
            )
            for one in found.parts[grouping][:_MOST_BARS]
        ]
    )


def part_name(grouping: Grouping, name: str) -> str:
    """Say the name of a part of a report."""
    if grouping is Grouping.LEAGUE:
        return league_name(name)
    if grouping is Grouping.COMPONENT_KIND:
        return kind_name(name)
    if grouping is Grouping.ROAD:
        return name.replace(";", "/") or "–"
    return name or "–"


def _report(first: str, last: str) -> Report:
    services = current_services()
    claims = list_months(services.unit_of_work, actor=current_actor(), first=first, last=last)
    return report(claims, first, last)


def _page(found: Report, faults: tuple[FieldFault, ...]) -> str:
    months = found.parts[Grouping.MONTH]
    return render_template(
        "toll_office/report.html",
        report=found,
        drawn=[(one, grouped_bars(found, one)) for one in SHOWN],
        groupings=[
            (one, [(part_name(one, part.name), part) for part in found.parts[one]])
            for one in Grouping
        ],
        months=columns(
            [[one.toll_fen for one in months], [one.relief_fen for one in months]] if months else []
        ),
        month_names=[one.name[2:] for one in months],
        faults=faults,
        values={"first": found.first_month, "last": found.last_month},
        labels=LABELS,
    )
