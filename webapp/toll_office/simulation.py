"""Try schemes on past or made-up trips: side by side, saved, exported."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.errors import FieldFault, InvalidInputError
from transport.relief.comparing import compare
from transport.relief.schemes import Scheme
from transport.relief.trip_table import TripTable, read_trips
from transport.services.simulating_relief import (
    NO_CHANGE,
    assumptions_on,
    list_scenarios,
    open_scenario,
    price_ways,
    save_scenario,
    scenarios_named,
    synthetic_trips,
)
from transport.tariffs.money import fen_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import Bar, bars, columns
from webapp.csv_files import decoded, harmless
from webapp.fields import Fields
from webapp.page_context import menu_entry
from webapp.relief_wording import kind_name, steps_text
from webapp.toll_choices import league_name, rates_status, today

blueprint = Blueprint("toll_simulation", __name__)
NAVIGATION = (menu_entry("toll_simulation.show", _l("Simulation"), Role.TOLL_OFFICER, order=80),)
LABELS = {
    "name": _l("Name of the scenario"),
    "schemes": _l("Schemes to compare"),
    "file": _l("Trips as CSV"),
    "trips": _l("Trips"),
    "seed": _l("Seed"),
    "count": _l("Number of trips"),
    "year": _l("Year"),
}
_MOST_TRIPS = 200_000
_MOST_SEED = 1_000_000
_SHOWN = 12
_MADE_UP = re.compile(r"synthetic year (\d+), seed (\d+), (\d+) trips")


@blueprint.get("/toll-office/simulation")
@for_role(Role.TOLL_OFFICER)
def show() -> str:
    """Show the form and the saved scenarios."""
    return _page(())


@blueprint.post("/toll-office/simulation")
@for_role(Role.TOLL_OFFICER)
def run() -> AnyResponse | tuple[str, int]:
    """Replay trips under the chosen schemes and keep the result."""
    services = current_services()
    try:
        fields = Fields(request.form)
        name = fields.text("name")
        chosen = request.form.getlist("schemes")
        if not chosen:
            fields.refuse("schemes", "choose at least one", "choose_one")
        known = {one.id: one for one in services.schemes.schemes}
        table = _trips(fields)
        fields.check()
        ways = price_ways(services.network(), services.tariff, table.keys, today())
        result = compare(
            table,
            ways,
            scenarios_named([*chosen], known),
            assumptions=assumptions_on(services.law, today()),
            calendar=services.calendar,
        )
        saved = save_scenario(
            services.unit_of_work,
            actor=current_actor(),
            name=name,
            result=json.dumps(result, ensure_ascii=False),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    return redirect(url_for("toll_simulation.one", scenario_id=saved.id))


@blueprint.get("/toll-office/simulation/<scenario_id>")
@for_role(Role.TOLL_OFFICER)
def one(scenario_id: str) -> str:
    """Show a comparison with its charts, ranges and assumptions."""
    saved = open_scenario(current_services().unit_of_work, scenario_id)
    result = json.loads(saved.result)
    known = {one.id: one for one in current_services().schemes.schemes}
    names = {one.id: one.name for one in known.values()}
    names[NO_CHANGE] = gettext("No change")
    return render_template(
        "toll_office/scenario.html",
        saved=saved,
        result=result,
        names=names,
        charts_of=_charts(result, names),
        parts=list(zip(result["schemes"], _parts(result["schemes"]), strict=True)),
        no_change=NO_CHANGE,
        source_text=_source_text,
        rules_text=lambda row: _rules_text(row, known),
        out_of_days={one.id for one in known.values() if not _meets(one, result)},
    )


@blueprint.get("/toll-office/simulation/<scenario_id>/export.<any(json, csv):form>")
@for_role(Role.TOLL_OFFICER)
def export(scenario_id: str, form: str) -> Response:
    """Give out a comparison as JSON, or as one CSV table of all its parts."""
    saved = open_scenario(current_services().unit_of_work, scenario_id)
    if form == "json":
        content, kind = saved.result.encode(), "application/json"
    else:
        content, kind = _flat(json.loads(saved.result)).encode("utf-8-sig"), "text/csv"
    return Response(
        content,
        mimetype=kind,
        headers={"Content-Disposition": f"attachment; filename=scenario.{form}"},
    )


def _trips(fields: Fields) -> TripTable:
    given = request.files.get("file")
    if given is not None and given.filename:
        text = decoded(given.read())
        try:
            return read_trips(io.StringIO(text, newline=""), given.filename)
        except InvalidInputError as wrong:
            faults = [FieldFault("file", one.message, one.code, one.params) for one in wrong.faults]
            raise InvalidInputError(faults) from wrong
    seed = fields.whole_number("seed", least=0, most=_MOST_SEED)
    count = fields.whole_number("count", least=1, most=_MOST_TRIPS)
    year = fields.whole_number("year", least=2000, most=2100)
    fields.check()
    return synthetic_trips(current_services().network(), seed=seed, year=year, count=count)


def _charts(result: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Draw what people look at: loss side by side, by operator, by kind, by month."""
    schemes = result["schemes"]
    months = [one["month"] for one in schemes[0]["by_month"]] if schemes else []
    return {
        "loss": bars(
            [
                (
                    names.get(one["scheme"], one["scheme"]),
                    _thousands(one["loss_yuan"]),
                    (_fen(one["sensitivity"][0]["loss_yuan"][0]), _spread(one)),
                )
                for one in schemes
            ]
        ),
        "months": columns(
            [[_fen(one["loss_yuan"]) for one in each["by_month"]] for each in schemes]
        ),
        "month_names": [one[5:] for one in months],
        "names": [names.get(one["scheme"], one["scheme"]) for one in schemes],
    }


def _parts(schemes: list[dict[str, Any]]) -> list[dict[str, tuple[Bar, ...]]]:
    """Draw the parts of the loss of every scheme."""
    return [
        {
            "operator": _bars(one["by_operator"], lambda row: str(row["operator"])),
            "component_kind": _bars(
                one["by_component_kind"], lambda row: kind_name(row["component_kind"])
            ),
            "league": _bars(one["by_league"], lambda row: league_name(row["league"])),
            "project": _bars(one["by_project"][:_SHOWN], lambda row: str(row["project"])),
        }
        for one in schemes
    ]


def _spread(one: dict[str, Any]) -> int:
    low, high = one["sensitivity"][0]["loss_yuan"]
    return _fen(high) - _fen(low)


def _bars(rows: list[dict[str, Any]], name: Callable[[dict[str, Any]], str]) -> tuple[Bar, ...]:
    return bars(
        [(name(one), _thousands(one["loss_yuan"]), (_fen(one["loss_yuan"]),)) for one in rows]
    )


def _source_text(source: str) -> str:
    """Say where trips come from; those of the generator in the reader's language."""
    found = _MADE_UP.fullmatch(source)
    if found is None:
        return source
    told = dict(zip(("year", "seed", "count"), found.groups(), strict=True))
    return str(gettext("year %(year)s, seed %(seed)s, %(count)s trips", **told))


def _rules_text(row: dict[str, Any], known: Mapping[str, Scheme]) -> str:
    """Say what a scheme calculates as it did then; its rules as written where it changed since."""
    scheme = known.get(row["scheme"])
    as_then = scheme is not None and row["rules"] == [scheme.rule]
    return steps_text(scheme) if scheme is not None and as_then else "; ".join(row["rules"])


def _meets(scheme: Scheme, result: dict[str, Any]) -> bool:
    first, last = str(result["from"]), str(result["to"])
    return scheme.starts_on.isoformat() <= last and first <= scheme.ends_on.isoformat()


def _thousands(yuan: str) -> str:
    return f"¥ {float(yuan):,.2f}"


def _fen(yuan: str) -> int:
    return fen_of(Decimal(yuan))


def _flat(result: dict[str, Any]) -> str:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(("scheme", "grouping", "name", "year", "trips", "toll_yuan", "loss_yuan"))
    for scheme in result["schemes"]:
        whole = (scheme["scheme"], "all", "", "", result["trips"])
        writer.writerow((*whole, scheme["toll_yuan"], scheme["loss_yuan"]))
        for key, rows in scheme.items():
            if not key.startswith("by_") or not isinstance(rows, list):
                continue
            for row in rows:
                name = next(iter(row.values()))
                told = (row.get("year", ""), row.get("trips", ""), row.get("toll_yuan", ""))
                writer.writerow(
                    (scheme["scheme"], key[3:], harmless(str(name)), *told, row["loss_yuan"])
                )
    return made.getvalue()


def _page(faults: tuple[FieldFault, ...]) -> str:
    services = current_services()
    return render_template(
        "toll_office/simulation.html",
        rates_status=rates_status(),
        schemes=[(one.id, one.name) for one in services.schemes.schemes],
        no_change=NO_CHANGE,
        scenarios=list_scenarios(services.unit_of_work),
        faults=faults,
        values=request.form or {"seed": 7, "count": 10_000, "year": today().year},
        labels=LABELS,
    )
