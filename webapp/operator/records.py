"""An operator's exchange records: handed in, compared, kept; it sees its own files only."""

from __future__ import annotations

import hashlib
import io

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.services.reconciling_records import (
    RecordsFile,
    import_records,
    list_imports,
    open_import,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import bars
from webapp.csv_files import decoded, mismatch_answer
from webapp.page_context import menu_entry
from webapp.toll_choices import rates_status, today
from webapp.wording import say

blueprint = Blueprint("operator_records", __name__)
NAVIGATION = (menu_entry("operator_records.show", _l("My records"), Role.OPERATOR, order=20),)
LABELS = {"file": _l("CSV file"), "month": _l("Month")}


@blueprint.get("/operator/records")
@for_role(Role.OPERATOR)
def show() -> str:
    """Show the files handed in, and the form for another."""
    return _page(())


@blueprint.post("/operator/records")
@for_role(Role.OPERATOR)
def upload() -> AnyResponse | tuple[str, int]:
    """Hand in a file; all of it is kept, or nothing."""
    services, given = current_services(), request.files.get("file")
    content = given.read() if given else b""
    try:
        lines = io.StringIO(decoded(content), newline="")
        name = (given.filename if given else "") or ""
        made = import_records(
            services.unit_of_work,
            services.network(),
            services.tariff,
            services.law,
            actor=current_actor(),
            file=RecordsFile(name, hashlib.sha256(content).hexdigest(), lines),
            month=request.form.get("month", ""),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        return _page((FieldFault("file", "was read before", "file_read_before"),)), 409
    return redirect(url_for("operator_records.one", import_id=made.id))


@blueprint.get("/operator/records/<import_id>")
@for_role(Role.OPERATOR)
def one(import_id: str) -> str:
    """Show what of a file matched, and what did not and why."""
    services = current_services()
    found = open_import(services.unit_of_work, import_id, actor=current_actor())
    counts = sorted(found.result.get("counts", {}).items(), key=lambda pair: -pair[1])
    return render_template(
        "operator/import.html",
        rates_status=rates_status(),
        found=found,
        result=found.result,
        bars=bars([(say("mismatch", kind), str(count), (count,)) for kind, count in counts]),
    )


@blueprint.get("/operator/records/<import_id>/mismatches.csv")
@for_role(Role.OPERATOR)
def mismatches(import_id: str) -> Response:
    """Give out what does not match as CSV."""
    services = current_services()
    found = open_import(services.unit_of_work, import_id, actor=current_actor())
    return mismatch_answer(found.result.get("unmatched", []))


def _page(faults: tuple[FieldFault, ...]) -> str:
    services = current_services()
    return render_template(
        "operator/records.html",
        rates_status=rates_status(),
        imports=list_imports(services.unit_of_work, actor=current_actor()),
        faults=faults,
        values=request.form or {"month": f"{today():%Y-%m}"},
        labels=LABELS,
    )
