"""Operators' files of passages: read, kept, and compared with passes, schedule and records."""

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

blueprint = Blueprint("toll_imports", __name__)
NAVIGATION = (menu_entry("toll_imports.show", _l("Operators' files"), Role.TOLL_OFFICER, order=70),)
LABELS = {"file": _l("CSV file"), "month": _l("Month")}


@blueprint.get("/toll-office/imports")
@for_role(Role.TOLL_OFFICER)
def show() -> str:
    """Show the files that were read, and the form for another."""
    return _page(())


@blueprint.post("/toll-office/imports")
@for_role(Role.TOLL_OFFICER)
def upload() -> AnyResponse | tuple[str, int]:
    """Read a file; all of it is kept, or nothing."""
    services, given = current_services(), request.files.get("file")
    content = given.read() if given else b""
    try:
        made = import_records(
            services.unit_of_work,
            services.network(),
            services.tariff,
            services.law,
            actor=current_actor(),
            file=RecordsFile(
                (given.filename if given else "") or "",
                hashlib.sha256(content).hexdigest(),
                io.StringIO(decoded(content), newline=""),
            ),
            month=request.form.get("month", ""),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        return _page((FieldFault("file", "was read before", "file_read_before"),)), 409
    return redirect(url_for("toll_imports.one", import_id=made.id))


@blueprint.get("/toll-office/imports/<import_id>")
@for_role(Role.TOLL_OFFICER)
def one(import_id: str) -> str:
    """Show what of a file matched, and what did not and why."""
    found = open_import(current_services().unit_of_work, import_id, actor=current_actor())
    counts = sorted(found.result.get("counts", {}).items(), key=lambda pair: -pair[1])
    return render_template(
        "toll_office/import.html",
        rates_status=rates_status(),
        found=found,
        result=found.result,
        bars=bars([(say("mismatch", kind), str(count), (count,)) for kind, count in counts]),
    )


@blueprint.get("/toll-office/imports/<import_id>/mismatches.csv")
@for_role(Role.TOLL_OFFICER)
def mismatches(import_id: str) -> Response:
    """Give out what does not match as CSV."""
    found = open_import(current_services().unit_of_work, import_id, actor=current_actor())
    return mismatch_answer(found.result.get("unmatched", []))


def _page(faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "toll_office/imports.html",
        rates_status=rates_status(),
        imports=list_imports(current_services().unit_of_work, actor=current_actor()),
        faults=faults,
        values=request.form or {"month": f"{today():%Y-%m}"},
        labels=LABELS,
    )
