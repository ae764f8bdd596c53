"""The complete case file (案卷) in one archive: papers, letters, passes, hashed history."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, send_file

from transport.errors import NotFoundError
from transport.services.audit_trail import AuditEvent
from transport.services.case_history import list_history
from transport.services.stepping import day_of
from transport.services.viewing_cases import CaseView
from webapp.access import Services, current_actor, current_services, for_role
from webapp.case_file.downloading import PARTIES
from webapp.case_file.opening import opened

blueprint = Blueprint("whole_case_file", __name__)
# The same case gives the same bytes; 1980 is the first year an archive can tell.
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_NAME_LENGTH = 80


@blueprint.get("/cases/<number>/file.zip")
@for_role(*PARTIES)
def whole(number: str) -> Response:
    """Give out everything on a case that the reader may see."""
    view, services = opened(number), current_services()
    events = list_history(services.unit_of_work, actor=current_actor(), number=number)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in _files(view, services, events):
            written.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content)
    archive.seek(0)
    return send_file(
        archive,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{number}.zip",
    )


def _files(
    view: CaseView, services: Services, events: list[AuditEvent]
) -> Iterator[tuple[str, bytes]]:
    case, papers, today = view.case, services.papers, day_of(services.clock.now())
    for form in ("pdf", "xlsx", "json"):
        paper = papers.application_form(case, form, today)
        yield f"1-application/{paper.filename}", paper.content
    drawn, title = papers.outline_of(case, today)
    outline = papers.outline_drawing(drawn, title, "pdf", today)
    yield f"1-application/{outline.filename}", outline.content
    for count, one in enumerate(case.application.documents, start=1):
        try:
            content = services.documents.get(one.digest)
        except NotFoundError:
            continue  # listed with its digest in the history
        yield f"2-documents/{count:02d}-{one.code}-{_plain(one.filename)}", content
    for act in case.acts:
        for kind in papers.letters_of(act):
            letter = papers.letter(case, act, kind)
            yield f"3-letters/{act.area}-{letter.filename}", letter.content
            proof = papers.service_proof(case, act, kind)
            yield f"3-letters/{act.area}-{proof.filename}", proof.content
    for permit in view.permits:
        annex = papers.pass_annex(case, permit)
        yield f"4-passes/{annex.filename}", annex.content
    yield "5-history/events.json", _history(events)


def _history(events: list[AuditEvent]) -> bytes:
    """Write the events with their hashes, so that the file can be compared with the trail."""
    rows = [asdict(one) for one in events]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_written).encode()


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _plain(name: str) -> str:
    kept = "".join(one if one.isalnum() or one in ".-_" else "_" for one in name)
    return kept.lstrip(".")[-_NAME_LENGTH:] or "file"
