"""The tariff as data: lines entered by hand or from CSV, given out as CSV, checked for gaps."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.services.keeping_tolls import add_lines, end_line, import_lines
from transport.tariffs.checking import check_lines
from transport.tariffs.line_files import (
    LINE_COLUMNS,
    read_lines,
    write_lines,
    write_sections,
    write_stations,
)
from transport.tariffs.lines import ABOVE_SIX_CLASS, HIGHEST_CLASS, Bound, DayKind, LineKind
from transport.tariffs.schedule import TariffStatus
from webapp.access import Role, current_actor, current_services, for_role
from webapp.csv_files import decoded
from webapp.fields import Fields
from webapp.toll_choices import choices, today
from webapp.toll_office.row_forms import step_on_row, version_of

blueprint = Blueprint("toll_tariff", __name__)
LABELS = {
    "file": _l("CSV file"),
    "line_id": _l("Name of the line"),
    "kind": _l("Kind"),
    "road_ref": _l("Road"),
    "section_id": _l("Section"),
    "vehicle_class": _l("Truck class"),
    "days": _l("Days"),
    "bound": _l("Direction"),
    "structure_id": _l("Bridge or tunnel"),
    "amount_yuan": _l("Amount (yuan)"),
    "valid_from": _l("First day"),
    "valid_to": _l("Last day"),
    "status": _l("How sure"),
    "source": _l("Source"),
    "last_day": _l("Last day"),
}
_CLASSES = (*range(1, HIGHEST_CLASS + 1), ABOVE_SIX_CLASS)


@blueprint.get("/toll-office/tariff")
@for_role(Role.TOLL_OFFICER)
def show() -> str:
    """Show lines, gaps and overlaps, stations and sections, with the form for a new line."""
    return _page(())


@blueprint.post("/toll-office/tariff")
@for_role(Role.TOLL_OFFICER)
def enter() -> AnyResponse | tuple[str, int]:
    """Add one line that was typed in."""
    services = current_services()
    cells = {one: request.form.get(one, "").replace('"', '""') for one in LINE_COLUMNS}
    text = ",".join(LINE_COLUMNS) + "\n" + ",".join(f'"{one}"' for one in cells.values()) + "\n"
    try:
        lines = read_lines(text)
        add_lines(
            services.unit_of_work, actor=current_actor(), lines=lines, now=services.clock.now()
        )
    except InvalidInputError as wrong:
        return _page(tuple(_at_field(one) for one in wrong.faults)), 422
    except ConflictError:
        return _page((FieldFault("line_id", "is taken", "id_taken"),)), 409
    flash(gettext("The line %(name)s is in the tariff.", name=cells["line_id"]))
    return redirect(url_for("toll_tariff.show"))


@blueprint.post("/toll-office/tariff/file")
@for_role(Role.TOLL_OFFICER)
def upload() -> AnyResponse | tuple[str, int]:
    """Add the lines of a CSV file, all or none."""
    services = current_services()
    given = request.files.get("file")
    content = given.read() if given else b""
    try:
        count = import_lines(
            services.unit_of_work,
            actor=current_actor(),
            text=decoded(content),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        return _page((FieldFault("file", "holds a line that is known", "id_taken"),)), 409
    flash(gettext("Lines added to the tariff: %(count)s.", count=count))
    return redirect(url_for("toll_tariff.show"))


@blueprint.post("/toll-office/tariff/<line_id>/end")
@for_role(Role.TOLL_OFFICER)
def end(line_id: str) -> AnyResponse | tuple[str, int]:
    """Let an entered line end on a day."""
    services, fields = current_services(), Fields(request.form)
    last_day, version = fields.day("last_day"), version_of(fields)

    def step() -> None:
        end_line(
            services.unit_of_work,
            actor=current_actor(),
            line_id=line_id,
            expected_version=version,
            last_day=last_day or today(),
            now=services.clock.now(),
        )

    return step_on_row(fields, step, _page, field="last_day", back=url_for("toll_tariff.show"))


@blueprint.get("/toll-office/tariff/<any(lines, stations, sections):table>.csv")
@for_role(Role.TOLL_OFFICER)
def download(table: str) -> Response:
    """Give out one table as CSV, which can be read in again."""
    tariff = current_services().tariff
    text = {
        "lines": lambda: write_lines(tariff.lines),
        "stations": lambda: write_stations(tariff.roads.stations),
        "sections": lambda: write_sections(tariff.roads.sections),
    }[table]()
    return Response(
        text.encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={table}.csv"},
    )


def _at_field(fault: FieldFault) -> FieldFault:
    """Move a fault of the one row to the field that was typed."""
    params = dict(fault.params)
    column = params.get("column") or "line_id"
    return FieldFault(column, fault.message, fault.code and "field_wrong", fault.params)


def _page(faults: Sequence[FieldFault]) -> str:
    services = current_services()
    tariff = services.tariff
    with services.unit_of_work(read_only=True) as work:
        entered = {one.id: one for one in work.tariff_lines.listed()}
    return render_template(
        "toll_office/tariff.html",
        lines=tariff.lines,
        entered=entered,
        problems=check_lines(tariff.lines),
        roads=tariff.roads,
        options={
            "kind": choices("line_kind", LineKind),
            "days": choices("line_days", DayKind),
            "bound": choices("line_bound", Bound),
            "status": choices("legal_status", TariffStatus),
            "vehicle_class": choices("line_class", _CLASSES),
            "section_id": [
                (one.id, f"{one.name} · {one.operator}") for one in tariff.roads.sections
            ],
        },
        faults=faults,
        values=request.form,
        labels=LABELS,
    )
